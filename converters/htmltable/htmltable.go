// Package htmltable reads the tables of an HTML page, which is what many
// systems hand over under the name of a workbook (.xls).
//
// Every table element is a sheet, those inside others too; a page is cut into
// tags by a tokenizer that builds no tree, so memory is one row. Opening passes
// over the page once to find the tables. Texts stay texts, but where Excel or
// LibreOffice left the number beside them (x:num, sdval) that is the value.
// Start with Reader.Open, then sheet.Rows in rows.go.
package htmltable

import (
	"bytes"
	"context"
	"errors"
	"io"
	"strconv"
	"strings"

	"golang.org/x/net/html"

	"chasqui/converters/charset"
	"chasqui/converters/table"
)

// Bounds of a page.
const (
	maxTables = 256
	maxToken  = 8 << 20  // bytes of one tag, text or script
	sniffed   = 64 << 10 // bytes in which a page must show its first table
)

// Sniff reports whether the content is a page with a table.
func Sniff(src table.Source) bool {
	head := make([]byte, min(sniffed, src.Size()))
	n, _ := src.ReadAt(head, 0)
	head = bytes.ToLower(bytes.ReplaceAll(head[:n], []byte{0}, nil)) // UTF-16 too
	head = bytes.TrimLeft(head, "\xef\xbb\xbf\xfe\xff \t\r\n")
	head = withoutOffsets(head)
	if !bytes.HasPrefix(head, []byte("<")) || bytes.Contains(head, []byte("<workbook")) {
		return false
	}
	at := bytes.Index(head, []byte("<table"))
	return at >= 0 && at+len("<table") < len(head) && strings.IndexByte(" \t\r\n>/", head[at+len("<table")]) >= 0
}

// withoutOffsets passes over what stands before a page that Windows' clipboard
// holds: "Version:0.9", "StartHTML:0000000105" and so on, one a line.
func withoutOffsets(head []byte) []byte {
	if !bytes.HasPrefix(head, []byte("version:")) || !bytes.Contains(head, []byte("starthtml:")) {
		return head
	}
	return head[max(bytes.IndexByte(head, '<'), 0):]
}

// Reader reads pages; see table.Reader.
type Reader struct{}

// Open finds the tables. Faults: EmptyFile, Hostile (tags without end), TooLarge
// (too many tables), NoTable, UnreadableFile.
func (Reader) Open(ctx context.Context, src table.Source, opt table.Options) (table.Book, error) {
	b := &book{file: opt.Name}
	return table.OpenBook(ctx, src, opt, b, func() *table.Fault {
		if err := b.chooseEncoding(src, opt.Encoding); err != nil {
			return &table.Fault{Kind: table.UnreadableFile, Err: err}
		}
		return b.index(ctx)
	})
}

// book is an opened page.
type book struct {
	file   string
	text   charset.Text
	styles styles
	sheets []table.Sheet
}

func (b *book) Info() table.Info {
	return table.Info{Format: "html", Encoding: b.text.Encoding, BOM: b.text.BOM}
}
func (b *book) Sheets() []table.Sheet { return b.sheets }
func (b *book) Close() error          { return nil }

// chooseEncoding takes what the caller says, else what the bytes show beyond
// doubt, else what the page declares, else the best guess: systems declare one
// encoding and write another.
func (b *book) chooseEncoding(src table.Source, given string) (err error) {
	if b.text, err = charset.NewText(src, src.Size(), given); err != nil || charset.Known(given) && given != "" {
		return err
	}
	switch b.text.Encoding {
	case charset.UTF8, charset.UTF16LE, charset.UTF16BE:
		return nil
	}
	head := make([]byte, min(4<<10, src.Size()))
	n, err := src.ReadAt(head, 0)
	if err != nil && err != io.EOF {
		return err
	}
	if name := declared(head[:n]); name != "" && name != charset.UTF8 && charset.Known(name) {
		b.text.Encoding = name
	}
	return nil
}

