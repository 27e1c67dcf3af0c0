// Chasqui prepares, describes and publishes the open data of municipal offices
// where the network comes and goes.
//
// This file chooses between window and command line. With the tag "headless"
// the window is left out and the program is one static file.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
	"syscall"

	"golang.org/x/term"

	"chasqui/ui/cli"
)

// version is set by the Makefile through the linker.
var version = "dev"

// heapGrowth is by how much the heap may grow before it is swept, in percent. Old
// machines have little memory, and what is read goes through buffers that are
// used again, so that sweeping earlier than usual costs next to nothing.
const heapGrowth = 70

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(heapGrowth)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := cli.Run(ctx, os.Args[1:], cli.Env{
		Stdin:    os.Stdin,
		Stdout:   os.Stdout,
		Stderr:   os.Stderr,
		Getenv:   os.Getenv,
		Terminal: term.IsTerminal(int(os.Stdin.Fd())) && term.IsTerminal(int(os.Stderr.Fd())),
		Version:  version,
		Window:   openWindow,
	})
	stop()
	os.Exit(code)
}
