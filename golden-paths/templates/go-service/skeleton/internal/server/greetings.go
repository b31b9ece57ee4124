package server

import (
	"fmt"
	"net/http"
	"unicode/utf8"
)

const maxNameLetters = 50

type greeting struct {
	Message string `json:"message"`
}

// greet is an example to replace: one file for each noun, with its handlers.
func greet(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("name")
	if utf8.RuneCountInString(name) > maxNameLetters {
		http.Error(w, "the name is too long", http.StatusBadRequest)
		return
	}
	answer(w, http.StatusOK, greeting{Message: fmt.Sprintf("Hello, %s!", name)})
}
