package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"

	"chasqui/app/disk"
)

// manCommand writes the manual pages of every command, in the language of the
// run.
func manCommand(s *session) *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use: "man -o " + s.say.T("cli.arg.folder"), Short: s.say.T("cli.man.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if dir == "" {
				return &usageError{kind: "flag_missing", detail: "-o"}
			}
			if err := os.MkdirAll(dir, 0o777); err != nil {
				return disk.Explained(err)
			}
			return s.writePages(cmd.Root(), dir)
		},
	}
	c.Flags().StringVarP(&dir, "output", "o", "", s.say.T("cli.flag.output"))
	return c
}

// writePages writes the page of c and those of its sub-commands.
func (s *session) writePages(c *cobra.Command, dir string) error {
	var page bytes.Buffer
	// a fixed date keeps the pages of one version the same, whenever they are made
	epoch := time.Unix(0, 0).UTC()
	if err := doc.GenMan(c, &doc.GenManHeader{Section: "1", Source: "Chasqui", Date: &epoch}, &page); err != nil {
		return err
	}
	name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
	if err := disk.WriteFile(s.env.Disk, filepath.Join(dir, name), page.Bytes()); err != nil {
		return err
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			if err := s.writePages(sub, dir); err != nil {
				return err
			}
		}
	}
	return nil
}
