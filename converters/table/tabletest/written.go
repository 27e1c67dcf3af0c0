package tabletest

import (
	"strings"

	"chasqui/converters/table"
)

// Sample is a table that every writer is tried with: a field of each type,
// and in its rows the values that formats tend to change.
func Sample() (fields []table.Field, rows [][]table.Value) {
	fields = []table.Field{
		{Name: "codigo", Title: "Código", Type: table.TypeString},
		{Name: "personas", Title: "N.º de personas", Type: table.TypeInteger, MissingValues: []string{"s/d", "-"}},
		{Name: "monto", Title: "Monto <S/> & más", Type: table.TypeNumber},
		{Name: "activo", Title: "Activo", Type: table.TypeBoolean},
		{Name: "fecha", Title: "Fecha", Type: table.TypeDate},
		{Name: "momento", Title: "Momento", Type: table.TypeDateTime},
		{Name: "hora", Title: "Hora", Type: table.TypeTime},
		{Name: "anio", Title: "Año", Type: table.TypeYear},
		{Name: "mes", Title: "Mes", Type: table.TypeYearMonth},
		{Name: "lugar", Title: "Lugar", Type: table.TypeGeopoint},
		{Name: "nada", Title: "Nada", Type: table.TypeAny},
	}
	lines := []string{
		"00123|1500|1234.50|true|2026-03-31|2026-03-31T10:41:00|10:41:00|2026|2026-03|-77.03,-12.04|",
		"ñandú \"x\" <b> & 'y'|-7|-0.0000001|false|1999-12-31|1999-12-31T23:59:59.125|26:30:00|1999|1999-12||",
		"1234567890123456789|123456789012345|0.1||||||||",
		"  dos  blancos  |0|100000000000000000000|true|9999-12-31|1900-03-01T00:00:00|00:00:00|1000|1000-01||",
		"=1+1|1|1|true|2024-02-29|2024-02-29T00:00:01|23:59:59|2024|2024-02|0.5,0.5|",
		"+51 999 888 777|2|2.0|true|1970-01-01|1970-01-01T12:00:00|12:00:00|1970|1970-01||",
	}
	for _, line := range lines {
		rows = append(rows, Values(strings.Split(line, "|")...))
	}
	rows = append(rows, Values("línea 1\nlínea 2", "3", "-15.5", "false", "2020-01-01", "2020-01-01T00:00:00", "01:02:03", "2020", "2020-01", "", ""))
	return fields, rows
}

// Values are texts that fit; an empty one is missing.
func Values(texts ...string) []table.Value {
	values := make([]table.Value, len(texts))
	for i, s := range texts {
		values[i].Text = s
		if s == "" {
			values[i].Status = table.Missing
		}
	}
	return values
}

// Misfit is a value that does not fit its field's type.
func Misfit(text string) table.Value { return table.Value{Text: text, Status: table.Misfit} }

// WriteAll writes the rows and closes the writer.
func WriteAll(w table.Writer, rows [][]table.Value) error {
	for _, r := range rows {
		if err := w.WriteRow(r); err != nil {
			return err
		}
	}
	return w.Close()
}
