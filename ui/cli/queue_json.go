package cli

import (
	"time"

	"chasqui/app"
)

// jobJSON is a job under --json.
type jobJSON struct {
	Job         string        `json:"job"`
	Dataset     string        `json:"dataset"`
	Title       string        `json:"title"`
	Destination string        `json:"destination"`
	State       string        `json:"state"`
	Why         string        `json:"why,omitempty"`
	Reason      string        `json:"reason,omitempty"`
	Paused      bool          `json:"paused"`
	Cancelling  bool          `json:"cancelling,omitempty"`
	NotBefore   string        `json:"not_before,omitempty"`
	Created     string        `json:"created"`
	Bytes       int64         `json:"bytes"`
	Priority    int64         `json:"priority,omitempty"`
	Attempts    []attemptJSON `json:"attempts"`
	Receipt     *receiptJSON  `json:"receipt"`
	Conflict    *conflictJSON `json:"conflict,omitempty"`
	Estimate    *estimateJSON `json:"estimate,omitempty"`
	Stuck       *stuckJSON    `json:"stuck,omitempty"`
}

// conflictJSON is what a job that a conflict parked is about.
type conflictJSON struct {
	Clash       string           `json:"clash"`
	Name        string           `json:"name,omitempty"`
	Title       string           `json:"title,omitempty"`
	Differences []differenceJSON `json:"differences"`
}

type differenceJSON struct {
	Resource string `json:"resource,omitempty"`
	Field    string `json:"field"`
	Was      string `json:"was"`
	Ours     string `json:"ours"`
	Theirs   string `json:"theirs"`
}

// estimateJSON is what sending costs: bytes, seconds, bytes a second. What was
// never measured is missing. Between is the usual time between two cuts, in
// seconds.
type estimateJSON struct {
	Bytes    int64          `json:"bytes"`
	Requests int            `json:"requests,omitempty"`
	Seconds  *float64       `json:"seconds,omitempty"`
	Rate     int64          `json:"rate,omitempty"`
	Between  float64        `json:"seconds_between_cuts,omitempty"`
	Refused  int64          `json:"refused_from,omitempty"`
	Files    []fileCostJSON `json:"file_costs,omitempty"`
}

// fileCostJSON is what sending one file costs. Obstacle is "too_long" or
// "too_large", Advice "zip", "elsewhere" or "package"; both are missing where
// nothing is known against it.
type fileCostJSON struct {
	Name     string       `json:"name"`
	Bytes    int64        `json:"bytes"`
	Seconds  *float64     `json:"seconds,omitempty"`
	Obstacle app.Obstacle `json:"obstacle,omitempty"`
	Advice   app.Remedy   `json:"advice,omitempty"`
	Zipped   int64        `json:"zipped_bytes,omitempty"`
}

func estimateOf(e app.Estimate) *estimateJSON {
	v := &estimateJSON{
		Bytes: e.Bytes, Requests: e.Requests, Seconds: seconds(e.Time, e.Known), Rate: e.Rate,
		Between: e.Between.Seconds(), Refused: e.Refused,
	}
	for _, f := range e.Files {
		v.Files = append(v.Files, fileCostJSON{f.Name, f.Bytes, seconds(f.Time, f.Known), f.Obstacle, f.Remedy, f.Zipped})
	}
	return v
}

// seconds is a time in seconds, nil for one that is not known.
func seconds(t time.Duration, known bool) *float64 {
	if !known {
		return nil
	}
	s := t.Seconds()
	return &s
}

// stuckJSON is the file at which a job is cut again and again.
type stuckJSON struct {
	File string `json:"file"`
	Cuts int    `json:"cuts"`
}

type attemptJSON struct {
	Started  string `json:"started"`
	Finished string `json:"finished"`
	Bytes    int64  `json:"bytes"`
	Kind     string `json:"kind,omitempty"`
	Detail   string `json:"detail,omitempty"`
}

type receiptJSON struct {
	URL       string         `json:"url"`
	Resources []resourceJSON `json:"resources"`
	Dataset   string         `json:"dataset"`
	At        string         `json:"at"`
	Verified  string         `json:"verified"`
}

type resourceJSON struct {
	Name   string `json:"name"`
	URL    string `json:"url"`
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

func jobOf(j app.Job) jobJSON {
	v := jobJSON{
		Job: j.ID, Dataset: j.Dataset, Title: j.Title, Destination: j.Destination.Name, State: string(j.State), Why: string(j.Why),
		Reason: string(j.Reason), Paused: j.Paused, Cancelling: j.Cancelling, NotBefore: moment(j.NotBefore), Created: moment(j.Created), Bytes: j.Bytes,
		Priority: j.Priority, Attempts: []attemptJSON{},
	}
	if j.Stuck != nil {
		v.Stuck = &stuckJSON{j.Stuck.File, j.Stuck.Cuts}
	}
	if c := j.Conflict; c != nil {
		v.Conflict = &conflictJSON{Clash: string(c.Clash), Name: c.Name, Title: c.Title, Differences: []differenceJSON{}}
		for _, d := range c.Differences {
			v.Conflict.Differences = append(v.Conflict.Differences, differenceJSON{d.Resource, d.Field, d.Was, d.Ours, d.Theirs})
		}
	}
	for _, t := range j.Tries {
		v.Attempts = append(v.Attempts, attemptJSON{moment(t.Started), moment(t.Finished), t.Bytes, string(t.Kind), t.Detail})
	}
	if j.Receipt != nil {
		v.Receipt = &receiptJSON{
			URL: j.Receipt.URL, Dataset: j.Receipt.Dataset, At: moment(j.Receipt.At), Verified: j.Receipt.Verified,
			Resources: []resourceJSON{},
		}
		for _, r := range j.Receipt.Resources {
			v.Receipt.Resources = append(v.Receipt.Resources, resourceJSON{r.Name, r.URL, r.Bytes, r.SHA256})
		}
	}
	return v
}

// logJSON is one line of a job's log under --json. What a run moved is there
// where a run ended: bytes of bodies, seconds.
type logJSON struct {
	At       string  `json:"at"`
	Event    string  `json:"event"`
	Kind     string  `json:"kind,omitempty"`
	File     string  `json:"file,omitempty"`
	Detail   string  `json:"detail"`
	Until    string  `json:"until,omitempty"`
	Seconds  float64 `json:"seconds,omitempty"`
	Requests int     `json:"requests,omitempty"`
	Sent     int64   `json:"sent,omitempty"`
	Received int64   `json:"received,omitempty"`
}

func logOf(e app.LogEntry) logJSON {
	return logJSON{
		At: moment(e.At), Event: e.Event, Kind: string(e.Kind), File: e.File, Detail: e.Detail, Until: moment(e.Until),
		Seconds: e.Run.Took.Seconds(), Requests: e.Run.Requests, Sent: e.Run.Sent, Received: e.Run.Received,
	}
}
