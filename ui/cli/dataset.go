package cli

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"chasqui/app"
	"chasqui/app/describe"
)

func datasetCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "dataset", Short: s.say.T("cli.dataset.short")}
	c.AddCommand(s.datasetNew(), s.datasetList(), s.datasetShow(), s.datasetEdit(), s.datasetImport(), s.datasetRemove())
	return c
}

func (s *session) datasetNew() *cobra.Command {
	var req app.NewDataset
	var to belonging
	c := &cobra.Command{
		Use:   "new " + s.say.T("cli.arg.files"),
		Short: s.say.T("cli.dataset.new.short"),
		Args:  s.atLeast(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				return s.each1(args, func(path string) error {
					req.Path, req.Stdin = path, s.env.Stdin
					d, err := a.NewDataset(cmd.Context(), req)
					if err != nil {
						return err
					}
					return s.settle(cmd.Context(), a, d, to)
				})
			})
		},
	}
	c.Flags().StringVar(&req.Sheet, "sheet", "", s.say.T("cli.flag.sheet"))
	c.Flags().IntVar(&req.Table, "table", 0, s.say.T("cli.flag.table"))
	c.Flags().StringVar(&to.edition, "edition-of", "", s.say.T("cli.flag.edition_of"))
	c.Flags().StringVar(&to.correction, "correction-of", "", s.say.T("cli.flag.correction_of"))
	c.Flags().StringVar(&to.period, "period", "", s.say.T("cli.flag.period"))
	notBoth(c, "edition-of", "correction-of")
	s.choiceFlags(c, &req.Choices)
	s.unpivotFlag(c, &req.Unpivot)
	return c
}

// unpivotFlag asks for a row for each time of a cross table, with names in the
// language of the program.
func (s *session) unpivotFlag(c *cobra.Command, to *string) {
	c.Flags().BoolFunc("unpivot", s.say.T("cli.flag.unpivot"), func(text string) error {
		turn, err := strconv.ParseBool(text)
		if *to = ""; turn {
			*to = s.say.Lang()
		}
		return err
	})
}

// choiceFlags are the answers to what reading a file may ask.
func (s *session) choiceFlags(c *cobra.Command, to *app.Choices) {
	c.Flags().BoolVar(&to.Partial, "partial", false, s.say.T("cli.flag.partial"))
	c.Flags().StringVar(&to.Hidden, "hidden", "", s.say.T("cli.flag.hidden"))
	c.Flags().StringVar(&to.Accents, "accents", "", s.say.T("cli.flag.accents"))
	c.Flags().Var(&passwordFile{s: s, to: &to.Password}, "password-file", s.say.T("cli.flag.password_file"))
}

// each1 does something for each of several things and reports each; one alone
// fails as it is.
func (s *session) each1(refs []string, do func(string) error) error {
	if len(refs) == 1 {
		return do(refs[0])
	}
	worst := exitDone
	for _, ref := range refs {
		if err := do(ref); err != nil {
			var told *toldError
			if errors.As(err, &told) {
				worst = max(worst, told.exit)
				continue
			}
			worst = max(worst, s.failOn(ref, err))
		}
	}
	if worst != exitDone {
		return &toldError{worst}
	}
	return nil
}

// document prints a value under --json and nothing otherwise.
func (s *session) document(v any) error {
	if !s.json {
		return nil
	}
	return s.printJSON(v)
}

// datasetJSON is a dataset under --json.
type datasetJSON struct {
	ID          string               `json:"id"`
	Name        string               `json:"name"`
	Title       string               `json:"title"`
	State       app.State            `json:"state"`
	Job         string               `json:"job,omitempty"`
	Updated     string               `json:"updated"`
	Description describe.Description `json:"description"`
	Lacking     []string             `json:"lacking"`
	Score       describe.Score       `json:"score"`
	Left        []leftJSON           `json:"left,omitempty"` // kept, and not asked by the profile
	Editions    []editionJSON        `json:"editions"`
	Tables      []tableJSON          `json:"tables"`
}

// editionJSON is an edition under --json; the first is the one that is worked on.
type editionJSON struct {
	ID     string `json:"id"`
	Period string `json:"period"`
}

