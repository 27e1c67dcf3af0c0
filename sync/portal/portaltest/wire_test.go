package portaltest

import (
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestEachFaultDoesWhatItSays sends one request through each fault and looks at
// both ends: how often the server saw the whole of it, and what came back.
func TestEachFaultDoesWhatItSays(t *testing.T) {
	const body = "0123456789"
	cases := map[Fault]struct {
		whole  int // requests that the server got entirely
		status int // of the answer; 0: none
		cut    bool
	}{
		NotSent:   {0, 0, false},
		HalfSent:  {0, 0, false},
		LostReply: {1, 0, false},
		CutReply:  {1, 200, true},
		Reset:     {1, 200, true},
		OtherJSON: {1, 200, false},
		Twice:     {2, 200, false},
		Status500: {0, 500, false},
		Page502:   {1, 502, false},
		Busy429:   {0, 429, false},
		LoginPage: {0, 200, false},
		Stalled:   {0, 0, false},
	}
	for _, fault := range AllFaults() {
		t.Run(string(fault), func(t *testing.T) {
			want, ok := cases[fault]
			if !ok {
				t.Fatal("no case for this fault")
			}
			whole := make(chan bool, 3)
			srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				got, err := io.ReadAll(r.Body)
				whole <- err == nil && string(got) == body
				io.WriteString(w, "a long enough answer")
			}))
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			wire := &Wire{FailAt: 1, Fault: fault, Stall: cancel}
			req, err := http.NewRequestWithContext(ctx, http.MethodPost, srv.URL+"/x", io.NopCloser(strings.NewReader(body)))
			if err != nil {
				t.Fatal(err)
			}
			req.ContentLength = int64(len(body))
			resp, err := wire.RoundTrip(req)
			status, cut := 0, false
			if err == nil {
				_, readErr := io.ReadAll(resp.Body)
				resp.Body.Close()
				status, cut = resp.StatusCode, readErr != nil
			}
			srv.Close() // waits for its handlers
			close(whole)
			seen := 0
			for w := range whole {
				if w {
					seen++
				}
			}
			if seen != want.whole || status != want.status || cut != want.cut {
				t.Errorf("the server got it %d times, answer %d, cut %v; want %+v", seen, status, cut, want)
			}
		})
	}
}

func TestOnlyTheNumberedRequestFails(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	defer srv.Close()
	wire := &Wire{FailAt: 2, Fault: NotSent}
	var failed []bool
	for _, path := range []string{"/a", "/b/c", "/d"} {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		resp, err := wire.RoundTrip(req)
		if err == nil {
			resp.Body.Close()
		}
		failed = append(failed, err != nil)
	}
	if diff := cmp.Diff([]bool{false, true, false}, failed); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"GET a", "GET c", "GET d"}, wire.Calls()); diff != "" {
		t.Error(diff)
	}
}
