// Package server is the whole service but its port, so that tests call it without a network.
package server

import (
	"log/slog"
	"net/http"
	"time"

	"${{ values.repository.host }}/${{ values.slug }}/internal/metrics"
	"${{ values.repository.host }}/${{ values.slug }}/internal/tracing"
)

// Options is what the server needs from outside.
type Options struct {
	Log    *slog.Logger
	Tracer *tracing.Tracer
	// Checks say by name what must work before this instance gets traffic.
	Checks map[string]Check
}

// New returns the routes of the service, observed.
func New(options Options) http.Handler {
	duration := metrics.NewHistogram(
		"http_request_duration_seconds",
		"Time from the first byte of a request to the last byte of its answer.",
		"method", "route", "status",
	)
	mux := http.NewServeMux()
	mux.HandleFunc("GET /v1/greetings/{name}", greet)
	mux.HandleFunc("GET /livez", live)
	mux.Handle("GET /readyz", ready(options.Log, options.Checks))
	mux.Handle("GET /metrics", metrics.Handler(duration))
	return observe(mux, options, duration)
}

// unlogged routes are called every few seconds, and nobody asks who did.
var unlogged = map[string]bool{"/livez": true, "/readyz": true, "/metrics": true}

// observe measures, traces and logs every request by its route, never by its path.
func observe(mux *http.ServeMux, options Options, duration *metrics.Histogram) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		_, pattern := mux.Handler(r)
		route := routeOf(pattern)
		answer := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		ctx := r.Context()
		if !unlogged[route] {
			var span *tracing.Span
			ctx, span = options.Tracer.StartServer(ctx, r.Method+" "+route, r.Header.Get("traceparent"))
			defer func() {
				span.Set("http.request.method", r.Method)
				span.Set("http.route", route)
				span.Set("http.response.status_code", answer.status)
				span.End(answer.status >= http.StatusInternalServerError)
			}()
		}
		mux.ServeHTTP(answer, r.WithContext(ctx))

		took := time.Since(began)
		duration.Observe(took.Seconds(), r.Method, route, statusText(answer.status))
		if !unlogged[route] {
			options.Log.InfoContext(ctx, "request completed",
				"method", r.Method, "route", route, "status", answer.status, "seconds", took.Seconds())
		}
	})
}
