package app

import (
	"bytes"
	"errors"
	"io"

	"chasqui/converters/table"
	"chasqui/converters/xlsx"
)

// passwordFlag is the flag of the command line that names a file with a
// workbook's password.
const passwordFlag = "--password-file"

// lockedLimit is the size in bytes up to which a workbook with a password is
// opened: it is held in memory twice.
const lockedLimit = 64 << 20

// unlock puts the readable workbook in place of one with a password, or asks
// for the password where none was given. The file itself stays as it is: what
// the program keeps of it from here on is the copy that can be read.
func (s *Source) unlock(locked error) error {
	if s.choices.Password == "" {
		return &Error{Kind: NeedsAnswer, Args: map[string]string{"Flag": passwordFlag}, Err: inFile(locked, s.Name)}
	}
	if s.size > lockedLimit {
		return &table.Fault{Kind: table.TooLarge, Place: table.Place{File: s.Name}}
	}
	raw, err := io.ReadAll(s.Reader())
	if err != nil {
		return err
	}
	plain, err := xlsx.Unlock(raw, s.choices.Password)
	if isLocked(err) {
		return &Error{Kind: WrongPassword, Args: map[string]string{"Name": s.Name}, Err: inFile(err, s.Name)}
	}
	if err != nil {
		return inFile(err, s.Name)
	}
	s.file, s.size = bytes.NewReader(plain), int64(len(plain))
	return nil
}

// isLocked reports whether an error is that of a workbook which a password
// would open here. Old and OpenDocument ones are known to have a password, but
// are not opened.
func isLocked(err error) bool {
	var fault *table.Fault
	return errors.As(err, &fault) && fault.Kind == table.NeedsPassword && fault.Args["format"] == "xlsx"
}
