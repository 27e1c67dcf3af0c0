// Package profiles embeds the metadata profiles that ship with the program,
// one JSON file each, and the JSON Schema that they and everybody's own follow
// (profile.schema.json). docs/profiles.md tells how to write one;
// app/describe reads them.
package profiles

import "embed"

// Files holds the profiles and their schema, *.json.
//
//go:embed *.json
var Files embed.FS
