package main

import (
	"strings"
	"testing"
)

func lookupIn(variables map[string]string) func(string) (string, bool) {
	return func(name string) (string, bool) {
		value, ok := variables[name]
		return value, ok
	}
}

func TestConfigurationHasADefaultForEverything(t *testing.T) {
	got, err := readConfiguration(lookupIn(nil))
	if err != nil || got.address != ":${{ values.ports[0].port }}" {
		t.Fatalf("got %+v, %v", got, err)
	}
}

func TestConfigurationNamesTheVariableThatCannotBeUsed(t *testing.T) {
	for name, value := range map[string]string{"PORT": "65536", "LOG_LEVEL": "loud"} {
		_, err := readConfiguration(lookupIn(map[string]string{name: value}))
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("%s=%s: got %v", name, value, err)
		}
	}
}
