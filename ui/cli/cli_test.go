package cli_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/gofrs/flock"
	"github.com/rogpeppe/go-internal/testscript"
	"github.com/xuri/excelize/v2"
	"golang.org/x/term"

	"chasqui/assets/samples"
	"chasqui/ui/cli"
)

// programVariable makes the test binary be the program.
const programVariable = "CHASQUI_TEST_PROGRAM"

// raceVariable has the options of the race detector. By default a program under
// it sleeps for a second before it exits with 0, in case goroutines that are left
// over race with each other: with the hundreds of programs that are started here
// that was most of the time. What races up to the exit is found all the same.
const raceVariable = "GORACE"

func TestMain(m *testing.M) {
	if os.Getenv(programVariable) != "" {
		program()
	}
	if at, err := strconv.Atoi(os.Getenv(childVariable)); err == nil {
		os.Exit(journey(at))
	}
	os.Setenv(raceVariable, "atexit_sleep_ms=0 "+os.Getenv(raceVariable))
	testscript.Main(m, map[string]func(){"chasqui": program})
}

// program is the command line as main starts it, without a window.
func program() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.Env{
		Stdin: os.Stdin, Stdout: os.Stdout, Stderr: os.Stderr, Getenv: os.Getenv, Version: "test", SecretWork: 10,
		Terminal: term.IsTerminal(int(os.Stdin.Fd())),
	})
	stop()
	os.Exit(code)
}

func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(e *testscript.Env) error {
			e.Setenv(raceVariable, os.Getenv(raceVariable))
			e.Setenv("LANG", "es_PE.UTF-8")
			e.Setenv("CHASQUI_DATA", filepath.Join(e.WorkDir, "data"))
			e.Setenv("PRACTICE", freeAddress(t))
			e.Setenv("DEAD", freeAddress(t))
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"sample":  writeSample,
			"locked":  writeLocked,
			"sparse":  writeSparse,
			"cut":     cutFile,
			"exit":    exitCode,
			"capture": capture,
			"json":    checkJSON,
			"ready":   awaitListener,
			"held":    awaitLock,
			"crlf":    endLines,
			"token":   writeToken,
			"secret":  findSecret,
			"changed": changeText,
			"typed":   joinFiles,
		},
	})
}

// freeAddress is an address of this computer that nobody listens at.
func freeAddress(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	return l.Addr().String()
}

// sample FILE: the workbook that ships with the program.
func writeSample(ts *testscript.TestScript, _ bool, args []string) {
	_, data := samples.Budget()
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o644))
}

// locked FILE: a workbook with a password.
func writeLocked(ts *testscript.TestScript, _ bool, args []string) {
	f := excelize.NewFile()
	defer f.Close()
	for at, v := range map[string]string{"A1": "código", "B1": "monto", "A2": "0101", "B2": "1,5", "A3": "0102", "B3": "2,5"} {
		ts.Check(f.SetCellValue("Sheet1", at, v))
	}
	ts.Check(f.SaveAs(ts.MkAbs(args[0]), excelize.Options{Password: "clave"}))
}

// sparse FILE BYTES: a file of that size with nothing in it.
func writeSparse(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	var size int64
	fmt.Sscan(args[1], &size)
	ts.Check(f.Truncate(size))
	ts.Check(f.Close())
}

// cut FROM TO: the first two thirds of a file.
func cutFile(ts *testscript.TestScript, _ bool, args []string) {
	data := ts.ReadFile(args[0])
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(data[:len(data)*2/3]), 0o644))
}

// changed FROM TO: a receipt's file that names another portal.
func changeText(ts *testscript.TestScript, _ bool, args []string) {
	text := ts.ReadFile(args[0])
	other := strings.Replace(text, "municipalidad-de-practica", "municipalidad-de-otro-lado", 1)
	if other == text {
		ts.Fatalf("%s names no organization", args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(other), 0o644))
}

// typed TO FILE…: what a person types, one file after the other.
func joinFiles(ts *testscript.TestScript, _ bool, args []string) {
	var all strings.Builder
	for _, name := range args[1:] {
		all.WriteString(ts.ReadFile(name))
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(all.String()), 0o600))
}

