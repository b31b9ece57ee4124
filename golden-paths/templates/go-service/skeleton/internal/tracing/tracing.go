// Package tracing joins and continues traces (https://www.w3.org/TR/trace-context/) and exports them as OTLP/HTTP.
// It knows what a service without dependencies needs; take go.opentelemetry.io/otel when that is not enough.
package tracing

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"strings"
	"time"
)

// Span is one step of a trace.
type Span struct {
	tracer              *Tracer
	traceID, id, parent string
	name                string
	kind                int
	isSampled           bool
	began, ended        time.Time
	attributes          []attribute
	hasFailed           bool
}

// The kinds of OTLP.
const (
	kindServer = 2
	kindClient = 3
)

type spanKey struct{}

// FromContext gives the span of a request, or nil.
func FromContext(ctx context.Context) *Span {
	span, _ := ctx.Value(spanKey{}).(*Span)
	return span
}

// StartServer begins the span of a request, in the trace of its caller if its traceparent names one.
func (t *Tracer) StartServer(ctx context.Context, name, traceparent string) (context.Context, *Span) {
	span := &Span{tracer: t, id: randomHex(8), name: name, kind: kindServer, began: time.Now()}
	if traceID, parent, isSampled, ok := parseTraceparent(traceparent); ok {
		span.traceID, span.parent, span.isSampled = traceID, parent, isSampled
	} else {
		span.traceID, span.isSampled = randomHex(16), true
	}
	return context.WithValue(ctx, spanKey{}, span), span
}

func (s *Span) startClient(name string) *Span {
	return &Span{
		tracer: s.tracer, traceID: s.traceID, parent: s.id, isSampled: s.isSampled,
		id: randomHex(8), name: name, kind: kindClient, began: time.Now(),
	}
}

// Set describes the span; the value is a text or a whole number.
func (s *Span) Set(key string, value any) {
	s.attributes = append(s.attributes, attribute{Key: key, Value: valueOf(value)})
}

// End hands the span to the exporter.
func (s *Span) End(hasFailed bool) {
	s.ended, s.hasFailed = time.Now(), hasFailed
	if s.isSampled {
		s.tracer.export(s)
	}
}

// Traceparent names the span to whoever is called next.
func (s *Span) Traceparent() string {
	flags := "00"
	if s.isSampled {
		flags = "01"
	}
	return strings.Join([]string{"00", s.traceID, s.id, flags}, "-")
}

func parseTraceparent(header string) (traceID, parent string, isSampled, ok bool) {
	parts := strings.Split(header, "-")
	if len(parts) < 4 || len(parts[0]) != 2 || parts[0] == "ff" || (parts[0] == "00" && len(parts) != 4) {
		return "", "", false, false
	}
	if !isID(parts[1], 16) || !isID(parts[2], 8) {
		return "", "", false, false
	}
	flags, err := hex.DecodeString(parts[3])
	if err != nil || len(flags) != 1 {
		return "", "", false, false
	}
	return parts[1], parts[2], flags[0]&1 == 1, true
}

// isID says whether a text is so many bytes in small hex digits, and not all zeros.
func isID(text string, size int) bool {
	decoded, err := hex.DecodeString(text)
	return err == nil && len(decoded) == size && text == strings.ToLower(text) && strings.Trim(text, "0") != ""
}

func randomHex(size int) string {
	bytes := make([]byte, size)
	_, _ = rand.Read(bytes) // never fails: see crypto/rand
	return hex.EncodeToString(bytes)
}
