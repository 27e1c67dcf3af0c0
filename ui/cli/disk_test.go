//go:build linux

package cli_test

import (
	"bytes"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"chasqui/assets/samples"
)

// runAs runs the program as another user, 0 for this one, and returns the
// error code that it printed and its exit code.
func runAs(t *testing.T, program string, user uint32, args ...string) (code string, exit int) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.Env = append(os.Environ(), programVariable+"=1", "LANG=es", "CHASQUI_DATA="+filepath.Join(t.TempDir(), "data"))
	if user != 0 {
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: user, Gid: user}}
	}
	var out, problems bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &problems
	err := cmd.Run()
	if cmd.ProcessState == nil {
		t.Fatal(err)
	}
	var failure struct{ Error struct{ Code string } }
	if line := bytes.TrimSpace(out.Bytes()); len(line) > 0 {
		if err := json.Unmarshal(line, &failure); err != nil {
			t.Fatalf("%v: %s%s", err, out.String(), problems.String())
		}
	}
	return failure.Error.Code, cmd.ProcessState.ExitCode()
}

func TestAFileWithoutPermissionIsSaidInWords(t *testing.T) {
	dir, err := os.MkdirTemp("", "chasqui-test-*")
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(dir)
	file := filepath.Join(dir, "reservado.csv")
	if err := os.WriteFile(file, []byte("a,b\n1,2\n3,4\n"), 0o000); err != nil {
		t.Fatal(err)
	}
	user := uint32(0)
	if os.Getuid() == 0 {
		user = 65534 // root reads everything: ask as nobody
		if err := os.Chmod(dir, 0o755); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command("su", "-s", "/bin/true", "nobody").CombinedOutput(); err != nil {
			t.Skipf("no user nobody to ask as: %v %s", err, out)
		}
	}
	program := filepath.Join(dir, "chasqui.test")
	if err := os.Link(os.Args[0], program); err != nil {
		data, err := os.ReadFile(os.Args[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(program, data, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	code, exit := runAs(t, program, user, "inspect", file, "--json")
	if code != "file_denied" || exit != 1 {
		t.Errorf("got %q and exit %d, want file_denied and 1", code, exit)
	}
}

func TestAFullDiskLeavesNothingHalfWritten(t *testing.T) {
	small := t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=64k"); err != nil {
		t.Skipf("no small disk can be mounted here: %v", err)
	}
	defer syscall.Unmount(small, syscall.MNT_DETACH)
	source := filepath.Join(t.TempDir(), "grande.csv")
	var text strings.Builder
	text.WriteString("código,valor\n")
	for range 20000 {
		text.WriteString("0101,1234\n")
	}
	if err := os.WriteFile(source, []byte(text.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	before, _ := os.ReadFile(source)
	out := filepath.Join(small, "limpio.csv")
	if err := os.WriteFile(out, []byte("lo de antes"), 0o644); err != nil {
		t.Fatal(err)
	}
	code, exit := runAs(t, os.Args[0], 0, "convert", source, "-o", out, "--json")
	if code != "disk_full" || exit != 1 {
		t.Errorf("got %q and exit %d, want disk_full and 1", code, exit)
	}
	if after, _ := os.ReadFile(out); string(after) != "lo de antes" {
		t.Errorf("the result of before is gone: %q", after)
	}
	if left, _ := os.ReadDir(small); len(left) != 1 {
		t.Errorf("%d files on the full disk, want only the old result", len(left))
	}
	if after, _ := os.ReadFile(source); !bytes.Equal(before, after) {
		t.Error("the source was changed")
	}
}

func TestAFullDiskUnderTheDataFolderLosesNothing(t *testing.T) {
	t.Parallel()
	small := t.TempDir()
	if err := syscall.Mount("tmpfs", small, "tmpfs", 0, "size=600k"); err != nil {
		t.Skipf("no small disk can be mounted here: %v", err)
	}
	defer syscall.Unmount(small, syscall.MNT_DETACH)
	_, data := samples.Budget()
	file := filepath.Join(t.TempDir(), "presupuesto.xlsx")
	if err := os.WriteFile(file, data, 0o644); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(small, "data")
	kept := 0
	for {
		code, exit := runAs(t, os.Args[0], 0, "dataset", "new", file, "--json", "--data", folder)
		if exit == 0 {
			kept++
			continue
		}
		if code != "disk_full" || exit != 1 {
			t.Errorf("got %q and exit %d, want disk_full and 1", code, exit)
		}
		break
	}
	if err := syscall.Mount("tmpfs", small, "tmpfs", syscall.MS_REMOUNT, "size=8m"); err != nil {
		t.Skipf("the small disk can't grow: %v", err)
	}
	cmd := exec.Command(os.Args[0], "dataset", "list", "--json", "--data", folder)
	cmd.Env = append(os.Environ(), programVariable+"=1", "LANG=es")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	var list []struct{ ID string }
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	if len(list) != kept {
		t.Errorf("%d datasets after the disk was full, want the %d that were acknowledged", len(list), kept)
	}
}
