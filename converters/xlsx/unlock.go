package xlsx

import (
	"bytes"
	"errors"

	"github.com/xuri/excelize/v2"

	"chasqui/converters/table"
)

// Unlock returns the workbook that a password protects (ECMA-376 agile and
// standard encryption, ISO/IEC 29500 in an OLE2 container). A wrong password is
// a *table.Fault NeedsPassword, anything else that is amiss Damaged. It takes
// the file whole and gives it whole: the caller bounds its size.
func Unlock(locked []byte, password string) ([]byte, error) {
	plain, err := excelize.Decrypt(locked, &excelize.Options{Password: password})
	switch {
	case errors.Is(err, excelize.ErrWorkbookPassword), err == nil && !bytes.HasPrefix(plain, []byte("PK")):
		return nil, &table.Fault{Kind: table.NeedsPassword, Args: map[string]string{"format": "xlsx"}}
	case err != nil:
		return nil, &table.Fault{Kind: table.Damaged, Err: err}
	}
	return plain, nil
}
