package check

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// frequentNames are given names and surnames that are common in the region.
// One in three values of a real column of names holds one of them; a column
// of places or of companies seldom does.
var frequentNames = words("jose juan luis carlos jorge manuel pedro miguel jesus francisco antonio rafael daniel david fernando ricardo roberto " +
	"eduardo mario oscar sergio victor hector julio cesar alberto alejandro andres diego pablo raul ruben edgar edwin walter wilson " +
	"marco marcos hugo ivan javier jaime joaquin gabriel enrique ernesto felipe gustavo guillermo ramon rene rodrigo santiago " +
	"maria ana rosa carmen luz martha marta gloria patricia sandra claudia monica silvia sonia teresa elena isabel juana julia laura " +
	"lucia lourdes margarita norma olga paola raquel rocio veronica yolanda karla karina daniela andrea gabriela alejandra elizabeth " +
	"garcia rodriguez martinez lopez gonzalez hernandez perez sanchez ramirez torres flores rivera gomez diaz cruz morales reyes " +
	"gutierrez ortiz chavez ramos castillo mendoza ruiz alvarez jimenez vargas castro romero herrera medina aguilar vasquez quispe " +
	"mamani huaman rojas espinoza salazar silva santos oliveira souza lima pereira")

// companyWords tell a legal person's name from a person's.
var companyWords = words("sa sac saa srl eirl ltda cia inc s.a s.a.c municipalidad municipio ministerio asociacion cooperativa comite " +
	"empresa grupo consorcio instituto universidad escuela colegio hospital direccion gerencia unidad banco servicios")

// looksLikeName reports whether a text is shaped like one person's name: one
// to six words of letters, none of them a company's. frequent says that one
// of the words is a frequent name.
func looksLikeName(text string) (looks, frequent bool) {
	if len(text) > 80 {
		return false, false
	}
	parts := strings.FieldsFunc(text, func(r rune) bool { return r == ' ' || r == ',' || r == '\u00a0' })
	if len(parts) < 1 || len(parts) > 6 {
		return false, false
	}
	for _, p := range parts {
		folded := fold(p)
		for _, r := range folded {
			if !unicode.IsLetter(r) && r != '.' && r != '\'' && r != '-' {
				return false, false
			}
		}
		if slices.Contains(companyWords, strings.TrimSuffix(folded, ".")) {
			return false, false
		}
		frequent = frequent || slices.Contains(frequentNames, folded)
	}
	return true, frequent
}

// fold lower-cases a word and takes its accents off.
func fold(word string) string {
	var out strings.Builder
	for _, r := range norm.NFD.String(word) {
		if !unicode.Is(unicode.Mn, r) {
			out.WriteRune(unicode.ToLower(r))
		}
	}
	return out.String()
}
