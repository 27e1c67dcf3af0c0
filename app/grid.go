package app

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"chasqui/app/clean"
	"chasqui/app/spool"
	"chasqui/converters/table"
)

// Grid is random access to the rows of a table's source sheet, for the screen
// that shows it.
type Grid interface {
	// Extent is how many rows and columns are known so far, and whether that
	// is all.
	Extent() (rows, columns int, done bool)
	// Page returns n rows from sheet row first on, counting from 1; it waits
	// for rows that are still being read.
	Page(ctx context.Context, first, n int) ([]table.Row, error)
}

// spooled is a sheet being taken into a spool, or taken in.
type spooled struct {
	spool   *spool.Spool
	dataset string
	stop    context.CancelFunc
	ended   chan struct{}
}

// GridKey names the sheet that a table is on and the way in which it is read:
// tables of one key have one grid.
func (t Table) GridKey() string {
	return strings.Join([]string{t.draft.Source.SHA256, t.Recipe.Source.Sheet, t.Recipe.Choice(clean.ArgHidden), t.Recipe.Choice(clean.ArgAccents)}, "/")
}

// GridOf opens the sheet that a table is on. Its rows come while the sheet is
// still being read; the App keeps it until the dataset is removed or the App
// closes.
func (a *App) GridOf(ctx context.Context, datasetID string, t Table) (Grid, error) {
	key := t.GridKey()
	a.mu.Lock()
	defer a.mu.Unlock()
	if held, ok := a.spools[key]; ok {
		return held.spool, nil
	}
	sheet, err := a.sheetOf(ctx, t.draft)
	if err != nil {
		return nil, err
	}
	s, err := spool.Create(a.spoolDir())
	if err != nil {
		return nil, errors.Join(err, sheet.Close())
	}
	filling, stop := context.WithCancel(context.WithoutCancel(ctx))
	held := &spooled{spool: s, dataset: datasetID, stop: stop, ended: make(chan struct{})}
	a.spools[key] = held
	go func() {
		defer close(held.ended)
		defer sheet.Close()
		s.Fill(filling, sheet.Rows(filling)) // its error is kept for who asks for a page
	}()
	return s, nil
}

// Sample returns the first records of a table as they will be published, at most
// most of them: one text a column that is not left out, "" for no value.
func (a *App) Sample(ctx context.Context, t Table, most int) ([][]string, error) {
	sheet, err := a.sheetOf(ctx, t.draft)
	if err != nil {
		return nil, err
	}
	defer sheet.Close()
	var list [][]string
	for values, err := range t.Recipe.Plan().Start().Rows(ctx, sheet) {
		if err != nil || len(list) == most {
			return list, err
		}
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = strings.Clone(v.Text)
		}
		list = append(list, texts)
	}
	return list, nil
}

// spoolDir is the folder of the sheets that are being shown.
func (a *App) spoolDir() string { return filepath.Join(a.store.Dir(), "spool") }

// dropSpools gives up the sheets of one dataset, or of all for "".
func (a *App) dropSpools(dataset string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for key, held := range a.spools {
		if dataset == "" || held.dataset == dataset {
			held.stop()
			<-held.ended
			held.spool.Close()
			delete(a.spools, key)
		}
	}
}

func (a *App) closeSpools() { a.dropSpools("") }
