package app

// InputNames are the endings of names that files with tables have. A chooser
// shows these; what a file is, its content says.
var InputNames = [...]string{
	".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".fods", ".csv", ".tsv", ".tab", ".txt", ".dbf", ".json", ".ndjson",
	".geojson", ".htm", ".html", ".xml", ".zip",
}
