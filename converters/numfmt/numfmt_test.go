package numfmt

import (
	"math"
	"testing"
	"time"

	"chasqui/converters/table"
)

func TestACodeSaysWhatANumberIs(t *testing.T) {
	for _, c := range []struct {
		code string
		v    float64
		kind table.Kind
		text string
		kept bool
	}{
		{"General", 45382, table.Number, "45382", false},
		{"dd/mm/yyyy", 45382, table.Date, "2024-03-31", false},
		{"dd/mm/yyyy hh:mm", 45382.5, table.DateTime, "2024-03-31T12:00:00", false},
		{"hh:mm:ss", 0.445138888888889, table.Time, "10:41:00", false},
		{"[h]:mm", 1.10416666666667, table.Time, "26:30:00", false},
		{"dd/mm/yyyy", 0, table.Number, "0", true},
		{"dd/mm/yyyy", 60, table.Number, "60", true},
		{"dd/mm/yyyy", -1, table.Number, "-1", true},
		{"000000", 10101, table.Text, "010101", false},
		{"000000", 1.5, table.Number, "1.5", false},
		{`[=0]"-";000000`, 123, table.Text, "000123", false},
		{`[=0]"";dd/mm/yyyy`, 45382, table.Date, "2024-03-31", false},
		{`"Sí";"Sí";"No"`, 1, table.Number, "1", false},
		{`[<=9999999]000-0000;(000) 000-0000`, 5551234567, table.Number, "5551234567", false},
		{`[<=9999999]000-0000;(000) 000-0000`, 234567, table.Text, "023-4567", false},
		{`"EXP-"00000`, 12, table.Text, "EXP-00012", false},
		{`"EXP-"000`, 1234, table.Text, "EXP-1234", false},
		{`"05"000000`, 1234, table.Text, "05001234", false},
		{`0\.000\.000\-0`, 1234567, table.Text, "0.123.456-7", false},
		{`00\:00`, 830, table.Text, "08:30", false},
		{`[<43831]"antes";dd/mm/yyyy`, 45382, table.Date, "2024-03-31", false},
		{`[$-es-MX,1]d" de "mmmm" de "yyyy`, 45382, table.Date, "2024-03-31", false},
		{"[Color10]0.00_);[Red](0.00)", 5, table.Number, "5", false},
		{";;;", 5, table.Number, "5", false},
		{`00" hab."`, 5, table.Number, "5", false},
		{"00/00", 5, table.Number, "5", false},
		{"mm:ss.0", 0.0123, table.Time, "00:17:42.72", false},
		{"hh:mm:ss.000", 0.5, table.Time, "12:00:00", false},
		{"yyyy-mm-dd hh:mm:ss.000", 45382.5, table.DateTime, "2024-03-31T12:00:00", false},
		{"[h]:mm:ss.00", 1.5, table.Time, "36:00:00", false},
		{"Bs #,##0.00", 45382, table.Number, "45382", false},
		{"0.00 B", 3, table.Number, "3", false},
		{"S/. 00.00", 3, table.Number, "3", false},
		{"dd/mm/aaaa", 45382, table.Date, "2024-03-31", false},
		{"h:mm AM/PM", 0.75, table.Time, "18:00:00", false},
		{"dd/mm/yyyy", 2958465.999999999, table.Number, "2958465.999999999", true},
		{"0.00%", 0.2269, table.Number, "0.2269", false},
		{"General", 1e-7, table.Number, "0.0000001", false},
		{"General", 1e15, table.Number, "1000000000000000", false},
		{"General", math.Copysign(0, -1), table.Number, "0", false},
		{"General", math.NaN(), table.Empty, "", false},
		{"dd/mm/yyyy", math.Inf(1), table.Empty, "", false},
	} {
		got, kind, kept := Parse(c.code).Append(nil, c.v, false)
		if string(got) != c.text || kind != c.kind || kept != c.kept {
			t.Errorf("%v under %s: got %q kind %d kept %t, want %q %d %t", c.v, c.code, got, kind, kept, c.text, c.kind, c.kept)
		}
	}
}

