// Package parquet writes a table as an Apache Parquet file, the form in which
// columns keep their types and a million rows stay small.
//
// NewWriter is all there is. The columns stand in the fields' order and are
// all optional, a missing value is a null:
//
//	integer              INT64
//	year                 INT32
//	number               DOUBLE
//	boolean              BOOLEAN
//	date                 INT32, DATE
//	datetime             INT64, TIMESTAMP in microseconds, of no zone
//	everything else      BYTE_ARRAY, STRING, canonical text
//
// A number is a DOUBLE because every tool computes with one, and because the
// scale that a DECIMAL needs is known only after the last row. It is exact: a
// decimal whose digits a double does not give back, an integer beyond 64 bits
// and a moment with a zone or below microseconds are never rounded. They make
// Close return a *table.Wider, and the table is written again with those
// columns as strings.
package parquet

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/parquet-go/parquet-go"
	"github.com/parquet-go/parquet-go/compress/zstd"

	"chasqui/converters/table"
)

const (
	batchCells = 1 << 14  // values gathered before they are handed on
	batchBytes = 1 << 20  // bytes of texts gathered before they are handed on
	groupRows  = 1 << 17  // rows of a row group at most
	groupBytes = 16 << 20 // bytes of values of a row group at most, before compression
	valueBytes = 8        // what a value counts beside its text
	pageBytes  = 64 << 10 // a page's buffer at most; each column has one
	pagesBytes = 32 << 20 // all columns' pages together
	dictBytes  = 256 << 10
)

// writer gathers rows into batches and these into row groups.
type writer struct {
	file   *parquet.GenericWriter[any]
	fields []table.Field
	wider  []bool // fields that need strings
	again  bool   // one does: nothing is written any more
	rows   []parquet.Row
	slab   []byte // texts of the batch
	n      int    // rows of the batch
	group  int    // rows of the row group
	bytes  int    // of the row group
	err    error
}

// NewWriter returns a writer of Parquet, compressed with zstd. Memory holds one
// row group of at most 16 MiB, whatever the number of rows; equal tables give
// equal bytes. Names that stand twice are numbered, as columns need one each.
func NewWriter(w io.Writer, fields []table.Field) table.Writer {
	t := &writer{fields: fields, wider: make([]bool, len(fields))}
	if len(fields) == 0 {
		t.err = &table.Fault{Kind: table.DoesNotFit, Args: map[string]string{"format": "parquet"}}
		return t
	}
	t.rows = make([]parquet.Row, max(batchCells/len(fields), 1))
	for i := range t.rows {
		t.rows[i] = make(parquet.Row, len(fields))
	}
	t.file = parquet.NewGenericWriter[any](w,
		parquet.NewSchema("table", recordOf(fields)),
		parquet.Compression(&zstd.Codec{Level: zstd.SpeedDefault, Concurrency: 1}),
		parquet.CreatedBy("chasqui", "1", "0"), // the form's version: the file does not tell the program's
		parquet.PageBufferSize(min(pageBytes, pagesBytes/len(fields))),
		parquet.DictionaryMaxBytes(dictBytes),
		parquet.DataPageVersion(1), // what the oldest readers know
	)
	return t
}

// record is a group whose fields keep their order; the library's own sorts
// them by name.
type record struct {
	parquet.Group
	fields []parquet.Field
}

// Fields are in the table's order.
func (r record) Fields() []parquet.Field { return r.fields }

func recordOf(fields []table.Field) record {
	r := record{Group: parquet.Group{}}
	for i, f := range fields {
		name := f.Name
		for n := 2; name == "" || r.Group[name] != nil; n++ {
			name = f.Name + "_" + strconv.Itoa(n)
			if f.Name == "" {
				name = "column_" + strconv.Itoa(i+n-1)
			}
		}
		r.Group[name] = parquet.Optional(nodeOf(f.Type))
		r.fields = append(r.fields, parquet.Group{name: r.Group[name]}.Fields()[0])
	}
	return r
}

