package main

import (
	"go/ast"
	"go/token"
	"os/exec"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
)

const (
	maxFileLines     = 500
	maxFunctionLines = 70
)

func TestFilesAndFunctionsFitAPage(t *testing.T) {
	for _, f := range sources(t) {
		if n := strings.Count(f.text, "\n"); n > maxFileLines {
			t.Errorf("%s has %d lines, at most %d: ask which second subject moved in and give it a file", f.path, n, maxFileLines)
		}
		for _, d := range f.tree.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			first, last := f.set.Position(fn.Pos()).Line, f.set.Position(fn.End()).Line
			if n := last - first + 1; n > maxFunctionLines {
				t.Errorf("%s: %s has %d lines, at most %d: name its steps and make them functions", f.path, fn.Name.Name, n, maxFunctionLines)
			}
		}
	}
}

func TestEveryPackageSaysWhatItIsFor(t *testing.T) {
	documented := map[string]bool{}
	for _, f := range sources(t) {
		if !f.test {
			documented[f.pkg] = documented[f.pkg] || f.tree.Doc.Text() != ""
		}
	}
	for pkg, ok := range documented {
		if !ok {
			t.Errorf("package %s has no doc comment: write what it is for, where a newcomer starts, what it does not do", pkg)
		}
	}
}

func TestEverythingExportedIsDocumented(t *testing.T) {
	for _, f := range sources(t) {
		if f.test || f.tree.Name.Name == "main" {
			continue
		}
		for _, name := range undocumented(f.tree) {
			t.Errorf("%s: %s is exported without a comment: say what it takes and returns, its units and errors", f.path, name)
		}
	}
}

// undocumented lists exported names of a file without a comment. A comment on
// a group, or at the end of a line, counts for what it stands at.
func undocumented(tree *ast.File) []string {
	var out []string
	for _, d := range tree.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			if d.Name.IsExported() && d.Doc == nil && receiverExported(d) {
				out = append(out, d.Name.Name)
			}
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				out = append(out, undocumentedIn(d, spec)...)
			}
		}
	}
	return out
}

func undocumentedIn(d *ast.GenDecl, spec ast.Spec) []string {
	var out []string
	switch s := spec.(type) {
	case *ast.TypeSpec:
		if s.Name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
			out = append(out, s.Name.Name)
		}
	case *ast.ValueSpec:
		for _, name := range s.Names {
			if name.IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
				out = append(out, name.Name)
			}
		}
	}
	return out
}

// receiverExported reports whether a function is none of a hidden type.
func receiverExported(d *ast.FuncDecl) bool {
	if d.Recv == nil || len(d.Recv.List) == 0 {
		return true
	}
	kind := d.Recv.List[0].Type
	if star, ok := kind.(*ast.StarExpr); ok {
		kind = star.X
	}
	if generic, ok := kind.(*ast.IndexExpr); ok {
		kind = generic.X
	}
	name, ok := kind.(*ast.Ident)
	return !ok || name.IsExported()
}

func TestImportsKeepTheirNames(t *testing.T) {
	for _, f := range sources(t) {
		for _, spec := range f.tree.Imports {
			if spec.Name == nil || spec.Name.Name == "_" || spec.Name.Name == "fyneapp" {
				continue
			}
			t.Errorf("%s gives %s the name %s: only fyneapp is an alias here; a clash means that a package of ours is badly named",
				f.path, spec.Path.Value, spec.Name.Name)
		}
	}
}

func TestNothingRunsBeforeMain(t *testing.T) {
	for _, f := range sources(t) {
		for _, d := range f.tree.Decls {
			if fn, ok := d.(*ast.FuncDecl); ok && fn.Recv == nil && fn.Name.Name == "init" {
				t.Errorf("%s has an init function: register in a table that main or app reads", f.path)
			}
		}
	}
}

// clocks are the places where the real clock enters; everywhere else time is
// a parameter.
var clocks = []string{".", "tools/...", "app", "app/clock", "ui", "ui/cli", "sync/ckan", "sync/practice"}

