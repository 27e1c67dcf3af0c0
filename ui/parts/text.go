package parts

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// Text shows words without the padding of Fyne's label, in a colour and a size
// of the theme, so that it follows when a person changes either. Set its
// fields before it is shown; call Refresh after changing them later.
type Text struct {
	widget.BaseWidget

	Content string
	Color   fyne.ThemeColorName
	Points  fyne.ThemeSizeName
	Style   fyne.TextStyle
	Align   fyne.TextAlign
	// Wraps breaks lines between words at the width it gets; Cuts shortens one
	// line with an ellipsis instead. Neither: as wide as the words.
	Wraps, Cuts bool
	// Most is how many lines are shown at most, the last one shortened with an
	// ellipsis; 0 shows all.
	Most int
	// Marked makes words between pairs of ** bold. Leave it off where the
	// words come from a file.
	Marked bool

	width float32
}

// NewText shows body text.
func NewText(s string) *Text {
	t := &Text{Content: s, Color: Ink, Points: BodySize}
	t.ExtendBaseWidget(t)
	return t
}

// NewTitle is the one sentence on top of a page.
func NewTitle(s string) *Text {
	return NewText(s).With(Ink, TitleSize, fyne.TextStyle{Bold: true})
}

// NewSection is the heading of a card or of a group.
func NewSection(s string) *Text {
	return NewText(s).With(Ink, SectionSize, fyne.TextStyle{Bold: true})
}

// NewStrong is bold body text.
func NewStrong(s string) *Text { return NewText(s).With(Ink, BodySize, fyne.TextStyle{Bold: true}) }

// NewMuted is secondary body text.
func NewMuted(s string) *Text { return NewText(s).With(Muted, BodySize, fyne.TextStyle{}) }

// NewSmall is a hint or a caption in the colour given.
func NewSmall(s string, c fyne.ThemeColorName) *Text {
	return NewText(s).With(c, SmallSize, fyne.TextStyle{})
}

// With sets colour, size and style, and returns the same text.
func (t *Text) With(c fyne.ThemeColorName, size fyne.ThemeSizeName, style fyne.TextStyle) *Text {
	t.Color, t.Points, t.Style = c, size, style
	return t
}

// Wrapped lets lines break between words, and returns the same text.
func (t *Text) Wrapped() *Text { t.Wraps = true; return t }

// Cut shortens the line to its width, and returns the same text.
func (t *Text) Cut() *Text { t.Cuts = true; return t }

// AtMost shows so many lines, and returns the same text.
func (t *Text) AtMost(lines int) *Text { t.Most = lines; return t }

// Bolded reads ** marks, and returns the same text.
func (t *Text) Bolded() *Text { t.Marked = true; return t }

// SetText changes the words.
func (t *Text) SetText(s string) {
	if t.Content == s {
		return
	}
	t.Content = s
	t.Refresh()
}

// Resize remembers the width that lines break at.
func (t *Text) Resize(size fyne.Size) {
	changed := t.width != size.Width
	t.width = size.Width
	t.BaseWidget.Resize(size)
	if changed && (t.Wraps || t.Cuts) {
		t.Refresh()
	}
}

// CreateRenderer draws the words as lines of runs.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	r := &textRenderer{t: t}
	r.build()
	return r
}

type run struct {
	text  string
	style fyne.TextStyle
}

// runs splits the content into stretches of one style; newlines stay inside.
func (t *Text) runs() []run {
	if !t.Marked {
		return []run{{t.Content, t.Style}}
	}
	var out []run
	bold := t.Style
	bold.Bold = true
	for i, piece := range strings.Split(t.Content, "**") {
		style := t.Style
		if i%2 == 1 {
			style = bold
		}
		if piece != "" {
			out = append(out, run{piece, style})
		}
	}
	return out
}

type textRenderer struct {
	t       *Text
	objects []fyne.CanvasObject
	min     fyne.Size
}

