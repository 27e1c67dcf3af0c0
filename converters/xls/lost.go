package xls

import (
	"encoding/binary"
	"io"

	"chasqui/converters/table"
)

// Of a compound file ([MS-CFB] 2.1, 2.2, 2.5).
const (
	sectorSize   = 512 // bytes of a sector in version 3, which workbooks have
	headerTables = 109 // sectors of the allocation table that the header names
	tableEntries = sectorSize / 4
	lastSector   = 0xfffffffa // what is above is no sector
)

// lostStream finds the workbook's stream in a compound file whose directory is
// lost, as it is at the end of most and these were cut. The stream's sectors are
// followed by the parts of the allocation table that are left, and taken to lie
// behind each other where none is. It is nil where no stream begins.
func lostStream(src table.Source) *chain {
	head := make([]byte, 8)
	for first := int64(0); first < 64 && (first+1)*sectorSize < src.Size(); first++ {
		if n, _ := src.ReadAt(head, (first+1)*sectorSize); isBare(head[:n]) {
			return newChain(src, first)
		}
	}
	return nil
}

// chain is a stream of sectors.
type chain struct {
	src     table.Source
	sectors []int64 // their numbers, in the stream's order
	at      int64
}

func newChain(src table.Source, first int64) *chain {
	c := &chain{src: src}
	count := src.Size()/sectorSize - 1
	header := make([]byte, sectorSize)
	_, _ = src.ReadAt(header, 0) // what is missing is zero
	tables := map[int64][]byte{}
	next := func(sector int64) int64 {
		n := sector / tableEntries
		if n >= headerTables {
			return sector + 1
		}
		if _, known := tables[n]; !known {
			at := int64(binary.LittleEndian.Uint32(header[76+4*n:]))
			entries := make([]byte, sectorSize)
			if read, _ := src.ReadAt(entries, (at+1)*sectorSize); at >= count || read < sectorSize {
				entries = nil
			}
			tables[n] = entries
		}
		if tables[n] == nil {
			return sector + 1
		}
		return int64(binary.LittleEndian.Uint32(tables[n][sector%tableEntries*4:]))
	}
	for sector := first; sector >= 0 && sector < count && sector < lastSector && int64(len(c.sectors)) < count; sector = next(sector) {
		c.sectors = append(c.sectors, sector)
	}
	return c
}

// size is how many bytes of the stream there are.
func (c *chain) size() int64 { return int64(len(c.sectors)) * sectorSize }

// cursor is the stream at its beginning, apart from others.
func (c *chain) cursor() stream { return &chain{src: c.src, sectors: c.sectors} }

// Read reads on within a sector; see io.Reader.
func (c *chain) Read(p []byte) (int, error) {
	if c.at >= c.size() {
		return 0, io.EOF
	}
	inside := c.at % sectorSize
	n, err := c.src.ReadAt(p[:min(int64(len(p)), sectorSize-inside)], (c.sectors[c.at/sectorSize]+1)*sectorSize+inside)
	c.at += int64(n)
	if n > 0 && err == io.EOF {
		err = nil
	}
	return n, err
}

// Seek goes to an offset from the beginning; see io.Seeker.
func (c *chain) Seek(offset int64, _ int) (int64, error) {
	c.at = offset
	return offset, nil
}
