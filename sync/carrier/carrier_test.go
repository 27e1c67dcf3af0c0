package carrier_test

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"chasqui/sync/carrier"
)

func TestANetworkThatCameIsNewsAndOneThatWentIsNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var mu sync.Mutex
		state, asleep, news := carrier.State(""), time.Duration(0), 0
		set := func(s carrier.State, d time.Duration) {
			mu.Lock()
			defer mu.Unlock()
			state, asleep = s, d
		}
		read := func() carrier.State {
			mu.Lock()
			defer mu.Unlock()
			return state
		}
		clock := func() time.Time {
			mu.Lock()
			defer mu.Unlock()
			return time.Now().Add(asleep)
		}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			carrier.Watch(ctx, read, clock, func() {
				mu.Lock()
				defer mu.Unlock()
				news++
			})
		}()
		expect := func(what string, want int) {
			t.Helper()
			<-time.After(3 * carrier.Every) // of the fake clock
			synctest.Wait()
			mu.Lock()
			defer mu.Unlock()
			if news != want {
				t.Errorf("%s: %d news, want %d", what, news, want)
			}
			news = 0
		}
		expect("no network", 0)
		set("wlan0 192.168.1.7/24", 0)
		expect("one came", 1)
		expect("it stayed", 0)
		set("", 0)
		expect("it went", 0)
		set("wlan0 192.168.1.7/24", 0)
		expect("it is back", 1)
		set("usb0 10.0.0.2/24", 0)
		expect("another one", 1)
		set("usb0 10.0.0.2/24", 8*time.Hour)
		expect("the computer slept", 1)
		set("usb0 10.0.0.2/24", 0)
		expect("the clock went back", 0)
		cancel()
		<-ended
	})
}

func TestTheStateOfThisComputerStaysTheSameWhileNothingChanges(t *testing.T) {
	if a, b := carrier.Read(), carrier.Read(); a != b {
		t.Errorf("%q, then %q", a, b)
	}
}