// declared returns the encoding that a page or its XML declaration names, "" if
// none.
func declared(head []byte) string {
	head = bytes.ToLower(head)
	for _, mark := range []string{"charset=", "encoding="} {
		_, after, found := bytes.Cut(head, []byte(mark))
		if !found {
			continue
		}
		after = bytes.TrimLeft(after, `"' `)
		if n := bytes.IndexAny(after, "\"' />;?\r\n"); n > 0 {
			return string(after[:n])
		}
	}
	return ""
}

// tokens decodes the page from an offset in bytes of the decoded text.
func (b *book) tokens(offset int64) (*html.Tokenizer, *table.Fault) {
	r, err := b.text.From(offset)
	if err != nil {
		return nil, faultOf(err)
	}
	z := html.NewTokenizer(r)
	z.SetMaxBuf(maxToken)
	return z, nil
}

// faultOf makes a fault of how a page ended, nil when it ended well. A page may
// end in the middle of a table: browsers show what came, and so do we.
func faultOf(err error) *table.Fault {
	switch {
	case errors.Is(err, io.EOF):
		return nil
	case errors.Is(err, html.ErrBufferExceeded):
		return &table.Fault{Kind: table.Hostile, Err: err}
	case errors.Is(err, io.ErrUnexpectedEOF):
		return &table.Fault{Kind: table.Damaged, Err: err}
	}
	return &table.Fault{Kind: table.UnreadableFile, Err: err}
}

// index finds where each table begins, its caption, and the page's styles.
func (b *book) index(ctx context.Context) *table.Fault {
	z, fault := b.tokens(0)
	if fault != nil {
		return fault
	}
	p := page{book: b}
	offset := int64(0)
	for n := 0; ; n++ {
		if n&0xffff == 0 && ctx.Err() != nil {
			return &table.Fault{Kind: table.UnreadableFile, Err: ctx.Err()}
		}
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if fault := p.take(kind, z, offset); fault != nil {
			return fault
		}
		offset += int64(len(z.Raw()))
	}
	if fault := faultOf(z.Err()); fault != nil {
		return fault
	}
	if len(b.sheets) == 0 {
		return &table.Fault{Kind: table.NoTable}
	}
	b.styles = styles{}
	b.styles.add(p.styles.String())
	return nil
}

// page is what is noted while a page is passed over.
type page struct {
	book    *book
	caption *strings.Builder // of the table before; nil outside a caption
	styled  bool             // inside a style sheet
	styles  strings.Builder
}

// take notes what one token says that begins at an offset of the decoded text.
func (p *page) take(kind html.TokenType, z *html.Tokenizer, offset int64) *table.Fault {
	switch kind {
	case html.StartTagToken:
		switch tag, _ := z.TagName(); string(tag) {
		case "table":
			sheets := &p.book.sheets
			if len(*sheets) >= maxTables {
				return &table.Fault{Kind: table.TooLarge}
			}
			*sheets = append(*sheets, &sheet{
				SheetFacts: table.SheetFacts{File: p.book.file, Title: strconv.Itoa(len(*sheets) + 1)}, book: p.book, offset: offset,
			})
		case "caption":
			p.caption = &strings.Builder{}
		case "style":
			p.styled = true
		}
	case html.TextToken:
		if p.styled && p.styles.Len() < maxStyles {
			p.styles.Write(z.Raw()[:min(len(z.Raw()), maxStyles)])
		}
		if p.caption != nil && p.caption.Len() < 200 {
			p.caption.Write(z.Text())
		}
	case html.EndTagToken:
		switch tag, _ := z.TagName(); {
		case string(tag) == "style":
			p.styled = false
		case string(tag) == "caption" && p.caption != nil:
			sheets := p.book.sheets
			if name := strings.Join(strings.Fields(p.caption.String()), " "); name != "" && len(sheets) > 0 {
				sheets[len(sheets)-1].(*sheet).Title = name
			}
			p.caption = nil
		}
	}
	return nil
}