type tableJSON struct {
	Source string      `json:"source"`
	Sheet  string      `json:"sheet"`
	Rows   int         `json:"rows"`
	Fields []fieldJSON `json:"fields"`
}

type fieldJSON struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Title       string `json:"title"`
	Type        string `json:"type"`
	Description string `json:"description"`
	Unit        string `json:"unit"`
	Codes       string `json:"codes,omitempty"`
	Personal    string `json:"personal"`
	// Proposed are the words that nobody touched yet, with their origins.
	Proposed map[string]string `json:"proposed,omitempty"`
	Missing  []string          `json:"missing_values,omitempty"`
	Examples []string          `json:"examples,omitempty"`
}

// leftJSON is a value that the profile does not ask, or whose list has no
// counterpart; from names the profile that it comes back with.
type leftJSON struct {
	Key   string `json:"key"`
	Value string `json:"value"`
	From  string `json:"from,omitempty"`
}

func viewOf(d app.Dataset) datasetJSON {
	v := datasetJSON{
		ID: d.ID, Name: d.Name, Title: d.Title(), State: d.State, Job: d.Job, Updated: d.Updated.UTC().Format(timeForm),
		Description: d.Description, Lacking: append([]string{}, d.Profile.Lacking(d.Description)...), Tables: []tableJSON{}, Score: d.Score(),
	}
	for _, l := range d.Profile.Left(d.Description) {
		v.Left = append(v.Left, leftJSON{l.Key, l.Value, l.Profile})
	}
	v.Editions = []editionJSON{}
	for _, e := range d.Editions {
		v.Editions = append(v.Editions, editionJSON{e.ID, e.Period})
	}
	for _, t := range d.Tables {
		shown := tableJSON{Source: t.Source, Sheet: t.Recipe.Source.Sheet, Rows: t.Rows(), Fields: []fieldJSON{}}
		for _, c := range t.Columns {
			shown.Fields = append(shown.Fields, fieldJSON{
				ID: c.ID, Name: c.Field.Name, Title: c.Title, Type: string(c.Field.Type), Description: c.Description,
				Unit: c.Unit, Codes: c.Codes, Personal: c.Personal, Proposed: c.Proposed,
				Missing: c.Field.MissingValues, Examples: c.Field.Examples[:min(len(c.Field.Examples), 3)],
			})
		}
		v.Tables = append(v.Tables, shown)
	}
	return v
}

func (s *session) datasetList() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: s.say.T("cli.dataset.list.short"),
		Args:  s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.with(cmd.Context(), true, func(a *app.App) error {
				list, err := a.Datasets(cmd.Context())
				if err != nil {
					return err
				}
				views := []datasetJSON{}
				var rows [][]string
				for _, d := range list {
					views = append(views, viewOf(d))
					rows = append(rows, []string{short(d.ID), d.Title(), s.say.T("state." + string(d.State)), d.Name})
				}
				s.table([]string{"cli.head.id", "cli.head.title", "cli.head.state", "cli.head.name"}, rows)
				return s.document(views)
			})
		},
	}
}

func (s *session) datasetShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show " + s.say.T("cli.arg.dataset"),
		Short: s.say.T("cli.dataset.show.short"),
		Args:  s.exactly(1),
		RunE: s.showing(func(d app.Dataset) error {
			s.showDataset(d)
			return s.document(viewOf(d))
		}),
	}
}

// showing is the run of a command that shows one dataset and changes nothing.
func (s *session) showing(show func(app.Dataset) error) func(*cobra.Command, []string) error {
	return func(cmd *cobra.Command, args []string) error {
		return s.with(cmd.Context(), true, func(a *app.App) error {
			d, err := a.Dataset(cmd.Context(), args[0])
			if err != nil {
				return err
			}
			return show(d)
		})
	}
}

