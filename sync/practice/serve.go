package practice

import (
	"context"
	"errors"
	"mime"
	"net"
	"net/http"
	"os"
	"path"
	"strings"
	"time"

	"chasqui/sync/portal"
)

// Handler serves the API, the files and the pages.
func (p *Portal) Handler() portal.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/3/action/{action}", p.serveAction)
	mux.HandleFunc("/api/action/{action}", p.serveAction)
	mux.HandleFunc("GET /dataset/{dataset}/resource/{resource}/download/{file}", p.serveFile)
	mux.HandleFunc("GET /dataset/{dataset}/resource/{resource}/download", p.serveFile)
	mux.HandleFunc("GET /dataset/{dataset}", p.serveDataset)
	mux.HandleFunc("GET /style.css", p.serveStyle)
	mux.HandleFunc("GET /{$}", p.serveHome)
	mux.HandleFunc("/", p.serveNotFound)
	return mux
}

// Serve listens on an address and serves the portal until the context ends.
// Without a host, as in ":0" or "", it listens on loopback; port 0 is any free
// one. It returns as soon as it listens, with the address to call; wait returns
// when every request is done, with what went wrong.
func (p *Portal) Serve(ctx context.Context, listen string) (url string, wait func() error, err error) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil && listen != "" {
		return "", nil, err
	}
	if host == "" {
		host = "127.0.0.1"
	}
	if port == "" {
		port = "0"
	}
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp", net.JoinHostPort(host, port))
	if err != nil {
		return "", nil, err
	}
	srv := &http.Server{Handler: p.Handler(), ReadHeaderTimeout: 30 * time.Second, IdleTimeout: 2 * time.Minute}
	served := make(chan error, 1)
	go func() { served <- srv.Serve(l) }()
	done := make(chan error, 1)
	go func() {
		select {
		case err := <-served:
			done <- err
			return
		case <-ctx.Done():
		}
		grace, cancel := context.WithTimeout(context.WithoutCancel(ctx), 3*time.Second)
		defer cancel()
		err := srv.Shutdown(grace)
		if errors.Is(err, context.DeadlineExceeded) {
			err = srv.Close()
		}
		done <- err
	}()
	wait = func() error {
		err := <-done
		done <- err // for whoever asks again
		if errors.Is(err, http.ErrServerClosed) {
			return nil
		}
		return err
	}
	return "http://" + l.Addr().String(), wait, nil
}

// serveFile gives a file's bytes, with ranges and conditions, under the rules
// of its dataset. A file is never shown inside the portal's own pages: it came
// from outside.
func (p *Portal) serveFile(w http.ResponseWriter, r *http.Request) {
	who := p.who(r.Header.Get("Authorization"))
	p.mu.Lock()
	ds := p.lookup(r.PathValue("dataset"))
	var res tree
	if ds != nil {
		for _, v := range list(ds["resources"]) {
			if branch(v)["id"] == r.PathValue("resource") {
				res = branch(v)
			}
		}
	}
	blob, name, kind := text(res[blobKey]), text(res["url"]), text(res["mimetype"])
	allowed := ds != nil && mayRead(who, ds)
	// Opened under the lock: a correction removes the old file's name, and an
	// open one can be read to its end.
	var f *os.File
	var err error
	if allowed && blob != "" {
		f, err = os.Open(p.blobFile(blob))
	}
	p.mu.Unlock()
	switch {
	case ds == nil, allowed && f == nil && err == nil:
		p.errorPage(w, r, http.StatusNotFound)
		return
	case !allowed:
		p.errorPage(w, r, http.StatusForbidden)
		return
	case err != nil:
		p.errorPage(w, r, http.StatusInternalServerError)
		return
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		p.errorPage(w, r, http.StatusInternalServerError)
		return
	}
	if kind == "" {
		kind = mime.TypeByExtension(path.Ext(name))
	}
	if kind == "" || strings.Contains(kind, "html") || strings.Contains(kind, "xml") {
		kind = "application/octet-stream"
	}
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"`+blob+`"`)
	http.ServeContent(w, r, "", info.ModTime(), f)
}
