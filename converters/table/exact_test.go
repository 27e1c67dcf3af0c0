package table

import (
	"math/big"
	"strconv"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestSignificantDigitsLeaveOuterZerosOut(t *testing.T) {
	for s, want := range map[string]int{"0": 0, "0.00": 0, "-0.0012": 2, "100": 1, "1200.50": 5, "123456789012345": 15, "1234567890123456": 16, "10000000000000000000": 1} {
		if got := SignificantDigits(s); got != want {
			t.Errorf("SignificantDigits(%q) = %d, want %d", s, got, want)
		}
	}
}

func TestADecimalSurvivesAsADoubleOrIsRefused(t *testing.T) {
	for s, want := range map[string]bool{
		"0.1": true, "1234.50": true, "-0.0000001": true, "9007199254740992": true,
		"9007199254740993": false, "0.30000000000000004": true, "0.30000000000000005": false, "12345678901234567890.10": false,
	} {
		if _, got := FloatExact(s); got != want {
			t.Errorf("FloatExact(%q) = %v, want %v", s, got, want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`-?[1-9][0-9]{0,11}\.[0-9]{1,10}`).Draw(t, "decimal")
		f, ok := FloatExact(s)
		shown, _ := new(big.Rat).SetString(strconv.FormatFloat(f, 'f', -1, 64))
		meant, _ := new(big.Rat).SetString(s)
		if ok != (shown.Cmp(meant) == 0) {
			t.Fatalf("%s is shown as %v, but ok is %v", s, shown, ok)
		}
	})
}

func TestMomentsAgreeWithTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		day := time.Unix(rapid.Int64Range(-62135596800, 253402300799).Draw(t, "second"), 0).UTC()
		got, ok := ParseDateTime(day.Format("2006-01-02T15:04:05"))
		if sum := got.Days*86400 + got.Nanos/1e9; !ok || sum != day.Unix() {
			t.Fatalf("%s is %+v, %v", day, got, ok)
		}
	})
	for s, want := range map[string]int64{"26:30:00": 95400e9, "00:00:00.5": 5e8, "10:41:00.000000001": 38460e9 + 1} {
		if got, ok := ParseTime(s); !ok || got.Nanos != want {
			t.Errorf("ParseTime(%q) = %+v, %v", s, got, ok)
		}
	}
	for _, s := range []string{"2026-03-31T10:41:00Z", "2026-03-31T10:41:00-05:00", "2026-03-31", "2026-13-01T00:00:00", ""} {
		if _, ok := ParseDateTime(s); ok {
			t.Errorf("ParseDateTime(%q) fits", s)
		}
	}
}
