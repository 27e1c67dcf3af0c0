// Package ckan publishes to CKAN portals by their action API, versions 2.9 and
// later. It decides on status codes, error types and field names only: a
// portal's texts are in its own language.
//
// New gives a portal.Client. Publish (publish.go) finds the dataset or creates
// it hidden, then compares what the portal holds with what is wanted and sends
// the next difference (plan.go), each write guarded by the metadata_modified
// that was seen before it, so that no write can arrive twice; at the end it
// fetches every file and compares hashes (verify.go), and only then shows the
// dataset. Because each step starts from what the portal says, a publication
// that was cut anywhere goes on by being called again.
package ckan

import (
	"context"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"chasqui/sync/portal"
)

// idle is how long a request may move no byte before it is given up.
const idle = 60 * time.Second

// practiceExtension is the plugin name by which the practice portal makes
// itself known in status_show.
const practiceExtension = "chasqui_practice"

// New returns a courier to the CKAN at target.URL, which may hold a path. It
// does not connect; an address that can't be parsed is reported by the first
// call, as Garbled. A target without Transport gets a plain one with keep-alive.
func New(target portal.Target) portal.Client {
	c := &client{target: target, now: target.Now}
	if c.now == nil {
		c.now = time.Now
	}
	transport := target.Transport
	if transport == nil {
		transport = portal.Plain()
	}
	c.http = &http.Client{Transport: portal.Watchdog(transport, idle), CheckRedirect: c.redirect}
	c.root, c.baseErr = parseBase(target.URL)
	return c
}

type client struct {
	target  portal.Target
	http    *http.Client
	now     func() time.Time
	baseErr error

	mu   sync.Mutex // guards what follows
	root *url.URL   // where the portal answers
	// wary says that something on the way does not know Expect: 100-continue.
	wary bool
	// moved is another host to which the portal redirects; the token does not
	// follow.
	moved *url.URL
	// status is what Ping learned, kept for a while so that several publications
	// ask once.
	status  *portal.Status
	learned time.Time
}

// statusKept is how long what Ping learned is believed.
const statusKept = 10 * time.Minute

// base is where the portal answers.
func (c *client) base() *url.URL {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.root
}

// elsewhere is the other host to which the portal redirects, or nil.
func (c *client) elsewhere() *url.URL {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.moved
}

func parseBase(address string) (*url.URL, error) {
	base, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return nil, err
	}
	if base.Scheme != "http" && base.Scheme != "https" || base.Host == "" {
		return nil, &url.Error{Op: "parse", URL: address, Err: url.InvalidHostError(base.Host)}
	}
	base.Path = strings.TrimSuffix(base.Path, "/")
	base.RawPath, base.RawQuery, base.Fragment, base.User = "", "", "", nil
	return base, nil
}

// Ping asks the portal for its version, the token's user, and where that user
// may create datasets.
func (c *client) Ping(ctx context.Context) (portal.Status, error) {
	status, err := c.ping(ctx)
	return status, public(err)
}

