package cli

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chasqui/app"
	"chasqui/app/message"
)

// The exit codes of the contract.
const (
	exitDone    = 0
	exitInput   = 1 // the input has errors
	exitUsage   = 2 // wrong usage
	exitWaiting = 3 // not sent yet: queued and safe
	exitRefused = 4 // the destination refused
	exitDefect  = 5 // a defect of the program
)

// exitOf gives each error code its exit code; what is not listed is exitInput.
var exitOf = map[string]int{
	"unknown_command":    exitUsage,
	"unknown_flag":       exitUsage,
	"flag_value":         exitUsage,
	"flag_missing":       exitUsage,
	"argument_count":     exitUsage,
	"output_is_source":   exitUsage,
	"unknown_output":     exitUsage,
	"one_file_only":      exitUsage,
	"not_an_option":      exitUsage,
	"bad_time":           exitUsage,
	"portal_unreachable": exitWaiting,
	"portal_busy":        exitWaiting,
	"portal_blocked":     exitWaiting,
	"portal_denied":      exitRefused,
	"portal_untrusted":   exitRefused,
	"portal_rejected":    exitRefused,
	"portal_conflict":    exitRefused,
	"portal_garbled":     exitRefused,
	"portal_too_large":   exitRefused,
	message.Internal:     exitDefect,

	"portal_unreachable_page":      exitWaiting,
	"portal_rejected_moved":        exitRefused,
	"portal_rejected_too_old":      exitRefused,
	"portal_untrusted_expired":     exitRefused,
	"portal_untrusted_wrong_host":  exitRefused,
	"portal_untrusted_self_signed": exitRefused,
	"portal_conflict_held":         exitRefused,
	"portal_conflict_elsewhere":    exitRefused,
	"portal_conflict_hidden":       exitRefused,
	"portal_conflict_recreated":    exitRefused,
	"portal_conflict_withdrawn":    exitRefused,
	"portal_conflict_gone":         exitRefused,
}

// usageError is a command line that says what can't be done.
type usageError struct {
	kind   string
	detail string
}

func (e *usageError) Error() string             { return e.kind + " " + e.detail }
func (e *usageError) Code() string              { return e.kind }
func (e *usageError) Values() map[string]string { return map[string]string{"Detail": e.detail} }

// toldError ends the program with a code after everything was said.
type toldError struct{ exit int }

func (e *toldError) Error() string { return fmt.Sprint("exit ", e.exit) }

func flagError(err error) error {
	var unknown *pflag.NotExistError
	var value *pflag.InvalidValueError
	var missing *pflag.ValueRequiredError
	switch {
	case errors.As(err, &unknown):
		return &usageError{kind: "unknown_flag", detail: "--" + unknown.GetSpecifiedName()}
	case errors.As(err, &value):
		return &usageError{kind: "flag_value", detail: "--" + value.GetFlag().Name + " " + value.GetValue()}
	case errors.As(err, &missing):
		return &usageError{kind: "flag_value", detail: "--" + missing.GetSpecifiedName()}
	}
	return &usageError{kind: "flag_value", detail: err.Error()}
}

// notBoth makes two flags of a command exclude each other.
func notBoth(c *cobra.Command, one, other string) {
	c.PreRunE = func(cmd *cobra.Command, _ []string) error {
		if cmd.Flags().Changed(one) && cmd.Flags().Changed(other) {
			return &usageError{kind: "flag_value", detail: "--" + one + " --" + other}
		}
		return nil
	}
}

// errorJSON is the shape of every failure under --json.
type errorJSON struct {
	Code  string `json:"code"`
	What  string `json:"what"`
	Safe  string `json:"safe"`
	Next  string `json:"next"`
	Where string `json:"where"`
}

// failure is what is printed of an error under --json.
type failure struct {
	File      string             `json:"file,omitempty"`
	Error     errorJSON          `json:"error"`
	Undecided []app.OpenDecision `json:"undecided,omitempty"`
}

// fail tells an error and returns its exit code.
func (s *session) fail(err error) int { return s.failOn("", err) }

// failOn tells an error about one of several files.
func (s *session) failOn(file string, err error) int {
	e := s.say.Explain(err)
	exit, ok := exitOf[e.Code]
	if !ok {
		exit = exitInput
	}
	if e.Code == message.Internal {
		e.Next = s.say.T("error.internal.report", "Path", s.saveReport(err))
	}
	if s.json {
		f := failure{File: file, Error: errorJSON{e.Code, e.What, e.Safe, e.Next, e.Where}}
		var open *app.Error
		if errors.As(err, &open) {
			f.Undecided = open.Open
		}
		s.printJSON(f)
		return exit
	}
	if e.Where != "" {
		fmt.Fprintf(s.env.Stderr, "%s (%s)\n", e.What, e.Where)
	} else {
		fmt.Fprintln(s.env.Stderr, e.What)
	}
	for _, line := range []string{e.Safe, e.Next} {
		if line != "" {
			fmt.Fprintln(s.env.Stderr, line)
		}
	}
	return exit
}

// saveReport keeps what is known of a defect in a file and returns its path.
func (s *session) saveReport(err error) string {
	path := filepath.Join(os.TempDir(), "chasqui-defecto.txt")
	text := fmt.Sprintf("chasqui %s\n\n%v\n\n%s", s.env.Version, err, debug.Stack())
	if os.WriteFile(path, []byte(text), 0o600) != nil {
		return "-"
	}
	return path
}
