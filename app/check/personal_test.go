package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/converters/table"
)

// run checks a table of one column.
func run(title, country string, values []string) []Finding {
	return runTable(country, map[string][]string{title: values}, title)
}

// runTable checks a table whose columns are given by title, in order.
func runTable(country string, columns map[string][]string, order ...string) []Finding {
	var fields []table.Field
	longest := 0
	for i, title := range order {
		fields = append(fields, table.Field{Col: i + 1, Name: fmt.Sprintf("c%d", i+1), Title: title, Type: table.TypeString})
		longest = max(longest, len(columns[title]))
	}
	p := NewPersonal(fields, country)
	for r := range longest {
		row := make([]table.Value, len(order))
		for i, title := range order {
			row[i].Status = table.Missing
			if r < len(columns[title]) {
				row[i] = table.Value{Text: columns[title][r]}
			}
		}
		p.Add(row)
	}
	return p.Findings()
}

// validIDs are the fixture's good numbers of a kind.
func validIDs(t *testing.T, country, kind string) []string {
	var out []string
	for _, row := range readIDs(t) {
		if row.country == country && row.kind == kind && row.valid {
			out = append(out, row.number)
		}
	}
	return out
}

func only(t *testing.T, findings []Finding) Finding {
	t.Helper()
	if len(findings) != 1 {
		t.Fatalf("%d findings, want 1: %+v", len(findings), findings)
	}
	return findings[0]
}

func TestHeaderAndValuesTogetherAreCertain(t *testing.T) {
	cases := []struct {
		title, country, kind string
		severity             Severity
	}{
		{"Cédula", "CR", "cedula_fisica", Error},
		{"N° DIMEX", "CR", "dimex", Error},
		{"Nº de cédula", "DO", "cedula", Error},
		{"C.I.", "EC", "cedula", Error},
		{"RUC", "EC", "ruc_natural", Error},
		{"DPI / CUI", "GT", "cui", Error},
		{"nit_proveedor", "GT", "nit", Warning},
		{"No. de identidad", "HN", "dni", Error},
		{"R.T.N.", "HN", "rtn", Error},
		{"nroDNI", "PE", "dni", Error},
		{"RUC", "PE", "ruc", Error},
		{"D.U.I.", "SV", "dui", Error},
		{"NIT", "SV", "nit", Warning},
	}
	for _, c := range cases {
		for _, office := range []string{c.country, ""} {
			f := only(t, run(c.title, office, validIDs(t, c.country, c.kind)))
			got := [4]string{f.Code, f.Args["country"], f.Args["kind"], string(f.Severity)}
			want := [4]string{PersonalID, c.country, c.kind, string(c.severity)}
			if got != want || f.Confidence < 0.9 {
				t.Errorf("%s in %q: %v with %.2f, want %v", c.title, office, got, f.Confidence, want)
			}
		}
	}
}

func TestCompaniesAndPublicBodiesAreNotPersons(t *testing.T) {
	var peru []string
	for _, id := range validIDs(t, "PE", "ruc") {
		if strings.HasPrefix(id, "20") {
			peru = append(peru, id)
		}
	}
	cases := []struct {
		title, country string
		values         []string
	}{
		{"Cédula jurídica", "CR", validIDs(t, "CR", "cedula_juridica")},
		{"RNC", "DO", validIDs(t, "DO", "rnc")},
		{"RUC", "EC", append(validIDs(t, "EC", "ruc_privado"), validIDs(t, "EC", "ruc_publico")...)},
		{"RUC del proveedor", "PE", peru},
	}
	for _, c := range cases {
		f := only(t, run(c.title, c.country, c.values))
		if f.Code != EntityID || f.Family != FamilyEntity || f.Severity != Info {
			t.Errorf("%s in %s: %+v", c.title, c.country, f)
		}
	}
}

func TestOnePersonAmongCompaniesIsFound(t *testing.T) {
	values := append(validIDs(t, "EC", "ruc_privado"), "0959999020001")
	f := only(t, run("RUC proveedor", "EC", values))
	if f.Code != PersonalID || f.Count != 1 || f.Args["kind"] != "ruc_natural" {
		t.Errorf("%+v, want one personal ruc_natural", f)
	}
}

func TestIdentifiersUnderASilentHeaderAreFoundByStructure(t *testing.T) {
	cases := []struct{ country, kind string }{
		{"EC", "cedula"}, {"GT", "cui"}, {"HN", "dni"}, {"DO", "cedula"}, {"SV", "dui"},
	}
	for _, c := range cases {
		f := only(t, run("Referencia", "", validIDs(t, c.country, c.kind)))
		if f.Code != PersonalID || f.Args["country"] != c.country || f.Confidence >= 0.9 {
			t.Errorf("%s %s under a silent header: %+v", c.country, c.kind, f)
		}
	}
}

func TestLeadingZerosThatASpreadsheetTookAreNoHidingPlace(t *testing.T) {
	var stripped []string
	for _, id := range validIDs(t, "EC", "cedula") {
		stripped = append(stripped, strings.TrimLeft(strings.ReplaceAll(id, "-", ""), "0"))
	}
	f := only(t, run("cedula", "EC", stripped))
	if f.Count != len(stripped) || f.Confidence < 0.9 {
		t.Errorf("%+v, want all %d", f, len(stripped))
	}
}

