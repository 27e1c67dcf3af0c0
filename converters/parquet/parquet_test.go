package parquet

import (
	"bytes"
	"errors"
	"io"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

// file writes a table and opens what was written.
func file(t testing.TB, fields []table.Field, rows [][]table.Value) ([]byte, *parquet.File) {
	t.Helper()
	var out bytes.Buffer
	if err := tabletest.WriteAll(NewWriter(&out, fields), rows); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil {
		t.Fatal(err)
	}
	return out.Bytes(), f
}

// canonical reads a file's rows back as the fields' canonical texts.
func canonical(t testing.TB, fields []table.Field, f *parquet.File) [][]table.Value {
	t.Helper()
	var out [][]table.Value
	for _, group := range f.RowGroups() {
		rows := group.Rows()
		buffer := make([]parquet.Row, 10)
		for {
			n, err := rows.ReadRows(buffer)
			for _, row := range buffer[:n] {
				values := make([]table.Value, len(fields))
				for _, v := range row {
					values[v.Column()] = back(fields[v.Column()].Type, v)
				}
				out = append(out, values)
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
		}
		rows.Close()
	}
	return out
}

func back(typ table.Type, v parquet.Value) table.Value {
	if v.IsNull() {
		return table.Value{Status: table.Missing}
	}
	switch typ {
	case table.TypeInteger:
		return table.Value{Text: strconv.FormatInt(v.Int64(), 10)}
	case table.TypeYear:
		return table.Value{Text: strconv.Itoa(int(v.Int32()))}
	case table.TypeNumber:
		return table.Value{Text: strconv.FormatFloat(v.Double(), 'f', -1, 64)}
	case table.TypeBoolean:
		return table.Value{Text: strconv.FormatBool(v.Boolean())}
	case table.TypeDate:
		return table.Value{Text: time.Unix(int64(v.Int32())*86400, 0).UTC().Format("2006-01-02")}
	case table.TypeDateTime:
		return table.Value{Text: time.UnixMicro(v.Int64()).UTC().Format("2006-01-02T15:04:05.999999")}
	}
	return table.Value{Text: string(v.ByteArray())}
}

func TestAFileReadsBackAsItWasWritten(t *testing.T) {
	fields, rows := tabletest.Sample()
	_, f := file(t, fields, rows)
	want := rows
	want[0][2].Text, want[5][2].Text = "1234.5", "2" // the same number
	if d := cmp.Diff(want, canonical(t, fields, f)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	var kinds []string
	for _, c := range f.Schema().Fields() {
		kinds = append(kinds, c.Name()+" "+c.Type().String())
	}
	wantKinds := []string{
		"codigo STRING", "personas INT(64,true)", "monto DOUBLE", "activo BOOLEAN", "fecha DATE",
		"momento TIMESTAMP(isAdjustedToUTC=false,unit=MICROS)", "hora STRING", "anio INT(32,true)", "mes STRING", "lugar STRING", "nada STRING",
	}
	if d := cmp.Diff(wantKinds, kinds); d != "" {
		t.Errorf("columns (-want +got)\n%s", d)
	}
}

func TestWhatATypeCannotHoldAsksForStrings(t *testing.T) {
	fields := []table.Field{
		{Name: "a", Type: table.TypeInteger}, {Name: "b", Type: table.TypeNumber}, {Name: "c", Type: table.TypeDateTime}, {Name: "d", Type: table.TypeString},
		{Name: "e", Type: table.TypeDate}, {Name: "f", Type: table.TypeNumber},
	}
	fits := tabletest.Values("9223372036854775807", "0.1", "2026-03-31T10:41:00.000001", "x", "0001-01-01", "1")
	var wider *table.Wider
	for _, c := range []struct {
		name string
		row  []table.Value
		want []int
	}{
		{"integer beyond 64 bits", tabletest.Values("9223372036854775808", "1", "", "", "", ""), []int{0}},
		{"more digits than a double", tabletest.Values("1", "0.1234567890123456789", "", "", "", ""), []int{1}},
		{"zone", tabletest.Values("1", "1", "2026-03-31T10:41:00-05:00", "", "", ""), []int{2}},
		{"nanoseconds", tabletest.Values("1", "1", "2026-03-31T10:41:00.0000001", "", "", ""), []int{2}},
		{"several", tabletest.Values("9223372036854775808", "1", "2026-03-31T10:41:00Z", "", "", "12345678901234567891"), []int{0, 2, 5}},
		{"misfit", []table.Value{fits[0], fits[1], fits[2], fits[3], tabletest.Misfit("31/02/2024"), fits[5]}, []int{4}},
	} {
		err := tabletest.WriteAll(NewWriter(io.Discard, fields), [][]table.Value{fits, c.row, fits})
		if !errors.As(err, &wider) || !cmp.Equal(wider.Fields, c.want) {
			t.Errorf("%s: %v, want the fields %v", c.name, err, c.want)
		}
	}
	if err := tabletest.WriteAll(NewWriter(io.Discard, fields), [][]table.Value{fits}); err != nil {
		t.Error(err)
	}
}

func TestEqualTablesGiveEqualBytes(t *testing.T) {
	fields, rows := tabletest.Sample()
	a, f := file(t, fields, rows)
	b, _ := file(t, fields, rows)
	if !bytes.Equal(a, b) {
		t.Error("two files of one table differ")
	}
	if got := f.Metadata().CreatedBy; got != "chasqui version 1(build 0)" {
		t.Errorf("created by %q", got)
	}
}

func TestNamesThatStandTwiceAreNumbered(t *testing.T) {
	fields := []table.Field{{Name: "b"}, {Name: "a"}, {Name: "b"}, {Name: ""}, {Name: "b_2"}}
	_, f := file(t, fields, [][]table.Value{tabletest.Values("1", "2", "3", "4", "5")})
	var names []string
	for _, c := range f.Schema().Fields() {
		names = append(names, c.Name())
	}
	if d := cmp.Diff([]string{"b", "a", "b_2", "column_4", "b_2_2"}, names); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
	if d := cmp.Diff([][]table.Value{tabletest.Values("1", "2", "3", "4", "5")}, canonical(t, fields, f)); d != "" {
		t.Errorf("(-want +got)\n%s", d)
	}
}

func TestAnEmptyTableIsAFile(t *testing.T) {
	if _, f := file(t, []table.Field{{Name: "a", Type: table.TypeDate}}, nil); f.NumRows() != 0 {
		t.Errorf("%d rows", f.NumRows())
	}
	if err := NewWriter(io.Discard, nil).Close(); err == nil {
		t.Error("a file without columns was written")
	}
}

func TestRowGroupsBoundMemory(t *testing.T) {
	fields := []table.Field{{Name: "a", Type: table.TypeInteger}, {Name: "b", Type: table.TypeString}}
	var out bytes.Buffer
	w := NewWriter(&out, fields)
	live := func(from, to int) uint64 {
		for i := from; i < to; i++ {
			n := strconv.Itoa(i)
			if err := w.WriteRow(tabletest.Values(n, "texto distinto de la fila "+n)); err != nil {
				t.Fatal(err)
			}
		}
		held := out.Cap()
		runtime.GC()
		runtime.GC() // pooled buffers outlive the first
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return m.HeapAlloc - uint64(held)
	}
	first := live(0, groupRows)
	if later := live(groupRows, 2*groupRows); later > first+8<<20 {
		t.Errorf("the heap grew from %d to %d bytes", first, later)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	f, err := parquet.OpenFile(bytes.NewReader(out.Bytes()), int64(out.Len()))
	if err != nil || f.NumRows() != 2*groupRows || len(f.RowGroups()) < 2 {
		t.Errorf("%v, %d rows in %d groups", err, f.NumRows(), len(f.RowGroups()))
	}
}

func TestLongTextsEndARowGroupBeforeABatchOfRowsIsFull(t *testing.T) {
	text := strings.Repeat("POLYGON ((-77.1 -12.2, -77.3 -12.4))", groupBytes/8/36)
	rows := make([][]table.Value, 32)
	for i := range rows {
		rows[i] = tabletest.Values(text)
	}
	_, f := file(t, []table.Field{{Name: "a", Type: table.TypeString}}, rows)
	if f.NumRows() != 32 || len(f.RowGroups()) < 3 {
		t.Errorf("%d rows in %d groups", f.NumRows(), len(f.RowGroups()))
	}
}
