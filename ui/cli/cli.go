// Package cli is the command line: cobra commands over app, for scripts,
// servers and people without a window. It imports no Fyne.
//
// Run is the program; each command stands in a file of its own and is listed
// in commands. Names, JSON fields and exit codes are a contract (docs/cli.md).
package cli

import (
	"context"
	"errors"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
	"chasqui/app/disk"
	"chasqui/app/message"
)

// Env is what the command line has of the world.
type Env struct {
	Stdin          io.Reader
	Stdout, Stderr io.Writer
	Getenv         func(string) string
	// Terminal says that standard input and standard error are a person's
	// terminal: only then is anything asked or drawn.
	Terminal bool
	Version  string
	// SecretWork is app.Options', for tests.
	SecretWork int
	// Disk is where files are written; nil is the real one.
	Disk disk.Disk
	// Window opens the window; nil in builds without one.
	Window func(ctx context.Context, opt WindowOptions) error
}

// WindowOptions is what the window is opened with.
type WindowOptions struct {
	Data   string
	Lang   string
	Sample bool   // with the example opened
	Screen string // on that screen; "" is the start
	Files  []string
}

// session is one run of the program: the world, the global flags, the words.
type session struct {
	env   Env
	say   *message.Printer
	data  string
	lang  string
	json  bool
	quiet bool
	plain bool // --no-color
	rate  int64
	yes   bool
}

// Run runs the program with its arguments, the program's name left out, and
// returns the exit code.
func Run(ctx context.Context, args []string, env Env) int {
	if env.Disk == nil {
		env.Disk = disk.OS{}
	}
	s := &session{env: env, say: message.New(languageOf(args, env.Getenv))}
	root := s.root()
	root.SetArgs(args)
	root.SetIn(env.Stdin)
	root.SetOut(env.Stdout)
	root.SetErr(env.Stderr)
	err := root.ExecuteContext(ctx)
	if err == nil {
		return exitDone
	}
	var told *toldError
	if errors.As(err, &told) {
		return told.exit
	}
	s.json = s.json || asksJSON(args)
	return s.fail(err)
}

// languageOf finds the language before anything is parsed: help is needed in
// it too.
func languageOf(args []string, getenv func(string) string) string {
	for i, a := range args {
		if v, ok := strings.CutPrefix(a, "--lang="); ok {
			return v
		}
		if a == "--lang" && i+1 < len(args) {
			return args[i+1]
		}
	}
	for _, name := range []string{"LC_ALL", "LC_MESSAGES", "LANG"} {
		v := getenv(name)
		if v != "" && v != "C" && v != "POSIX" && !strings.HasPrefix(v, "C.") {
			return v
		}
	}
	return ""
}

// asksJSON finds --json in arguments that could not be parsed.
func asksJSON(args []string) bool {
	for _, a := range args {
		if a == "--json" || a == "--json=true" {
			return true
		}
	}
	return false
}

// commands lists every command.
var commands = [...]func(*session) *cobra.Command{
	inspectCommand, convertCommand, checkCommand, datasetCommand, recipeCommand, packageCommand, destinationCommand,
	publishCommand, queueCommand, syncCommand, officeCommand, profileCommand, practiceCommand, demoCommand, windowCommand, manCommand, versionCommand,
}

func (s *session) root() *cobra.Command {
	root := &cobra.Command{
		Use:           "chasqui",
		Short:         s.say.T("cli.root.short"),
		Long:          s.say.T("cli.root.long"),
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if s.env.Window == nil {
				return cmd.Help()
			}
			return s.env.Window(cmd.Context(), WindowOptions{Data: s.data, Lang: s.lang})
		},
	}
	flags := root.PersistentFlags()
	flags.StringVar(&s.data, "data", "", s.say.T("cli.flag.data"))
	flags.StringVar(&s.lang, "lang", "", s.say.T("cli.flag.lang"))
	flags.BoolVar(&s.json, "json", false, s.say.T("cli.flag.json"))
	flags.BoolVar(&s.quiet, "quiet", false, s.say.T("cli.flag.quiet"))
	flags.BoolVar(&s.plain, "no-color", false, s.say.T("cli.flag.no_color"))
	flags.BoolVar(&s.yes, "yes", false, s.say.T("cli.flag.yes"))
	for _, c := range commands {
		root.AddCommand(c(s))
	}
	s.localize(root)
	return root
}

