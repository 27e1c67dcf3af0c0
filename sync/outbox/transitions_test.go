package outbox_test

import (
	"errors"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"chasqui/sync/outbox"
	"chasqui/sync/portal"
)

var updateDocs = flag.Bool("update", false, "write docs/outbox.md anew")

// constants reads the values of all constants of a type from a source file.
func constants(t *testing.T, file, typ string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		if name, ok := spec.Type.(*ast.Ident); !ok || name.Name != typ {
			return true
		}
		for _, v := range spec.Values {
			s, err := strconv.Unquote(v.(*ast.BasicLit).Value)
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
		return true
	})
	return out
}

func TestEveryStateAndEventIsListed(t *testing.T) {
	var states, events []string
	for _, s := range outbox.States() {
		states = append(states, string(s))
	}
	for _, e := range outbox.Events() {
		events = append(events, string(e))
	}
	if diff := cmp.Diff(constants(t, "job.go", "State"), states); diff != "" {
		t.Errorf("states (-source +list):\n%s", diff)
	}
	if diff := cmp.Diff(constants(t, "transitions.go", "Event"), events); diff != "" {
		t.Errorf("events (-source +list):\n%s", diff)
	}
}

func TestWhatIsNotInTheTableIsRefused(t *testing.T) {
	legal := map[outbox.Transition]bool{}
	for _, tr := range outbox.Transitions() {
		if legal[tr] {
			t.Errorf("twice: %+v", tr)
		}
		legal[tr] = true
	}
	seen := 0
	for _, s := range append(outbox.States(), "unheard-of") {
		for _, e := range append(outbox.Events(), "unheard-of") {
			tr, err := outbox.Next(s, e)
			var bad *outbox.IllegalError
			switch {
			case err == nil && !legal[tr]:
				t.Errorf("%s, %s: %+v is not in the table", s, e, tr)
			case err == nil:
				seen++
			case !errors.As(err, &bad) || bad.State != s || bad.Event != e:
				t.Errorf("%s, %s: %v", s, e, err)
			}
		}
	}
	if seen != len(legal) {
		t.Errorf("%d pairs are let through, the table has %d rows", seen, len(legal))
	}
}

func TestNothingLeavesAFinalStateAndEverythingReachesOne(t *testing.T) {
	reach := map[outbox.State]bool{outbox.Completed: true, outbox.Cancelled: true}
	for range outbox.States() {
		for _, tr := range outbox.Transitions() {
			if tr.From.Final() {
				t.Errorf("%+v leaves a final state", tr)
			}
			if reach[tr.To] {
				reach[tr.From] = true
			}
		}
	}
	for _, s := range outbox.States() {
		if !reach[s] {
			t.Errorf("a job that is %s can never end", s)
		}
	}
}

func TestThePictureIsTheTable(t *testing.T) {
	const path = "../../docs/outbox.md"
	want := page()
	if *updateDocs {
		if err := os.WriteFile(path, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, strings.ReplaceAll(string(got), "\r\n", "\n")); diff != "" {
		t.Errorf("docs/outbox.md is not what the table says; run this test with -update:\n%s", diff)
	}
}

// page is docs/outbox.md.
func page() string {
	var b strings.Builder
	b.WriteString(`# The outbox: the life of a queued publication

This page is generated from the table in sync/outbox/transitions.go.

A job is one frozen publication on its way to one destination. It leaves the
queue as completed, with a receipt made from what the destination served, or as
cancelled, because a person said so. Pause, adopt and the wish to cancel are
flags beside the state.

` + "```mermaid\nstateDiagram-v2\n    [*] --> available\n")
	for _, tr := range outbox.Transitions() {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", tr.From, tr.To, tr.Event)
	}
	b.WriteString("    completed --> [*]\n    cancelled --> [*]\n```\n\n")
	b.WriteString("| from | event | to | counts as an attempt |\n|---|---|---|---|\n")
	for _, tr := range outbox.Transitions() {
		counts := ""
		if tr.Counts {
			counts = "yes"
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", tr.From, tr.Event, tr.To, counts)
	}
	b.WriteString("\n## What a failure does\n\n| kind | event | then waits for |\n|---|---|---|\n")
	for _, kind := range append(portal.Kinds[:], outbox.Defect) {
		event, reason := outbox.Judge(kind)
		waits := "a person: " + string(reason)
		if reason == "" {
			waits = "time, longer after each failure"
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", kind, event, waits)
	}
	b.WriteString(pageProse)
	return b.String()
}

// pageProse is what stands on the page below the tables.
const pageProse = `
Being offline is no attempt and no error: the job is put back for 15 seconds, then
longer, up to 5 minutes. A destination that answers with errors is left in
peace for 30 seconds, then longer, up to an hour, or for as long as it asks by
Retry-After, up to a day. All waits are spread over ±20 %.

Where a job was cut off, the destination is asked one small question. If it
answers, the others go on; if not, they are left as they are, and the question
is asked again after those waits, at once when the computer's network becomes
another one, and when the computer wakes up. A thousand jobs cost an office
without network no more traffic than one.

A destination that asks for patience is left in peace by all jobs for as long as
it asks, and so is one that fails three datasets in a row, until the third is due.

## The order

Jobs of one dataset to one destination go strictly in the order of queuing; one
that is parked, paused or waiting holds back only those. Destinations work side
by side. Among datasets those go first that a person put first, and with such a
job whatever of its dataset stands before it; then, where fewer than 64 kB a
second were measured, the small ones, for a day at most; else the older.

An older revision that still waits is taken out for a newer one of the same
edition only if a person says so, in the transaction that queues the newer one
(replaced). One that is being sent is left to end.

## What the office asks

| rule | what a job does |
|---|---|
| all paused | keeps its place; what is being sent stops and goes on later |
| link hours | waits for them (held); what is being sent when they end is sent to its end |
| paid by the megabyte | above the office's limit it is parked until a person says yes (cost) |

The rules are asked anew before each job, so a change holds at once. A person who
says "now" to a job that waits for hours or for a yes has said it for that job.

## Estimates

Each run of a courier ends with a line in the log: how long it took, how many
requests it made and how many bytes went each way. A destination's rate is the
mean of its last 30 runs, each weighing a fifth less than the one after it. Only
bodies of 32 kB and more tell a rate; a smaller one fits into the buffers on the
way. The time of a publication is what such publications took besides moving
their files, and its bytes up and down again, since every file is fetched back.

The usual time between cuts is the time of those runs in which bytes moved, divided
by how many of them the link broke off, from two on. A file whose one request takes
longer is in doubt, and so is one of a size that the portal refused: before it is
sent it is said which, how long it takes, and what helps (zipped, from another place,
handed over as a package). A job whose last three runs were cut at one file says so.

## Ending a run

A run that a person wants to end is stopped, and the destination is looked at:
if everything had arrived the job is completed, else cancelled. If it can't be
looked at, the job waits with that wish; asked a second time it ends at once.

A conflict says what differs. "Ours" writes over what somebody edited there,
"theirs" sends the rest and leaves the edited fields and files as they are, and
where it is not an edit but another's dataset, ends the job; "adopt" takes over a
dataset of our organization that has the name and not our identifier.
`
