// Package tabletest holds the conformance suite that every table.Reader
// passes, the hostile sources it is run on, and what the tests of readers and
// writers share (fixtures.go, written.go).
//
// CheckReader returns one error that lists all that is wrong, so that tests,
// fuzz targets and programs can call it.
package tabletest

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"chasqui/converters/table"
)

// CheckReader opens content with the reader in all the ways a reader must bear:
// plainly, twice, through short reads, from a file that became shorter, from
// one that fails at a byte, and with a context that is cancelled. Content must
// be a file that the reader can read. The error lists what is wrong.
func CheckReader(r table.Reader, content []byte, opt table.Options) error {
	c := check{reader: r, opt: opt}
	whole, err := c.read(context.Background(), Memory(content))
	if err != nil {
		return fmt.Errorf("reading the whole file: %w", err)
	}
	c.sheets(content)
	c.same("through short reads", whole, ShortReads(content))
	c.shrinking(content, whole)
	c.failing(content)
	c.cancelled(content)
	c.early(content)
	return errors.Join(c.wrong...)
}

// check collects what is wrong.
type check struct {
	reader table.Reader
	opt    table.Options
	wrong  []error
}

// fail notes one thing that is wrong.
func (c *check) fail(format string, args ...any) {
	c.wrong = append(c.wrong, fmt.Errorf(format, args...))
}

// read renders all sheets as text.
func (c *check) read(ctx context.Context, src table.Source) (string, error) {
	return text(ctx, c.reader, src, c.opt)
}

// text opens a source and renders all its sheets.
func text(ctx context.Context, r table.Reader, src table.Source, opt table.Options) (string, error) {
	book, err := r.Open(ctx, src, opt)
	if err != nil {
		return "", err
	}
	defer book.Close()
	var all strings.Builder
	for _, s := range book.Sheets() {
		if err := Render(ctx, &all, s); err != nil {
			return all.String(), err
		}
	}
	return all.String(), nil
}

// Render writes a sheet's rows, merges and notices as text, one row a line, for
// comparing and for golden files. The error is the sheet's.
func Render(ctx context.Context, w io.Writer, s table.Sheet) error {
	fmt.Fprintf(w, "sheet %q visible=%t\n", s.Name(), s.Visible())
	for row, err := range s.Rows(ctx) {
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "%d", row.Number)
		if row.Hidden {
			fmt.Fprint(w, " hidden")
		}
		for i, cell := range row.Cells {
			if cell.Kind != table.Empty {
				fmt.Fprintf(w, " %d:%s%s%q", i+1, kindName(cell.Kind), hintNames(cell.Hint), cell.Text)
			}
		}
		fmt.Fprintln(w)
	}
	for _, m := range s.Merges() {
		fmt.Fprintf(w, "merge rows %d-%d columns %d-%d\n", m.RowFirst, m.RowLast, m.ColFirst, m.ColLast)
	}
	for _, n := range s.Notices() {
		fmt.Fprintf(w, "notice %s row %d count %d\n", n.Code, n.Place.Row, n.Count)
	}
	return nil
}

// kindName names a kind for the rendered text.
func kindName(k table.Kind) string {
	return [...]string{"empty", "text", "number", "bool", "date", "datetime", "time", "error"}[k]
}

// hintNames lists a cell's cues.
func hintNames(h table.Hint) string {
	out := ""
	for i, name := range [...]string{"bold", "filled", "percent", "formula", "hidden", "wrapped", "spilled"} {
		if h&(1<<i) != 0 {
			out += "+" + name
		}
	}
	return out
}

// sheets checks what holds of every row, and that a sheet can be read twice.
func (c *check) sheets(content []byte) {
	ctx := context.Background()
	book, err := c.reader.Open(ctx, Memory(content), c.opt)
	if err != nil {
		c.fail("opening again: %w", err)
		return
	}
	defer book.Close()
	for _, s := range book.Sheets() {
		last := 0
		for row, err := range s.Rows(ctx) {
			if err != nil {
				c.fail("sheet %q after row %d: %w", s.Name(), last, err)
				break
			}
			if row.Number <= last {
				c.fail("sheet %q: row %d follows row %d", s.Name(), row.Number, last)
			}
			last = row.Number
			c.cells(s.Name(), row)
		}
		var first, second bytes.Buffer
		_, _ = Render(ctx, &first, s), Render(ctx, &second, s)
		if !bytes.Equal(first.Bytes(), second.Bytes()) {
			c.fail("sheet %q reads differently the second time", s.Name())
		}
	}
}

// cells checks that kinds and texts agree.
func (c *check) cells(sheet string, row table.Row) {
	for i, cell := range row.Cells {
		if (cell.Kind == table.Empty) != (cell.Text == "") {
			c.fail("sheet %q row %d column %d: kind %s with text %q", sheet, row.Number, i+1, kindName(cell.Kind), cell.Text)
		}
		if cell.Kind == table.Number {
			style := table.NumberStyle{Decimal: "."}
			if got, ok := style.Parse(cell.Text); !ok || got != cell.Text {
				c.fail("sheet %q row %d column %d: number %q is not canonical", sheet, row.Number, i+1, cell.Text)
			}
		}
		if strings.Contains(cell.Text, "\r") {
			c.fail("sheet %q row %d column %d: a carriage return in %q", sheet, row.Number, i+1, cell.Text)
		}
	}
}

// same checks that another way to read gives the same.
func (c *check) same(way, want string, src table.Source) {
	got, err := c.read(context.Background(), src)
	if err != nil {
		c.fail("%s: %w", way, err)
	} else if got != want {
		c.fail("%s: the rows differ", way)
	}
}

// shrinking checks that a file which became shorter is a fault and no panic.
func (c *check) shrinking(content []byte, whole string) {
	for _, part := range [...]int{0, 1, 2, 3} {
		src := Shrunken(content, len(content)*part/4)
		got, err := c.read(context.Background(), src)
		if err == nil && got == whole && part < 3 {
			c.fail("a file of which %d/4 are gone reads as if whole", 4-part)
		}
		c.isFault(fmt.Sprintf("a file shrunk to %d/4", part), err)
	}
}

// failing checks that an error of the source at any of some bytes comes out.
func (c *check) failing(content []byte) {
	cause := errors.New("the disk fails")
	for at := 0; at < len(content); at += max(1, len(content)/16) {
		src := FailsAt(content, int64(at), cause)
		_, err := c.read(context.Background(), src)
		if err == nil && src.Hit() {
			c.fail("an error of the source at byte %d is lost", at)
		}
		c.isFault(fmt.Sprintf("a source failing at byte %d", at), err)
	}
}

// isFault checks that an error is a *table.Fault with a kind.
func (c *check) isFault(way string, err error) {
	if err == nil {
		return
	}
	var fault *table.Fault
	if !errors.As(err, &fault) || fault.Kind == "" {
		c.fail("%s: the error is no *table.Fault with a kind: %v", way, err)
	}
}

// cancelled checks that a cancelled context ends opening.
func (c *check) cancelled(content []byte) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := c.read(ctx, Memory(content)); !errors.Is(err, context.Canceled) {
		c.fail("with a cancelled context: got %v, want context.Canceled", err)
	}
}

// early checks that a consumer may stop at the first row.
func (c *check) early(content []byte) {
	book, err := c.reader.Open(context.Background(), Memory(content), c.opt)
	if err != nil {
		return
	}
	defer book.Close()
	for _, s := range book.Sheets() {
		seen := 0
		for range s.Rows(context.Background()) {
			seen++
			break
		}
		if seen > 1 {
			c.fail("sheet %q goes on after the consumer stopped", s.Name())
		}
	}
}
