package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"gopkg.in/yaml.v3"

	"chasqui/app"
	"chasqui/app/describe"
)

func (s *session) datasetEdit() *cobra.Command {
	var sets []string
	var from string
	var turn bool
	var read app.Choices
	c := &cobra.Command{
		Use:   "edit " + s.say.T("cli.arg.dataset"),
		Short: s.say.T("cli.dataset.edit.short"),
		Long:  s.say.T("cli.dataset.edit.long", "Keys", strings.Join(describe.Keys[:], ", ")),
		Args:  s.exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			changes := tableChanges(cmd.Context(), args[0], read, cmd.Flags().Changed("unpivot"), turn)
			var list []app.Assignment
			if len(changes) == 0 || from != "" || len(sets) > 0 {
				var err error
				if list, err = s.assignments(from, sets); err != nil {
					return err
				}
			}
			return s.with(cmd.Context(), false, func(a *app.App) error {
				for _, change := range changes { // first, since the assignments may be about its columns
					if err := change(a); err != nil {
						return err
					}
				}
				d, err := a.Edit(cmd.Context(), args[0], list)
				if err != nil {
					return err
				}
				s.println(s.say.T("cli.dataset.edit.done", "Title", d.Title()))
				return s.document(viewOf(d))
			})
		},
	}
	c.Flags().StringArrayVar(&sets, "set", nil, s.say.T("cli.flag.set"))
	c.Flags().StringVar(&from, "from", "", s.say.T("cli.flag.from"))
	c.Flags().StringVar(&read.Hidden, "hidden", "", s.say.T("cli.flag.hidden"))
	c.Flags().StringVar(&read.Accents, "accents", "", s.say.T("cli.flag.accents"))
	c.Flags().BoolVar(&turn, "unpivot", false, s.say.T("cli.flag.unpivot"))
	return c
}

// tableChanges are what a command asks of a dataset's first table: how its sheet
// is read, and whether its times become rows.
func tableChanges(ctx context.Context, ref string, read app.Choices, turning, turn bool) []func(*app.App) error {
	var list []func(*app.App) error
	add := func(asked bool, change func(*app.App) (app.Dataset, error)) {
		if asked {
			list = append(list, func(a *app.App) error {
				if err := read.Check(); err != nil {
					return err
				}
				_, err := change(a)
				return err
			})
		}
	}
	add(read.Hidden != "", func(a *app.App) (app.Dataset, error) { return a.SetHidden(ctx, ref, 0, read.Hidden) })
	add(read.Accents != "", func(a *app.App) (app.Dataset, error) { return a.SetAccents(ctx, ref, 0, read.Accents) })
	add(turning, func(a *app.App) (app.Dataset, error) { return a.Unpivot(ctx, ref, 0, turn) })
	return list
}

// assignments reads --from, then the --set flags, which win.
func (s *session) assignments(from string, sets []string) ([]app.Assignment, error) {
	var list []app.Assignment
	if from != "" {
		read, err := s.readAssignments(from)
		if err != nil {
			return nil, err
		}
		list = read
	}
	for _, set := range sets {
		key, value, ok := strings.Cut(set, "=")
		if !ok {
			return nil, &usageError{kind: "flag_value", detail: "--set " + set}
		}
		list = append(list, app.Assignment{Key: strings.TrimSpace(key), Value: value})
	}
	if len(list) == 0 {
		return nil, &usageError{kind: "flag_missing", detail: "--set"}
	}
	return list, nil
}

// readAssignments reads a YAML or JSON file of keys and values; JSON is YAML.
// A list joins with commas; maps nest with dots, so that field: {monto: {unit:
// USD}} is field.monto.unit.
func (s *session) readAssignments(path string) ([]app.Assignment, error) {
	data, err := s.readSmall(path)
	if err != nil {
		return nil, err
	}
	var tree map[string]any
	if strings.EqualFold(filepath.Ext(path), ".json") {
		err = json.Unmarshal(data, &tree)
	} else {
		err = yaml.Unmarshal(data, &tree)
	}
	if err != nil {
		return nil, &app.Error{Kind: app.BadDescription, Args: map[string]string{"Name": filepath.Base(path)}, Err: err}
	}
	return flatten("", tree), nil
}

func flatten(prefix string, tree map[string]any) []app.Assignment {
	var list []app.Assignment
	keys := make([]string, 0, len(tree))
	for k := range tree {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for _, k := range keys {
		switch v := tree[k].(type) {
		case map[string]any:
			list = append(list, flatten(prefix+k+".", v)...)
		case []any:
			words := make([]string, len(v))
			for i, w := range v {
				words[i] = fmt.Sprint(w)
			}
			list = append(list, app.Assignment{Key: prefix + k, Value: strings.Join(words, ", ")})
		case nil:
			list = append(list, app.Assignment{Key: prefix + k})
		default:
			list = append(list, app.Assignment{Key: prefix + k, Value: fmt.Sprint(v)})
		}
	}
	return list
}
