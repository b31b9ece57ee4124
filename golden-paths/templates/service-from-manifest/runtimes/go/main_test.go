package main

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"
)

const traceID = "0af7651916cd43dd8448eb211c80319c"

// It drives the whole service but the signal: logs, a request with a trace, its export, and the end.
func TestServiceJoinsTheTraceOfItsCallerAndStopsWhenItIsAskedTo(t *testing.T) {
	exported := make(chan string, 1)
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		exported <- r.URL.Path + " " + string(body)
	}))
	defer collector.Close()
	t.Setenv("HOST", "127.0.0.1")
	t.Setenv("PORT", "0")
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.URL)

	lines := captureStdout(t)
	ctx, stop := context.WithTimeout(context.Background(), 20*time.Second)
	defer stop()
	ended := make(chan error, 1)
	go func() { ended <- run(ctx) }()

	listening := nextLine(t, lines, "listening")
	request, _ := http.NewRequest(http.MethodGet, "http://"+listening["address"].(string)+"/v1/greetings/Ada", nil)
	request.Header.Set("traceparent", "00-"+traceID+"-b7ad6b7169203331-01")
	reply, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()

	if got := nextLine(t, lines, "request completed")["trace_id"]; got != traceID {
		t.Errorf("logged the trace %v", got)
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("ended with %v", err)
	}
	if got := <-exported; !strings.HasPrefix(got, "/v1/traces ") || !strings.Contains(got, traceID) {
		t.Errorf("exported %s", got)
	}
}

// captureStdout gives what is written to the standard output until the test ends.
func captureStdout(t *testing.T) *bufio.Scanner {
	t.Helper()
	reader, writer, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	original := os.Stdout
	os.Stdout = writer
	t.Cleanup(func() {
		os.Stdout = original
		writer.Close()
		reader.Close()
	})
	return bufio.NewScanner(reader)
}

// nextLine reads the log up to the line with this message.
func nextLine(t *testing.T, lines *bufio.Scanner, message string) map[string]any {
	t.Helper()
	for lines.Scan() {
		var line map[string]any
		if err := json.Unmarshal(lines.Bytes(), &line); err != nil {
			t.Fatalf("not JSON: %s", lines.Text())
		}
		if line["msg"] == message {
			return line
		}
	}
	t.Fatalf("no line %q", message)
	return nil
}
