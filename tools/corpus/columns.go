package main

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
)

// records is how many rows of data each file has: enough to tell a type, few
// enough to read.
const records = 16

// locale is who writes a file: the columns of one file use one way to write
// numbers and one language.
type locale string

// The locales. The first two are Spanish with decimal comma (Argentina, Chile,
// Colombia, Spain) and with decimal point (Mexico, Peru, Central America).
const (
	comma   locale = "es,"
	point   locale = "es."
	brazil  locale = "pt"
	france  locale = "fr"
	english locale = "en"
)

// column is one labelled column. types is the answer, then what is tolerated,
// separated by "|".
type column struct {
	by    locale
	title string
	types string
	cell  cell
}

// cell makes the text of row i, counting from 0.
type cell func(r *rand.Rand, i int) string

// columns are all labelled columns of text files.
func columns() []column {
	var all []column
	for _, family := range [][]column{
		stringColumns(), codeColumns(), integerColumns(), numberColumns(), moneyColumns(), booleanColumns(),
		dateColumns(), writtenDateColumns(), dateTimeColumns(), timeColumns(), yearColumns(), monthColumns(), placeColumns(),
	} {
		all = append(all, family...)
	}
	return all
}

// each takes the words in turn.
func each(words ...string) cell {
	return func(_ *rand.Rand, i int) string { return words[i%len(words)] }
}

// printed prints whole numbers between from and to with a format.
func printed(format string, from, to int) cell {
	return func(r *rand.Rand, _ int) string { return fmt.Sprintf(format, from+r.IntN(to-from+1)) }
}

// every puts a word in place of every nth cell.
func every(n int, word string, c cell) cell {
	return func(r *rand.Rand, i int) string {
		s := c(r, i)
		if i%n == n-1 {
			return word
		}
		return s
	}
}

// grouped writes digits with a mark between thousands.
func grouped(n int, mark string) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + mark + s[i:]
	}
	return s
}

// whole writes whole numbers up to a limit with thousands marks, between a
// prefix and a suffix.
func whole(limit int, mark, before, after string) cell {
	return func(r *rand.Rand, _ int) string { return before + grouped(r.IntN(limit), mark) + after }
}

// decimal writes numbers with so many decimals.
func decimal(limit, places int, group, mark, before, after string) cell {
	return func(r *rand.Rand, _ int) string {
		var fraction strings.Builder
		for range places {
			fraction.WriteByte(byte('0' + r.IntN(10)))
		}
		return before + grouped(r.IntN(limit), group) + mark + fraction.String() + after
	}
}

// negative wraps or marks every third number as negative.
func negative(before, after string, c cell) cell {
	return func(r *rand.Rand, i int) string {
		if s := c(r, i); i%3 != 1 {
			return s
		} else {
			return before + s + after
		}
	}
}
