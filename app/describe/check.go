package describe

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"

	"chasqui/assets/profiles"
)

const schemaFile = "profile.schema.json"

// Problem is one thing that is wrong in a profile file. Code has words in
// app/message; Pointer is where it is (RFC 6901), Line the line of the file,
// from 1, 0 if it is not known; Value is what stands or is missing there,
// Allowed what may.
type Problem struct {
	Code    string   `json:"code"`
	Pointer string   `json:"pointer"`
	Line    int      `json:"line,omitempty"`
	Value   string   `json:"value,omitempty"`
	Allowed []string `json:"allowed,omitempty"`
}

// ProblemCodes lists every code of a Problem, for tables and tests.
var ProblemCodes = [...]string{
	"profile_json", "profile_missing", "profile_unknown_member", "profile_value", "profile_text", "profile_form",
	"profile_circle", "profile_parent", "profile_license", "profile_term", "profile_group", "profile_vocabulary",
	"profile_default", "profile_twice", "profile_instead", "profile_pattern", "profile_resource",
}

// FileError says that a profile file can't be used.
type FileError struct {
	ID       string
	Problems []Problem
}

// Error is for logs; people read app/message.
func (e *FileError) Error() string {
	texts := make([]string, len(e.Problems))
	for i, p := range e.Problems {
		texts[i] = strings.TrimSpace(fmt.Sprintf("%s %s %s", p.Code, p.Pointer, p.Value))
	}
	return fmt.Sprintf("profile %q: %s", e.ID, strings.Join(texts, "; "))
}

// Code is the error's key in app/message.
func (e *FileError) Code() string { return "bad_profile" }

// Values are the placeholders of the error's text.
func (e *FileError) Values() map[string]string { return map[string]string{"ID": e.ID} }

// Check judges the text of a profile file as it would stand among the profiles
// at hand. It returns the profile with everything it inherits, or what is
// wrong, in the order of the file.
func (ps *Profiles) Check(data []byte) (Profile, []Problem) {
	with, errs := ps.With(data)
	var bad *FileError
	if errors.As(errors.Join(errs...), &bad) {
		for i := range bad.Problems {
			if bad.Problems[i].Line == 0 {
				bad.Problems[i].Line = lineOf(data, bad.Problems[i].Pointer)
			}
		}
		slices.SortStableFunc(bad.Problems, func(a, b Problem) int { return a.Line - b.Line })
		return Profile{}, bad.Problems
	}
	var head struct{ ID string }
	if err := json.Unmarshal(data, &head); err != nil {
		return Profile{}, []Problem{{Code: "profile_json", Value: err.Error()}}
	}
	p, _ := with.Of(head.ID)
	return p, nil
}