// held DIR: waits until a program holds the data folder.
func awaitLock(ts *testscript.TestScript, _ bool, args []string) {
	for range 500 {
		lock := flock.New(filepath.Join(ts.MkAbs(args[0]), "lock"))
		if _, err := os.Stat(lock.Path()); err == nil {
			free, err := lock.TryLock()
			ts.Check(err)
			if !free {
				return
			}
			ts.Check(lock.Unlock())
		}
		yieldOnce()
	}
	ts.Fatalf("nobody holds %s", args[0])
}

// crlf FILE: ends the file's lines as RFC 4180 ends records.
func endLines(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.ReplaceAll(ts.ReadFile(args[0]), "\n", "\r\n")
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o644))
}

// exit CODE COMMAND…: the command ends with that code.
func exitCode(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	got := "0"
	if err != nil {
		got = strings.TrimPrefix(err.Error(), "exit status ")
	}
	if got != args[0] {
		ts.Fatalf("%s ended with %s, want %s", strings.Join(args[1:], " "), got, args[0])
	}
}

// capture NAME PATH: sets the variable NAME to the value at PATH of the last
// line of JSON on standard output.
func capture(ts *testscript.TestScript, _ bool, args []string) {
	ts.Setenv(args[0], fmt.Sprint(lookUp(ts, lastLine(ts), args[1])))
}

// json PATH VALUE: the last line of JSON on standard output has that value
// there; `! json PATH` that there is none.
func checkJSON(ts *testscript.TestScript, neg bool, args []string) {
	got := lookUp(ts, lastLine(ts), args[0])
	if neg {
		if got != nil {
			ts.Fatalf("%s is %v, want nothing", args[0], got)
		}
		return
	}
	if text := fmt.Sprint(got); text != args[1] {
		ts.Fatalf("%s is %q, want %q in\n%s", args[0], text, args[1], ts.ReadFile("stdout"))
	}
}

func lastLine(ts *testscript.TestScript) any {
	lines := strings.Split(strings.TrimSpace(ts.ReadFile("stdout")), "\n")
	var v any
	d := json.NewDecoder(bytes.NewReader([]byte(lines[len(lines)-1])))
	d.UseNumber()
	ts.Check(d.Decode(&v))
	return v
}

// lookUp follows a path of keys and numbers joined by dots; "len" is a length.
func lookUp(ts *testscript.TestScript, v any, path string) any {
	for part := range strings.SplitSeq(path, ".") {
		switch at := v.(type) {
		case map[string]any:
			v = at[part]
		case []any:
			if part == "len" {
				v = len(at)
				continue
			}
			var i int
			if _, err := fmt.Sscan(part, &i); err != nil || i >= len(at) {
				return nil
			}
			v = at[i]
		default:
			return nil
		}
	}
	return v
}

// ready ADDRESS: waits until somebody listens there.
func awaitListener(ts *testscript.TestScript, _ bool, args []string) {
	var d net.Dialer
	var last error
	for range 2000 {
		c, err := d.Dial("tcp", args[0])
		if err == nil {
			c.Close()
			return
		}
		// a refused connection to this computer answers at once, and so does one
		// that a closing neighbour resets: trying again is the wait, one
		// scheduler's turn at a time
		last = err
		yieldOnce()
	}
	ts.Fatalf("nobody listens at %s: %v", args[0], last)
}

// token FILE: the practice portal's first token, read from its folder.
func writeToken(ts *testscript.TestScript, _ bool, args []string) {
	var portal struct {
		Participants []struct{ Token string }
	}
	ts.Check(json.Unmarshal([]byte(ts.ReadFile(filepath.Join("data", "practice", "portal.json"))), &portal))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(portal.Participants[0].Token+"\n"), 0o600))
}

// ! secret FILE DIR: no file of the database in DIR holds FILE's text.
func findSecret(ts *testscript.TestScript, neg bool, args []string) {
	secret := strings.TrimSpace(ts.ReadFile(args[0]))
	found := false
	files, err := filepath.Glob(filepath.Join(ts.MkAbs(args[1]), "chasqui.db*"))
	ts.Check(err)
	if len(files) == 0 {
		ts.Fatalf("no database in %s", args[1])
	}
	for _, f := range files {
		data, err := os.ReadFile(f)
		ts.Check(err)
		found = found || bytes.Contains(data, []byte(secret))
	}
	if found == neg {
		ts.Fatalf("the database holds the token: %v", found)
	}
}
