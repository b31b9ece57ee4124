// Package metrics counts, and tells Prometheus: a histogram and the figures of the runtime in the text format,
// https://prometheus.io/docs/instrumenting/exposition_formats/. For more kinds of metrics take client_golang.
package metrics

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// buckets end at these seconds.
var buckets = [...]float64{0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// Histogram counts durations in seconds, for each combination of its labels.
type Histogram struct {
	name, help string
	labels     []string

	mutex  sync.Mutex
	series map[string]*series
}

type series struct {
	counts [len(buckets)]uint64
	count  uint64
	sum    float64
}

// NewHistogram has no series yet; a label should have few values.
func NewHistogram(name, help string, labels ...string) *Histogram {
	return &Histogram{name: name, help: help, labels: labels, series: map[string]*series{}}
}

// Observe counts one duration; the values belong to the labels, in their order.
func (h *Histogram) Observe(seconds float64, values ...string) {
	key := h.key(values)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	s, ok := h.series[key]
	if !ok {
		s = &series{}
		h.series[key] = s
	}
	s.count++
	s.sum += seconds
	for i, end := range buckets {
		if seconds <= end {
			s.counts[i]++
		}
	}
}

var escaper = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)

func (h *Histogram) key(values []string) string {
	pairs := make([]string, len(h.labels))
	for i, label := range h.labels {
		pairs[i] = label + `="` + escaper.Replace(values[i]) + `"`
	}
	return strings.Join(pairs, ",")
}

func (h *Histogram) write(w io.Writer) {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s histogram\n", h.name, h.help, h.name)
	keys := make([]string, 0, len(h.series))
	for key := range h.series {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		s := h.series[key]
		for i, end := range buckets {
			le := strconv.FormatFloat(end, 'g', -1, 64)
			fmt.Fprintf(w, "%s_bucket{%s,le=%q} %d\n", h.name, key, le, s.counts[i])
		}
		fmt.Fprintf(w, "%s_bucket{%s,le=\"+Inf\"} %d\n", h.name, key, s.count)
		fmt.Fprintf(w, "%s_sum{%s} %g\n%s_count{%s} %d\n", h.name, key, s.sum, h.name, key, s.count)
	}
}

// Handler serves the histograms and the figures of the runtime.
func Handler(histograms ...*Histogram) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		for _, histogram := range histograms {
			histogram.write(w)
		}
		var memory runtime.MemStats
		runtime.ReadMemStats(&memory)
		gauge(w, "go_goroutines", "Goroutines that exist.", float64(runtime.NumGoroutine()))
		gauge(w, "go_memstats_heap_alloc_bytes", "Bytes of the heap in use.", float64(memory.HeapAlloc))
		gauge(w, "go_memstats_sys_bytes", "Bytes taken from the system.", float64(memory.Sys))
	})
}

func gauge(w io.Writer, name, help string, value float64) {
	fmt.Fprintf(w, "# HELP %s %s\n# TYPE %s gauge\n%s %g\n", name, help, name, name, value)
}
