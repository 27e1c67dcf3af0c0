package describe

import (
	"slices"
	"strings"
	"unicode"
)

// spoken are, by language, words that stand in the headers, titles and cells
// of municipal tables and in none of the other languages' so written, and the
// ends of words. Accents are part of them: they tell Spanish from Portuguese.
var spoken = [...]struct {
	code  string
	words []string
	ends  []string
}{
	{"es", strings.Fields("el los las del y según año años fecha nombre nombres número nro monto código descripción dirección municipalidad " +
		"alcaldía ayuntamiento gobierno calle barrio cantón distrito entidad proveedor contrato contratos mes enero febrero junio julio " +
		"septiembre octubre noviembre diciembre presupuesto gasto ingreso ingresos sueldo cédula teléfono correo cargo dependencia sin con estado"),
		[]string{"ción", "ciones", "dad", "ñía"}},
	{"pt", strings.Fields("o os do da dos das em no na não são ano anos nome número nº município prefeitura câmara secretaria órgão despesa " +
		"despesas receita receitas empenho empenhado liquidado pago fornecedor credor rua bairro cpf cnpj servidor matrícula salário " +
		"janeiro fevereiro março maio junho julho setembro outubro novembro dezembro mês licitação pregão uf situação com e endereço"),
		[]string{"ção", "ções", "dade", "ões", "ária", "ário"}},
	{"fr", strings.Fields("le les du des et aux année années nom prénom numéro montant commune communes mairie libellé adresse rue quartier " +
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre dépense dépenses recette recettes budget " +
		"fournisseur marché marchés subvention subventions école écoles département objet bénéficiaire est pour avec"),
		[]string{"té", "tés", "eur", "aux", "ée", "ées"}},
	{"en", strings.Fields("the of and to for with by name number amount year month city town council department address street date " +
		"description vendor supplier contract contracts budget expense expenses revenue payment payments salary position school schools " +
		"january february march april june july august september october november december type status total"),
		[]string{"ing", "tion", "ness", "ed"}},
}

// sureEnough is how many words must speak for a language.
const sureEnough = 3

// LanguageIn returns the language that texts are written in, ISO 639-1, among
// Spanish, Portuguese, French and English; "" where the words do not tell.
func LanguageIn(texts ...string) string {
	points := make([]int, len(spoken))
	for _, text := range texts {
		for _, w := range strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && r != 'º' }) {
			for i, l := range spoken {
				if slices.Contains(l.words, w) || slices.ContainsFunc(l.ends, func(end string) bool { return len(w) > len(end)+2 && strings.HasSuffix(w, end) }) {
					points[i]++
				}
			}
		}
	}
	best := 0
	for i, n := range points {
		if n > points[best] {
			best = i
		}
	}
	for i, n := range points {
		if i != best && 2*n > points[best] {
			return ""
		}
	}
	if points[best] < sureEnough {
		return ""
	}
	return spoken[best].code
}
