package cli

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chasqui/app/disk"
	"chasqui/app/message"
)

var update = flag.Bool("update", false, "write docs/cli.md")

// reference is docs/cli.md: every command with its options as the program
// itself knows them, and the exit codes with the errors that lead to each.
func reference() string {
	s := &session{say: message.New("en"), env: Env{Disk: disk.OS{}}}
	var b strings.Builder
	b.WriteString("# The command line\n\nMade from the program by `go test ./ui/cli -run Reference -update`; " +
		"the same help exists in Spanish, Portuguese and French (`--lang`).\n\n")
	root := s.root()
	fmt.Fprintf(&b, "Options of every command:\n\n%s\n", flagTable(root.PersistentFlags()))
	var walk func(c *cobra.Command)
	walk = func(c *cobra.Command) {
		for _, sub := range c.Commands() {
			if !sub.IsAvailableCommand() || sub.Name() == "completion" {
				continue
			}
			if len(sub.Commands()) == 0 {
				fmt.Fprintf(&b, "## %s\n\n%s.\n\n    %s\n\n", sub.CommandPath(), sub.Short, sub.UseLine())
				if flags := flagTable(sub.LocalNonPersistentFlags()); flags != "" {
					b.WriteString(flags + "\n")
				}
			}
			walk(sub)
		}
	}
	walk(root)
	b.WriteString("## Exit codes\n\n| code | means | error codes under `--json` |\n|---|---|---|\n")
	for code, means := range []string{
		"done", "the input has errors", "wrong usage", "not sent yet: queued and safe", "the destination refused", "a defect of the program",
	} {
		fmt.Fprintf(&b, "| %d | %s | %s |\n", code, means, strings.Join(codesOf(code), ", "))
	}
	return b.String()
}

func codesOf(exit int) []string {
	if exit == exitInput {
		return []string{"every other"}
	}
	var list []string
	for code, e := range exitOf {
		if e == exit {
			list = append(list, "`"+code+"`")
		}
	}
	slices.Sort(list)
	return list
}

func flagTable(flags *pflag.FlagSet) string {
	var lines []string
	flags.VisitAll(func(f *pflag.Flag) {
		name := "`--" + f.Name + "`"
		if f.Shorthand != "" {
			name = "`-" + f.Shorthand + "`, " + name
		}
		if f.Name != "help" {
			lines = append(lines, fmt.Sprintf("- %s: %s\n", name, f.Usage))
		}
	})
	sort.Strings(lines)
	return strings.Join(lines, "")
}

func TestTheReferenceIsTheProgramsOwnHelp(t *testing.T) {
	const path = "../../docs/cli.md"
	want := reference()
	if *update {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("docs/cli.md is not what the program says; run the test with -update (-program +docs):\n%s", diff)
	}
}

func TestEveryCommandHasHelpInEveryLanguage(t *testing.T) {
	for _, lang := range message.Languages {
		s := &session{say: message.New(lang), env: Env{Disk: disk.OS{}}}
		s.each(s.root(), func(c *cobra.Command) {
			if c.Short == "" || strings.HasPrefix(c.Short, "cli.") || strings.HasPrefix(c.Long, "cli.") {
				t.Errorf("%s: %s has no help: %q %q", lang, c.CommandPath(), c.Short, c.Long)
			}
			c.Flags().VisitAll(func(f *pflag.Flag) {
				if f.Usage == "" || strings.HasPrefix(f.Usage, "cli.") {
					t.Errorf("%s: %s --%s has no help: %q", lang, c.CommandPath(), f.Name, f.Usage)
				}
			})
		})
	}
}
