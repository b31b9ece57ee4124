package server

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"
)

// statusRecorder remembers the status of an answer.
type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (w *statusRecorder) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the original.
func (w *statusRecorder) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// routeOf cuts the method from a pattern of the mux.
func routeOf(pattern string) string {
	if pattern == "" {
		return "unmatched"
	}
	_, route, found := strings.Cut(pattern, " ")
	if !found {
		return pattern
	}
	return route
}

func statusText(status int) string { return strconv.Itoa(status) }

// answer writes a value as JSON. An error here means that the caller has gone.
func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
