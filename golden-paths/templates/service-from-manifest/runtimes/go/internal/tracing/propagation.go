package tracing

import (
	"context"
	"log/slog"
	"net/http"
)

// Transport continues the trace of a request in the calls that are made for it:
//
//	client := &http.Client{Transport: tracing.Transport(http.DefaultTransport)}
func Transport(next http.RoundTripper) http.RoundTripper { return transport{next} }

type transport struct{ next http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	parent := FromContext(r.Context())
	if parent == nil {
		return t.next.RoundTrip(r)
	}
	span := parent.startClient(r.Method)
	span.Set("http.request.method", r.Method)
	span.Set("server.address", r.URL.Hostname())
	r = r.Clone(r.Context())
	r.Header.Set("traceparent", span.Traceparent())
	reply, err := t.next.RoundTrip(r)
	if err == nil {
		span.Set("http.response.status_code", reply.StatusCode)
	}
	span.End(err != nil || reply.StatusCode >= http.StatusBadRequest)
	return reply, err
}

// LogHandler adds the ids that lead from a line of the log to its trace.
func LogHandler(next slog.Handler) slog.Handler { return logHandler{next} }

type logHandler struct{ slog.Handler }

func (h logHandler) Handle(ctx context.Context, record slog.Record) error {
	if span := FromContext(ctx); span != nil {
		record.AddAttrs(slog.String("trace_id", span.traceID), slog.String("span_id", span.id))
	}
	return h.Handler.Handle(ctx, record)
}

func (h logHandler) WithAttrs(attrs []slog.Attr) slog.Handler {
	return logHandler{h.Handler.WithAttrs(attrs)}
}

func (h logHandler) WithGroup(name string) slog.Handler {
	return logHandler{h.Handler.WithGroup(name)}
}
