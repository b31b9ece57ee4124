package tracing

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

const (
	// maxWaiting spans are kept; when the collector is down, newer ones are dropped.
	maxWaiting  = 2048
	maxBatch    = 512
	exportEvery = 5 * time.Second
	exportLimit = 10 * time.Second
)

// Tracer makes spans, and sends them to the collector that OTEL_* variables name; without one it drops them.
type Tracer struct {
	endpoint string
	headers  http.Header
	resource []attribute
	waiting  chan *Span
	stop     chan struct{}
	stopped  chan struct{}
}

// New reads https://opentelemetry.io/docs/specs/otel/protocol/exporter/ from the environment.
func New(getenv func(string) string) *Tracer {
	t := &Tracer{
		endpoint: getenv("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT"),
		headers:  http.Header{"Content-Type": {"application/json"}},
		waiting:  make(chan *Span, maxWaiting),
		stop:     make(chan struct{}),
		stopped:  make(chan struct{}),
	}
	if base := getenv("OTEL_EXPORTER_OTLP_ENDPOINT"); t.endpoint == "" && base != "" {
		t.endpoint = strings.TrimSuffix(base, "/") + "/v1/traces"
	}
	for key, value := range pairs(getenv("OTEL_EXPORTER_OTLP_HEADERS")) {
		t.headers.Set(key, value)
	}
	resource := pairs(getenv("OTEL_RESOURCE_ATTRIBUTES"))
	if name := getenv("OTEL_SERVICE_NAME"); name != "" {
		resource["service.name"] = name
	}
	for key, value := range resource {
		t.resource = append(t.resource, attribute{Key: key, Value: valueOf(value)})
	}
	go t.run()
	return t
}

// Shutdown sends what is waiting.
func (t *Tracer) Shutdown(ctx context.Context) error {
	close(t.stop)
	select {
	case <-t.stopped:
		return nil
	case <-ctx.Done():
		return fmt.Errorf("traces: %w", ctx.Err())
	}
}

// export never blocks a request.
func (t *Tracer) export(span *Span) {
	if t.endpoint == "" {
		return
	}
	select {
	case t.waiting <- span:
	default:
	}
}

func (t *Tracer) run() {
	defer close(t.stopped)
	ticker := time.NewTicker(exportEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ticker.C:
			t.flush()
		case <-t.stop:
			t.flush()
			return
		}
	}
}

func (t *Tracer) flush() {
	for len(t.waiting) > 0 {
		batch := make([]*Span, 0, min(len(t.waiting), maxBatch))
		for len(batch) < cap(batch) {
			batch = append(batch, <-t.waiting)
		}
		if err := t.send(batch); err != nil {
			slog.Warn("traces were not exported", "error", err)
		}
	}
}

func (t *Tracer) send(batch []*Span) error {
	body, err := json.Marshal(payload(t.resource, batch))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), exportLimit)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, t.endpoint, bytes.NewReader(body))
	if err != nil {
		return err
	}
	request.Header = t.headers
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer reply.Body.Close()
	if reply.StatusCode >= http.StatusMultipleChoices {
		return fmt.Errorf("the collector answered %s", reply.Status)
	}
	return nil
}

// pairs reads "key=value,key=value", with values as in URLs.
func pairs(text string) map[string]string {
	found := map[string]string{}
	for _, pair := range strings.Split(text, ",") {
		key, value, ok := strings.Cut(strings.TrimSpace(pair), "=")
		if decoded, err := url.PathUnescape(value); ok && err == nil {
			found[key] = decoded
		}
	}
	return found
}

// attribute and the types below are those of OTLP's JSON form.
type attribute struct {
	Key   string         `json:"key"`
	Value map[string]any `json:"value"`
}

func valueOf(value any) map[string]any {
	if number, ok := value.(int); ok {
		return map[string]any{"intValue": strconv.Itoa(number)}
	}
	return map[string]any{"stringValue": fmt.Sprint(value)}
}

type object = map[string]any

func payload(resource []attribute, batch []*Span) object {
	spans := make([]object, len(batch))
	for i, span := range batch {
		spans[i] = object{
			"traceId": span.traceID, "spanId": span.id, "parentSpanId": span.parent,
			"name": span.name, "kind": span.kind, "attributes": span.attributes,
			"startTimeUnixNano": strconv.FormatInt(span.began.UnixNano(), 10),
			"endTimeUnixNano":   strconv.FormatInt(span.ended.UnixNano(), 10),
			"status":            object{"code": statusCode(span.hasFailed)},
		}
	}
	return object{"resourceSpans": []object{{
		"resource":   object{"attributes": resource},
		"scopeSpans": []object{{"scope": object{"name": "tracing"}, "spans": spans}},
	}}}
}

func statusCode(hasFailed bool) int {
	if hasFailed {
		return 2
	}
	return 0
}
