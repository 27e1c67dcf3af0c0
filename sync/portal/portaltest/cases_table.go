package portaltest

import (
	"context"
	"fmt"
	"strings"
	"testing"

	"chasqui/sync/portal"
)

// tabled is a dataset of one table of that many rows, with its schema; the case
// is left out where the destination has no DataStore.
func (b *bench) tabled(rows int) (portal.Dataset, *Blobs) {
	b.Helper()
	status, err := b.courier(nil, nil).Ping(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if !status.DataStore {
		b.Skip("the destination has no DataStore")
	}
	ds, blobs := Sample(b.opt.Target.Organization, tableOf(rows))
	ds.Resources[0].Schema = []portal.Column{
		{Name: "código", Type: "string", Title: "Código", Description: "De la partida"},
		{Name: "monto", Type: "number", Title: "Monto devengado", Unit: "soles"},
		{Name: "unidades", Type: "integer"},
		{Name: "vigente", Type: "boolean"},
		{Name: "desde", Type: "date"},
		{Name: "nota", Type: "any"},
	}
	return ds, blobs
}

func tableOf(rows int) string { return wideTable(rows, 0) }

// wideTable has that many more letters in each row.
func wideTable(rows, more int) string {
	var s strings.Builder
	s.WriteString("código,monto,unidades,vigente,desde,nota\n")
	for i := range rows {
		fmt.Fprintf(&s, "%06d,%d.10,%d,%t,2026-03-%02d,\"línea %d, \"\"ñ\"\"%s\"\n", i, i, i, i%2 == 0, i%28+1, i, strings.Repeat("x", more))
	}
	return s.String()
}

func tableArrives(b *bench) {
	ds, blobs := b.tabled(3)
	// A column whose values belie its type is text: nothing is lost.
	ds.Resources[0] = blobs.Put(ds.Resources[0], tableOf(3)+"000003,,no hay,,,\n")
	receipt := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	b.expect(ds, blobs, receipt)
	id := ds.Resources[0].ID
	table := b.opt.Witness.Table(b.T, id)
	if table == nil || table.Total != 4 || receipt.Tables[id] != 4 {
		b.Fatalf("table %+v, receipt %v %v", table, receipt.Tables, receipt.Untabled)
	}
	for column, want := range map[string]string{"código": "text", "monto": "numeric", "vigente": "bool", "desde": "date", "unidades": "text", "nota": "text"} {
		if table.Types[column] != want {
			b.Errorf("%s is %s, want %s", column, table.Types[column], want)
		}
	}
	if table.Labels["monto"] != "Monto devengado" {
		b.Errorf("labels %v", table.Labels)
	}
	row := table.Rows[1]
	if row["código"] != "000001" || row["nota"] != `línea 1, "ñ"` || row["unidades"] != "1" || table.Rows[3]["monto"] != nil {
		b.Errorf("rows %v", table.Rows)
	}
	// A correction replaces the rows.
	ds.Resources[0] = blobs.Put(ds.Resources[0], tableOf(2))
	b.publishAfter(&receipt, b.courier(nil, nil), ds, blobs, &Memory{})
	if table = b.opt.Witness.Table(b.T, id); table == nil || table.Total != 2 || table.Types["unidades"] == "text" {
		b.Errorf("after a correction: %+v", table)
	}
}

func tableRefilled(b *bench) {
	ds, blobs := b.tabled(5)
	last := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	id := ds.Resources[0].ID
	b.opt.Witness.Empty(b.T, id)
	if table := b.opt.Witness.Table(b.T, id); table == nil || table.Total != 0 {
		b.Fatalf("not emptied: %+v", table)
	}
	receipt := b.publishAfter(&last, b.courier(nil, nil), ds, blobs, &Memory{})
	if table := b.opt.Witness.Table(b.T, id); table == nil || table.Total != 5 || receipt.Tables[id] != 5 {
		b.Errorf("table %+v, receipt %+v", table, receipt.Tables)
	}
}

// tableGoesOn plays faults at each call that brings rows of a table that takes
// several.
func tableGoesOn(b *bench) {
	const rows = 80
	wide := func(b *bench) (portal.Dataset, *Blobs) {
		ds, blobs := b.tabled(1)
		ds.Resources[0] = blobs.Put(ds.Resources[0], wideTable(rows, 9_000)) // three calls
		return ds, blobs
	}
	ds, blobs := wide(b)
	count := &Wire{}
	b.publish(b.courier(count, nil), ds, blobs, &Memory{})
	for n, call := range count.Calls() {
		if !strings.HasPrefix(call, "POST datastore_") {
			continue
		}
		for _, fault := range []Fault{LostReply, HalfSent, Twice} {
			b.Run(string(fault)+" at "+call, func(t *testing.T) {
				b := &bench{t, b.opt}
				ds, blobs := wide(b)
				ctx, cancel := context.WithCancel(b.Context())
				defer cancel()
				journal := &Memory{}
				wire := &Wire{FailAt: n + 1, Fault: fault, Stall: cancel}
				_, err := b.courier(wire, nil).Publish(ctx, portal.Publication{Dataset: ds, Files: blobs, Journal: journal})
				if err != nil && !portal.Fault("", err).Retryable() {
					b.Fatal(err)
				}
				b.expect(ds, blobs, b.publish(b.courier(nil, nil), ds, blobs, journal))
				table := b.opt.Witness.Table(b.T, ds.Resources[0].ID)
				if table == nil || table.Total != rows {
					b.Fatalf("%+v", table)
				}
				for i, row := range table.Rows {
					if row["código"] != fmt.Sprintf("%06d", i) {
						b.Fatalf("row %d is %v", i, row)
					}
				}
			})
		}
	}
}
