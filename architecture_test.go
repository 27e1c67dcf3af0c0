package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// The window knows the app; the app knows converters and couriers; converters
// and couriers know nobody. This file is that sentence as two tables, checked
// against every import of the tree, whatever its build tags.

// module is the path that imports of our own packages begin with.
const module = "chasqui/"

// arrow says what packages below from may import of our own tree. The first
// arrow whose from matches holds. A pattern ending in /... takes the package
// and all below it, one ending in /* exactly one level; "." is package main.
type arrow struct {
	from string
	may  []string
}

var arrows = []arrow{
	{".", []string{"app/...", "ui/...", "assets/...", "sync/...", "converters/..."}},
	{"tools/...", []string{"app/...", "assets/...", "converters/...", "sync/..."}},

	{"ui/cli", []string{"app", "app/disk", "app/secret", "app/check", "app/clean", "app/describe", "app/message", "assets/...", "converters/table"}},
	{"ui/parts", []string{"app/message", "assets/...", "converters/table"}},
	{"ui/...", []string{"ui/parts", "app", "app/check", "app/clean", "app/describe", "app/message", "assets/...", "converters/table"}},

	{"app", []string{"app/...", "assets/...", "converters/...", "sync/..."}},
	{"app/check", []string{"converters/table"}},
	{"app/clean", []string{"converters/table"}},
	{"app/disk", []string{"converters/table"}},
	{"app/datapackage", []string{"converters/table"}},
	{"app/describe", []string{"converters/table", "app/datapackage", "assets/..."}},
	{"app/message", []string{"assets/...", "app/changes", "app/check", "app/clean", "app/describe", "converters/table", "sync/portal", "sync/outbox"}},
	{"app/store", []string{"app/disk", "app/check", "app/clean", "app/describe", "converters/table", "sync/portal", "sync/outbox"}},
	{"app/secret", []string{"app/disk"}},
	{"app/receipt", nil},
	{"app/page", []string{"app/dcat", "app/message"}},
	{"app/*", []string{"converters/table", "app/datapackage", "app/describe", "assets/..."}},

	{"converters/table", nil},
	{"converters/charset", nil},
	{"converters/numfmt", []string{"converters/table"}},
	{"converters/zipped", []string{"converters/table"}},
	{"converters/xmlscan", nil},
	{"converters/geo", []string{"converters/table", "converters/charset", "converters/zipped", "converters/dbf"}},
	{"converters/...", []string{"converters/table", "converters/charset", "converters/numfmt", "converters/zipped", "converters/xmlscan"}},

	{"sync/portal", nil},
	{"sync/outbox/outboxtest", []string{"sync/outbox", "sync/portal"}},
	{"sync/...", []string{"sync/portal"}},

	{"assets/...", nil},
}

// testArrows are for _test.go files, which may also look sideways: a
// conformance suite, the reader beside a writer, the practice portal.
var testArrows = []arrow{
	{"converters/...", []string{"converters/..."}},
	{"sync/...", []string{"sync/..."}},
	{"assets/...", []string{"assets/..."}},
	{"app/...", []string{"app/...", "assets/...", "converters/...", "sync/..."}},
	{"...", []string{"..."}},
}

// outside says who may import a package that is not ours. The first row that
// takes the import holds; what no row takes anyone may import.
var outside = []struct {
	imports string // an import path, or all below it
	who     []string
}{
	{"modernc.org/sqlite", []string{"app/store"}},
	{"github.com/pressly/goose", []string{"app/store"}},
	{"database/sql", []string{"app/store"}},
	{"fyne.io/fyne/v2/app", []string{"."}},
	{"fyne.io/fyne/v2/driver/desktop", []string{"ui", "ui/parts"}},
	{"fyne.io", []string{".", "ui", "ui/parts"}},
	{"net/http", []string{"sync/...", "tools/..."}},
	{"github.com/spf13/cobra", []string{".", "ui/cli"}},
	{"github.com/zalando/go-keyring", []string{"app/secret"}},
	{"filippo.io/age", []string{"app/secret"}},
	{"github.com/nicksnyder/go-i18n", []string{"app/message"}},
	{"github.com/nyaruka/phonenumbers", []string{"app/check"}},
	{"github.com/xuri/excelize", []string{"converters/...", "tools/..."}},
}

