package practice

import (
	"encoding/json"
	"net/http"
	"strings"
)

// problem is an answer that says no, in CKAN's shape.
type problem struct {
	status int
	body   any // the value of "error"; a string is sent bare, without envelope
}

func invalid(fields tree) *problem {
	body := tree{"__type": "Validation Error"}
	for name, v := range fields {
		body[name] = v
	}
	return &problem{http.StatusConflict, body}
}

func notFound() *problem {
	return &problem{http.StatusNotFound, tree{"__type": "Not Found Error", "message": "Not found"}}
}

func denied(who *Participant, what string) *problem {
	name := ""
	if who != nil {
		name = who.Name
	}
	return &problem{http.StatusForbidden, tree{"__type": "Authorization Error", "message": "Access denied: User " + name + " not authorized to " + what}}
}

func broken(err error) *problem {
	return &problem{http.StatusInternalServerError, tree{"__type": "Internal Server Error", "message": "Internal Server Error: " + err.Error()}}
}

// call is one request to an action.
type call struct {
	who  *Participant
	site string // where the portal is, as the caller sees it
	in   tree
	up   []upload
}

// action is one of the API's; reading ones may be asked by GET.
type action struct {
	reads bool
	do    func(*Portal, *call) (any, *problem)
}

func actions() map[string]action {
	return map[string]action{
		"status_show":                {true, (*Portal).statusShow},
		"user_show":                  {true, (*Portal).userShow},
		"organization_list_for_user": {true, (*Portal).organizationListForUser},
		"organization_list":          {true, (*Portal).organizationList},
		"package_list":               {true, (*Portal).packageList},
		"package_show":               {true, (*Portal).packageShow},
		"package_search":             {true, (*Portal).packageSearch},
		"package_create":             {false, (*Portal).packageCreate},
		"package_patch":              {false, (*Portal).packagePatch},
		"package_revise":             {false, (*Portal).packageRevise},
		"package_delete":             {false, (*Portal).packageDelete},
		"datastore_search":           {true, (*Portal).datastoreSearch},
		"datastore_create":           {false, (*Portal).datastoreCreate},
		"datastore_upsert":           {false, (*Portal).datastoreUpsert},
		"datastore_delete":           {false, (*Portal).datastoreDelete},
	}
}

func (p *Portal) serveAction(w http.ResponseWriter, r *http.Request) {
	name := r.PathValue("action")
	act, known := actions()[name]
	if !known {
		reply(w, r, name, nil, &problem{http.StatusBadRequest, "Bad request - Action name not known: " + name})
		return
	}
	if r.Method != http.MethodPost && !(act.reads && r.Method == http.MethodGet) {
		reply(w, r, name, nil, &problem{http.StatusBadRequest, "Bad request - JSON Error: No request body data"})
		return
	}
	in, up, bad := p.readInput(r)
	defer dropUploads(up)
	if bad != nil {
		reply(w, r, name, nil, bad)
		return
	}
	c := &call{who: p.who(r.Header.Get("Authorization")), site: siteOf(r), in: in, up: up}
	result, bad := act.do(p, c)
	reply(w, r, name, result, bad)
}

func siteOf(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil {
		scheme = "https"
	}
	return scheme + "://" + r.Host
}

func reply(w http.ResponseWriter, r *http.Request, action string, result any, bad *problem) {
	help := siteOf(r) + "/api/3/action/help_show?name=" + action
	status := http.StatusOK
	var body any = tree{"help": help, "success": true, "result": result}
	if bad != nil {
		status = bad.status
		body = tree{"help": help, "success": false, "error": bad.body}
		if bare, isText := bad.body.(string); isText {
			body = bare
		}
	}
	raw, err := json.Marshal(body)
	if err != nil {
		status, raw = http.StatusInternalServerError, []byte(`"Internal Server Error"`)
	}
	w.Header().Set("Content-Type", "application/json;charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	w.Write(raw)
}

func (p *Portal) statusShow(c *call) (any, *problem) {
	return tree{
		"ckan_version":   ckanVersion,
		"site_title":     p.organization.Title,
		"site_url":       c.site,
		"locale_default": "es",
		"extensions":     []string{"datastore", "chasqui_practice"},
	}, nil
}

func (p *Portal) userShow(c *call) (any, *problem) {
	if c.who == nil {
		return nil, notFound()
	}
	return tree{"id": c.who.Name, "name": c.who.Name, "fullname": c.who.Name, "display_name": c.who.Name, "state": "active", "sysadmin": false}, nil
}

func (p *Portal) organizationListForUser(c *call) (any, *problem) {
	out := []any{}
	if c.who == nil || c.who.Role == Outsider {
		return out, nil
	}
	if c.who.Role == Member && text(c.in["permission"]) != "read" {
		return out, nil
	}
	org := p.orgTree()
	org["capacity"] = string(c.who.Role)
	return append(out, org), nil
}

func (p *Portal) organizationList(*call) (any, *problem) {
	return []string{p.organization.Name}, nil
}

func (p *Portal) orgTree() tree {
	o := p.organization
	return tree{"id": o.ID, "name": o.Name, "title": o.Title, "display_name": o.Title, "state": "active", "is_organization": true, "type": "organization"}
}

// mayWrite and mayRead are CKAN's rules for an organization's datasets.
func mayWrite(who *Participant) bool { return who != nil && who.Role == Editor }

func mayRead(who *Participant, ds tree) bool {
	if who != nil && who.Role != Outsider {
		return ds["state"] != "deleted" || who.Role == Editor
	}
	return ds["state"] == "active" && ds["private"] != true
}

// truth reads a flag as CKAN takes it: JSON true, or the words true, yes, on, 1.
func truth(v any) bool {
	switch v := v.(type) {
	case bool:
		return v
	case string:
		switch strings.ToLower(v) {
		case "true", "yes", "t", "y", "on", "1":
			return true
		}
	case float64:
		return v != 0
	}
	return false
}
