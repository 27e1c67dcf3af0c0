package message_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/app"
	"chasqui/app/check"
	"chasqui/app/clean"
	"chasqui/app/describe"
	"chasqui/app/message"
	"chasqui/app/secret"
	"chasqui/app/store"
	"chasqui/assets/messages"
	"chasqui/converters/dbf"
	"chasqui/converters/delimited"
	"chasqui/converters/detect"
	"chasqui/converters/fixedwidth"
	"chasqui/converters/geo"
	"chasqui/converters/htmltable"
	"chasqui/converters/ods"
	"chasqui/converters/table"
	"chasqui/converters/xls"
	"chasqui/converters/xlsb"
	"chasqui/converters/xlsx"
	"chasqui/converters/xmlss"
	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

// text is a catalogue's entry: its plural forms, or "" for a plain one.
type text map[string]string

func (t *text) UnmarshalJSON(data []byte) error {
	var plain string
	if json.Unmarshal(data, &plain) == nil {
		*t = text{"": plain}
		return nil
	}
	var forms map[string]string
	if err := json.Unmarshal(data, &forms); err != nil {
		return err
	}
	*t = forms
	return nil
}

// catalogue reads all files of a language, and fails on a key that stands
// twice.
func catalogue(t *testing.T, lang string) map[string]text {
	t.Helper()
	entries, err := messages.Files.ReadDir(lang)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]text{}
	for _, e := range entries {
		data, err := messages.Files.ReadFile(path.Join(lang, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var some map[string]text
		if err := json.Unmarshal(data, &some); err != nil {
			t.Fatalf("%s/%s: %v", lang, e.Name(), err)
		}
		for key, v := range some {
			if _, twice := all[key]; twice {
				t.Errorf("%s/%s: %s stands in another file too", lang, e.Name(), key)
			}
			all[key] = v
		}
	}
	return all
}

var placeholder = regexp.MustCompile(`\{\{\.\w+\}\}`)

func placeholders(s string) []string {
	found := placeholder.FindAllString(s, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func TestEveryLanguageHasEveryTextWithTheSamePlaceholders(t *testing.T) {
	source := catalogue(t, "es")
	for _, lang := range message.Languages[1:] {
		other := catalogue(t, lang)
		if diff := cmp.Diff(slices.Sorted(maps.Keys(source)), slices.Sorted(maps.Keys(other))); diff != "" {
			t.Errorf("the keys of es and %s differ (-es +%s):\n%s", lang, lang, diff)
		}
		for key, forms := range source {
			if diff := cmp.Diff(slices.Sorted(maps.Keys(forms)), slices.Sorted(maps.Keys(other[key]))); diff != "" {
				t.Errorf("%s: the plural forms of es and %s differ:\n%s", key, lang, diff)
			}
			for form, s := range forms {
				got := other[key][form]
				if strings.TrimSpace(got) == "" {
					t.Errorf("%s (%s) is blank in %s", key, form, lang)
				}
				if diff := cmp.Diff(placeholders(s), placeholders(got)); diff != "" {
					t.Errorf("%s: the placeholders of es and %s differ:\n%s", key, lang, diff)
				}
			}
		}
	}
}

// spoken lists every key that the program makes of a code.
func spoken() []string {
	var keys []string
	add := func(format string, codes ...string) {
		for _, c := range codes {
			keys = append(keys, fmt.Sprintf(format, c))
		}
	}
	for _, part := range []string{"what", "safe", "next"} {
		add("error.%s."+part, errorCodes()...)
	}
	add("why.%s", append(detectWhys(), detect.WhyChosen, clean.WhyUnpivoted)...)
	add("notice.%s", slices.Concat(detectNotices(), delimited.Codes(), xlsx.Codes(), xls.Codes(), xlsb.Codes(), ods.Codes(), xmlss.Codes(), htmltable.Codes(), dbf.Codes(), fixedwidth.Codes())...)
	add("notice.%s", append(geo.Codes(), check.FormulaLike)...)
	add("notice.%s", app.NoticePartial, app.NoticeOtherFormat, app.NoticeHiddenRowsOut, app.NoticeHiddenColumnsOut, app.NoticeAccentsMended,
		app.NoticeOtherTables, app.NoticeOtherSheets)
	add("finding.%s", check.Codes[:]...)
	add("severity.%s", string(check.Error), string(check.Warning), string(check.Info))
	add("type.%s", texts(table.Types[:])...)
	add("state.%s", texts(app.States[:])...)
	add("job.%s", texts(outbox.States())...)
	for _, w := range []outbox.Why{outbox.Scheduled, outbox.Offline, outbox.Window} {
		add("job.available_%s", string(w))
	}
	add("job.parked_%s", texts([]outbox.Reason{
		outbox.Denied, outbox.Rejected, outbox.Conflict, outbox.Certificate, outbox.TooLarge, outbox.Undecided, outbox.Approval, outbox.Cost,
	})...)
	add("event.%s", texts(outbox.Events())...)
	add("event.%s", outbox.Words[:]...)
	add("answer.%s", texts(app.Answers[:])...)
	add("progress.%s", "look", "describe", "upload", "show", "verify")
	add("key.%s", describe.Keys[:]...)
	add("proposed.%s", app.Origins[:]...)
	add("advice.%s", app.Advices[:]...)
	add("doubt.%s", texts(app.Obstacles[:])...)
	add("doubt.%s", texts(app.Remedies[:])...)
	add("doubt.%s", "zip_time", "stuck")
	add("profile.obligation.%s", "mandatory", "recommended", "optional")
	add("problem.%s", describe.ProblemCodes[:]...)
	for _, c := range (&clean.Run{}).Counts() {
		add("step."+c.Op+".%s", c.What)
	}
	add("step.drop-totals.%s", "subtotals", "totals", "repeated_headers", "blanks")
	add("step.spread.%s", "cells")
	add("step.unpivot.%s", "columns", "totals")
	add("unpivot.key.%s", string(table.TypeYear), string(table.TypeYearMonth), string(table.TypeDate), string(table.TypeString))
	return keys
}

func texts[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func errorCodes() []string {
	return slices.Concat(
		texts(app.Kinds[:]),
		texts(store.Kinds[:]),
		texts(secret.Kinds[:]),
		texts(table.FaultKinds[:]),
		portalCodes(),
		[]string{"unknown_key", "not_in_list", "bad_profile"},
		prefixed("bad_", describe.Forms[:]),
		[]string{"recipe_version", "recipe_op", "recipe_args", "recipe_form"},
		[]string{message.Internal, message.Cancelled, message.Untimely},
		[]string{"unknown_command", "unknown_flag", "flag_value", "flag_missing", "argument_count"},
	)
}

func prefixed(prefix string, codes []string) []string {
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = prefix + c
	}
	return out
}

func portalCodes() []string {
	codes := []string{"portal_" + string(outbox.Defect)}
	for _, word := range portal.Words() {
		codes = append(codes, "portal_"+word)
	}
	return codes
}

// detectWhys and detectNotices split detect's list of codes by whether the
// Spanish catalogue explains them as one or the other: each must be one.
func detectWhys() []string    { return withKey("why.") }
func detectNotices() []string { return withKey("notice.") }

func withKey(prefix string) []string {
	p := message.New("es")
	var list []string
	for _, c := range detect.Codes() {
		if p.Has(prefix + c) {
			list = append(list, c)
		}
	}
	return list
}

func TestEveryCodeAndStateHasWords(t *testing.T) {
	source := catalogue(t, "es")
	for _, key := range spoken() {
		if _, ok := source[key]; !ok {
			t.Errorf("assets/messages/es has no %q", key)
		}
	}
	for _, c := range detect.Codes() {
		p := message.New("es")
		if !p.Has("why."+c) && !p.Has("notice."+c) {
			t.Errorf("detect's code %q has neither why.%s nor notice.%s", c, c, c)
		}
	}
}

func TestNoTextOfACodeIsLeftOver(t *testing.T) {
	known := map[string]bool{}
	for _, key := range spoken() {
		known[key] = true
	}
	known["error.internal.report"] = true
	for key := range catalogue(t, "es") {
		for _, prefix := range []string{"error.", "why.", "notice.", "finding.", "state.", "job.", "event.", "step.", "proposed.", "problem.", "doubt."} {
			if strings.HasPrefix(key, prefix) && !known[key] && key != "job.paused" && key != "job.cancelling" && key != "job.available" {
				t.Errorf("nothing says %q any more", key)
			}
		}
	}
}
