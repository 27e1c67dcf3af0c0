package message

import (
	"chasqui/app/check"
	"chasqui/converters/table"
)

// Finding says what was found, in a sentence.
func (p *Printer) Finding(f check.Finding) string {
	args := []any{"Field", f.Field, "Count", p.Number(int64(f.Count))}
	for k, v := range f.Args {
		args = append(args, k, v)
	}
	if kind := f.Args["kind"]; kind != "" {
		args = append(args, "Kind", p.T("id."+kind))
	}
	text := p.T("finding."+f.Code, args...)
	if f.Family == check.FamilyFile {
		text = p.Notice(table.Notice{Code: f.Code, Place: f.Place, Count: f.Count, Args: f.Args})
	}
	return text
}

// Notice says what a reader or a detector reported, in a sentence, with its
// place.
func (p *Printer) Notice(n table.Notice) string {
	args := []any{}
	for k, v := range n.Args {
		args = append(args, k, v)
	}
	text := p.N("notice."+n.Code, n.Count, args...)
	if where := p.place(n.Place); where != "" {
		text += " (" + where + ")"
	}
	return text
}
