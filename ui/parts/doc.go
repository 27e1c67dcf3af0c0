// Package parts holds the widgets that the window is made of: the look
// (theme.go), texts and buttons, cards and badges, the stepper, form rows, the
// drop zone, messages in three parts, and the grid that shows a sheet of a
// million rows.
//
// Nothing here knows the program: a part gets words that are already in the
// person's language, colours come from the theme by name, and what a person
// does goes out by a callback on the window's goroutine. Work that takes time
// goes through a Runner, which the window owns.
package parts
