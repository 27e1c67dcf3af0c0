package xmlscan

import (
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// tokens writes a document as the scanner cuts it: <a k=v> </a> 'text'.
func tokens(s *Scanner) string {
	var out strings.Builder
	for {
		switch s.Next() {
		case StartTag:
			fmt.Fprintf(&out, "<%s", s.Name)
			for rest := s.Attrs; ; {
				key, value, after := NextAttr(rest)
				if key == nil {
					break
				}
				fmt.Fprintf(&out, " %s=%s", key, AttrText(value))
				rest = after
			}
			out.WriteString(">")
		case EndTag:
			fmt.Fprintf(&out, "</%s>", s.Name)
		case Text:
			fmt.Fprintf(&out, "'%s'", s.AppendText(nil))
		case EndOfFile:
			return out.String()
		}
	}
}

func TestADocumentIsCutIntoTagsAndTexts(t *testing.T) {
	const document = `<?xml version="1.0"?><!DOCTYPE a SYSTEM "b"><!-- <x> --><p:a k="1 &gt; 0" l='>'>uno &amp; d&#243;s<b/><![CDATA[<c>&amp;]]>` + "\r\n" + `</p:a>`
	const want = `<a k=1 > 0 l=>>'uno & dós'<b>'<c>&amp;''` + "\n" + `'</a>`
	if got := tokens(New(strings.NewReader(document), 4096)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	s := New(iotest.OneByteReader(strings.NewReader(document)), 8)
	if got := tokens(s); strings.ReplaceAll(got, "''", "") != strings.ReplaceAll(want, "''", "") || s.Failed != nil {
		t.Errorf("byte by byte: got %s, %v", got, s.Failed)
	}
}

func TestTextsAreDecoded(t *testing.T) {
	for _, c := range []struct{ raw, plain, hex string }{
		{"2024_A", "2024_A", "2024_A"},
		{"a_x000D_\nb", "a_x000D_\nb", "a\nb"},
		{"a_x000D_b &amp; _x0041_", "a_x000D_b & _x0041_", "a\nb & A"},
		{"_x005F_x0041_ \xf3", "_x005F_x0041_ ó", "_x0041_ ó"},
		{"<![CDATA[Ca\xf1ete ñ]]>", "Cañete ñ", "Cañete ñ"},
		{"<![CDATA[a\r\nb\rc&lt;]]>", "a\nb\nc&lt;", "a\nb\nc&lt;"},
	} {
		for _, hex := range []bool{false, true} {
			want := c.plain
			if hex {
				want = c.hex
			}
			s := New(strings.NewReader("<a>"+c.raw+"</a>"), 4096)
			s.HexEscapes = hex
			s.Next()
			s.Next()
			if got := string(s.AppendText(nil)); got != want {
				t.Errorf("%q with hexadecimal escapes %t: got %q, want %q", c.raw, hex, got, want)
			}
		}
	}
}

func TestWhatIsTakenFromTheWindowIsPassedOver(t *testing.T) {
	s := New(strings.NewReader("<r><v>1&lt;</v><w/></r>"), 4096)
	s.Next()
	if got := string(s.Window()); got != "<v>1&lt;</v><w/></r>" {
		t.Fatalf("the window holds %q", got)
	}
	s.Take(len("<v>1&lt;</v>"), s.Window()[len("<v>"):len("<v>1&lt;")])
	if got := string(s.AppendText(nil)); got != "1<" {
		t.Errorf("the text is %q", got)
	}
	if got := tokens(s); got != "<w></r>" || s.Failed != nil {
		t.Errorf("then comes %s, %v", got, s.Failed)
	}
}

func TestWhatIsNoDocumentFails(t *testing.T) {
	for document, want := range map[string]error{
		`<a>`:                                 ErrSyntax,
		`<a b="`:                              ErrSyntax,
		`<a><!-- `:                            ErrSyntax,
		`<!DOCTYPE a [<!ENTITY b "c">]><a/>`:  ErrHostile,
		strings.Repeat("<a>", maxDepth+1):     ErrHostile,
		"<a b='" + strings.Repeat("x", 3<<20): ErrHostile,
	} {
		s := New(strings.NewReader(document), 4096)
		tokens(s)
		if !errors.Is(s.Failed, want) {
			t.Errorf("%.40s: got %v, want %v", document, s.Failed, want)
		}
	}
	cause := errors.New("the disk fails")
	s := New(io.MultiReader(strings.NewReader("<a>"), iotest.ErrReader(cause)), 4096)
	if tokens(s); !errors.Is(s.Failed, cause) {
		t.Errorf("got %v, want the source's error", s.Failed)
	}
}

func TestSkippingFastSkipsTheSame(t *testing.T) {
	const document = `<r><p:a x="1"><p:a/><p:a y=">"><p:ab>x</p:ab></p:a></p:a><z/></r>`
	for _, fast := range []bool{true, false} {
		s := New(iotest.HalfReader(strings.NewReader(document)), 16)
		s.Next()
		s.Next()
		if fast {
			s.SkipFast()
		} else {
			s.Skip()
		}
		offset := s.Offset()
		if got := tokens(s); got != "<z></r>" || document[offset:] != "<z/></r>" || s.Failed != nil {
			t.Errorf("fast %t: got %s at %d, %v", fast, got, offset, s.Failed)
		}
	}
}

func TestAPlainChildIsReadAtOnceOrNotAtAll(t *testing.T) {
	s := New(strings.NewReader(`<r><c><v>1</v></c><c><v>2</v><f/></c></r>`), 4096)
	s.Next()
	s.Next()
	if !s.PlainChild("<v>", "</v></c>") || string(s.Text) != "1" || s.Depth != 1 {
		t.Errorf("got %q at depth %d", s.Text, s.Depth)
	}
	s.Next()
	if s.PlainChild("<v>", "</v></c>") {
		t.Error("a cell that holds more is taken for a plain one")
	}
	if got := tokens(s); got != "<v>'2'</v><f></c></r>" {
		t.Errorf("got %s", got)
	}
}

func TestALongTextIsCutBetweenCharactersOnly(t *testing.T) {
	const written, meant = "ñ€😀&amp;_x000D_\n\r\n_x005F_x0041_ _b_", "ñ€😀&\n\n_x0041_ _b_"
	for shift := range len(written) {
		pad := strings.Repeat("x", shift)
		s := New(strings.NewReader("<t>"+pad+strings.Repeat(written, 900)+"</t>"), 4096)
		s.HexEscapes = true
		var got []byte
		pieces := 0
		for kind := s.Next(); kind != EndOfFile; kind = s.Next() {
			if kind == Text {
				got, pieces = s.AppendText(got), pieces+1
			}
		}
		if want := pad + strings.Repeat(meant, 900); string(got) != want || pieces < 2 {
			t.Fatalf("shifted by %d: %d bytes in %d pieces, want %d bytes", shift, len(got), pieces, len(want))
		}
	}
}