func TestADateBeyondTheYear9999StaysANumberInEitherSystem(t *testing.T) {
	f := Builtin(14)
	if got, kind, _ := f.Append(nil, 2957003, true); string(got) != "9999-12-31" || kind != table.Date {
		t.Errorf("the last day: got %q, kind %d", got, kind)
	}
	if got, kind, kept := f.Append(nil, 2957004, true); string(got) != "2957004" || kind != table.Number || !kept {
		t.Errorf("the day after: got %q, kind %d, kept %t", got, kind, kept)
	}
}

func TestTheSignOfMoneyIsKnown(t *testing.T) {
	for code, want := range map[string]string{
		`"S/" #,##0.00`: "S/", `[$$-409]#,##0.00`: "$", `_-* #,##0.00 [$€-C0A]_-;-* #,##0.00`: "€", `[$RD$-1C0A]#,##0`: "RD$",
		`_("Q"* #,##0.00_)`: "Q", `$#,##0`: "$", `#,##0.00\ \€`: "€", `[$PEN] 0.00`: "PEN",
		`0.00`: "", `[$-340A]0.00`: "", `0" hab."`: "", `[Red]0`: "", `"Lote "0`: "", `[$-F800]dd/mm/yyyy`: "",
	} {
		if got := Parse(code).Money; got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
}

func TestThePercentSignIsAHint(t *testing.T) {
	if Parse("0.00%").Hint != table.Percent || Builtin(9).Hint != table.Percent || Parse("0.00").Hint != 0 {
		t.Error("the hint of a percentage is wrong")
	}
}

func TestNumbersWrittenAsTextStayExact(t *testing.T) {
	for raw, want := range map[string]string{
		"12": "12", "-0": "0", "0.50": "0.5", "1E+3": "1000", "123456789012345678": "123456789012345678",
		"0.1000000000000000055": "0.1", ".5": "0.5", "007": "7",
	} {
		if got, ok := AppendDecimal(nil, []byte(raw)); !ok || string(got) != want {
			t.Errorf("%q: got %q, want %q", raw, got, want)
		}
	}
	for _, raw := range []string{"", "-", "1,5", "inf", "NaN", "0x10", "1e999", "1_0"} {
		if got, ok := AppendDecimal(nil, []byte(raw)); ok {
			t.Errorf("%q: got %q, want none", raw, got)
		}
	}
}

func TestTheDaysAreThoseOfTheCalendar(t *testing.T) {
	start := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	var dst []byte
	for day := 61; day < maxSerial; day += 13 {
		dst = appendDay(dst[:0], int64(day))
		if want := start.AddDate(0, 0, day).Format(time.DateOnly); string(dst) != want {
			t.Fatalf("day %d: got %s, want %s", day, dst, want)
		}
	}
}

func TestAStoredNumberIsWhatItsFormatMakesOfIt(t *testing.T) {
	for _, c := range []struct {
		code, raw string
		kind      table.Kind
		text      string
		kept, ok  bool
	}{
		{"General", "123456789012345678", table.Number, "123456789012345678", false, true},
		{"General", "1.5E3", table.Number, "1500", false, true},
		{"000000", "10101", table.Text, "010101", false, true},
		{"000000", "-1", table.Number, "-1", false, true},
		{"dd/mm/yyyy", "45382", table.Date, "2024-03-31", false, true},
		{"dd/mm/yyyy hh:mm", "45382.5", table.DateTime, "2024-03-31T12:00:00", false, true},
		{"dd/mm/yyyy", "60", table.Number, "60", true, true},
		{"dd/mm/yyyy", "abc", table.Empty, "", false, false},
	} {
		out, kind, kept, ok := Parse(c.code).AppendStored([]byte("x"), []byte(c.raw), false)
		if string(out) != "x"+c.text || kind != c.kind || kept != c.kept || ok != c.ok {
			t.Errorf("%s under %s: got %q kind %d kept %t ok %t", c.raw, c.code, out, kind, kept, ok)
		}
	}
}
