package ckan_test

import (
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"testing"

	"chasqui/sync/ckan"
	"chasqui/sync/portal"
	"chasqui/sync/portal/portaltest"
	"chasqui/sync/practice"
)

var long = flag.Bool("long", false, "play every fault at every request of the real CKAN too")

func token(s string) portaltest.Token { return func() (string, error) { return s, nil } }

func TestCourierOnPracticePortal(t *testing.T) {
	p, err := practice.New(t.TempDir(), practice.Options{Participants: 2})
	if err != nil {
		t.Fatal(err)
	}
	member, err := p.AddParticipant("mirona", practice.Member)
	if err != nil {
		t.Fatal(err)
	}
	outsider, err := p.AddParticipant("ajeno", practice.Outsider)
	if err != nil {
		t.Fatal(err)
	}
	srv := httptest.NewServer(p.Handler())
	defer srv.Close()
	people := p.Tokens()
	portaltest.Run(t, portaltest.Options{
		Client:   ckan.New,
		Target:   portal.Target{URL: srv.URL, Organization: p.Organization(), Token: token(people[0].Token)},
		Second:   token(people[1].Token),
		Member:   token(member.Token),
		Outsider: token(outsider.Token),
		Witness:  &portaltest.ActionAPI{URL: srv.URL, Token: people[0].Token, Organization: p.Organization()},
	})
}

func TestCourierOnRealCKAN(t *testing.T) {
	address, editor, org := os.Getenv("CHASQUI_CKAN_URL"), os.Getenv("CHASQUI_CKAN_TOKEN"), os.Getenv("CHASQUI_CKAN_ORG")
	required := os.Getenv("CHASQUI_CKAN_REQUIRED") == "1"
	leave := t.Skipf
	if required {
		leave = t.Fatalf
	}
	if address == "" || editor == "" || org == "" {
		leave("real CKAN: not run (CHASQUI_CKAN_URL, CHASQUI_CKAN_TOKEN and CHASQUI_CKAN_ORG name one)")
	}
	resp, err := http.Get(address + "/api/3/action/status_show")
	if err != nil {
		leave("real CKAN: not run (%v)", err)
	}
	resp.Body.Close()
	witness := &portaltest.ActionAPI{URL: address, Token: editor, Organization: org}
	if witness.Sysadmin(t) {
		t.Fatal("CHASQUI_CKAN_TOKEN is a sysadmin's: use an editor's, who may do no more than a publisher")
	}
	opt := portaltest.Options{
		Client:  ckan.New,
		Target:  portal.Target{URL: address, Organization: org, Token: token(editor)},
		Witness: witness,
	}
	if s := os.Getenv("CHASQUI_CKAN_TOKEN_MEMBER"); s != "" {
		opt.Member = token(s)
	}
	if s := os.Getenv("CHASQUI_CKAN_TOKEN_OUTSIDER"); s != "" {
		opt.Outsider = token(s)
	}
	if !*long {
		opt.Faults = []portaltest.Fault{portaltest.LostReply, portaltest.Twice, portaltest.HalfSent}
	}
	portaltest.Run(t, opt)
}