// localize puts cobra's own words into the program's language, for every
// command.
func (s *session) localize(root *cobra.Command) {
	root.SetUsageTemplate(usageTemplate(s.say))
	root.SetHelpCommand(&cobra.Command{
		Use: "help [" + s.say.T("cli.help.command") + "]", Short: s.say.T("cli.help.short"),
		RunE: func(_ *cobra.Command, args []string) error {
			found, rest, err := root.Find(args)
			if err != nil || len(rest) > 0 {
				return &usageError{kind: "unknown_command", detail: strings.Join(args, " ")}
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	})
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return flagError(err) })
	root.InitDefaultCompletionCmd()
	s.each(root, func(c *cobra.Command) {
		c.InitDefaultHelpFlag()
		if f := c.Flags().Lookup("help"); f != nil {
			f.Usage = s.say.T("cli.flag.help")
		}
		if c.HasSubCommands() && c.RunE == nil {
			c.Args = s.noArgs
			c.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
		}
		if c.Name() == "completion" {
			c.Short, c.Long = s.say.T("cli.completion.short"), s.say.T("cli.completion.short")
		} else if c.HasParent() && c.Parent().Name() == "completion" {
			c.Short = s.say.T("cli.completion.shell", "Shell", c.Name())
		}
	})
}

func (s *session) each(c *cobra.Command, do func(*cobra.Command)) {
	do(c)
	for _, sub := range c.Commands() {
		s.each(sub, do)
	}
}

func usageTemplate(say *message.Printer) string {
	return `{{if .Runnable}}` + say.T("cli.help.usage") + `
  {{.UseLine}}
{{end}}{{if .HasAvailableSubCommands}}
` + say.T("cli.help.commands") + `
{{range .Commands}}{{if (or .IsAvailableCommand (eq .Name "help"))}}  {{rpad .Name .NamePadding }} {{.Short}}
{{end}}{{end}}{{end}}{{if .HasAvailableLocalFlags}}
` + say.T("cli.help.flags") + `
{{.LocalFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}{{if .HasAvailableInheritedFlags}}
` + say.T("cli.help.global_flags") + `
{{.InheritedFlags.FlagUsages | trimTrailingWhitespaces}}
{{end}}`
}

// exactly, atLeast and noArgs check the number of arguments, with errors that
// have words.
func (s *session) exactly(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) != n {
			return &usageError{kind: "argument_count"}
		}
		return nil
	}
}

func (s *session) atLeast(n int) cobra.PositionalArgs {
	return func(_ *cobra.Command, args []string) error {
		if len(args) < n {
			return &usageError{kind: "argument_count"}
		}
		return nil
	}
}

func (s *session) noArgs(_ *cobra.Command, args []string) error {
	if len(args) > 0 {
		return &usageError{kind: "unknown_command", detail: args[0]}
	}
	return nil
}

// open opens the data folder for a command. shared is for commands that only
// read.
func (s *session) open(ctx context.Context, shared bool) (*app.App, error) {
	return app.Open(ctx, app.Options{
		Dir: app.DataDir(s.data, s.env.Getenv), Shared: shared, Disk: s.env.Disk, Getenv: s.env.Getenv, Lang: s.say.Lang(), Rate: s.rate,
		SecretWork: s.env.SecretWork,
	})
}

// with runs do over the opened data folder.
func (s *session) with(ctx context.Context, shared bool, do func(*app.App) error) error {
	a, err := s.open(ctx, shared)
	if err != nil {
		return err
	}
	a.AskPassphrase(s.askPassphrase())
	return errors.Join(do(a), a.Close())
}
