package main

import (
	"go/ast"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

func readDoc(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.FromSlash(name))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var testName = regexp.MustCompile("`(Test[A-Za-z0-9_]+)`")

// TestInvariantsNameTestsThatExist keeps ARCHITECTURE.md's promises checkable:
// each line under "What always holds" names a test, and the test is there.
func TestInvariantsNameTestsThatExist(t *testing.T) {
	exists := map[string]bool{}
	for _, f := range sources(t) {
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && f.test {
				exists[fn.Name.Name] = true
			}
		}
	}
	_, list, found := strings.Cut(readDoc(t, "ARCHITECTURE.md"), "<!-- invariants -->\n")
	if !found {
		t.Fatal("ARCHITECTURE.md has no list of invariants")
	}
	list, _, _ = strings.Cut(list, "\n\n")
	for _, line := range strings.Split(strings.TrimSpace(list), "\n") {
		names := testName.FindAllStringSubmatch(line, -1)
		if len(names) == 0 {
			t.Errorf("this invariant names no test that holds it: %s", line)
		}
		for _, name := range names {
			if !exists[name[1]] {
				t.Errorf("ARCHITECTURE.md names %s, which does not exist: name the test that holds %q", name[1], line)
			}
		}
	}
}

var link = regexp.MustCompile(`\]\(([^)#]+)\)`)

func TestLinksInThePagesLeadSomewhere(t *testing.T) {
	for _, page := range treeFiles(t, ".md") {
		for _, m := range link.FindAllStringSubmatch(readDoc(t, page), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			target := path.Join(path.Dir(page), m[1])
			if _, err := os.Stat(filepath.FromSlash(target)); err != nil {
				t.Errorf("%s links to %s, which is not there", page, m[1])
			}
		}
	}
}

// TestEveryDependencyHasAReason asks for a row in the page on dependencies.
func TestEveryDependencyHasAReason(t *testing.T) {
	var reasons []string
	for _, line := range strings.Split(readDoc(t, "docs/decisions/0002-dependencies.md"), "\n") {
		if cells := strings.Split(line, "|"); len(cells) > 2 {
			reasons = append(reasons, strings.TrimSpace(cells[2]))
		}
	}
	missing := map[string]string{}
	for _, f := range sources(t) {
		for _, spec := range f.tree.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			first, _, _ := strings.Cut(imported, "/")
			if strings.Contains(first, ".") && !reasoned(imported, reasons) {
				missing[imported] = f.path
			}
		}
	}
	for imported, where := range missing {
		t.Errorf("%s imports %s: docs/decisions/0002-dependencies.md does not say what it was compared with and why it won", where, imported)
	}
}

func reasoned(imported string, reasons []string) bool {
	for _, r := range reasons {
		if r != "" && strings.Contains(imported, r) {
			return true
		}
	}
	return false
}

var target = regexp.MustCompile(`(?m)^([a-z-]+):(.*)$`)

func TestEveryTargetSaysWhatItDoes(t *testing.T) {
	for _, m := range target.FindAllStringSubmatch(readDoc(t, "Makefile"), -1) {
		if !strings.Contains(m[2], "## ") {
			t.Errorf("the target %s has no help: end its line with ## and one purpose", m[1])
		}
	}
}
