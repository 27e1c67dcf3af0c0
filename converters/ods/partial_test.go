package ods

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chasqui/converters/table"
	"chasqui/converters/table/tabletest"
)

func TestAContentCutShortGivesItsSheetsWhenAPartWillDo(t *testing.T) {
	var text strings.Builder
	text.WriteString(`<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body><office:spreadsheet><table:table table:name="Hoja1">`)
	for i := range 50 {
		fmt.Fprintf(&text, `<table:table-row><table:table-cell office:value-type="float" office:value="%d"/></table:table-row>`, i)
	}
	cut := tabletest.Memory([]byte(text.String())[:text.Len()-40])
	if _, err := (Reader{}).Open(context.Background(), cut, table.Options{}); err == nil {
		t.Error("no fault although nobody asked for a part")
	}
	book, err := Reader{}.Open(context.Background(), cut, table.Options{Partial: true})
	if err != nil {
		t.Fatal(err)
	}
	rows, last := 0, error(nil)
	for _, err := range book.Sheets()[0].Rows(context.Background()) {
		if last = err; err == nil {
			rows++
		}
	}
	if rows < 45 || last == nil {
		t.Errorf("%d rows, then %v", rows, last)
	}
}
