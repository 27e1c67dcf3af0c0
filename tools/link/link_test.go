package main

import (
	"bytes"
	"context"
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// echo is a server that gives back what it gets.
func echo(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan bool)
	go func() {
		defer close(done)
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			io.Copy(conn, conn)
			conn.Close()
		}
	}()
	t.Cleanup(func() { l.Close(); <-done })
	return l.Addr().String()
}

func TestALinkCarriesEveryByteNoFasterThanItsRate(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	link, err := Open(ctx, echo(t), Model{Rate: 1_000_000, Delay: 5 * time.Millisecond, Loss: 0.05, Seed: 1})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { stop(); link.Wait() }()
	conn, err := net.Dial("tcp", strings.TrimPrefix(link.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	sent := bytes.Repeat([]byte("0123456789"), 20_000)
	start := time.Now()
	go func() {
		conn.Write(sent)
		conn.(*net.TCPConn).CloseWrite()
	}()
	got, err := io.ReadAll(conn)
	if err != nil || !bytes.Equal(got, sent) {
		t.Fatalf("%d of %d bytes came back, %v", len(got), len(sent), err)
	}
	if took := time.Since(start); took < 200*time.Millisecond {
		t.Errorf("200,000 bytes at 1,000,000 a second took %v", took)
	}
	if sum := link.Tally(); sum.Up != 200_000 || sum.Down != 200_000 || sum.Lost == 0 || sum.Opened != 1 {
		t.Errorf("%+v", sum)
	}
}

func TestACutEndsWhatIsOnTheWay(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	link, err := Open(ctx, echo(t), Model{Rate: 10_000, Every: 50 * time.Millisecond, Down: time.Hour})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { stop(); link.Wait() }()
	conn, err := net.Dial("tcp", strings.TrimPrefix(link.URL(), "http://"))
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	go conn.Write(make([]byte, 1<<20)) // would take a minute and a half
	if n, err := io.Copy(io.Discard, conn); err == nil || n >= 1<<20 {
		t.Errorf("%d bytes came back, %v", n, err)
	}
	if sum := link.Tally(); sum.Cuts != 1 {
		t.Errorf("%+v", sum)
	}
}