func TestImportsFollowTheArrows(t *testing.T) {
	for _, f := range sources(t) {
		for _, spec := range f.tree.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			own, ours := strings.CutPrefix(imported, module)
			switch {
			case ours && !allowed(f, own):
				t.Errorf("%s imports %s: no arrow allows it.\nMove the code to where the arrow starts, or hand the thing in as a parameter; "+
					"if the design itself is wrong, change the table here and docs/decisions together.", f.path, own)
			case !ours && !invited(f, imported):
				t.Errorf("%s imports %s, which is kept to %v.\nAsk the package that owns it for what you need.", f.path, imported, owners(imported))
			}
		}
	}
}

// allowed reports whether the file may import a package of our own.
func allowed(f source, own string) bool {
	if own == f.pkg {
		return true // an external test of the package
	}
	if may(arrows, f.pkg, own) {
		return true
	}
	return f.test && may(testArrows, f.pkg, own)
}

func may(table []arrow, from, to string) bool {
	for _, a := range table {
		if matches(a.from, from) {
			return slices.ContainsFunc(a.may, func(p string) bool { return matches(p, to) })
		}
	}
	return false
}

// invited reports whether the file may import a package from outside. Tests
// may talk HTTP and write workbooks to play the other side.
func invited(f source, imported string) bool {
	who := owners(imported)
	if who == nil || slices.ContainsFunc(who, func(p string) bool { return matches(p, f.pkg) }) {
		return true
	}
	return f.test && (strings.HasPrefix(imported, "net/http") || strings.HasPrefix(imported, "github.com/xuri/excelize"))
}

func owners(imported string) []string {
	for _, row := range outside {
		if imported == row.imports || strings.HasPrefix(imported, row.imports+"/") {
			return row.who
		}
	}
	return nil
}

// matches compares a package's folder with a pattern of the tables.
func matches(pattern, pkg string) bool {
	if pattern == "..." {
		return true
	}
	if above, ok := strings.CutSuffix(pattern, "/..."); ok {
		return pkg == above || strings.HasPrefix(pkg, above+"/")
	}
	if above, ok := strings.CutSuffix(pattern, "/*"); ok {
		return path.Dir(pkg) == above
	}
	return pattern == pkg
}

// source is one Go file of the tree.
type source struct {
	path string // from the root, with slashes
	pkg  string // folder from the root, "." for the root
	test bool
	text string
	tree *ast.File
	set  *token.FileSet
}

// sources parses every Go file of the tree, those that other build tags and
// systems leave out as well.
func sources(t *testing.T) []source {
	t.Helper()
	var out []source
	set := token.NewFileSet()
	for _, name := range treeFiles(t, ".go") {
		text, err := os.ReadFile(filepath.FromSlash(name))
		if err != nil {
			t.Fatal(err)
		}
		tree, err := parser.ParseFile(set, name, text, parser.ParseComments)
		if err != nil {
			t.Fatalf("%s does not parse: %v", name, err)
		}
		out = append(out, source{
			path: name, pkg: path.Dir(name), test: strings.HasSuffix(name, "_test.go"),
			text: string(text), tree: tree, set: set,
		})
	}
	return out
}

// treeFiles lists the files with an ending, leaving out what is built and what
// only tests read.
func treeFiles(t *testing.T, ending string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(".", func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			switch d.Name() {
			case ".git", "build", "dist", "testdata", "vendor":
				return filepath.SkipDir
			}
			return nil
		}
		if strings.HasSuffix(name, ending) {
			out = append(out, filepath.ToSlash(name))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}
