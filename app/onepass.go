package app

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"chasqui/app/clean"
	"chasqui/converters/detect"
	"chasqui/converters/table"
)

// onePass reads a long sheet once: it writes the rows while detection sees them,
// by the layout that the head of the sheet lets it guess, and decides about the
// rows at the end when it knows the whole. What it returns is complete only
// where the whole gives the same files as the guess did; else the layout is
// settled and the rows are to be written again, or, of a short sheet or one that
// is not fit for it, nothing is known at all.
func (req *ConvertRequest) onePass(ctx context.Context, src *Source) (found, error) {
	if req.Recipe != nil || req.Unpivot != "" || req.Table > 1 || req.drops() || workbookNames[strings.ToLower(filepath.Ext(src.Name))] && src.Book.Info().Dialect != nil {
		return found{}, nil
	}
	for i, sheet := range src.Book.Sheets() {
		if req.Sheet != "" && sheet.Name() != req.Sheet {
			continue
		}
		o := &once{req: req, src: src, pass: detect.NewPass(sheet, detect.PassOptions{Untyped: req.AsIs, Large: src.size > HashLimit})}
		o.found.at = i
		err := o.read(ctx)
		if err != nil || !o.blank {
			return o.found, err
		}
	}
	return found{}, nil
}

// once is the one pass over a sheet.
type once struct {
	req     *ConvertRequest
	src     *Source
	pass    *detect.Pass
	writing *writing
	plan    clean.Plan
	found   found
	blank   bool // the sheet was read and holds no table
}

// read reads the sheet.
func (o *once) read(ctx context.Context) error {
	var failed error
	err := o.pass.Rows(ctx, func(row table.Row, role detect.Role) bool {
		if o.writing == nil {
			if failed = o.begin(ctx); failed != nil {
				return false
			}
		}
		return o.writing.run.Take(row, leftOut(role), o.writing.row)
	})
	switch {
	case err != nil:
		return err
	case failed != nil:
		return failed
	case o.writing != nil && o.writing.err != nil:
		return o.writing.err
	case !o.pass.Ended():
		return nil
	}
	return o.end()
}

// leftOut names the list of a layout that a row is in.
func leftOut(role detect.Role) string {
	switch role {
	case detect.Subtotal:
		return "subtotals"
	case detect.Repeated:
		return "repeated_headers"
	}
	return ""
}

// begin opens the files for the table that the head shows.
func (o *once) begin(ctx context.Context) error {
	var err error
	guess := o.pass.Guess()
	if o.found.files, err = o.req.files(); err != nil {
		return err
	}
	o.plan = o.req.simplePlan(guess, o.pass.Header(guess.HeaderFirst))
	o.writing = newWriting(ctx, o.plan, fieldsAsWritten(o.plan), targetsOf(o.found.files), o.req.Write, o.req.Progress)
	return nil
}

// end settles the layout, and writes the rows at the end if all before them
// stand as they should.
func (o *once) end() error {
	f := &o.found
	f.sheet = o.pass.Layout()
	f.sheet.Notices = append(o.src.otherFormat(), f.sheet.Notices...)
	if len(f.sheet.Tables) == 0 {
		o.blank = true
		return nil
	}
	f.layout, f.detected = f.sheet.Tables[0], true
	if !o.pass.Started() {
		return nil
	}
	plan := o.req.simplePlan(f.layout, o.pass.Header(f.layout.HeaderFirst))
	if !o.writing.run.GoOn(plan) || o.writing.typed && !sameTypes(o.writing.fields, fieldsAsWritten(plan)) {
		return nil
	}
	for row := range o.pass.Rest() {
		if row.Number > plan.Last() {
			break
		}
		if !o.writing.run.Take(row, "", o.writing.row) {
			return o.writing.err
		}
	}
	if o.writing.again {
		return nil
	}
	o.writing.fields = fieldsAsWritten(plan)
	var err error
	f.done, err = o.writing.close()
	f.complete = err == nil && !o.writing.again
	return err
}

// sameTypes compares the types that a typed format was begun with.
func sameTypes(a, b []table.Field) bool {
	return slices.EqualFunc(a, b, func(f, g table.Field) bool { return f.Type == g.Type })
}
