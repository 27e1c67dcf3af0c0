package jsonrows

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestAListOfColumnsNamesWhatStandsBesideIt(t *testing.T) {
	const named = "json\n1 1:text+bold\"cod\" 2:text+bold\"n\"\n2 1:text\"001\" 2:number\"5\"\n"
	for name, c := range map[string]struct{ content, want string }{
		"CKAN's dump of a table":       {`{"fields":[{"id":"cod","type":"text"},{"id":"n","type":"int"}],"records":[["001",5]]}`, named},
		"CKAN's older answer":          {`{"success":true,"result":{"fields":[{"type":"text","id":"cod"}],"records":[{"cod":"001","n":5}],"_links":{}}}`, named},
		"Socrata's answer":             {`{"meta":{"view":{"columns":[{"id":-1,"name":"cod"},{"id":7,"name":"n"}],"tags":["x"]}},"data":[["001",5]]}`, named},
		"names alone":                  {`{"columns":["cod","n"],"index":[0],"data":[["001",5]]}`, named},
		"names that do not fit":        {`{"columns":["a"],"data":[["cod","n"],["001",5]]}`, strings.ReplaceAll(named, "+bold", "")},
		"fields that are the records":  {`{"fields":[{"cod":"001","n":5}],"links":[{"href":"x"}]}`, named},
		"a list with nothing beside":   {`{"fields":[{"id":"a","name":"b"}]}`, "json\n1 1:text+bold\"id\" 2:text+bold\"name\"\n2 1:text\"a\" 2:text\"b\"\n"},
		"a list too long for a record": {`{"columns":[{"cod":"001","n":5}` + strings.Repeat(" ", maxRecord) + `]}`, named},
	} {
		got, err := render(c.content)
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got)\n%s", name, d)
		}
	}
}
