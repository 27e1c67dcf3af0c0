package main

import (
	"fmt"
	"strconv"
	"strings"
)

// unit is one part of the municipality with what it spends money on.
type unit struct {
	name  string
	mail  string
	items []string
}

const domain = "santarosadelosandes.example"

var units = []unit{
	{"Alcaldía", "f.puma", []string{
		"Retribuciones del personal", "Contribuciones a la seguridad social", "Papelería y útiles de oficina",
		"Servicio de energía eléctrica", "Servicio de internet", "Pasajes y viáticos", "Publicidad institucional",
		"Servicio de limpieza", "Combustible y lubricantes", "Mantenimiento de vehículos", "Equipos de cómputo", "Imprevistos"}},
	{"Gerencia de Obras Públicas", "r.ccori", []string{
		"Jornales de obra", "Cemento y agregados", "Fierro de construcción", "Alquiler de maquinaria",
		"Expedientes técnicos", "Supervisión de obras", "Mejoramiento del camino a Ñuñoa Alta", "Puente peatonal Río Chico",
		"Pavimentación de la calle Unión", "Señalización vial", "Combustible y lubricantes", "Herramientas"}},
	{"Gerencia de Servicios a la Ciudad", "l.ñaupa", []string{
		"Recolección de residuos sólidos", "Barrido de calles", "Mantenimiento de parques", "Alumbrado de plazas",
		"Uniformes del personal", "Contenedores", "Disposición final", "Repuestos de compactadoras",
		"Agua para riego", "Vivero municipal", "Control de canes", "Insumos de limpieza"}},
	{"Desarrollo Social", "m.apaza", []string{
		"Vaso de leche", "Comedores populares", "Atención al adulto mayor", "Defensoría de la niñez",
		"Biblioteca municipal", "Talleres de verano", "Campañas de salud", "Deporte y recreación",
		"Fiestas patronales", "Becas de estudio", "Transporte escolar", "Material didáctico"}},
	{"Administración Tributaria", "c.huanca", []string{
		"Personal de recaudación", "Notificaciones", "Sistema de rentas", "Actualización catastral",
		"Comisiones bancarias", "Impresión de recibos", "Fiscalización", "Atención al contribuyente",
		"Archivo", "Capacitación", "Servicio de mensajería", "Equipos de cómputo"}},
}

// line is one line of the budget, amounts in hundredths.
type line struct {
	code, item           string
	goal                 int // shown with the format 0000
	initial, final, cert int64
	spent, paid          int64
	day, month           int
	mail                 string
}

// lines makes a unit's lines from nothing but its place in the list, so that
// the file is the same every time.
func lines(u int) []line {
	var out []line
	seed := uint32(2463534242 + 7919*u)
	next := func(n int64) int64 {
		seed ^= seed << 13
		seed ^= seed >> 17
		seed ^= seed << 5
		return int64(seed) % n
	}
	for i, item := range units[u].items {
		initial := 150000 + next(48000000)
		final := initial + next(9000000) - 2000000
		if final < 0 {
			final = initial
		}
		cert := final * (55 + next(45)) / 100
		spent := cert * (20 + next(75)) / 100
		l := line{
			code: fmt.Sprintf("0%d%02d%02d", u+1, 1+i/4, 1+i), item: item, goal: 12*u + i + 1,
			initial: initial, final: final, cert: cert, spent: spent, paid: spent * (70 + next(31)) / 100,
			day: 1 + int(next(28)), month: 1 + int(next(3)),
			mail: strings.ReplaceAll(units[u].mail, "ñ", "n") + "@" + domain,
		}
		if i%5 == 3 {
			l.mail = fmt.Sprintf("%s%d@%s", strings.ReplaceAll(units[u].mail, "ñ", "n"), 1+i/5, domain)
		}
		out = append(out, l)
	}
	return out
}

// comma writes hundredths as Spanish-speaking offices type them: 1.234,56.
func comma(hundredths int64) string {
	digits := strconv.FormatInt(hundredths/100, 10)
	var out strings.Builder
	for i, d := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			out.WriteByte('.')
		}
		out.WriteRune(d)
	}
	return fmt.Sprintf("%s,%02d", out.String(), hundredths%100)
}
