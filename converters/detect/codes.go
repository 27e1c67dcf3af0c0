package detect

import "chasqui/converters/table"

// Why a table was taken to be where it is.
const (
	WhyHeaderContrast = "header_contrast"     // words stand over numbers or dates
	WhyHeaderStyle    = "header_style"        // the header is bold or filled, the rows below are not
	WhyHeaderFirst    = "header_first_row"    // all columns are text; the first full row names them
	WhyHeaderYears    = "header_years"        // years, months or dates serve as headers
	WhyHeaderRows     = "header_several_rows" // the header has more than one row
	WhyNoHeader       = "no_header"           // the first row holds values like those below
	WhyFixed          = "fixed_by_person"     // a person said so
	WhyTotalsLeftOut  = "totals_left_out"     // grand totals at the start or the end are no data
	WhyNotesLeftOut   = "notes_left_out"      // notes, sources or tails below are no data
	WhyTitlesLeftOut  = "titles_left_out"     // titles above are no data
)

// Why a column has its type.
const (
	WhyStoredType     = "stored_type"      // the workbook itself stores this type
	WhyAllFit         = "all_fit"          // every value fits
	WhyMostFit        = "most_fit"         // nearly every value fits; misfits are counted
	WhyLeadingZeros   = "leading_zeros"    // digits with zeros in front are a code
	WhyLongDigits     = "long_digits"      // more than 15 digits are a code
	WhyPhoneMarks     = "phone_marks"      // written as telephone numbers are
	WhyIdentityName   = "identity_name"    // the name says that the digits are a code
	WhyYearName       = "year_name"        // the name says year, the values can be
	WhyYearRun        = "year_run"         // the values run like years
	WhyDecimalComma   = "decimal_comma"    // the decimal mark is a comma
	WhyDecimalPoint   = "decimal_point"    // the decimal mark is a point
	WhyGroupsOfThree  = "groups_of_three"  // a mark stands before three digits each time: thousands
	WhyPercentSign    = "percent_sign"     // a percent sign follows the numbers
	WhyCurrency       = "currency_mark"    // a sign of money stands with the numbers
	WhyMixedCurrency  = "mixed_currency"   // two signs of money: no column of numbers
	WhyDatePattern    = "date_pattern"     // the texts are dates of one pattern
	WhyMixedDateOrder = "mixed_date_order" // dates of several patterns
	WhyBooleanWords   = "boolean_words"    // only words for yes and no
	WhyMixedValues    = "mixed_values"     // too many values fit no other type
	WhyText           = "text_values"      // the values are words
	WhyNoValues       = "no_values"        // the column holds no value
	WhyCoordinates    = "coordinate_pair"  // two decimals that are a place
)

// The notices of detection.
const (
	NoticeLowConfidence    = "low_confidence"    // a person should look where the table is
	NoticeAmbiguousGroups  = "ambiguous_groups"  // "33.925" could be a decimal; read as thousands
	NoticeMixedDateOrder   = "dates_mixed_order" // days and months change places within a column
	NoticeMixedPercent     = "percents_mixed"    // Count numbers of a column of percentages are shown without the sign
	NoticeCrossTable       = "cross_table"       // Count columns are years, months or dates: could be unpivoted
	NoticeMergedCells      = "merged_cells"      // Count merged ranges lie in the data, besides those of groups
	NoticeMergedGroups     = "merged_groups"     // Count merged cells name the records beside them
	NoticeCellsBeside      = "cells_beside"      // Count cells beside the table's rows are in no table
	NoticeBlankColumns     = "blank_columns"     // Count columns hold nothing
	NoticeUnnamedColumns   = "unnamed_columns"   // Count columns have values but no header
	NoticeRepeatedNames    = "repeated_names"    // Count headers occur more than once; names are numbered
	NoticeSampledTypes     = "types_sampled"     // the types come from a sample of the rows
	NoticePastedDelimited  = "pasted_delimited"  // one column holds delimited text, pasted whole
	NoticeManySpecialRows  = "many_special_rows" // more blank, section or subtotal rows than are listed
	NoticeValuesDoNotFit   = "values_do_not_fit" // Count values do not fit their column's type
	NoticeErrorsInData     = "errors_in_data"    // Count cells hold an error of the spreadsheet
	NoticeHiddenColumnData = "hidden_column"     // the column is hidden in the sheet
	NoticeCellsLeftOut     = "cells_left_out"    // Count cells of the sheet are in no table and in no title or note that is listed
)

// Codes returns every code that detection can give, for whys and notices.
func Codes() []string {
	return []string{
		WhyHeaderContrast, WhyHeaderStyle, WhyHeaderFirst, WhyHeaderYears, WhyHeaderRows, WhyNoHeader, WhyFixed,
		WhyTotalsLeftOut, WhyNotesLeftOut, WhyTitlesLeftOut,
		WhyStoredType, WhyAllFit, WhyMostFit, WhyLeadingZeros, WhyLongDigits, WhyPhoneMarks, WhyIdentityName, WhyYearName, WhyYearRun,
		WhyDecimalComma, WhyDecimalPoint, WhyGroupsOfThree, WhyPercentSign, WhyCurrency, WhyMixedCurrency,
		WhyDatePattern, WhyMixedDateOrder, WhyBooleanWords, WhyMixedValues, WhyText, WhyNoValues, WhyCoordinates,
		NoticeLowConfidence, NoticeAmbiguousGroups, NoticeMixedDateOrder, table.NoticeMixedCurrency, NoticeMixedPercent, NoticeCrossTable,
		NoticeMergedCells, NoticeMergedGroups, NoticeBlankColumns, NoticeUnnamedColumns, NoticeRepeatedNames, NoticeSampledTypes,
		NoticePastedDelimited, NoticeManySpecialRows, NoticeValuesDoNotFit, NoticeErrorsInData, NoticeHiddenColumnData,
		NoticeCellsBeside, NoticeCellsLeftOut, NoticeDoubleEncoded, WhyUnitBehind, WhyMixedUnits,
	}
}
