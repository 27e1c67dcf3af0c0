// Command corpus writes the part of testdata/corpus that follows from rules:
// tables whose columns are labelled with their type before any program looks
// at them, and the texts of testdata/corpus/texts in nine encodings.
//
//	go run ./tools/corpus [FOLDER]
//
// The same call gives the same bytes. A column here says what a clerk means by
// it; it is never changed to please detection. Start with columns.go and its
// neighbours, one file a family of types; layout.go puts columns into files and
// encode.go the texts into encodings.
package main

import (
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	root := filepath.Join("testdata", "corpus")
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	if err := generate(root); err != nil {
		fmt.Fprintln(os.Stderr, "corpus:", err)
		os.Exit(1)
	}
}

// generate writes files/, encodings/ and their two manifests below root; the
// texts must be there.
func generate(root string) error {
	for _, folder := range []string{"files", "encodings"} {
		if err := os.RemoveAll(filepath.Join(root, folder)); err != nil {
			return err
		}
		if err := os.MkdirAll(filepath.Join(root, folder), 0o755); err != nil {
			return err
		}
	}
	if err := writeTables(root); err != nil {
		return err
	}
	return writeEncodings(root)
}