func (s *session) showDataset(d app.Dataset) {
	s.println(d.Title() + " · " + s.say.T("state."+string(d.State)))
	s.println(d.ID + " · " + d.Name)
	for _, key := range d.Profile.Keys() {
		v := d.Profile.Shown(d.Description, key, s.say.Lang())
		if v == "" {
			continue
		}
		if from := d.Description.Proposed[key]; from != "" {
			v += "  (" + s.say.T("proposed."+from) + ")"
		}
		s.println("  " + s.label(d, key) + ": " + v)
	}
	if len(d.Editions) > 1 {
		s.println(s.say.T("cli.dataset.editions", "Editions", s.editionsOf(d)))
	}
	for _, t := range d.Tables {
		s.println(s.say.N("cli.dataset.table", t.Rows(), "Source", t.Source, "Sheet", t.Recipe.Source.Sheet))
		for _, c := range t.Columns {
			mark := ""
			if c.Removed() {
				mark = "  (" + s.say.T("cli.dataset.removed") + ")"
			}
			s.println(fmt.Sprintf("  %-24s %-10s %s%s", c.Field.Name, s.say.T("type."+string(c.Field.Type)), c.Title, mark))
		}
	}
	if lacking := d.Profile.Lacking(d.Description); len(lacking) > 0 {
		for i, key := range lacking {
			lacking[i] = s.label(d, key) + " (" + key + ")"
		}
		s.println(s.say.T("cli.dataset.lacking", "Fields", strings.Join(lacking, ", ")))
	}
	s.showScore(d)
}

// label names a key as the dataset's profile does; of alternatives joined by
// "|", all names.
func (s *session) label(d app.Dataset, keys string) string {
	var names []string
	for key := range strings.SplitSeq(keys, "|") {
		if name := d.Profile.Label(key, s.say.Lang()); name != "" {
			names = append(names, name)
			continue
		}
		names = append(names, s.say.Key(key))
	}
	return strings.Join(names, " "+s.say.T("key.or")+" ")
}

// showScore says how complete the metadata are, and what would add most.
func (s *session) showScore(d app.Dataset) {
	score := d.Score()
	points := "score.points"
	if score.Now == score.Max {
		points = "score.published"
	}
	s.println(s.say.T(points, "Points", score.Points, "Now", score.Now, "Max", score.Max) + " · " +
		s.say.T("score.band."+score.Band) + " · " + s.say.N("score.stars", score.Stars))
	if len(score.Next) > 0 {
		s.println(s.say.T("score.next", "Field", s.label(d, score.Next[0].Key), "Points", score.Next[0].Points))
	}
	stray := d.Profile.Stray(d.Description)
	for _, key := range slices.Sorted(maps.Keys(stray)) {
		s.println(s.say.Explain(stray[key]).What)
	}
	if l, closed := d.ClosedLicense(); closed {
		s.println(s.say.T("license.not_open", "License", l.Title))
	}
	for _, l := range d.Profile.Left(d.Description) {
		key := "left.unasked"
		if l.Profile != "" {
			key = "left.aside"
		}
		s.println(s.say.T(key, "Field", s.label(d, l.Key), "Value", l.Value, "Profile", l.Profile))
	}
}

func (s *session) datasetRemove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove " + s.say.T("cli.arg.dataset"),
		Short: s.say.T("cli.dataset.remove.short"),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				d, err := a.Dataset(cmd.Context(), args[0])
				if err != nil {
					return err
				}
				if err := s.confirm(s.say.T("cli.dataset.remove.ask", "Title", d.Title())); err != nil {
					return err
				}
				if err := a.RemoveDataset(cmd.Context(), d.ID); err != nil {
					return err
				}
				s.println(s.say.T("cli.dataset.remove.done", "Title", d.Title()))
				return s.document(map[string]string{"removed": d.ID})
			})
		},
	}
}

// confirm asks a person at a terminal; without one the answer must have been
// given as --yes.
func (s *session) confirm(question string) error {
	if s.yes {
		return nil
	}
	if !s.env.Terminal {
		return &app.Error{Kind: app.NeedsAnswer, Args: map[string]string{"Flag": "--yes"}}
	}
	fmt.Fprintf(s.env.Stderr, "%s [%s/%s] ", question, s.say.T("cli.yes"), s.say.T("cli.no"))
	var answer string
	fmt.Fscanln(s.env.Stdin, &answer)
	if answer == "" || !strings.HasPrefix(strings.ToLower(s.say.T("cli.yes")), strings.ToLower(answer[:1])) {
		return context.Canceled
	}
	return nil
}
