package portaltest

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"syscall"
)

// Fault is one way in which a request can go wrong.
type Fault string

// The faults. What the server did differs: nothing, everything, or half.
const (
	NotSent   Fault = "not sent"   // cut before the first byte
	HalfSent  Fault = "half sent"  // cut in the middle of the request's body
	LostReply Fault = "lost reply" // the server acted, the answer never came
	CutReply  Fault = "cut reply"  // the answer breaks off in its body
	Reset     Fault = "reset"      // the server acted, and the connection is reset within the answer's first bytes
	Twice     Fault = "twice"      // the request is delivered two times, the second answer comes
	Status500 Fault = "500"        // the server fails, in HTML, without acting
	Page502   Fault = "502"        // a gateway answers in HTML although the server acted
	Busy429   Fault = "429"        // too many requests, without acting
	OtherJSON Fault = "other JSON" // the server acted, and somebody's JSON that is no answer of it comes with status 200
	LoginPage Fault = "login page" // a captive portal's page with status 200
	Stalled   Fault = "stalled"    // nothing comes back until the caller gives up
)

// AllFaults lists every fault.
func AllFaults() []Fault {
	return []Fault{NotSent, HalfSent, LostReply, CutReply, Reset, Twice, Status500, Page502, Busy429, OtherJSON, LoginPage, Stalled}
}

// Wire is a transport that numbers every request, from 1, and plays Fault at
// request FailAt. With FailAt 0 it only counts. It is safe for concurrent use.
type Wire struct {
	Next   http.RoundTripper // nil means http.DefaultTransport
	FailAt int
	Fault  Fault
	// After, if set, is called after each answer that arrived.
	After func(req *http.Request)
	// Stall, if set, is called when a request begins to stall: whoever wants
	// to give up does it now.
	Stall func()

	mu    sync.Mutex
	calls []string
}

// errCut is what a cut connection looks like.
var errCut = errors.New("wire: connection reset by the test")

// Calls lists the requests so far, as "POST package_revise".
func (w *Wire) Calls() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return append([]string(nil), w.calls...)
}

// RoundTrip sends the request, or plays the fault if it is its turn.
func (w *Wire) RoundTrip(req *http.Request) (*http.Response, error) {
	w.mu.Lock()
	w.calls = append(w.calls, req.Method+" "+req.URL.Path[strings.LastIndex(req.URL.Path, "/")+1:])
	turn := len(w.calls) == w.FailAt
	w.mu.Unlock()
	next := w.Next
	if next == nil {
		next = http.DefaultTransport
	}
	var resp *http.Response
	var err error
	if turn {
		resp, err = w.fail(next, req)
	} else {
		resp, err = next.RoundTrip(req)
	}
	if err == nil && w.After != nil {
		w.After(req)
	}
	return resp, err
}

func (w *Wire) fail(next http.RoundTripper, req *http.Request) (*http.Response, error) {
	switch w.Fault {
	case NotSent:
		closeBody(req)
		return nil, errCut
	case HalfSent:
		return halfSend(next, req)
	case LostReply:
		if err := act(next, req); err != nil {
			return nil, err
		}
		return nil, errCut
	case CutReply:
		resp, err := next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		resp.Body = cutBody{io.LimitReader(resp.Body, 7), resp.Body}
		return resp, nil
	case Reset:
		resp, err := next.RoundTrip(req)
		if err != nil {
			return nil, err
		}
		resp.Body = resetBody{resp.Body}
		return resp, nil
	case Twice:
		return twice(next, req)
	case Status500:
		closeBody(req)
		return page(req, 500, "<html><title>Internal Server Error</title></html>"), nil
	case Page502:
		if err := act(next, req); err != nil {
			return nil, err
		}
		return page(req, 502, "<html><h1>502 Bad Gateway</h1></html>"), nil
	case Busy429:
		closeBody(req)
		resp := page(req, 429, "slow down")
		resp.Header.Set("Retry-After", "7")
		return resp, nil
	case OtherJSON:
		if err := act(next, req); err != nil {
			return nil, err
		}
		resp := page(req, 200, `{"status": "ok", "id": 4711}`)
		resp.Header.Set("Content-Type", "application/json")
		return resp, nil
	case LoginPage:
		closeBody(req)
		return page(req, 200, "<html><form>Welcome to our wireless network</form></html>"), nil
	case Stalled:
		closeBody(req)
		if w.Stall != nil {
			w.Stall()
		}
		<-req.Context().Done()
		return nil, req.Context().Err()
	}
	return nil, fmt.Errorf("wire: unknown fault %q", w.Fault)
}

func closeBody(req *http.Request) {
	if req.Body != nil {
		req.Body.Close()
	}
}

// act delivers the request and throws the answer away.
func act(next http.RoundTripper, req *http.Request) error {
	resp, err := next.RoundTrip(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	_, err = io.Copy(io.Discard, resp.Body)
	return err
}

func halfSend(next http.RoundTripper, req *http.Request) (*http.Response, error) {
	if req.Body == nil || req.ContentLength <= 1 {
		closeBody(req)
		return nil, errCut
	}
	half := req.Clone(req.Context())
	half.Body = cutBody{io.LimitReader(req.Body, req.ContentLength/2), req.Body}
	half.GetBody = nil
	resp, err := next.RoundTrip(half)
	if err == nil {
		resp.Body.Close()
	}
	return nil, errCut
}

// twice delivers the same bytes two times; the caller hears of the second.
func twice(next http.RoundTripper, req *http.Request) (*http.Response, error) {
	if req.Body == nil {
		return next.RoundTrip(req)
	}
	body, err := io.ReadAll(req.Body)
	req.Body.Close()
	if err != nil {
		return nil, err
	}
	first := req.Clone(req.Context())
	first.Body = io.NopCloser(bytes.NewReader(body))
	if err := act(next, first); err != nil {
		return nil, err
	}
	second := req.Clone(req.Context())
	second.Body = io.NopCloser(bytes.NewReader(body))
	return next.RoundTrip(second)
}

func page(req *http.Request, status int, body string) *http.Response {
	return &http.Response{
		Status:        fmt.Sprintf("%d %s", status, http.StatusText(status)),
		StatusCode:    status,
		Proto:         "HTTP/1.1",
		ProtoMajor:    1,
		ProtoMinor:    1,
		Header:        http.Header{"Content-Type": {"text/html"}},
		Body:          io.NopCloser(strings.NewReader(body)),
		ContentLength: int64(len(body)),
		Request:       req,
	}
}

// cutBody breaks off where its reader ends.
type cutBody struct {
	io.Reader
	io.Closer
}

// Read passes on, and turns the end into a cut.
func (c cutBody) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	if err == io.EOF {
		err = errCut
	}
	return n, err
}

// resetBody gives nothing of an answer.
type resetBody struct{ io.Closer }

// Read says what a reset connection says.
func (resetBody) Read([]byte) (int, error) { return 0, syscall.ECONNRESET }
