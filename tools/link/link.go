package main

import (
	"context"
	"math/rand/v2"
	"net"
	"sync"
	"time"
)

// segment is how many bytes travel as one, as on an Ethernet.
const segment = 1460

// window is how many bytes may be on their way in one direction of one
// connection; on a link of 32 kB/s that is one second.
const window = 32 << 10

// Model is a link: what it carries, how long that takes, what gets lost.
type Model struct {
	Rate  int64         // bytes a second, each direction
	Delay time.Duration // one way
	Loss  float64       // share of segments that are lost and sent again
	Every time.Duration // a cut each time this has passed; 0: none
	Down  time.Duration // how long a cut lasts
	Seed  uint64        // of the losses
}

// Link carries connections to one address as Model says. Loss is played as what
// it does to a TCP connection: the segment takes the link's time twice, and it
// and what follows arrive a round trip later.
type Link struct {
	model  Model
	target string
	listen net.Listener
	up     pipe
	down   pipe

	mu     sync.Mutex
	cut    bool
	conns  map[net.Conn]bool
	opened int
	cuts   int
	wg     sync.WaitGroup
}

// pipe is one direction of the link, shared by all connections.
type pipe struct {
	mu      sync.Mutex
	free    time.Time // when the next segment may start
	carried int64     // bytes
	lost    int64     // segments
	chance  *rand.Rand
}

// Open listens on a free port of loopback until ctx ends.
func Open(ctx context.Context, target string, m Model) (*Link, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	k := &Link{model: m, target: target, listen: l, conns: map[net.Conn]bool{}}
	k.up.chance = rand.New(rand.NewPCG(m.Seed, 1))
	k.down.chance = rand.New(rand.NewPCG(m.Seed, 2))
	k.wg.Go(func() { k.accept(ctx) })
	if m.Every > 0 {
		k.wg.Go(func() { k.cutting(ctx) })
	}
	context.AfterFunc(ctx, func() {
		l.Close()
		k.drop()
	})
	return k, nil
}

// URL is where the link's near end is.
func (k *Link) URL() string { return "http://" + k.listen.Addr().String() }

// Wait returns when every connection has ended after the context did.
func (k *Link) Wait() { k.wg.Wait() }

func (k *Link) accept(ctx context.Context) {
	for {
		conn, err := k.listen.Accept()
		if err != nil {
			return
		}
		k.mu.Lock()
		refused := k.cut || ctx.Err() != nil
		if !refused {
			k.conns[conn] = true
			k.opened++
		}
		k.mu.Unlock()
		if refused {
			reset(conn)
			continue
		}
		k.wg.Go(func() { k.carry(ctx, conn) })
	}
}

// reset ends a connection as a lost link does in the end: without a goodbye.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		tcp.SetLinger(0)
	}
	conn.Close()
}

// drop ends all connections.
func (k *Link) drop() {
	k.mu.Lock()
	defer k.mu.Unlock()
	for conn := range k.conns {
		reset(conn)
	}
}

func (k *Link) cutting(ctx context.Context) {
	for wait(ctx, k.model.Every) == nil {
		k.mu.Lock()
		k.cut = true
		k.cuts++
		k.mu.Unlock()
		k.drop()
		if wait(ctx, k.model.Down) != nil {
			return
		}
		k.mu.Lock()
		k.cut = false
		k.mu.Unlock()
	}
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// carry moves one connection's bytes, both ways.
func (k *Link) carry(ctx context.Context, near net.Conn) {
	defer k.forget(near)
	// Small buffers, as near a modem: what the sender was told is sent is not
	// far from what was carried.
	if tcp, ok := near.(*net.TCPConn); ok {
		tcp.SetReadBuffer(window)
	}
	if wait(ctx, 2*k.model.Delay) != nil { // the handshake
		return
	}
	far, err := (&net.Dialer{}).DialContext(ctx, "tcp", k.target)
	if err != nil {
		return
	}
	k.mu.Lock()
	k.conns[far] = true
	k.mu.Unlock()
	defer k.forget(far)
	var both sync.WaitGroup
	both.Go(func() { k.stream(ctx, far, near, &k.up) })
	both.Go(func() { k.stream(ctx, near, far, &k.down) })
	both.Wait()
}

func (k *Link) forget(conn net.Conn) {
	k.mu.Lock()
	delete(k.conns, conn)
	k.mu.Unlock()
	conn.Close()
}

// parcel is a segment with the time of its arrival.
type parcel struct {
	data []byte
	at   time.Time
}

// stream moves one direction of a connection.
func (k *Link) stream(ctx context.Context, to, from net.Conn, p *pipe) {
	parcels := make(chan parcel, window/segment)
	var reader sync.WaitGroup
	reader.Go(func() {
		defer close(parcels)
		var last time.Time
		for {
			buf := make([]byte, segment)
			n, err := from.Read(buf)
			if n > 0 {
				at := p.depart(k.model, n)
				if at.Before(last) {
					at = last
				}
				last = at
				select {
				case parcels <- parcel{buf[:n], at}:
				case <-ctx.Done():
					return
				}
			}
			if err != nil {
				return
			}
		}
	})
	for one := range parcels {
		if wait(ctx, time.Until(one.at)) != nil {
			break
		}
		if _, err := to.Write(one.data); err != nil {
			reset(from)
			break
		}
	}
	for range parcels { // what can't be delivered
	}
	if half, ok := to.(interface{ CloseWrite() error }); ok {
		half.CloseWrite()
	}
	reader.Wait()
}

// depart gives a segment its time on the link and returns when it arrives.
func (p *pipe) depart(m Model, n int) time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := time.Now()
	if p.free.Before(now) {
		p.free = now
	}
	took := time.Duration(int64(n) * int64(time.Second) / m.Rate)
	p.free = p.free.Add(took)
	p.carried += int64(n)
	at := p.free.Add(m.Delay)
	if p.chance.Float64() < m.Loss {
		p.lost++
		p.free = p.free.Add(took)
		at = at.Add(2*m.Delay + took)
	}
	return at
}

// Tally is what the link has carried so far.
type Tally struct {
	Up, Down     int64 // bytes, headers included, repetitions of lost segments not
	Lost         int64 // segments
	Opened, Cuts int
}

// Tally returns the sums so far.
func (k *Link) Tally() Tally {
	t := Tally{}
	for _, p := range []struct {
		pipe *pipe
		sum  *int64
	}{{&k.up, &t.Up}, {&k.down, &t.Down}} {
		p.pipe.mu.Lock()
		*p.sum = p.pipe.carried
		t.Lost += p.pipe.lost
		p.pipe.mu.Unlock()
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	t.Opened, t.Cuts = k.opened, k.cuts
	return t
}
