package message

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"chasqui/converters/table"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// Explanation is what a person is told of an error: what happened, whether the
// work is safe, what to do now. Code is stable for scripts; Details is the
// technical text, shown only on request.
type Explanation struct {
	Code    string
	What    string
	Safe    string
	Next    string
	Where   string
	Details string
}

// Coded is an error of the program's own layers: a stable code with the values
// of its text's placeholders.
type Coded interface {
	error
	Code() string
	Values() map[string]string
}

// Internal is the code of an error that nobody gave words to: a defect of the
// program.
const Internal = "internal"

// Cancelled is the code of work that the person stopped.
const Cancelled = "cancelled"

// Unanswered is the code of a question with nobody to ask.
const Unanswered = "needs_answer"

// Untimely is the code of asking a job for what its state does not allow.
const Untimely = "untimely"

// Explain turns an error into words. An error without a code is explained as a
// defect, with its text in Details.
func (p *Printer) Explain(err error) Explanation {
	code, values := classify(err)
	values = p.named(values)
	args := make([]any, 0, 2*len(values))
	for k, v := range values {
		args = append(args, k, v)
	}
	e := Explanation{
		Code:    code,
		What:    p.T("error."+code+".what", args...),
		Safe:    p.T("error."+code+".safe", args...),
		Next:    p.T("error."+code+".next", args...),
		Details: err.Error(),
	}
	var fault *table.Fault
	if errors.As(err, &fault) {
		e.Where = p.place(fault.Place)
		if code == Unanswered { // a question about a file: what it is about comes first
			e.What, e.Safe = p.T("error."+string(fault.Kind)+".what"), p.T("error."+string(fault.Kind)+".safe")
		}
	}
	if key := "advice." + values["advice"]; p.Has(key) {
		e.Next = p.T(key)
	}
	if key := "question." + strings.TrimLeft(values["Flag"], "-"); code == Unanswered && p.Has(key) {
		e.Next = p.T(key)
	}
	return e
}

// named puts the names of a description's keys in place of the keys: lists under
// Lacking, one key under Key.
func (p *Printer) named(values map[string]string) map[string]string {
	named := maps.Clone(values)
	if list, ok := values["Lacking"]; ok {
		names := strings.Split(list, ", ")
		for i, key := range names {
			names[i] = p.Key(key)
		}
		named["Lacking"] = strings.Join(names, ", ")
	}
	if key, ok := values["Key"]; ok && p.Has("key."+key) {
		named["Key"] = p.T("key." + key)
	}
	return named
}

// Key is the name of a description's key; of alternatives joined by "|", all
// names. A key that only a profile knows is returned as it is.
func (p *Printer) Key(key string) string {
	names := strings.Split(key, "|")
	for i, k := range names {
		if p.Has("key." + k) {
			names[i] = p.T("key." + k)
		}
	}
	return strings.Join(names, " "+p.T("key.or")+" ")
}

// CodeOf returns the stable code of an error, as Explain would.
func CodeOf(err error) string {
	code, _ := classify(err)
	return code
}

func classify(err error) (string, map[string]string) {
	var coded Coded
	if errors.As(err, &coded) {
		return coded.Code(), coded.Values()
	}
	var fault *table.Fault
	if errors.As(err, &fault) {
		return string(fault.Kind), shownFormat(fault.Args)
	}
	var sent *portal.Error
	if errors.As(err, &sent) {
		return "portal_" + sent.Word(), portalValues(sent)
	}
	var illegal *outbox.IllegalError
	if errors.As(err, &illegal) {
		return Untimely, nil
	}
	if errors.Is(err, context.Canceled) {
		return Cancelled, nil
	}
	return Internal, nil
}

// shownFormat writes a format's id as people know it: xls is XLS.
func shownFormat(args map[string]string) map[string]string {
	shown := maps.Clone(args)
	if f, ok := shown["format"]; ok {
		shown["format"] = strings.ToUpper(f)
	}
	return shown
}

func portalValues(e *portal.Error) map[string]string {
	fields := make([]string, 0, len(e.Fields))
	for name, text := range e.Fields {
		fields = append(fields, name+": "+text)
	}
	return map[string]string{
		"Fields":   strings.Join(fields, "; "),
		"Resource": e.Resource,
		"Status":   fmt.Sprint(e.Status),
		"Name":     e.Fields["name"],
		"Moved":    e.Fields["moved"],
		"Version":  e.Fields["ckan_version"],
		"Until":    e.Fields["not_after"],
		"Subject":  e.Fields["subject"],
	}
}

// place says where something is: "hoja Gastos, fila 12, columna C".
func (p *Printer) place(at table.Place) string {
	var parts []string
	if at.File != "" {
		parts = append(parts, at.File)
	}
	if at.Sheet != "" {
		parts = append(parts, p.T("place.sheet", "Name", at.Sheet))
	}
	if at.Row > 0 {
		parts = append(parts, p.T("place.row", "Number", p.Number(int64(at.Row))))
	}
	if at.Col > 0 {
		parts = append(parts, p.T("place.column", "Name", ColumnName(at.Col)))
	}
	return strings.Join(parts, ", ")
}

// ColumnName returns a column's letters as spreadsheets show them: 1 is A, 28
// is AB.
func ColumnName(col int) string {
	name := ""
	for ; col > 0; col = (col - 1) / 26 {
		name = string(rune('A'+(col-1)%26)) + name
	}
	return name
}