func TestLabelsBeforeTheNumberAreReadOver(t *testing.T) {
	f := only(t, run("DNI", "pe", []string{"DNI 99999980", "DNI: 99999981", "99999982"}))
	if f.Count != 3 || f.Severity != Error {
		t.Errorf("%+v, want all three", f)
	}
}

func TestAHeaderThatNamesIdentifiersMakesWrongOnesSuspect(t *testing.T) {
	var wrong []string
	for _, row := range readIDs(t) {
		if row.country == "SV" && row.kind == "dui" && !row.valid {
			wrong = append(wrong, row.number)
		}
	}
	f := only(t, run("DUI", "SV", append(wrong, "88888888-1", "77777777-1", "66666666-1")))
	if f.Code != PersonalID || f.Severity != Warning {
		t.Errorf("%+v, want a warning", f)
	}
}

func TestContactsAreFoundAndMasked(t *testing.T) {
	mails := []string{"m.quispe@example.org", "jperez@example.org", "ana.ruiz@example.org"}
	cases := []struct {
		title, country string
		values         []string
		want           Finding
	}{
		{"Correo del responsable", "PE", mails, Finding{Code: PersonalEmail, Severity: Error, Count: 3,
			Examples: []string{"m.******@example.org", "j*****@example.org", "a**.****@example.org"}}},
		{"Observaciones", "", []string{"avisar a jperez@example.org", "ninguna", "s/n", "pendiente"},
			Finding{Code: PersonalEmail, Severity: Warning, Count: 1, Examples: []string{"j*****@example.org"}}},
		{"E-mail", "HN", []string{"transparencia@example.org", "info@example.org"},
			Finding{Code: OfficeEmail, Severity: Info, Count: 2, Examples: []string{"transparencia@example.org", "info@example.org"}}},
		{"Teléf.", "PE", []string{"912 345 678", "(01) 555-0199", "987654321"},
			Finding{Code: PersonalPhone, Severity: Error, Count: 3, Examples: []string{"912 *** ***", "(01) ***-****", "98*******"}}},
		{"Celular", "HN", []string{"9999-0001", "9999-0002", "3333-0003 / 9999-0004"},
			Finding{Code: PersonalPhone, Severity: Error, Count: 3, Examples: []string{"9999-****", "3333-****"}}},
	}
	for _, c := range cases {
		f := only(t, run(c.title, c.country, c.values))
		got := Finding{Code: f.Code, Severity: f.Severity, Count: f.Count, Examples: f.Examples}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", c.title, diff)
		}
	}
}

func TestTelephonesUnderASilentHeader(t *testing.T) {
	written := repeat(20, func(i int) string { return fmt.Sprintf("9%d99-00%d%d", i%10, (i*7)%10, (i*3)%10) })
	if f := only(t, run("Referencia", "HN", written)); f.Code != PersonalPhone || f.Severity != Warning {
		t.Errorf("numbers with a hyphen: %+v", f)
	}
	mobiles := repeat(20, func(i int) string { return fmt.Sprintf("9%d0000%d%d%d", i%10, i%7, (i*7)%10, (i*3)%10) })
	if f := only(t, run("Referencia", "PE", mobiles)); f.Code != PersonalPhone || f.Confidence > 0.7 {
		t.Errorf("nine plain digits: %+v", f)
	}
	plain := repeat(20, func(i int) string { return fmt.Sprintf("9%d0000%d%d", i%10, (i*7)%10, (i*3)%10) })
	if got := run("Referencia", "HN", plain); len(got) != 0 {
		t.Errorf("eight plain digits: %+v", got)
	}
}

func TestNamesCountOnlyBesideAnIdentifier(t *testing.T) {
	names := []string{"María Quispe Flores", "José Pérez Soto", "Ana Ruiz Díaz", "Luis Torres Vega"}
	if got := run("Apellidos y nombres", "PE", names); len(got) != 0 {
		t.Errorf("names alone: %+v", got)
	}
	got := runTable("PE", map[string][]string{
		"Apellidos y nombres": names,
		"DNI":                 {"99999980", "99999981", "99999982", "99999983"},
		"Nombre del distrito": {"San Juan", "Santa Rosa", "San Luis", "Santa Ana"},
	}, "Apellidos y nombres", "DNI", "Nombre del distrito")
	var codes []string
	for _, f := range got {
		codes = append(codes, f.Field+" "+f.Code)
	}
	if diff := cmp.Diff([]string{"c1 " + PersonalName, "c2 " + PersonalID}, codes); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"M**** Q***** F*****", "J*** P**** S***", "A** R*** D***"}, got[0].Examples); diff != "" {
		t.Errorf("examples of names (-want +got):\n%s", diff)
	}
}

func TestNumbersOfDocumentsAreDNIsOnlyBesideNames(t *testing.T) {
	numbers := []string{"99999980", "99999912", "99999967", "99999931"}
	if got := run("Nro. de documento", "PE", numbers); len(got) != 0 {
		t.Errorf("eight digits alone: %+v", got)
	}
	got := runTable("PE", map[string][]string{
		"Beneficiario":      {"María Quispe", "José Pérez", "Ana Ruiz", "Luis Torres"},
		"Nro. de documento": numbers,
	}, "Beneficiario", "Nro. de documento")
	if len(got) != 2 || got[1].Code != PersonalID || got[1].Args["kind"] != "dni" {
		t.Errorf("beside names: %+v", got)
	}
}
