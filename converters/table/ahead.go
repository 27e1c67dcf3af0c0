package table

import (
	"io"
	"sync"
)

// Blocks that are read ahead: few and small, so that memory stays low.
const (
	aheadBlocks    = 8
	aheadBlockSize = 64 << 10
)

// block is bytes with the error that came behind them.
type block struct {
	data []byte
	err  error
}

// Ahead reads in a goroutine of its own, so that inflating or decoding goes on
// while rows are cut and written. Close ends the goroutine and waits for it.
type Ahead struct {
	full    chan block
	free    chan []byte
	stop    chan struct{}
	once    sync.Once
	done    sync.WaitGroup
	current block
	rest    []byte
}

// ReadAhead starts reading src, which is the goroutine's alone until Close.
func ReadAhead(src io.Reader) *Ahead {
	a := &Ahead{
		full: make(chan block, aheadBlocks),
		free: make(chan []byte, aheadBlocks),
		stop: make(chan struct{}),
	}
	for range aheadBlocks {
		a.free <- make([]byte, aheadBlockSize)
	}
	a.done.Go(func() { a.run(src) })
	return a
}

// run fills blocks until the end, an error or Close.
func (a *Ahead) run(src io.Reader) {
	defer close(a.full)
	for {
		var buf []byte
		select {
		case buf = <-a.free:
		case <-a.stop:
			return
		}
		n := 0
		var err error
		for n < len(buf) && err == nil {
			var got int
			got, err = src.Read(buf[n:])
			n += got
		}
		select {
		case a.full <- block{data: buf[:n], err: err}:
		case <-a.stop:
			return
		}
		if err != nil {
			return
		}
	}
}

// Read returns the next bytes; see io.Reader.
func (a *Ahead) Read(p []byte) (int, error) {
	for len(a.rest) == 0 {
		if a.current.err != nil {
			return 0, a.current.err
		}
		if a.current.data != nil {
			a.free <- a.current.data[:cap(a.current.data)]
		}
		next, ok := <-a.full
		if !ok {
			return 0, io.ErrUnexpectedEOF
		}
		a.current, a.rest = next, next.data
	}
	n := copy(p, a.rest)
	a.rest = a.rest[n:]
	return n, nil
}

// Close ends the reading and waits for it.
func (a *Ahead) Close() {
	a.once.Do(func() { close(a.stop) })
	a.done.Wait()
}
