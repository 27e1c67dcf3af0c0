// Package carrier notices that this computer's network changed: a cable put
// in, a wireless network joined, a telephone that shares its link. It sends
// nothing; whether a destination can be reached is for a look at it to say.
//
// It reads the list of interfaces and their addresses through package net,
// which every system answers without rights and without a daemon: netlink on
// Linux, a route socket on macOS and the BSDs, GetAdaptersAddresses on Windows.
// That list is read again every few seconds, since the systems' own messages
// of change (netlink sockets, SCNetworkReachability, NotifyIpInterfaceChange)
// are three libraries' worth for a few seconds' gain.
package carrier

import (
	"context"
	"net"
	"slices"
	"strings"
	"time"
)

// Every is how often the list of interfaces is read.
const Every = 4 * time.Second

// gap is how much later than expected a look comes when the computer slept.
const gap = time.Minute

// State is the addresses of a computer's interfaces that are up, in a fixed
// order, loopback and link-local ones left out; "" means no network at all.
type State string

// Read reads the State. Where the system refuses the list it is "".
func Read() State {
	faces, err := net.Interfaces()
	if err != nil {
		return ""
	}
	var list []string
	for _, f := range faces {
		if f.Flags&net.FlagUp == 0 || f.Flags&net.FlagLoopback != 0 {
			continue
		}
		addresses, err := f.Addrs()
		if err != nil {
			continue
		}
		for _, a := range addresses {
			if n, ok := a.(*net.IPNet); ok && n.IP.IsGlobalUnicast() {
				list = append(list, f.Name+" "+n.String())
			}
		}
	}
	slices.Sort(list)
	return State(strings.Join(list, "\n"))
}

// Watch calls changed, in its own goroutine's time, whenever the network has
// become another one, or the computer was asleep; until ctx ends. A network
// that went away is no news: what fails will say so. now is the wall's clock.
func Watch(ctx context.Context, read func() State, now func() time.Time, changed func()) {
	last, seen := read(), now().Round(0)
	ticker := time.NewTicker(Every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		state, at := read(), now().Round(0)
		slept := at.Sub(seen) > gap
		if state != "" && (state != last || slept) {
			changed()
		}
		last, seen = state, at
	}
}
