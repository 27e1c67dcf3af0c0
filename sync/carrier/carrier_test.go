package carrier_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"chasqui/sync/carrier"
)

func TestANetworkThatCameIsNewsAndOneThatWentIsNot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		state, asleep := carrier.State(""), time.Duration(0)
		news := 0
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			carrier.Watch(ctx, func() carrier.State { return state }, func() time.Time { return time.Now().Add(asleep) }, func() { news++ })
		}()
		expect := func(what string, want int) {
			t.Helper()
			<-time.After(3 * carrier.Every) // of the fake clock
			synctest.Wait()
			if news != want {
				t.Errorf("%s: %d news, want %d", what, news, want)
			}
			news = 0
		}
		expect("no network", 0)
		state = "wlan0 192.168.1.7/24"
		expect("one came", 1)
		expect("it stayed", 0)
		state = ""
		expect("it went", 0)
		state = "wlan0 192.168.1.7/24"
		expect("it is back", 1)
		state = "usb0 10.0.0.2/24"
		expect("another one", 1)
		asleep = 8 * time.Hour
		expect("the computer slept", 1)
		asleep = 0
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
