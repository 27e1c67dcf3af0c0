package portal_test

import (
	"io"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/portal"
)

func TestAMeterTellsWhatMovedAndHowFast(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const rate, size = 10_000, 200_000
		server := trip(func(r *http.Request) (*http.Response, error) {
			if r.Body != nil {
				if _, err := io.Copy(io.Discard, r.Body); err != nil {
					t.Error(err)
				}
			}
			return &http.Response{StatusCode: 200, Body: io.NopCloser(io.LimitReader(zeros{}, 2*size)), Request: r}, nil
		})
		slow := portal.Throttle(server, func() int64 { return rate }, time.Now)
		var meter portal.Meter
		send := func(n int64) {
			t.Helper()
			req, err := http.NewRequestWithContext(portal.Measure(t.Context(), &meter), http.MethodPost, "http://x", io.LimitReader(zeros{}, n))
			if err != nil {
				t.Fatal(err)
			}
			resp, err := portal.Metered(slow, time.Now).RoundTrip(req)
			if err != nil {
				t.Fatal(err)
			}
			io.Copy(io.Discard, resp.Body)
			resp.Body.Close()
		}
		send(size)
		got := meter.Tally()
		want := portal.Tally{Requests: 1, Sent: size, Received: 2 * size, Uploads: size, Downloads: 2 * size, Uploading: 20 * time.Second, Downloading: 40 * time.Second}
		near := cmp.Comparer(func(a, b time.Duration) bool { return (a - b).Abs() < 2*time.Second })
		if diff := cmp.Diff(want, got, near); diff != "" {
			t.Error(diff)
		}
		send(1000) // too small to tell a rate from
		if again := meter.Tally(); again.Sent != size+1000 || again.Uploads != size || again.Requests != 2 {
			t.Errorf("%+v", again)
		}
	})
}

func TestARateThatIsLiftedLetsTheRestGoAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		rate := int64(1000)
		server := trip(func(r *http.Request) (*http.Response, error) {
			_, err := io.Copy(io.Discard, r.Body)
			return &http.Response{StatusCode: 200, Body: http.NoBody, Request: r}, err
		})
		start := time.Now()
		body := io.MultiReader(io.LimitReader(zeros{}, 10_000), lifting(func() { rate = 0 }), io.LimitReader(zeros{}, 1_000_000))
		req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://x", body)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := portal.Throttle(server, func() int64 { return rate }, time.Now).RoundTrip(req)
		if err != nil {
			t.Fatal(err)
		}
		resp.Body.Close()
		if took := time.Since(start).Seconds(); took < 9 || took > 11 {
			t.Errorf("took %.1f s, want the 10 of the part that was limited", took)
		}
	})
}

// lifting does something when it is read, and is empty.
type lifting func()

func (f lifting) Read([]byte) (int, error) { f(); return 0, io.EOF }
