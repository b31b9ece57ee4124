package main

import (
	"fmt"
	"log/slog"
	"net"
	"strconv"
)

// configuration is what the environment decides, read once, at the start.
type configuration struct {
	address  string
	logLevel slog.Level
}

// readConfiguration names the variable at fault in its error.
func readConfiguration(lookup func(string) (string, bool)) (configuration, error) {
	get := func(name, fallback string) string {
		if value, ok := lookup(name); ok {
			return value
		}
		return fallback
	}
	port := get("PORT", "${{ values.ports[0].port }}")
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return configuration{}, fmt.Errorf("PORT must be a port number, not %q", port)
	}
	var level slog.Level
	if err := level.UnmarshalText([]byte(get("LOG_LEVEL", "info"))); err != nil {
		return configuration{}, fmt.Errorf("LOG_LEVEL: %w", err)
	}
	return configuration{address: net.JoinHostPort(get("HOST", ""), port), logLevel: level}, nil
}
