package tracing

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

const (
	traceID = "0af7651916cd43dd8448eb211c80319c"
	caller  = "b7ad6b7169203331"
)

func newTracer() *Tracer { return New(func(string) string { return "" }) }

func TestJoinsTheTraceOfTheCaller(t *testing.T) {
	_, span := newTracer().StartServer(context.Background(), "GET /", "00-"+traceID+"-"+caller+"-00")
	if span.traceID != traceID || span.parent != caller || span.isSampled {
		t.Errorf("got %+v", span)
	}
}

func TestBeginsATraceWhereNoneCanBeRead(t *testing.T) {
	for _, header := range []string{
		"",
		"00-" + traceID + "-" + caller,
		"ff-" + traceID + "-" + caller + "-01",
		"00-" + strings.Repeat("0", 32) + "-" + caller + "-01",
		"00-" + strings.ToUpper(traceID) + "-" + caller + "-01",
		"00-" + traceID + "-" + caller + "-01-more",
	} {
		_, span := newTracer().StartServer(context.Background(), "GET /", header)
		if span.parent != "" || !span.isSampled || !isID(span.traceID, 16) {
			t.Errorf("%q: got %+v", header, span)
		}
	}
}

func TestContinuesTheTraceInCalls(t *testing.T) {
	var received string
	callee := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		received = r.Header.Get("traceparent")
	}))
	defer callee.Close()
	ctx, _ := newTracer().StartServer(context.Background(), "GET /", "00-"+traceID+"-"+caller+"-01")
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, callee.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	client := &http.Client{Transport: Transport(http.DefaultTransport)}
	reply, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	reply.Body.Close()
	if !strings.HasPrefix(received, "00-"+traceID+"-") || strings.Contains(received, caller) {
		t.Errorf("got %q", received)
	}
}