// schema is the embedded JSON Schema, compiled once.
var schema = sync.OnceValue(func() *jsonschema.Schema {
	text, err := profiles.Files.ReadFile(schemaFile)
	if err != nil {
		panic(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		panic(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaFile, doc); err != nil {
		panic(err)
	}
	return compiler.MustCompile(schemaFile)
})

// parseTree reads a profile file and holds it against the schema.
func parseTree(data []byte) (map[string]any, []Problem) {
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		return nil, []Problem{{Code: "profile_json", Line: lineAt(data, err), Value: err.Error()}}
	}
	tree, _ := doc.(map[string]any)
	var invalid *jsonschema.ValidationError
	if errors.As(schema().Validate(doc), &invalid) {
		return tree, problemsOf(invalid)
	}
	return tree, nil
}

// problemsOf turns the innermost errors of a validation into problems. Of a
// choice between forms only the first is told.
func problemsOf(e *jsonschema.ValidationError) []Problem {
	if len(e.Causes) > 0 {
		var out []Problem
		for _, cause := range e.Causes {
			out = append(out, problemsOf(cause)...)
			if _, either := e.ErrorKind.(*kind.AnyOf); either && len(out) > 0 {
				break
			}
		}
		return out
	}
	pointer := pointerTo(e.InstanceLocation...)
	switch k := e.ErrorKind.(type) {
	case *kind.Required:
		var out []Problem
		for _, name := range k.Missing {
			out = append(out, Problem{Code: "profile_missing", Pointer: pointer, Value: name})
		}
		return out
	case *kind.AdditionalProperties:
		var out []Problem
		for _, name := range k.Properties {
			out = append(out, Problem{Code: "profile_unknown_member", Pointer: pointerTo(append(e.InstanceLocation, name)...), Value: name})
		}
		return out
	case *kind.Enum:
		allowed := make([]string, len(k.Want))
		for i, w := range k.Want {
			allowed[i] = fmt.Sprint(w)
		}
		return []Problem{{Code: "profile_value", Pointer: pointer, Value: fmt.Sprint(k.Got), Allowed: allowed}}
	case *kind.Pattern:
		return []Problem{{Code: "profile_text", Pointer: pointer, Value: k.Got, Allowed: []string{k.Want}}}
	case *kind.MinLength:
		return []Problem{{Code: "profile_missing", Pointer: pointer, Value: last(e.InstanceLocation)}}
	case *kind.Type:
		return []Problem{{Code: "profile_form", Pointer: pointer, Value: k.Got, Allowed: k.Want}}
	}
	return []Problem{{Code: "profile_form", Pointer: pointer, Value: fmt.Sprint(last(e.InstanceLocation))}}
}

func last(path []string) string {
	if len(path) == 0 {
		return ""
	}
	return path[len(path)-1]
}

func pointerTo(path ...string) string {
	var b strings.Builder
	for _, step := range path {
		b.WriteString("/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(step))
	}
	return b.String()
}

// contradictions are what a schema can't see.
func (p Profile) contradictions() []Problem {
	var out []Problem
	add := func(code, value, pointer string, args ...any) {
		out = append(out, Problem{Code: code, Pointer: fmt.Sprintf(pointer, args...), Value: value})
	}
	groups := map[string]bool{}
	for _, g := range p.Groups {
		groups[g.ID] = true
	}
	seen := map[string]bool{}
	for _, f := range p.Fields {
		at := "/fields/" + f.Key
		if seen[f.Key] {
			add("profile_twice", f.Key, "%s", at)
		}
		seen[f.Key] = true
		if !groups[f.Group] {
			add("profile_group", f.Group, "%s/group", at)
		}
		if f.Form == FormChoice && f.Vocabulary != "license" && len(p.Terms(f.Vocabulary)) == 0 {
			add("profile_vocabulary", f.Vocabulary, "%s/vocabulary", at)
		}
		if _, err := regexp.Compile(f.Pattern); err != nil {
			add("profile_pattern", f.Pattern, "%s/pattern", at)
		}
		for _, t := range []Text{f.Label, f.Help, f.Example} {
			if len(t) < 4 && f.Form != FormAuto {
				add("profile_missing", "label, help, example", "%s", at)
				break
			}
		}
	}
	for _, f := range p.Fields {
		if f.Instead != "" && !seen[f.Instead] {
			add("profile_instead", f.Instead, "/fields/%s/instead", f.Key)
		}
	}
	for key, value := range p.Defaults {
		if err := p.Set(&Description{}, key, value); err != nil {
			add("profile_default", value, "/defaults/%s", key)
		}
	}
	for i, r := range p.Resources {
		if !seen[r.Key] {
			add("profile_resource", r.Key, "/resources/%d/key", i)
		}
	}
	slices.SortFunc(out, func(a, b Problem) int { return strings.Compare(a.Pointer, b.Pointer) })
	return out
}

// lineOf returns the line on which what a pointer names begins, 0 if it is not
// in the file: what is inherited stands elsewhere. A field is named by its key.
func lineOf(data []byte, pointer string) int {
	dec := json.NewDecoder(bytes.NewReader(data))
	var path []string
	if pointer != "" {
		path = strings.Split(strings.TrimPrefix(pointer, "/"), "/")
	}
	for i := range path {
		path[i] = strings.NewReplacer("~1", "/", "~0", "~").Replace(path[i])
	}
	if offset, ok := seek(dec, path); ok {
		return lineFrom(data, offset)
	}
	return 0
}

func lineFrom(data []byte, offset int64) int {
	for offset < int64(len(data)) && strings.ContainsRune(" \t\r\n,:", rune(data[offset])) {
		offset++
	}
	return bytes.Count(data[:min(offset, int64(len(data)))], []byte("\n")) + 1
}

// seek walks a decoder to what a path names and returns where it begins.
func seek(dec *json.Decoder, path []string) (int64, bool) {
	if len(path) == 0 {
		return dec.InputOffset(), true
	}
	open, err := dec.Token()
	if err != nil {
		return 0, false
	}
	delim, nested := open.(json.Delim)
	if !nested {
		return 0, false
	}
	for i := 0; dec.More(); i++ {
		name := strconv.Itoa(i)
		start := dec.InputOffset()
		if delim == '{' {
			token, err := dec.Token()
			if err != nil {
				return 0, false
			}
			name, _ = token.(string)
		}
		matches := name == path[0]
		var item json.RawMessage
		if delim == '[' && !matches {
			if err := dec.Decode(&item); err != nil {
				return 0, false
			}
			var keyed struct{ Key string }
			if json.Unmarshal(item, &keyed) != nil || keyed.Key != path[0] {
				continue
			}
			begins := dec.InputOffset() - int64(len(item))
			if inner, ok := seek(json.NewDecoder(bytes.NewReader(item)), path[1:]); ok {
				return begins + inner, true
			}
			return begins, true // what is wrong with it is inherited
		}
		if matches {
			if len(path) == 1 {
				return start, true
			}
			return seek(dec, path[1:])
		}
		if err := dec.Decode(&item); err != nil {
			return 0, false
		}
	}
	return 0, false
}

// lineAt returns the line of a syntax error.
func lineAt(data []byte, err error) int {
	var syntax *json.SyntaxError
	var probe any
	if !errors.As(err, &syntax) && !errors.As(json.Unmarshal(data, &probe), &syntax) {
		return 0
	}
	return bytes.Count(data[:min(syntax.Offset, int64(len(data)))], []byte("\n")) + 1
}
