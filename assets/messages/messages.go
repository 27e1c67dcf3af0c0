// Package messages embeds the program's words: one folder a language, one
// file a room, each a flat JSON object of key to text. A text has
// {{.Name}} placeholders; a text that counts is an object with the CLDR plural
// forms "one" and "other". Spanish is the source; app/message reads them and
// its tests hold the languages together.
package messages

import "embed"

// Files holds es/*.json, en/*.json, pt/*.json and fr/*.json.
//
//go:embed es/*.json en/*.json pt/*.json fr/*.json
var Files embed.FS