// nodeOf is the column type of a field. Texts repeat, so they stand in a
// dictionary as long as that stays small.
func nodeOf(t table.Type) parquet.Node {
	switch t {
	case table.TypeInteger:
		return parquet.Int(64)
	case table.TypeYear:
		return parquet.Int(32)
	case table.TypeNumber:
		return parquet.Leaf(parquet.DoubleType)
	case table.TypeBoolean:
		return parquet.Leaf(parquet.BooleanType)
	case table.TypeDate:
		return parquet.Date()
	case table.TypeDateTime:
		return parquet.TimestampAdjusted(parquet.Microsecond, false)
	}
	return parquet.Encoded(parquet.String(), &parquet.RLEDictionary)
}

// WriteRow writes one row; values beyond the fields are left out, missing ones
// at the end are nulls.
func (t *writer) WriteRow(values []table.Value) error {
	if t.err != nil {
		return t.err
	}
	row := t.rows[t.n]
	for i, f := range t.fields {
		v := table.Value{Status: table.Missing}
		if i < len(values) {
			v = values[i]
		}
		if v.Status == table.Missing {
			row[i] = parquet.NullValue().Level(0, 0, i)
			continue
		}
		value, ok := t.valueOf(f.Type, v)
		if !ok {
			t.wider[i], t.again = true, true
			continue
		}
		row[i] = value.Level(0, 1, i)
		t.bytes += len(v.Text) + valueBytes
	}
	if t.again {
		return nil // the rest only learns which other fields need strings
	}
	t.group++
	if t.n++; t.n == len(t.rows) || len(t.slab) >= batchBytes {
		t.flush()
	}
	return t.err
}

// Close writes what is left and the footer, or returns *table.Wider.
func (t *writer) Close() error {
	switch {
	case t.err != nil:
		return t.err
	case t.again:
		wider := &table.Wider{}
		for i, w := range t.wider {
			if w {
				wider.Fields = append(wider.Fields, i)
			}
		}
		return wider
	}
	t.flush()
	if t.err == nil {
		t.err = t.file.Close()
	}
	return t.err
}

// flush hands the batch to the file, and ends a row group that is full.
func (t *writer) flush() {
	_, t.err = t.file.WriteRows(t.rows[:t.n])
	t.n, t.slab = 0, t.slab[:0]
	if t.err == nil && (t.group >= groupRows || t.bytes >= groupBytes) {
		t.err = t.file.Flush()
		t.group, t.bytes = 0, 0
	}
}

// valueOf is a value that is there as the column's type has it; ok is false
// where it would not be the same.
func (t *writer) valueOf(typ table.Type, v table.Value) (value parquet.Value, ok bool) {
	if v.Status == table.Misfit && slices.Contains([]table.Type{table.TypeInteger, table.TypeYear, table.TypeNumber, table.TypeBoolean, table.TypeDate, table.TypeDateTime}, typ) {
		return value, false
	}
	switch typ {
	case table.TypeInteger:
		n, err := strconv.ParseInt(v.Text, 10, 64)
		return parquet.Int64Value(n), err == nil
	case table.TypeYear:
		n, err := strconv.ParseInt(v.Text, 10, 32)
		return parquet.Int32Value(int32(n)), err == nil
	case table.TypeNumber:
		f, ok := table.FloatExact(v.Text)
		return parquet.DoubleValue(f), ok
	case table.TypeBoolean:
		return parquet.BooleanValue(v.Text == "true"), true
	case table.TypeDate:
		m, ok := table.ParseDate(v.Text)
		return parquet.Int32Value(int32(m.Days)), ok
	case table.TypeDateTime:
		m, ok := table.ParseDateTime(v.Text)
		return parquet.Int64Value(m.Days*86400e6 + m.Nanos/1e3), ok && m.Nanos%1e3 == 0
	}
	at := len(t.slab)
	t.slab = append(t.slab, strings.ToValidUTF8(v.Text, "\ufffd")...)
	return parquet.ByteArrayValue(t.slab[at:]), true
}