func TestTimeComesInAsAParameter(t *testing.T) {
	for _, f := range sources(t) {
		bubble := strings.Contains(f.text, `"testing/synctest"`)
		ast.Inspect(f.tree, func(n ast.Node) bool {
			sel, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			x, ok := sel.X.(*ast.Ident)
			if !ok || x.Name != "time" || x.Obj != nil {
				return true
			}
			line := f.set.Position(sel.Pos()).Line
			atEdge := slices.ContainsFunc(clocks, func(p string) bool { return matches(p, f.pkg) })
			switch sel.Sel.Name {
			case "Sleep":
				if !bubble {
					t.Errorf("%s:%d sleeps: wait for the thing itself, or use testing/synctest", f.path, line)
				}
			case "Now":
				if !f.test && !atEdge {
					t.Errorf("%s:%d asks the clock: take a func() time.Time, or add the adapter to clocks with a reason", f.path, line)
				}
			}
			return true
		})
	}
}

// unfinished is put together so that this file does not hold the words.
var unfinished = regexp.MustCompile(`\b(TO` + `DO|FIX` + `ME|XX` + `X|HA` + `CK)\b`)

func TestCommentsPromiseNothing(t *testing.T) {
	for _, f := range sources(t) {
		for _, group := range f.tree.Comments {
			for _, c := range group.List {
				if word := unfinished.FindString(c.Text); word != "" {
					t.Errorf("%s:%d says %s: do it, or write it down where work is planned", f.path, f.set.Position(c.Pos()).Line, word)
				}
			}
		}
	}
}

// vague are words that name no thing of the field.
var vague = []string{"Manager", "Helper", "Util", "Utils", "Common", "Misc", "Base", "Impl", "Data2"}

func TestNamesAreTermsOfTheField(t *testing.T) {
	for _, f := range sources(t) {
		check := func(name, kind string) {
			for _, w := range camelWords(name) {
				if slices.Contains(vague, w) {
					t.Errorf("%s: the %s %s is named after nothing in the field: docs/glossary.md has the words", f.path, kind, name)
				}
			}
		}
		check(strings.TrimSuffix(path.Base(f.path), ".go"), "file")
		check(f.tree.Name.Name, "package")
		for _, d := range f.tree.Decls {
			if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
				for _, spec := range g.Specs {
					check(spec.(*ast.TypeSpec).Name.Name, "type")
				}
			}
		}
	}
}

// camelWords cuts fooBar_baz into Foo, Bar, Baz.
func camelWords(name string) []string {
	var out []string
	word := ""
	for _, r := range name {
		if r == '_' || r == '.' || unicode.IsUpper(r) {
			if word != "" {
				out = append(out, word)
			}
			word = ""
		}
		if r != '_' && r != '.' {
			if word == "" {
				r = unicode.ToUpper(r)
			}
			word += string(r)
		}
	}
	return append(out, word)
}

// fynePackages are the names that ui and main already use for Fyne's.
var fynePackages = strings.Fields("binding canvas container dialog driver desktop mobile software embedded lang layout storage repository test theme validation widget")

func TestPackageNamesDoNotHideOthers(t *testing.T) {
	std, err := exec.Command("go", "list", "std").Output()
	if err != nil {
		t.Fatalf("listing the standard library: %v", err)
	}
	taken := map[string]string{}
	for _, p := range strings.Fields(string(std)) {
		if !strings.Contains(p, "internal") && !strings.Contains(p, "vendor") {
			taken[path.Base(p)] = p
		}
	}
	for _, p := range fynePackages {
		taken[p] = "Fyne's " + p
	}
	for _, f := range sources(t) {
		name := strings.TrimSuffix(f.tree.Name.Name, "_test")
		if other, ok := taken[name]; ok && name != "main" {
			t.Errorf("%s: package %s has the name of %s: whoever needs both needs an alias", f.path, name, other)
		}
	}
}