func (r *textRenderer) build() {
	size := sized(r.t.Points)
	high := fyne.MeasureText("M", size, r.t.Style).Height
	lines := r.t.lines(size)
	r.objects = r.objects[:0]
	r.min = fyne.NewSize(0, 0)
	clr := ink(r.t.Color)
	for i, line := range lines {
		total := float32(0)
		for _, piece := range line {
			total += measure(piece, size)
		}
		if n := len(line); n > 0 && r.t.Align != fyne.TextAlignLeading { // the blank that a line broke at
			last := line[n-1]
			total -= measure(last, size) - measure(run{strings.TrimRight(last.text, " "), last.style}, size)
		}
		x := float32(0)
		switch r.t.Align {
		case fyne.TextAlignCenter:
			x = (r.t.width - total) / 2
		case fyne.TextAlignTrailing:
			x = r.t.width - total
		}
		x = max(x, 0)
		for _, piece := range line {
			obj := canvas.NewText(piece.text, clr)
			obj.TextSize, obj.TextStyle = size, piece.style
			obj.Move(fyne.NewPos(x, float32(i)*high))
			obj.Resize(fyne.NewSize(measure(piece, size), high))
			x += measure(piece, size)
			r.objects = append(r.objects, obj)
		}
		r.min.Width = max(r.min.Width, total)
	}
	r.min.Height = high * float32(max(len(lines), 1))
	if r.t.Wraps {
		r.min.Width = min(r.min.Width, 40)
	}
	if r.t.Cuts {
		r.min.Width = min(r.min.Width, 24)
	}
}

func (r *textRenderer) Layout(fyne.Size)             {}
func (r *textRenderer) MinSize() fyne.Size           { return r.min }
func (r *textRenderer) Objects() []fyne.CanvasObject { return r.objects }
func (r *textRenderer) Destroy()                     {}

func (r *textRenderer) Refresh() {
	r.build()
	canvas.Refresh(r.t)
}

func measure(r run, size float32) float32 { return fyne.MeasureText(r.text, size, r.style).Width }

// lines breaks the runs at newlines and, where the text wraps, between words.
func (t *Text) lines(size float32) [][]run {
	var out [][]run
	var line []run
	used := float32(0)
	limit := t.width
	if !t.Wraps || limit <= 0 {
		limit = 1 << 20
	}
	end := func() { out, line, used = append(out, line), nil, 0 }
	for _, piece := range t.runs() {
		for i, paragraph := range strings.Split(piece.text, "\n") {
			if i > 0 {
				end()
			}
			for _, word := range words(paragraph) {
				w := measure(run{word, piece.style}, size)
				if used > 0 && used+measure(run{strings.TrimRight(word, " "), piece.style}, size) > limit {
					end()
				}
				line = join(line, run{word, piece.style})
				used += w
			}
		}
	}
	end()
	if t.Cuts && t.width > 0 && len(out) > 0 {
		out = [][]run{cut(out[0], t.width, size)}
	}
	if n := t.Most; n > 0 && len(out) > n && t.width > 0 {
		last := out[n-1]
		for _, piece := range out[n] { // what makes it too long, so that it is cut
			last = join(last, piece)
		}
		out = append(out[:n-1], cut(last, t.width, size))
	}
	return out
}

// words splits a paragraph behind each blank, so that joining gives it back.
func words(s string) []string {
	var out []string
	for s != "" {
		i := strings.IndexByte(s, ' ')
		if i < 0 {
			return append(out, s)
		}
		out = append(out, s[:i+1])
		s = s[i+1:]
	}
	return out
}

func join(line []run, next run) []run {
	if n := len(line); n > 0 && line[n-1].style == next.style {
		line[n-1].text += next.text
		return line
	}
	return append(line, next)
}

// cut shortens a line of runs to width, ending in an ellipsis.
func cut(line []run, width, size float32) []run {
	var out []run
	left := width
	for _, piece := range line {
		w := measure(piece, size)
		if w <= left {
			out, left = append(out, piece), left-w
			continue
		}
		return append(out, run{clip(piece.text, left, size, piece.style), piece.style})
	}
	return out
}

// clip returns the longest beginning of s that fits width with an ellipsis, or
// s itself if it fits whole.
func clip(s string, width, size float32, style fyne.TextStyle) string {
	if fyne.MeasureText(s, size, style).Width <= width {
		return s
	}
	letters := []rune(s)
	low, high := 0, len(letters)
	for low < high {
		mid := (low + high + 1) / 2
		if fyne.MeasureText(string(letters[:mid])+"…", size, style).Width <= width {
			low = mid
		} else {
			high = mid - 1
		}
	}
	if low == 0 {
		return "…"
	}
	return strings.TrimRight(string(letters[:low]), " ") + "…"
}
