package server

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"${{ values.repository.host }}/${{ values.slug }}/internal/tracing"
)

func newServer(checks map[string]Check) http.Handler {
	return New(Options{
		Log:    slog.New(slog.NewTextHandler(io.Discard, nil)),
		Tracer: tracing.New(func(string) string { return "" }),
		Checks: checks,
	})
}

func get(t *testing.T, handler http.Handler, path string, wantStatus int) string {
	t.Helper()
	reply := httptest.NewRecorder()
	handler.ServeHTTP(reply, httptest.NewRequest(http.MethodGet, path, nil))
	if reply.Code != wantStatus {
		t.Fatalf("GET %s: got %d, want %d: %s", path, reply.Code, wantStatus, reply.Body)
	}
	return strings.TrimSpace(reply.Body.String())
}

func TestGreetsByName(t *testing.T) {
	if got := get(t, newServer(nil), "/v1/greetings/Ada", 200); got != `{"message":"Hello, Ada!"}` {
		t.Errorf("got %s", got)
	}
}

func TestRefusesANameThatIsTooLong(t *testing.T) {
	get(t, newServer(nil), "/v1/greetings/"+strings.Repeat("a", maxNameLetters+1), 400)
}

func TestIsReadyOnlyWhileWhatItNeedsWorks(t *testing.T) {
	var down error
	handler := newServer(map[string]Check{"dependency": func(context.Context) error { return down }})
	get(t, handler, "/readyz", 200)
	down = errors.New("down")
	want := `{"status":"unavailable","failed":["dependency"]}`
	if got := get(t, handler, "/readyz", 503); got != want {
		t.Errorf("got %s", got)
	}
	get(t, handler, "/livez", 200)
}

func TestCountsRequestsByRoute(t *testing.T) {
	handler := newServer(nil)
	get(t, handler, "/v1/greetings/Ada", 200)
	get(t, handler, "/v1/greetings/Grace", 200)
	get(t, handler, "/no/such/path", 404)
	figures := get(t, handler, "/metrics", 200)
	for _, want := range []string{
		`http_request_duration_seconds_count{method="GET",route="/v1/greetings/{name}",status="200"} 2`,
		`http_request_duration_seconds_count{method="GET",route="unmatched",status="404"} 1`,
		`http_request_duration_seconds_bucket{method="GET",route="unmatched",status="404",le="+Inf"} 1`,
	} {
		if !strings.Contains(figures, want+"\n") {
			t.Errorf("no %s in\n%s", want, figures)
		}
	}
}
