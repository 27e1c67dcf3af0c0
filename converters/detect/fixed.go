package detect

// Fixed is what a person said about where a table is; the zero parts are found
// by the program. Rows and columns count from 1, ranges hold both ends.
// NoHeader says that no row names the columns; the header rows are then 0.
type Fixed struct {
	HeaderFirst, HeaderLast int
	DataFirst, DataLast     int
	ColFirst, ColLast       int
	NoHeader                bool
}
