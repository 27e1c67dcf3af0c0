package portal

import "context"

// Describer is a Client that can say what its portal asks of a dataset. It is
// an ability of its own: not every destination has a form.
type Describer interface {
	// Form reads the portal's organisations, groups, licences, tags and, where
	// it has one, its own form of metadata. Without a token it is what
	// everybody may see. Errors are *Error.
	Form(ctx context.Context) (Form, error)
}

// Form is what a portal asks of a dataset and what it offers to choose from.
type Form struct {
	Organizations []Choice      `json:"organizations,omitempty"` // where the token may publish
	Groups        []Choice      `json:"groups,omitempty"`
	Licenses      []FormLicense `json:"licenses,omitempty"`
	Tags          []string      `json:"tags,omitempty"` // in use, at most some thousand
	// Vocabularies are closed lists of tags, by their names.
	Vocabularies map[string][]string `json:"vocabularies,omitempty"`
	// Dataset and Resource are the fields of the portal's own form; empty where
	// it has the plain one.
	Dataset  []FormField `json:"dataset,omitempty"`
	Resource []FormField `json:"resource,omitempty"`
}

// Choice is one thing to choose from: Name is sent, Title is shown.
type Choice struct {
	Name  string `json:"name"`
	Title string `json:"title"`
}

// FormLicense is a licence as the portal lists it.
type FormLicense struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	URL   string `json:"url,omitempty"`
	Open  bool   `json:"open"` // by the portal's word
}

// FormField is one field of a portal's own form. Labels and help have the
// languages that the portal gives them in; "" is its default language.
type FormField struct {
	Name     string            `json:"name"`
	Label    map[string]string `json:"label,omitempty"`
	Help     map[string]string `json:"help,omitempty"`
	Example  string            `json:"example,omitempty"`
	Required bool              `json:"required,omitempty"`
	Kind     string            `json:"kind"` // "text", "long", "date", "email", "url", "list", "choice" (of Choices)
	Choices  []LabelledChoice  `json:"choices,omitempty"`
	Multiple bool              `json:"multiple,omitempty"` // takes a list of texts
}

// LabelledChoice is a value that a field of a form takes.
type LabelledChoice struct {
	Value string            `json:"value"`
	Label map[string]string `json:"label,omitempty"`
}
