package portaltest

import (
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"

	"chasqui/sync/portal"
)

func pingKnows(b *bench) {
	status, err := b.courier(nil, nil).Ping(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	if !status.Supported || status.User == "" || status.Software == "" || !slices.Contains(status.Organizations, b.opt.Target.Organization) {
		b.Errorf("status %+v", status)
	}
	b.Logf("%s %s", status.Software, status.Version)
}

func pingBadToken(b *bench) {
	const secret = "not-a-token-4711"
	for _, token := range []string{secret, ""} {
		_, err := b.courier(nil, func() (string, error) { return token, nil }).Ping(b.Context())
		if kindOf(err) != portal.Denied {
			b.Errorf("token %q: got %v, want Denied", token, err)
		}
		if err != nil && strings.Contains(err.Error(), secret) {
			b.Errorf("the error tells the token: %v", err)
		}
	}
}

func outsiderDenied(b *bench) { b.denied(b.opt.Outsider, "outsider") }
func memberDenied(b *bench)   { b.denied(b.opt.Member, "member") }

func (b *bench) denied(token Token, who string) {
	if token == nil {
		b.Skipf("no %s's token was given", who)
	}
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	client := b.courier(nil, token)
	if status, err := client.Ping(b.Context()); err != nil || slices.Contains(status.Organizations, b.opt.Target.Organization) {
		b.Errorf("ping of a %s: %+v, %v", who, status, err)
	}
	_, err := client.Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}})
	if kindOf(err) != portal.Denied {
		b.Errorf("got %v, want Denied", err)
	}
	if found := b.opt.Witness.Find(b.T, ds.ID); len(found) != 0 {
		b.Errorf("something was written: %+v", found)
	}
}

func nameHeld(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	b.opt.Witness.Hold(b.T, ds.Name)
	before := b.opt.Witness.Public(b.T, ds.Name)
	_, err := b.courier(nil, nil).Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}})
	if kindOf(err) != portal.Conflict {
		b.Fatalf("got %v, want Conflict", err)
	}
	after := b.opt.Witness.Public(b.T, ds.Name)
	if before == nil || after == nil || after.Title != before.Title || after.ID != before.ID {
		b.Errorf("the other's dataset changed: %+v, then %+v", before, after)
	}
}

func adopt(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	b.opt.Witness.Hold(b.T, ds.Name)
	before := b.opt.Witness.Public(b.T, ds.Name)
	receipt, err := b.courier(nil, nil).Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}, Adopt: true})
	if err != nil {
		b.Fatal(err)
	}
	if seen := b.expect(ds, blobs, receipt); before == nil || seen.ID != before.ID {
		b.Errorf("taken over %+v, got %+v", before, seen)
	}
}

func verifyTampered(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n")
	b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	if _, err := b.courier(nil, nil).Verify(b.Context(), ds, nil); err != nil {
		b.Fatalf("before: %v", err)
	}
	seen := b.opt.Witness.Find(b.T, ds.ID)[0]
	b.opt.Witness.Tamper(b.T, seen, ds.Resources[0].ID, []byte("a,b\n1,3\n"))
	if _, err := b.courier(nil, nil).Verify(b.Context(), ds, nil); kindOf(err) != portal.Conflict {
		b.Errorf("got %v, want Conflict", err)
	}
}

func verifyNothing(b *bench) {
	ds, _ := Sample(b.opt.Target.Organization, "a\n1\n")
	if _, err := b.courier(nil, nil).Verify(b.Context(), ds, nil); kindOf(err) != portal.Conflict {
		b.Errorf("got %v, want Conflict", err)
	}
}

func publishTampered(b *bench) {
	for _, theirs := range []string{"a,b\n1,3\n", "a,b\n1,2\n5,6\n", ""} {
		ds, blobs := Sample(b.opt.Target.Organization, "a,b\n1,2\n")
		b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
		seen := b.opt.Witness.Find(b.T, ds.ID)[0]
		b.opt.Witness.Tamper(b.T, seen, ds.Resources[0].ID, []byte(theirs))
		pub := portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}}
		if _, err := b.courier(nil, nil).Publish(b.Context(), pub); kindOf(err) != portal.Conflict {
			b.Fatalf("over %q: got %v, want Conflict", theirs, err)
		}
		if got := string(b.opt.Witness.Fetch(b.T, seen.Resources[ds.Resources[0].ID])); got != theirs {
			b.Fatalf("a stranger's %q was overwritten by %q", theirs, got)
		}
		pub.Adopt = true
		receipt, err := b.courier(nil, nil).Publish(b.Context(), pub)
		if err != nil {
			b.Fatal(err)
		}
		b.expect(ds, blobs, receipt)
	}
}

