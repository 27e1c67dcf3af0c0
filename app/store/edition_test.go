package store

import (
	"errors"
	"strings"
	"testing"

	"chasqui/app/clean"
	"chasqui/app/describe"
)

// arrived is another file that came in as a dataset of its own.
func arrived(t *testing.T, s *Store, like Dataset, name string) Dataset {
	t.Helper()
	blob, err := s.AddBlob(strings.NewReader(name))
	if err != nil {
		t.Fatal(err)
	}
	draft := Draft{SourceName: name, Source: blob, Recipe: clean.Recipe{Version: 1}}
	d, err := s.AddDataset(t.Context(), Dataset{Office: like.Office, Name: name}, "", []Draft{draft})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestAFileBecomesTheNextEditionOfAnotherDataset(t *testing.T) {
	s := openAt(t, t.TempDir())
	d, first, draft := someDataset(t, s)
	from := arrived(t, s, d, "b.csv")
	d.Description = describe.Description{Title: "A", Temporal: "2026-04-01/2026-04-30"}
	next := draft
	next.SourceName = "b.csv"
	if err := s.Join(t.Context(), from.ID, d, "2026-04", []Draft{next}); err != nil {
		t.Fatal(err)
	}
	editions, err := s.Editions(t.Context(), d.ID)
	if err != nil || len(editions) != 2 || editions[0].Period != "2026-04" || editions[1].ID != first.ID {
		t.Fatalf("editions %+v, %v", editions, err)
	}
	drafts, err := s.Drafts(t.Context(), editions[0].ID)
	if err != nil || len(drafts) != 1 || drafts[0].SourceName != "b.csv" || drafts[0].Columns[0].ID != draft.Columns[0].ID {
		t.Errorf("drafts %+v, %v; want the new file under the same column", drafts, err)
	}
	if again, err := s.Dataset(t.Context(), d.ID); err != nil || again.Description.Temporal == "" {
		t.Errorf("the description was not written: %+v, %v", again.Description, err)
	}
	var gone *Error
	if _, err := s.Dataset(t.Context(), from.ID); !errors.As(err, &gone) || gone.Kind != NotFound {
		t.Errorf("the dataset that the file came in is still there: %v", err)
	}
	if err := s.Join(t.Context(), arrived(t, s, d, "c.csv").ID, d, "2026-04", nil); !errors.As(err, &gone) || gone.Kind != Taken {
		t.Errorf("a period is used twice: %v", err)
	}
	if err := s.SetPeriod(t.Context(), first.ID, "2026-04"); !errors.As(err, &gone) || gone.Kind != Taken {
		t.Errorf("a period is given twice: %v", err)
	}
	if err := s.SetPeriod(t.Context(), first.ID, "2026-03"); err != nil {
		t.Error(err)
	}
}

func TestACorrectionTakesTheEditionsPlace(t *testing.T) {
	s := openAt(t, t.TempDir())
	d, e, draft := someDataset(t, s)
	from := arrived(t, s, d, "b.csv")
	next := draft
	next.SourceName = "b.csv"
	if err := s.Correct(t.Context(), from.ID, d, e.ID, []Draft{next}); err != nil {
		t.Fatal(err)
	}
	drafts, err := s.Drafts(t.Context(), e.ID)
	if err != nil || len(drafts) != 1 || drafts[0].SourceName != "b.csv" {
		t.Errorf("drafts %+v, %v", drafts, err)
	}
	if editions, err := s.Editions(t.Context(), d.ID); err != nil || len(editions) != 1 {
		t.Errorf("editions %+v, %v; want the one there was", editions, err)
	}
}
