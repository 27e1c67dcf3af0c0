package cli

import (
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"chasqui/app"
)

func officeCommand(s *session) *cobra.Command {
	c := &cobra.Command{Use: "office", Short: s.say.T("cli.office.short")}
	c.AddCommand(s.officeShow(), s.officeSet(), s.officeEdit(), s.officeExport(), s.officeImport())
	return c
}

// officeJSON is the office and its rules of sending under --json: bytes and
// bytes a second, 0 for no limit.
type officeJSON struct {
	app.Office
	Paused    bool     `json:"paused"`
	Hours     []string `json:"hours"`
	LimitRate int64    `json:"limit_rate"`
	Metered   bool     `json:"metered"`
	AskOver   int64    `json:"ask_over"`
	// SampleBelow is the rate below which files are compared by samples; 0: never.
	SampleBelow int64 `json:"sample_below"`
}

func (s *session) officeShow() *cobra.Command {
	return &cobra.Command{
		Use: "show", Short: s.say.T("cli.office.show.short"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error { return s.tellOffice(cmd, a) })
		},
	}
}

func (s *session) tellOffice(cmd *cobra.Command, a *app.App) error {
	office, err := a.Office(cmd.Context())
	if err != nil {
		return err
	}
	rules, err := a.LinkRules(cmd.Context())
	if err != nil {
		return err
	}
	v := officeJSON{office, rules.Paused, []string{}, rules.Rate, rules.Metered, rules.AskOver, rules.PoorLink()}
	for _, h := range rules.Hours {
		v.Hours = append(v.Hours, h.Words(s.say))
	}
	s.officeWords(office)
	hours, rate, cost := strings.Join(v.Hours, "; "), s.say.T("cli.office.no_limit"), s.say.T("cli.office.not_metered")
	if hours == "" {
		hours = s.say.T("cli.office.always")
	}
	if rules.Rate > 0 {
		rate = s.say.Bytes(rules.Rate) + "/s"
	}
	if rules.Metered {
		cost = s.say.T("cli.office.metered", "Size", s.say.Bytes(rules.AskOver))
	}
	s.println(s.say.T("cli.office.hours", "Hours", hours))
	s.println(s.say.T("cli.office.rate", "Rate", rate))
	s.println(cost)
	if v.SampleBelow > 0 {
		s.println(s.say.T("cli.office.sample", "Rate", s.say.Bytes(v.SampleBelow)+"/s"))
	} else {
		s.println(s.say.T("cli.office.sample_never"))
	}
	if rules.Paused {
		s.println(s.say.T("cli.queue.pause.all"))
	}
	return s.document(v)
}

// officeFlags are what officeSet takes; a flag that is not given changes
// nothing.
type officeFlags struct {
	name, country, rate, over, sample string
	hours                             []string
	metered                           bool
}

func (s *session) officeSet() *cobra.Command {
	var f officeFlags
	c := &cobra.Command{
		Use: "set", Short: s.say.T("cli.office.set.short"), Long: s.say.T("cli.office.set.long"), Args: s.noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.with(cmd.Context(), false, func(a *app.App) error {
				office, err := a.Office(cmd.Context())
				if err != nil {
					return err
				}
				rules, err := a.LinkRules(cmd.Context())
				if err != nil {
					return err
				}
				if err := s.applyOffice(cmd.Flags(), f, &office, &rules); err != nil {
					return err
				}
				if err := a.SaveOffice(cmd.Context(), office); err != nil {
					return err
				}
				if err := a.SaveLinkRules(cmd.Context(), rules); err != nil {
					return err
				}
				return s.tellOffice(cmd, a)
			})
		},
	}
	flags := c.Flags()
	flags.StringVar(&f.name, "name", "", s.say.T("cli.flag.office_name"))
	flags.StringVar(&f.country, "country", "", s.say.T("cli.flag.office_country"))
	flags.StringArrayVar(&f.hours, "hours", nil, s.say.T("cli.flag.office_hours"))
	flags.StringVar(&f.rate, "limit-rate", "", s.say.T("cli.flag.office_rate"))
	flags.BoolVar(&f.metered, "metered", false, s.say.T("cli.flag.office_metered"))
	flags.StringVar(&f.sample, "sample-below", "", s.say.T("cli.flag.office_sample"))
	flags.StringVar(&f.over, "ask-over", "", s.say.T("cli.flag.office_over"))
	return c
}

// applyOffice changes what the flags that were given say.
func (s *session) applyOffice(given *pflag.FlagSet, f officeFlags, office *app.Office, rules *app.LinkRules) error {
	if given.Changed("name") {
		office.Name = f.name
	}
	if given.Changed("country") {
		office.Country = strings.ToUpper(f.country)
	}
	if given.Changed("hours") {
		rules.Hours = nil
		for _, text := range f.hours {
			if text == "" {
				continue // no hours: always
			}
			h, err := app.ParseHours(text, s.say)
			if err != nil {
				return err
			}
			rules.Hours = append(rules.Hours, h)
		}
	}
	var err error
	if given.Changed("limit-rate") {
		if rules.Rate, err = parseAmount("--limit-rate", f.rate); err != nil {
			return err
		}
	}
	if given.Changed("metered") {
		rules.Metered = f.metered
		if rules.Metered && rules.AskOver == 0 {
			rules.AskOver = app.AskOverDefault
		}
	}
	if given.Changed("sample-below") {
		if rules.SampleBelow, err = parseAmount("--sample-below", f.sample); err != nil {
			return err
		}
		if rules.SampleBelow == 0 {
			rules.SampleBelow = -1
		}
	}
	if given.Changed("ask-over") {
		if rules.AskOver, err = parseAmount("--ask-over", f.over); err != nil {
			return err
		}
	}
	return nil
}