func removeTwice(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	receipt := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	for i := range 2 {
		if err := b.courier(nil, nil).Remove(b.Context(), ds); err != nil {
			b.Fatalf("remove %d: %v", i+1, err)
		}
	}
	if b.opt.Witness.Public(b.T, ds.Name) != nil || len(b.opt.Witness.Find(b.T, ds.ID)) != 0 {
		b.Errorf("still there: %s", receipt.URL)
	}
}

func publishAfterRemove(b *bench) {
	ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n")
	first := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	if err := b.courier(nil, nil).Remove(b.Context(), ds); err != nil {
		b.Fatal(err)
	}
	second := b.publish(b.courier(nil, nil), ds, blobs, &Memory{})
	b.expect(ds, blobs, second)
	if first.Resources[0].URL != second.Resources[0].URL {
		b.Errorf("the file moved from %s to %s", first.Resources[0].URL, second.Resources[0].URL)
	}
}

func twoAtOnce(b *bench) {
	var wg sync.WaitGroup
	for _, token := range []Token{nil, b.opt.Second} {
		ds, blobs := Sample(b.opt.Target.Organization, "a\n1\n", "b\n2\n")
		wg.Go(func() {
			receipt, err := b.courier(nil, token).Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}})
			if err != nil {
				b.Errorf("%s: %v", ds.Name, err)
				return
			}
			if len(receipt.Resources) != 2 {
				b.Errorf("%s: receipt %+v", ds.Name, receipt)
			}
		})
	}
	wg.Wait()
}

// twoOneName: of two datasets that want one name at the same moment at least
// one is refused or told to try again, and none claims the other's files.
func twoOneName(b *bench) {
	first, blobs1 := Sample(b.opt.Target.Organization, "a\n1\n")
	second, blobs2 := Sample(b.opt.Target.Organization, "b\n2\n")
	second.Name = first.Name
	var wg sync.WaitGroup
	errs := make([]error, 2)
	for i, one := range []struct {
		ds    portal.Dataset
		blobs *Blobs
		token Token
	}{{first, blobs1, nil}, {second, blobs2, b.opt.Second}} {
		wg.Go(func() {
			_, errs[i] = b.courier(nil, one.token).Publish(b.Context(), portal.Publication{Dataset: one.ds, Files: one.blobs, Journal: &Memory{}})
		})
	}
	wg.Wait()
	if errs[0] == nil && errs[1] == nil {
		b.Errorf("both say they published %s", first.Name)
	}
	for _, err := range errs {
		if k := kindOf(err); k != "" && k != portal.Conflict && k != portal.Busy {
			b.Errorf("got %v, want Conflict", err)
		}
	}
	if n := len(b.opt.Witness.Find(b.T, first.ID)) + len(b.opt.Witness.Find(b.T, second.ID)); n > 1 {
		b.Errorf("%d datasets of one name", n)
	}
}

func pageIsUnreachable(b *bench) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<html><title>Bienvenidos</title><p>Portada</p></html>"))
	}))
	defer srv.Close()
	b.elsewhere(srv.URL, portal.Unreachable)
}

func nobodyThere(b *bench) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	address := "http://" + l.Addr().String()
	l.Close()
	b.elsewhere(address, portal.Unreachable)
}

// elsewhere expects every call to an address to fail in one way.
func (b *bench) elsewhere(address string, want portal.Kind) {
	target := b.opt.Target
	target.URL, target.Transport = address, nil
	ds, blobs := Sample(target.Organization, "a\n1\n")
	client := b.opt.Client(target)
	if _, err := client.Ping(b.Context()); kindOf(err) != want {
		b.Errorf("Ping: got %v, want %s", err, want)
	}
	if _, err := client.Publish(b.Context(), portal.Publication{Dataset: ds, Files: blobs, Journal: &Memory{}}); kindOf(err) != want {
		b.Errorf("Publish: got %v, want %s", err, want)
	}
	if _, err := client.Verify(b.Context(), ds, nil); kindOf(err) != want {
		b.Errorf("Verify: got %v, want %s", err, want)
	}
	if err := client.Remove(b.Context(), ds); kindOf(err) != want {
		b.Errorf("Remove: got %v, want %s", err, want)
	}
}
