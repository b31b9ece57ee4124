package server

import (
	"context"
	"log/slog"
	"net/http"
	"slices"
	"sync"
	"time"
)

// Check fails while something that the service needs does not work.
type Check func(context.Context) error

// checkLimit is shorter than the time that the probe waits.
const checkLimit = 2 * time.Second

type health struct {
	Status string   `json:"status"`
	Failed []string `json:"failed,omitempty"`
}

// live says that the process works.
func live(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, health{Status: "ok"})
}

// ready says whether the service can serve.
func ready(log *slog.Logger, checks map[string]Check) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		failed := failedChecks(r.Context(), checks)
		if len(failed) == 0 {
			answer(w, http.StatusOK, health{Status: "ok"})
			return
		}
		log.WarnContext(r.Context(), "not ready", "failed", failed)
		answer(w, http.StatusServiceUnavailable, health{Status: "unavailable", Failed: failed})
	})
}

func failedChecks(ctx context.Context, checks map[string]Check) []string {
	ctx, cancel := context.WithTimeout(ctx, checkLimit)
	defer cancel()
	var (
		group  sync.WaitGroup
		mutex  sync.Mutex
		failed []string
	)
	for name, check := range checks {
		group.Add(1)
		go func() {
			defer group.Done()
			if err := check(ctx); err != nil {
				mutex.Lock()
				defer mutex.Unlock()
				failed = append(failed, name)
			}
		}()
	}
	group.Wait()
	slices.Sort(failed)
	return failed
}
