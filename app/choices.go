package app

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"

	"chasqui/app/clean"
	"chasqui/converters/table"
)

// NoticePartial says that only a part of a damaged file could be read; Place
// has the last row of it, where the row is known.
const NoticePartial = "partial"

// partialFlag is the flag of the command line that answers whether a part of a
// damaged file will do.
const partialFlag = "--partial"

// Choices are what a person decided about reading a file. The zero value takes
// a file only whole, and with all that is hidden in it.
type Choices struct {
	Partial bool   // of a damaged file, take what can be read
	Hidden  string // Keep or Drop hidden rows, columns and sheets; "" keeps
	Accents string // Keep or Mend text that was encoded twice; "" keeps
	// Unpivot turns a cross table into one with a row for each time: the language
	// of the names that the new columns get, "" for leaving it.
	Unpivot string
	// Password opens a workbook that has one. It is in no recipe and kept
	// nowhere.
	Password string
}

// The answers for Choices.Hidden and Choices.Accents.
const (
	KeepHidden  = "keep"
	DropHidden  = clean.DropHidden
	KeepAccents = "keep"
	MendAccents = clean.MendAccents
)

// Check reports an answer that there is not, as NotAnOption.
func (c Choices) Check() error {
	among := func(answer string, allowed ...string) error {
		if answer == "" || slices.Contains(allowed, answer) {
			return nil
		}
		return &Error{Kind: NotAnOption, Args: map[string]string{"Value": answer, "Allowed": strings.Join(allowed, ", ")}}
	}
	if err := among(c.Hidden, KeepHidden, DropHidden); err != nil {
		return err
	}
	return among(c.Accents, KeepAccents, MendAccents)
}

// drops reports whether what is hidden is left out.
func (c Choices) drops() bool { return c.Hidden == DropHidden }

// choicesOf reads the choices back that a recipe was made with.
func choicesOf(r clean.Recipe) Choices {
	return Choices{Partial: r.Choice(clean.ArgPartial) != "", Hidden: r.Choice(clean.ArgHidden), Accents: r.Choice(clean.ArgAccents)}
}

// chosen writes the choices into a recipe, whose own hold where nothing was
// chosen.
func chosen(r clean.Recipe, c Choices) clean.Recipe {
	if c.Partial {
		r = r.WithChoice(clean.ArgPartial, "1")
	}
	if c.Hidden != "" {
		r = r.WithChoice(clean.ArgHidden, c.Hidden)
	}
	if c.Accents != "" {
		r = r.WithChoice(clean.ArgAccents, c.Accents)
	}
	return r
}

// chosenNotices are those that say what a choice did to a sheet.
func chosenNotices(all []table.Notice) []table.Notice {
	return slices.DeleteFunc(slices.Clone(all), func(n table.Notice) bool {
		return n.Code != NoticePartial && n.Code != NoticeHiddenRowsOut && n.Code != NoticeHiddenColumnsOut && n.Code != NoticeAccentsMended
	})
}

// or returns the choices with those of others where nothing was chosen.
func (c Choices) or(others Choices) Choices {
	c.Partial = c.Partial || others.Partial
	c.Hidden, c.Accents = first(c.Hidden, others.Hidden), first(c.Accents, others.Accents)
	return c
}

// openRest opens what is left of a damaged file, or asks whether it should.
func (s *Source) openRest(ctx context.Context, src section, damage error) error {
	whole, ok := restored(src)
	if !ok { // no zip: its reader may find what is left
		whole = src
	}
	book, err := s.read(ctx, whole, true)
	if err != nil {
		return damage
	}
	if s.choices.Partial {
		s.Book, s.restored = book, true
		return nil
	}
	defer book.Close()
	s.Book = book
	return s.askPartial(ctx, damage)
}

// dress gives a book's sheets the ways of reading that were chosen or that the
// sheets ask for.
func (s *Source) dress(ctx context.Context, book table.Book) table.Book {
	if s.choices.Partial {
		book = readable(book, s.restored)
	}
	if s.choices.drops() {
		book = withoutHidden(book)
	}
	if s.choices.Accents == MendAccents {
		book = withAccents(book)
	}
	return unpasted(ctx, book)
}

// askPartial turns the fault of a damaged file into the question whether a part
// of it will do, where there is a part and nobody has answered yet.
func (s *Source) askPartial(ctx context.Context, err error) error {
	if !isDamaged(err) || s.choices.Partial || s.Book == nil || !holdsRows(ctx, s.Book) {
		return inFile(err, s.Name)
	}
	return &Error{Kind: NeedsAnswer, Args: map[string]string{"Flag": partialFlag}, Err: inFile(err, s.Name)}
}

func isDamaged(err error) bool {
	var fault *table.Fault
	return errors.As(err, &fault) && fault.Kind == table.Damaged
}

// holdsRows reports whether two rows of any sheet can be read.
func holdsRows(ctx context.Context, book table.Book) bool {
	for _, sheet := range book.Sheets() {
		rows := 0
		for _, err := range sheet.Rows(ctx) {
			if err != nil {
				break
			}
			if rows++; rows == 2 {
				return true
			}
		}
	}
	return false
}

// readable is the book of a damaged file: its sheets end where they can't be
// read any further.
func readable(book table.Book, restored bool) table.Book {
	sheets := append([]table.Sheet{}, book.Sheets()...)
	for i, sheet := range sheets {
		sheets[i] = &partialSheet{Sheet: sheet, restored: restored}
	}
	return dressed{book, sheets}
}

// partialSheet is a sheet of which what can be read is taken.
type partialSheet struct {
	table.Sheet
	restored bool // the file's own directory is lost: sheets may be missing
	cut      bool
	last     int
}

// Rows yields the rows up to the first that is damaged.
func (s *partialSheet) Rows(ctx context.Context) iter.Seq2[table.Row, error] {
	return func(yield func(table.Row, error) bool) {
		s.cut, s.last = false, 0
		for row, err := range s.Sheet.Rows(ctx) {
			if isDamaged(err) {
				s.cut = true
				return
			}
			if s.last = row.Number; !yield(row, err) {
				return
			}
		}
	}
}

// Notices says that the sheet is a part, besides what the sheet itself says.
func (s *partialSheet) Notices() []table.Notice {
	list := s.Sheet.Notices()
	if !s.cut && !s.restored {
		return list
	}
	n := table.Notice{Code: NoticePartial, Place: table.Place{Sheet: s.Name()}, Count: 1}
	if s.cut {
		n.Place.Row = s.last
	}
	return append([]table.Notice{n}, list...)
}

// Question is what a file wants to be asked before it can be opened.
type Question string

// The questions that NewDataset's errors carry.
const (
	AsksNothing  Question = ""
	AsksPassword Question = "password" // none given yet, or a wrong one; answer with Choices.Password
	AsksPartial  Question = "partial"  // damaged, and a part can be read; answer with Choices.Partial
)

// QuestionOf returns the question that an error of opening a file is.
func QuestionOf(err error) Question {
	var e *Error
	switch {
	case !errors.As(err, &e):
		return AsksNothing
	case e.Kind == WrongPassword, e.Kind == NeedsAnswer && e.Args["Flag"] == passwordFlag:
		return AsksPassword
	case e.Kind == NeedsAnswer && e.Args["Flag"] == partialFlag:
		return AsksPartial
	}
	return AsksNothing
}
