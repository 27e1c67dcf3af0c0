//go:build headless

package main

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"

	"chasqui/ui/cli"
)

// openWindow starts the window program if it lies beside this one, as the
// Windows package ships them; nil says that this build has no window.
var openWindow = windowBeside()

func windowBeside() func(context.Context, cli.WindowOptions) error {
	self, err := os.Executable()
	if err != nil || runtime.GOOS != "windows" {
		return nil
	}
	beside := filepath.Join(filepath.Dir(self), "chasqui-ventana.exe")
	if _, err := os.Stat(beside); err != nil {
		return nil
	}
	return func(context.Context, cli.WindowOptions) error {
		return exec.Command(beside, os.Args[1:]...).Start()
	}
}
