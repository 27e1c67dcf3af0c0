package practice

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/google/uuid"
)

// textFields are CKAN's core fields that hold text.
func textFields() []string {
	return []string{"name", "title", "notes", "license_id", "author", "author_email", "maintainer", "maintainer_email", "url", "version", "type", "state", "owner_org"}
}

// take puts a caller's fields into a dataset. Fields that CKAN does not know
// are dropped without a word, as CKAN does.
func take(ds, in tree) {
	for _, name := range textFields() {
		if v, there := in[name]; there {
			ds[name] = asText(v)
		}
	}
	if v, there := in["private"]; there {
		ds["private"] = truth(v)
	}
	for _, name := range []string{"tags", "extras", "groups", "resources"} {
		if v, there := in[name]; there {
			ds[name] = foreign(list(v))
		}
	}
}

// foreign takes out of a caller's list what only the portal itself may say of
// a resource: which file on disk it is.
func foreign(l []any) []any {
	for _, v := range l {
		if t := branch(v); t != nil {
			delete(t, blobKey)
		}
	}
	return l
}

func asText(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return v
	}
	return fmt.Sprint(v)
}

// stamp is the time of a write in CKAN's form: UTC without zone, microseconds.
// It always differs from the time before it, since writers guard by it.
func (p *Portal) stamp(before string) string {
	const form = "2006-01-02T15:04:05.000000"
	now := p.opt.Now().UTC()
	if last, err := time.Parse(form, before); err == nil && !now.Truncate(time.Microsecond).After(last) {
		now = last.Add(time.Microsecond)
	}
	return now.Format(form)
}

// check fills in what is missing and returns CKAN's complaints, by field. The
// caller holds mu.
func (p *Portal) check(ds, old tree) tree {
	errs := tree{}
	if problems := p.checkName(text(ds["name"]), text(ds["id"])); len(problems) > 0 {
		errs["name"] = problems
	}
	switch text(ds["owner_org"]) {
	case p.organization.Name, p.organization.ID:
		ds["owner_org"] = p.organization.ID
	case "":
		errs["owner_org"] = []any{"An organization must be provided"}
	default:
		errs["owner_org"] = []any{"You cannot add a dataset to this organization"}
	}
	for _, name := range textFields() {
		ds[name] = text(ds[name])
	}
	if ds["title"] == "" {
		ds["title"] = ds["name"]
	}
	if ds["state"] == "" {
		ds["state"] = "active"
	}
	ds["private"] = ds["private"] == true
	ds["license_title"], ds["isopen"] = ds["license_id"], false
	for _, name := range []string{"author_email", "maintainer_email"} {
		if v := text(ds[name]); v != "" && !regexp.MustCompile(`^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$`).MatchString(v) {
			errs[name] = []any{"Email " + v + " is not a valid format"}
		}
	}
	checkTags(ds, errs)
	checkExtras(ds, errs)
	ds["groups"] = list(ds["groups"])
	p.checkResources(ds, old, errs)
	return errs
}

func (p *Portal) checkName(name, id string) []any {
	var out []any
	switch {
	case name == "":
		return []any{"Missing value"}
	case slices.Contains([]string{"new", "edit", "search"}, name):
		return []any{"That name cannot be used"}
	}
	if len(name) < 2 {
		out = append(out, "Must be at least 2 characters long")
	}
	if len(name) > 100 {
		out = append(out, "Name must be a maximum of 100 characters long")
	}
	if !regexp.MustCompile(`^[a-z0-9_-]*$`).MatchString(name) {
		out = append(out, "Must be purely lowercase alphanumeric (ascii) characters and these symbols: -_")
	}
	for _, other := range p.datasets {
		if other["name"] == name && other["id"] != id && other["state"] != "deleted" {
			out = append(out, "That URL is already in use.")
		}
	}
	return out
}

