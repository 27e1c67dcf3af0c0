package receipt

import (
	_ "embed"
	"html/template"
	"io"
	"time"
)

//go:embed page.html
var pageText string

// Words are a page's texts in the reader's language.
type Words struct {
	Lang                                           string
	Heading, Note, Verified                        string
	Published, Queued, Where, Portal, Page, Office string
	Files, Signature, Key, HowToVerify             string
}

// Page is what a receipt's page shows.
type Page struct {
	Document
	Words       Words
	Fingerprint string
	// When and Size write a moment and a number of bytes for the reader.
	When func(time.Time) string
	Size func(int64) string
}

// Write writes the page as HTML: one file, without scripts and without
// anything from elsewhere, which prints well.
func (p Page) Write(w io.Writer) error {
	t, err := template.New("receipt").Parse(pageText)
	if err != nil {
		return err
	}
	return t.Execute(w, p)
}
