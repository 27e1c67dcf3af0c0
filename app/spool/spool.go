// Package spool keeps a sheet's rows in a local file, so that any page of a
// million rows is at hand without reading the source again and without holding
// it in memory. The grid reads pages from it while it is still being filled.
//
// A spool is a cache: it is made anew whenever it is needed, and losing it
// loses nothing.
package spool

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"iter"
	"os"
	"strings"
	"sync"

	"github.com/klauspost/compress/s2"

	"chasqui/converters/table"
)

// BlockRows is how many sheet rows one block holds: block b has the rows
// b×BlockRows+1 to (b+1)×BlockRows.
const BlockRows = 256

// Spool is a sheet's rows on disk. Its methods may be called from any
// goroutine.
type Spool struct {
	file *os.File

	mu      sync.Mutex
	grown   chan struct{} // closed and replaced whenever something was added
	blocks  []place
	rows    int
	columns int
	done    bool
	err     error
}

// place is where a block lies in the file; a zero length is a block of blanks.
type place struct {
	offset int64
	length int
}

// Create makes an empty spool with a file of its own in dir.
func Create(dir string) (*Spool, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	f, err := os.CreateTemp(dir, "*.spool")
	if err != nil {
		return nil, err
	}
	return &Spool{file: f, grown: make(chan struct{})}, nil
}

// Fill takes in a sheet's rows from top to bottom, once. It may run while
// pages are asked for. An error of the rows is kept and returned: the rows
// before it stay readable.
func (s *Spool) Fill(ctx context.Context, rows iter.Seq2[table.Row, error]) error {
	b := builder{spool: s}
	var failure error
	for row, err := range rows {
		if err == nil {
			err = ctx.Err()
		}
		if err == nil {
			err = b.add(row)
		}
		if err != nil {
			failure = err
			break
		}
	}
	failure = errors.Join(failure, b.flush())
	s.mu.Lock()
	s.done, s.err = true, failure
	s.announce()
	s.mu.Unlock()
	return failure
}

// announce wakes who waits; the caller holds mu.
func (s *Spool) announce() {
	close(s.grown)
	s.grown = make(chan struct{})
}

// Extent is how many rows and columns were taken in so far, and whether that
// is all there is.
func (s *Spool) Extent() (rows, columns int, done bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.rows, s.columns, s.done
}

// Page returns the n rows from sheet row first on; rows that hold nothing are
// there, with no cells. It waits for rows that are still to be taken in, and
// gives fewer where the sheet ends; beyond rows that an error cut off it
// returns that error.
func (s *Spool) Page(ctx context.Context, first, n int) ([]table.Row, error) {
	last := first + n - 1
	if err := s.await(ctx, last); err != nil {
		return nil, err
	}
	s.mu.Lock()
	rows, failure := s.rows, s.err
	s.mu.Unlock()
	if first > rows && failure != nil {
		return nil, failure
	}
	last = min(last, rows)
	page := make([]table.Row, 0, max(0, last-first+1))
	for at := first; at <= last; {
		block := (at - 1) / BlockRows
		held, err := s.block(block)
		if err != nil {
			return nil, err
		}
		for ; at <= last && (at-1)/BlockRows == block; at++ {
			row, ok := held[at]
			if !ok {
				row = table.Row{Number: at}
			}
			page = append(page, row)
		}
	}
	return page, nil
}

// await waits until row is taken in, or all is.
func (s *Spool) await(ctx context.Context, row int) error {
	for {
		s.mu.Lock()
		ready, grown := s.done || row <= len(s.blocks)*BlockRows, s.grown
		s.mu.Unlock()
		if ready {
			return nil
		}
		select {
		case <-grown:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// block reads one block's rows by their numbers.
func (s *Spool) block(b int) (map[int]table.Row, error) {
	s.mu.Lock()
	var at place
	if b < len(s.blocks) {
		at = s.blocks[b]
	}
	s.mu.Unlock()
	if at.length == 0 {
		return nil, nil
	}
	packed := make([]byte, at.length)
	if _, err := s.file.ReadAt(packed, at.offset); err != nil && err != io.EOF {
		return nil, err
	}
	raw, err := s2.Decode(nil, packed)
	if err != nil {
		return nil, err
	}
	return decode(raw)
}

// Close removes the spool and its file. A Fill that is under way must have
// ended.
func (s *Spool) Close() error {
	err := s.file.Close()
	return errors.Join(err, os.Remove(s.file.Name()))
}

// builder gathers rows into blocks.
type builder struct {
	spool   *Spool
	block   int
	raw     []byte
	offset  int64
	rows    int
	columns int
}

func (b *builder) add(row table.Row) error {
	for (row.Number-1)/BlockRows > b.block {
		if err := b.flush(); err != nil {
			return err
		}
	}
	b.raw = encode(b.raw, row)
	b.rows = row.Number
	b.columns = max(b.columns, len(row.Cells))
	return nil
}

// flush writes the block and makes it readable.
func (b *builder) flush() error {
	at := place{offset: b.offset}
	if len(b.raw) > 0 {
		packed := s2.Encode(nil, b.raw)
		if _, err := b.spool.file.WriteAt(packed, b.offset); err != nil {
			return err
		}
		at.length = len(packed)
		b.offset += int64(len(packed))
	}
	b.block++
	b.raw = b.raw[:0]
	s := b.spool
	s.mu.Lock()
	defer s.mu.Unlock()
	s.blocks = append(s.blocks, at)
	s.rows, s.columns = b.rows, b.columns
	s.announce()
	return nil
}

// encode appends a row: its number, whether it is hidden, and for each cell
// kind, hint and text.
func encode(b []byte, row table.Row) []byte {
	b = binary.AppendUvarint(b, uint64(row.Number))
	hidden := byte(0)
	if row.Hidden {
		hidden = 1
	}
	b = append(b, hidden)
	b = binary.AppendUvarint(b, uint64(len(row.Cells)))
	for _, c := range row.Cells {
		b = append(b, byte(c.Kind), byte(c.Hint))
		b = binary.AppendUvarint(b, uint64(len(c.Text)))
		b = append(b, c.Text...)
	}
	return b
}

var errTorn = errors.New("spool: a block is torn")

func decode(raw []byte) (map[int]table.Row, error) {
	text := string(raw) // all cells share this one string
	rows := map[int]table.Row{}
	at := 0
	number := func() int {
		v, n := binary.Uvarint(raw[at:])
		if n <= 0 || v > uint64(1<<31) {
			at = len(raw) + 1
			return 0
		}
		at += n
		return int(v)
	}
	for at < len(raw) {
		row := table.Row{Number: number()}
		if at >= len(raw) {
			return nil, errTorn
		}
		row.Hidden = raw[at] == 1
		at++
		n := number()
		if at > len(raw) || n > len(raw) {
			return nil, errTorn
		}
		row.Cells = make([]table.Cell, n)
		for i := range row.Cells {
			if at+2 > len(raw) {
				return nil, errTorn
			}
			c := table.Cell{Kind: table.Kind(raw[at]), Hint: table.Hint(raw[at+1])}
			at += 2
			size := number()
			if at+size > len(raw) {
				return nil, errTorn
			}
			c.Text = text[at : at+size]
			at += size
			row.Cells[i] = c
		}
		rows[row.Number] = row
	}
	return rows, nil
}

// Sweep removes spools that a program which ended badly left in dir.
func Sweep(dir string) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return // no folder, nothing to sweep
	}
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), ".spool") {
			os.Remove(dir + string(os.PathSeparator) + e.Name())
		}
	}
}
