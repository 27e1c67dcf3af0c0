// Package vocabularies embeds the lists from which descriptions choose: the
// European Union's authority tables that DCAT-AP names, licences, the first
// administrative level of the seven countries (ISO 3166-2), the rules that
// guess a theme, and what columns of municipal tables usually mean. Each file
// is a JSON array, one entry a line, with labels in four languages;
// app/describe reads them.
package vocabularies

import "embed"

// Files holds the lists, *.json.
//
//go:embed *.json
var Files embed.FS
