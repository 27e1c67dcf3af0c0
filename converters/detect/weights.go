package detect

// Weights are the thresholds of detection, each with where it comes from.
type Weights struct {
	// HeadRows rows at the top are kept whole: preambles, headers and the first
	// tables of real sheets lie within a few hundred.
	HeadRows int
	// TailRows rows at the bottom are kept: notes and totals are shorter.
	TailRows int
	// KeptCells bounds the cells kept at the top and at the bottom each, so
	// that a sheet of 16,384 columns costs no more than a narrow one.
	KeptCells int
	// FullBytes of cell texts feed the columns' values completely. Beyond, every
	// SampleStep-th row does until they got as much again, then every second of
	// those, every third, and so on. The command line promises exact counts for
	// files up to this size.
	FullBytes, SampleStep int
	// DistinctValues bounds the different values kept over all columns.
	DistinctValues int
	// BodyWidth is the share of the usual number of filled cells that a row
	// needs to start a table: group rows of headers and key-value preambles
	// have fewer.
	BodyWidth float64
	// MaxHeaderRows bounds a header: of the sheets seen, none has more than 4
	// besides units and column numbers.
	MaxHeaderRows int
	// ProfileRows rows below a possible header say what the columns hold.
	ProfileRows int
	// NumberShare, DateShare: so many of a column's values must fit for the
	// column to be meant as numbers or dates. Sheets with typing errors have a
	// few per cent of misfits, text columns with some numbers far more.
	NumberShare, DateShare float64
	// SumColumns is the share of numeric columns that must add up for a row
	// without a label to be a total: rates and averages beside counts don't.
	SumColumns float64
	// SumTolerance is how far, relative to the total, a sum may be off:
	// published totals are rounded.
	SumTolerance float64
	// StrayFill: a column of a grid without a header at the edge, filled in less
	// than this share of the rows, is stray notes.
	StrayFill float64
	// ExtentDiffers: two blocks side by side whose numbers of rows differ by
	// more than this share are two tables.
	ExtentDiffers float64
	// FormRecords is the share of rows with two cells or more below which a sheet
	// is a form and no table: tables with many section rows keep above a half.
	FormRecords float64
	// AskBelow is the confidence under which a notice asks a person to look.
	AskBelow float64
}

// DefaultWeights returns the thresholds that the program uses.
func DefaultWeights() Weights {
	return Weights{
		HeadRows: 2000, TailRows: 400, KeptCells: 300_000,
		FullBytes: 64 << 20, SampleStep: 16, DistinctValues: 400_000,
		BodyWidth: 0.5, MaxHeaderRows: 6, ProfileRows: 60,
		NumberShare: 0.85, DateShare: 0.8,
		SumColumns: 0.6, SumTolerance: 1e-4,
		StrayFill: 0.05, ExtentDiffers: 0.1,
		FormRecords: 0.4, AskBelow: 0.6,
	}
}
