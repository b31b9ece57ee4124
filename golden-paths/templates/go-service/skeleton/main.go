// Command ${{ values.name }} serves its routes until it is asked to stop.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"${{ values.repository.host }}/${{ values.slug }}/internal/server"
	"${{ values.repository.host }}/${{ values.slug }}/internal/tracing"
)

// shutdownLimit is shorter than the time that the orchestrator gives, so that traces can still leave.
const shutdownLimit = 20 * time.Second

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, os.Interrupt)
	defer stop()
	if err := run(ctx); err != nil {
		slog.Error("stopped by an error", "error", err)
		os.Exit(1)
	}
}

// run serves until ctx ends, then answers the requests under way.
func run(ctx context.Context) error {
	config, err := readConfiguration(os.LookupEnv)
	if err != nil {
		return err
	}
	log := slog.New(tracing.LogHandler(slog.NewJSONHandler(os.Stdout, &slog.HandlerOptions{Level: config.logLevel})))
	slog.SetDefault(log)

	tracer := tracing.New(os.Getenv)
	listener, err := net.Listen("tcp", config.address)
	if err != nil {
		return fmt.Errorf("listen: %w", err)
	}
	srv := &http.Server{
		Handler:           server.New(server.Options{Log: log, Tracer: tracer}),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelWarn),
	}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(listener) }()
	log.Info("listening", "address", listener.Addr().String())

	select {
	case err := <-served:
		return fmt.Errorf("serve: %w", err)
	case <-ctx.Done():
	}
	log.Info("stopping")
	limited, cancel := context.WithTimeout(context.Background(), shutdownLimit)
	defer cancel()
	return errors.Join(srv.Shutdown(limited), tracer.Shutdown(limited))
}
