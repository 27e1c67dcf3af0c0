package app

import (
	"errors"
	"io"
	"strings"

	"chasqui/converters/delimited"
	"chasqui/converters/geo"
	"chasqui/converters/jsonrows"
	"chasqui/converters/ods"
	"chasqui/converters/parquet"
	"chasqui/converters/table"
	"chasqui/converters/xlsx"
)

// Output is a format that tables are written in.
type Output struct {
	ID        string // what people type: "csv"
	Format    string // what portals call it: "CSV"
	MediaType string // IANA
	// Typed formats tell a number from a text: their schema is settled
	// before the first row.
	Typed bool
	// ByCell formats give each cell its own type: a value that does not fit
	// is a text among numbers, and changes no other.
	ByCell bool
	// Bare formats have no types: a spreadsheet that opens the file guesses,
	// and may take a text for a formula.
	Bare bool
	open opener
}

// WriteOptions are choices about the written form.
type WriteOptions struct {
	BOM      bool // csv and tsv: a mark that lets Excel see UTF-8
	NoHeader bool // csv and tsv: no row of names
	// UTM is the zone of eastings and northings for geojson: "17S".
	UTM string
}

// Outputs are the formats that are written, the most open first.
var Outputs = [...]Output{
	{ID: "csv", Format: "CSV", MediaType: "text/csv", Bare: true, open: delimitedWriter(false)},
	{ID: "tsv", Format: "TSV", MediaType: "text/tab-separated-values", Bare: true, open: delimitedWriter(true)},
	{ID: "json", Format: "JSON", MediaType: "application/json", Typed: true, open: jsonWriter(false)},
	{ID: "ndjson", Format: "NDJSON", MediaType: "application/x-ndjson", Typed: true, open: jsonWriter(true)},
	{ID: "xlsx", Format: "XLSX", MediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ByCell: true, open: workbookWriter},
	{ID: "ods", Format: "ODS", MediaType: ods.MediaType, ByCell: true, open: documentWriter},
	{ID: "parquet", Format: "Parquet", MediaType: "application/vnd.apache.parquet", Typed: true, open: parquetWriter},
	{ID: "geojson", Format: "GeoJSON", MediaType: "application/geo+json", Typed: true, open: placesWriter},
}

// opener makes the writer of a format for one file.
type opener = func(w io.Writer, fields []table.Field, opt WriteOptions) table.Writer

func delimitedWriter(tabs bool) opener {
	return func(w io.Writer, f []table.Field, o WriteOptions) table.Writer {
		return delimited.NewWriter(w, f, delimited.WriterOptions{BOM: o.BOM, NoHeader: o.NoHeader, Tabs: tabs})
	}
}

func jsonWriter(lines bool) opener {
	return func(w io.Writer, f []table.Field, _ WriteOptions) table.Writer {
		return jsonrows.NewWriter(w, f, jsonrows.WriterOptions{Lines: lines})
	}
}

func workbookWriter(w io.Writer, f []table.Field, _ WriteOptions) table.Writer {
	return xlsx.NewWriter(w, f)
}

func documentWriter(w io.Writer, f []table.Field, _ WriteOptions) table.Writer {
	return ods.NewWriter(w, f)
}

func parquetWriter(w io.Writer, f []table.Field, _ WriteOptions) table.Writer {
	return parquet.NewWriter(w, f)
}

func placesWriter(w io.Writer, f []table.Field, o WriteOptions) table.Writer {
	zone, _ := geo.ParseZone(o.UTM)
	return places{geo.NewWriter(w, f, geo.WriterOptions{Zone: zone})}
}

// places gives the questions of a writer of places their words.
type places struct{ table.Writer }

// Close ends the collection.
func (p places) Close() error { return explained(p.Writer.Close()) }

// Notices are the writer's own.
func (p places) Notices() []table.Notice { return noticesOf(p.Writer) }

func explained(err error) error {
	switch {
	case errors.Is(err, geo.ErrNoGeometry):
		return &Error{Kind: NoGeometry, Err: err}
	case errors.Is(err, geo.ErrNeedsZone):
		return &Error{Kind: NeedsAnswer, Args: map[string]string{"Flag": "--utm"}, Err: err}
	}
	return err
}

// noticesOf returns what a writer has to say besides the file, if it has.
func noticesOf(w table.Writer) []table.Notice {
	if n, ok := w.(interface{ Notices() []table.Notice }); ok {
		return n.Notices()
	}
	return nil
}

// check refuses options that mean nothing.
func (o WriteOptions) check() error {
	if _, ok := geo.ParseZone(o.UTM); o.UTM != "" && !ok {
		return &Error{Kind: NotAnOption, Args: map[string]string{"Value": o.UTM, "Allowed": "1N–60N, 1S–60S"}}
	}
	return nil
}

// OutputOf returns the format with that id; another is UnknownOutput.
func OutputOf(id string) (Output, error) {
	for _, o := range Outputs {
		if strings.EqualFold(o.ID, id) {
			return o, nil
		}
	}
	ids := make([]string, len(Outputs))
	for i, o := range Outputs {
		ids[i] = o.ID
	}
	return Output{}, &Error{Kind: UnknownOutput, Args: map[string]string{"Format": id, "Allowed": strings.Join(ids, ", ")}}
}
