package check

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// header is what a column's title says about its values. It is read once,
// before any value.
type header struct {
	named    [len(kinds)]bool // the title names the kind: "Nº de DNI"
	weakID   bool             // "Documento", "Identificación": some identifier of a person
	email    bool
	phone    bool
	name     bool // names of persons may stand here
	surname  bool // and nothing else: "Apellidos"
	numberOf bool // something else that is a number: amounts, contracts, dates
}

// Words are folded: lower case, no accents. All four languages of the program
// stand together, since offices mix them.
var (
	stopWords = words("de del la las el los y e o da do das dos du des le les of the and n no nro num numero nr nbr number num. numero.")
	weakWords = words("documento identificacion identificacao identidad identite identity cedula doc docid carnet carne")
	mailWords = words("correo email correos emails mail electronico courriel correoelectronico")
	callWords = words("telefono telefonos tel telef tfno tlf celular celulares cel movil moviles phone phones telephone telefone fono mobile whatsapp portable")
	nameWords = words("nombre nombres nome nomes name names nom noms prenom prenoms responsable responsavel beneficiario beneficiaria beneficiarios titular representante " +
		"funcionario funcionaria servidor servidora trabajador trabajadora empleado empleada alumno alumna paciente contribuyente propietario propietaria solicitante beneficiary employee owner")
	surnameWords = words("apellido apellidos apellidosynombres sobrenome sobrenomes surname surnames lastname firstname")
	// otherNumbers are titles of columns whose numbers look like identifiers
	// without being any; a cédula presupuestaria is a budget report.
	otherNumbers = words("monto montos importe valor valores saldo total subtotal contrato contratos comprobante expediente factura orden " +
		"presupuestaria presupuestario presupuestal presupuesto partida cuenta ubigeo anio ano year fecha date data porcentaje cantidad " +
		"precio costo coste pago pagos cheque resolucion proyecto snip amount price invoice contract account montant facture " +
		"telefono celular tel cel fax phone correo email latitud longitud coordenada serie lote codigo postal zip")
	otherNames = words("cuenta partida proyecto obra municipio municipalidad distrito provincia departamento canton institucion entidad " +
		"unidad programa producto actividad archivo campo empresa proveedor establecimiento escuela calle barrio localidad comunidad sector variable indicador")
)

// numberSign takes "Nº" out before letters are joined: N° C.I. is ci.
var numberSign = strings.NewReplacer("N°", " ", "n°", " ", "Nº", " ", "nº", " ", "N.°", " ", "N.º", " ", "n.º", " ", "n.°", " ")

func words(list string) []string { return strings.Fields(list) }

// readHeader looks at a column's title, and at its machine name where the
// title is empty.
func readHeader(title, name string) header {
	if strings.TrimSpace(title) == "" {
		title = name
	}
	tokens := headerTokens(title)
	joined := " " + strings.Join(tokens, " ") + " "
	var h header
	for i := range kinds {
		for _, phrase := range kinds[i].words {
			if strings.Contains(joined, " "+phrase+" ") {
				h.named[i] = true
			}
		}
	}
	for _, t := range tokens {
		h.weakID = h.weakID || slices.Contains(weakWords, t)
		h.email = h.email || slices.Contains(mailWords, t)
		h.phone = h.phone || slices.Contains(callWords, t)
		h.name = h.name || slices.Contains(nameWords, t)
		h.surname = h.surname || slices.Contains(surnameWords, t)
		h.numberOf = h.numberOf || slices.Contains(otherNumbers, t)
	}
	if strings.Contains(joined, " e mail ") {
		h.email = true
	}
	for _, t := range tokens {
		if slices.Contains(otherNames, t) {
			h.name = false
		}
	}
	if h.numberOf && slices.ContainsFunc(tokens, isBudgetWord) {
		h.named = [len(kinds)]bool{}
	}
	return h
}

func isBudgetWord(t string) bool { return strings.HasPrefix(t, "presupuest") }

// namesKind reports whether the title names any kind of identifier.
func (h *header) namesKind() bool { return slices.Contains(h.named[:], true) }

// headerTokens folds a title to words: no accents, lower case, stop words left
// out, abbreviations with points joined (C.I. is ci), words glued to a "nro"
// or "num" set free (nroDocumento, numdni).
func headerTokens(title string) []string {
	var tokens []string
	letters := "" // of an abbreviation such as R. U. C.
	flush := func() {
		if len(letters) > 1 {
			tokens = append(tokens, letters)
		} else if letters == "e" {
			tokens = append(tokens, letters)
		}
		letters = ""
	}
	for _, word := range splitWords(numberSign.Replace(title)) {
		if len(word) == 1 && unicode.IsLetter(rune(word[0])) {
			letters += word
			continue
		}
		flush()
		for _, glued := range []string{"numero", "nro", "num"} {
			if rest, ok := strings.CutPrefix(word, glued); ok && len(rest) >= 3 {
				word = rest
				break
			}
		}
		if !slices.Contains(stopWords, word) {
			tokens = append(tokens, word)
		}
	}
	flush()
	return tokens
}

// splitWords cuts at everything that is no letter or digit, and where a small
// letter is followed by a capital (correoResponsable).
func splitWords(title string) []string {
	var out []string
	var word strings.Builder
	lower := false
	end := func() {
		if word.Len() > 0 {
			out = append(out, word.String())
			word.Reset()
		}
	}
	for _, r := range norm.NFD.String(title) {
		switch {
		case unicode.Is(unicode.Mn, r):
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if unicode.IsUpper(r) && lower {
				end()
			}
			lower = unicode.IsLower(r)
			word.WriteRune(unicode.ToLower(r))
		default:
			end()
			lower = false
		}
	}
	end()
	return out
}
