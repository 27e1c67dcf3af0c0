// Package practice is a small portal to publish to without consequences. It
// speaks the part of CKAN's action API that the courier uses, with CKAN's
// status codes, error shapes and rules of access, and shows what was published
// on pages that people read, in four languages.
//
// New opens a portal over a folder; Handler serves it, Serve listens as well.
// Datasets are JSON files and uploads plain files, each written beside its
// place and renamed, so that a crash leaves the old state or the new one.
package practice

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/google/uuid"
)

// ckanVersion is the version of CKAN whose behaviour is followed.
const ckanVersion = "2.11.6"

// Role is what a participant may do in the portal's organization.
type Role string

// The roles. An Editor publishes, a Member sees hidden datasets, an Outsider is
// a user without the organization.
const (
	Editor   Role = "editor"
	Member   Role = "member"
	Outsider Role = "outsider"
)

// Participant is somebody with a token.
type Participant struct {
	Name  string `json:"name"`
	Role  Role   `json:"role"`
	Token string `json:"token"`
}

// Options of a portal; the zero value is right for one clerk at one computer.
type Options struct {
	Organization      string // machine name; "" means "municipalidad-de-practica"
	OrganizationTitle string // "" means "Municipalidad de práctica"
	Participants      int    // at least this many editors; 0 means 1
	MaxBytes          int64  // largest file, in bytes; 0 means 150 MiB
	Now               func() time.Time
	Random            io.Reader // for tokens and ids; nil means the system's
}

// Portal is an open practice portal. It may serve any number of publications
// at once, and its folder belongs to it alone.
type Portal struct {
	dir  string
	opt  Options
	page map[string]*template.Template
	word map[string]words // by language

	mu           sync.Mutex
	organization organization
	participants []Participant
	datasets     map[string]tree // by id
}

type organization struct {
	ID    string `json:"id"`
	Name  string `json:"name"`
	Title string `json:"title"`
}

// settings is the file portal.json.
type settings struct {
	Organization organization  `json:"organization"`
	Participants []Participant `json:"participants"`
}

// New opens the portal in dir, and makes it if there is none. Files that no
// dataset names are left over from a crash and are removed.
func New(dir string, opt Options) (*Portal, error) {
	if opt.Organization == "" {
		opt.Organization = "municipalidad-de-practica"
	}
	if opt.OrganizationTitle == "" {
		opt.OrganizationTitle = "Municipalidad de práctica"
	}
	if opt.Participants == 0 {
		opt.Participants = 1
	}
	if opt.MaxBytes == 0 {
		opt.MaxBytes = 150 << 20
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Random == nil {
		opt.Random = rand.Reader
	}
	p := &Portal{dir: dir, opt: opt}
	if err := p.loadPages(); err != nil {
		return nil, err
	}
	if err := p.open(); err != nil {
		return nil, fmt.Errorf("practice portal in %s: %w", dir, err)
	}
	return p, nil
}

func (p *Portal) open() error {
	for _, name := range []string{"datasets", "files", "incoming", "tables"} {
		if err := os.MkdirAll(filepath.Join(p.dir, name), 0o700); err != nil {
			return err
		}
	}
	if err := p.loadSettings(); err != nil {
		return err
	}
	if err := p.loadDatasets(); err != nil {
		return err
	}
	return p.sweep()
}

func (p *Portal) loadSettings() error {
	var s settings
	raw, err := os.ReadFile(filepath.Join(p.dir, "portal.json"))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s.Organization = organization{ID: p.newID(), Name: p.opt.Organization, Title: p.opt.OrganizationTitle}
	case err != nil:
		return err
	default:
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
	}
	p.organization, p.participants = s.Organization, s.Participants
	p.fillEditors()
	return p.saveSettings()
}

// fillEditors makes editors until there are as many as wanted.
func (p *Portal) fillEditors() {
	editors, taken := 0, map[string]bool{}
	for _, have := range p.participants {
		taken[have.Name] = true
		if have.Role == Editor {
			editors++
		}
	}
	for n := 1; editors < p.opt.Participants; n++ {
		name := fmt.Sprintf("participante-%d", n)
		if taken[name] {
			continue
		}
		p.participants = append(p.participants, Participant{Name: name, Role: Editor, Token: p.newToken()})
		editors++
	}
}

func (p *Portal) saveSettings() error {
	raw, err := json.MarshalIndent(settings{p.organization, p.participants}, "", "  ")
	if err != nil {
		return err
	}
	return replaceFile(filepath.Join(p.dir, "portal.json"), raw)
}

// Organization returns the machine name of the portal's one organization.
func (p *Portal) Organization() string { return p.organization.Name }

// Tokens lists the participants with their tokens, in the order of making.
func (p *Portal) Tokens() []Participant {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Participant(nil), p.participants...)
}

// AddParticipant makes a participant with a new token. A name that is taken is
// an error.
func (p *Portal) AddParticipant(name string, role Role) (Participant, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, have := range p.participants {
		if have.Name == name {
			return Participant{}, fmt.Errorf("practice portal: participant %q is there already", name)
		}
	}
	fresh := Participant{Name: name, Role: role, Token: p.newToken()}
	p.participants = append(p.participants, fresh)
	return fresh, p.saveSettings()
}

// Reset removes every dataset and file; participants and tokens stay.
func (p *Portal) Reset() error {
	p.mu.Lock()
	defer p.mu.Unlock()
	for id := range p.datasets {
		if err := os.Remove(p.datasetFile(id)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
		delete(p.datasets, id)
	}
	return errors.Join(p.sweepFiles(), p.sweepTables())
}

// who returns the participant of a token, or nil for anybody else. Blanks
// around a token are left out, as CKAN does.
func (p *Portal) who(token string) *Participant {
	token = strings.TrimSpace(token)
	p.mu.Lock()
	defer p.mu.Unlock()
	for i := range p.participants {
		if token != "" && p.participants[i].Token == token {
			found := p.participants[i]
			return &found
		}
	}
	return nil
}

func (p *Portal) newID() string {
	id, err := uuid.NewRandomFromReader(p.opt.Random)
	if err != nil {
		panic(fmt.Sprintf("no randomness: %v", err))
	}
	return id.String()
}

func (p *Portal) newToken() string {
	var raw [24]byte
	if _, err := io.ReadFull(p.opt.Random, raw[:]); err != nil {
		panic(fmt.Sprintf("no randomness: %v", err))
	}
	return "practica-" + base64.RawURLEncoding.EncodeToString(raw[:])
}