func checkTags(ds, errs tree) {
	seen := map[string]bool{}
	kept, problems := []any{}, []any{}
	for _, t := range list(ds["tags"]) {
		name := strings.TrimSpace(text(branch(t)["name"]))
		if n := len([]rune(name)); n < 2 || n > 100 {
			problems = append(problems, fmt.Sprintf("Tag %q length is not between 2 and 100", name))
			continue
		}
		foreign := strings.ContainsFunc(name, func(r rune) bool {
			return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune(" -_.", r)
		})
		if foreign {
			problems = append(problems, fmt.Sprintf("Tag \"%s\" can only contain alphanumeric characters, spaces (\" \"), hyphens (\"-\"), underscores (\"_\") or dots (\".\")", name))
		}
		if !seen[name] {
			seen[name] = true
			kept = append(kept, tree{"name": name, "display_name": name, "state": "active"})
		}
	}
	ds["tags"] = kept
	if len(problems) > 0 {
		errs["tags"] = problems
	}
}

func checkExtras(ds, errs tree) {
	seen := map[string]bool{}
	kept, problems := []any{}, []any{}
	wrong := false
	for _, e := range list(ds["extras"]) {
		key, value := text(branch(e)["key"]), asText(branch(e)["value"])
		complaint := tree{}
		switch {
		case key == "":
			complaint["key"] = []any{"Missing value"}
		case slices.Contains(textFields(), key) || key == "tags" || key == "resources" || key == "private":
			complaint["key"] = []any{"There is a schema field with the same name"}
		case seen[key]:
			errs["extras_validation"] = []any{fmt.Sprintf("Duplicate key %q", key)}
		}
		seen[key] = true
		wrong = wrong || len(complaint) > 0
		problems = append(problems, complaint)
		kept = append(kept, tree{"key": key, "value": value})
	}
	ds["extras"] = kept
	if wrong {
		errs["extras"] = problems
	}
}

// checkResources gives each resource its fields and refuses ids that are no
// UUID or that another dataset has.
func (p *Portal) checkResources(ds, old tree, errs tree) {
	before := map[string]tree{}
	for _, r := range list(old["resources"]) {
		before[text(branch(r)["id"])] = branch(r)
	}
	kept, problems, wrong := []any{}, []any{}, false
	for _, r := range lastOfEach(list(ds["resources"])) {
		res, complaint := branch(r), tree{}
		if res == nil {
			res = tree{}
		}
		id := text(res["id"])
		switch _, err := uuid.Parse(id); {
		case id == "":
			res["id"] = p.newID()
		case err != nil:
			complaint["id"] = []any{"Invalid id provided"}
		case p.elsewhere(id, text(ds["id"])):
			complaint["id"] = []any{"Resource id already exists."}
		}
		for _, name := range []string{"name", "description", "format", "hash", "url"} {
			res[name] = asText(res[name])
		}
		// What a caller says of the bytes is not believed: only an upload
		// of this very write, or the record before, tells of a file.
		if was := before[text(res["id"])]; was != nil && res[blobKey] == nil {
			for _, name := range []string{blobKey, "size", "url_type"} {
				if v, there := was[name]; there {
					res[name] = v
				}
			}
			if text(was["url_type"]) == "upload" {
				res["url"] = was["url"]
			}
		}
		if known := strings.ToUpper(strings.TrimPrefix(text(res["format"]), ".")); slices.Contains([]string{"CSV", "JSON", "XLSX", "PDF", "GEOJSON", "ZIP", "TSV"}, known) {
			res["format"] = map[bool]string{true: "GeoJSON", false: known}[known == "GEOJSON"]
		}
		res["state"] = "active"
		wrong = wrong || len(complaint) > 0
		problems = append(problems, complaint)
		kept = append(kept, res)
	}
	ds["resources"] = kept
	if wrong {
		errs["resources"] = problems
	}
}

// lastOfEach leaves of several resources with one id the last, as CKAN does
// when an id is sent again.
func lastOfEach(resources []any) []any {
	var out []any
	for i, r := range resources {
		id := text(branch(r)["id"])
		again := slices.ContainsFunc(resources[i+1:], func(v any) bool { return id != "" && text(branch(v)["id"]) == id })
		if !again {
			out = append(out, r)
		}
	}
	return out
}

// elsewhere reports whether another dataset has a resource of this id.
func (p *Portal) elsewhere(id, dataset string) bool {
	for _, ds := range p.datasets {
		if ds["id"] == dataset {
			continue
		}
		for _, r := range list(ds["resources"]) {
			if branch(r)["id"] == id {
				return true
			}
		}
	}
	return false
}