func (c *client) ping(ctx context.Context) (portal.Status, error) {
	var site struct {
		Version    string   `json:"ckan_version"`
		Title      string   `json:"site_title"`
		Extensions []string `json:"extensions"`
	}
	c.mu.Lock()
	c.moved = nil
	c.mu.Unlock()
	if err := c.get(ctx, "look", "status_show", nil, &site); err != nil {
		return portal.Status{}, err
	}
	if site.Version == "" {
		return portal.Status{}, &portal.Error{Kind: portal.Garbled, Op: "look", Detail: "status_show without ckan_version"}
	}
	status := portal.Status{
		Software:  "CKAN",
		Version:   site.Version,
		Supported: supported(site.Version),
		Title:     site.Title,
		Insecure:  c.insecure(),
		DataStore: slices.Contains(site.Extensions, "datastore"),
	}
	if slices.Contains(site.Extensions, practiceExtension) {
		status.Software = "Chasqui"
	}
	if to := c.elsewhere(); to != nil {
		status.Moved = to.String()
		return status, &portal.Error{
			Kind: portal.Rejected, Reason: portal.Moved, Op: "look", Detail: "→ " + status.Moved,
			Fields: map[string]string{"moved": status.Moved},
		}
	}
	if !status.Supported {
		return status, nil
	}
	var user struct {
		Name string `json:"name"`
	}
	// A token that counts for nothing is not refused: it makes us nobody, and
	// nobody has no user_show.
	if err := c.get(ctx, "look", "user_show", nil, &user); err != nil {
		if is(err, http.StatusNotFound) {
			return status, &portal.Error{Kind: portal.Denied, Op: "look", Status: http.StatusNotFound, Detail: detailOf(err)}
		}
		return status, err
	}
	status.User = user.Name
	var orgs []struct {
		Name string `json:"name"`
	}
	if err := c.get(ctx, "look", "organization_list_for_user", url.Values{"permission": {"create_dataset"}}, &orgs); err != nil {
		return status, err
	}
	for _, org := range orgs {
		status.Organizations = append(status.Organizations, org.Name)
	}
	return status, nil
}

// admit makes sure, before a byte is uploaded, that the portal is new enough
// and the token may create datasets in the organization: CKAN itself would
// refuse only after the last byte.
func (c *client) admit(ctx context.Context, organization string) error {
	status := c.known()
	if status == nil {
		learned, err := c.ping(ctx)
		if err != nil {
			return err
		}
		status = &learned
	}
	var err error
	switch {
	case !status.Supported:
		err = &portal.Error{
			Kind: portal.Rejected, Reason: portal.TooOld, Op: "look", Fields: map[string]string{"ckan_version": status.Version},
		}
	case !slices.Contains(status.Organizations, organization):
		err = &portal.Error{Kind: portal.Denied, Op: "look", Fields: map[string]string{"organization": organization}}
	}
	if err != nil {
		status = nil // to be asked anew
	}
	c.keep(status)
	return err
}

// known is what Ping learned not long ago, or nil.
func (c *client) known() *portal.Status {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.status == nil || c.now().Sub(c.learned) > statusKept {
		return nil
	}
	return c.status
}

// keep notes what Ping learned; the same again does not renew its time.
func (c *client) keep(status *portal.Status) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if status != c.status {
		c.status, c.learned = status, c.now()
	}
}

// insecure reports whether everybody on the way can read what we send; to this
// computer itself there is no way.
func (c *client) insecure() bool {
	at := c.base()
	host := at.Hostname()
	own := host == "localhost" || net.ParseIP(host).IsLoopback()
	return at.Scheme != "https" && !own
}

// supported reports whether a CKAN of this version has package_revise (2.9).
// A version that can't be read is taken for a new one.
func supported(version string) bool {
	major, rest, _ := strings.Cut(version, ".")
	minor, _, _ := strings.Cut(rest, ".")
	minor = strings.TrimRight(minor, "abcdefghijklmnopqrstuvwxyz")
	a, err1 := strconv.Atoi(major)
	b, err2 := strconv.Atoi(minor)
	if err1 != nil || err2 != nil {
		return true
	}
	return a > 2 || a == 2 && b >= 9
}

// Remove withdraws the dataset. CKAN keeps it as deleted, so a later
// publication can bring it back under its own id and address.
func (c *client) Remove(ctx context.Context, ds portal.Dataset) error {
	if err := c.admit(ctx, c.organization(ds)); err != nil {
		return public(err)
	}
	found, err := c.find(ctx, ds, "")
	if err != nil || found.ours == nil || found.ours.State == "deleted" {
		return public(err)
	}
	return public(c.post(ctx, "remove", "package_delete", map[string]any{"id": found.ours.ID}, nil))
}

func (c *client) organization(ds portal.Dataset) string {
	if ds.Organization != "" {
		return ds.Organization
	}
	return c.target.Organization
}
