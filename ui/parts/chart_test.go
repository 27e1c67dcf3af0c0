package parts

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
)

func TestAChartsBarsAreAsHighAsTheirNumbers(t *testing.T) {
	test.NewTempApp(t)
	bars := []Bar{{Pieces: []int{2, 1}, Mark: 4}, {Pieces: []int{0, 0}}, {Pieces: []int{1, 0}, Mark: 2}}
	c := NewChart(bars, "4", "1 mar", "3 mar")
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(400, 300))
	r := test.WidgetRenderer(c).(*chartRenderer)
	unit := r.pieces[0][1].Size().Height
	if unit < 10 {
		t.Fatalf("a thing is %v high", unit)
	}
	near := func(what string, got, want float32) {
		t.Helper()
		if d := got - want; d > 0.5 || d < -0.5 {
			t.Errorf("%s is %v, want %v", what, got, want)
		}
	}
	near("two things", r.pieces[0][0].Size().Height, 2*unit)
	near("what stands on them", r.pieces[0][1].Position().Y+unit, r.pieces[0][0].Position().Y)
	near("the ground", r.pieces[0][0].Position().Y+2*unit, r.ground.Position1.Y)
	near("the highest mark", r.marks[0].Position().Y+1.5, r.roof.Position1.Y)
	if r.pieces[1][0].Visible() || r.marks[1].Visible() || !r.marks[2].Visible() {
		t.Error("a day without anything must be empty, and no other")
	}
	for _, o := range r.Objects() {
		if rect, ok := o.(*canvas.Rectangle); ok && rect.Visible() && rect.Position().X+rect.Size().Width > c.Size().Width+0.5 {
			t.Errorf("a bar ends at %v of %v", rect.Position().X+rect.Size().Width, c.Size().Width)
		}
	}
}

func TestAChartOfNothingHasNoBars(t *testing.T) {
	test.NewTempApp(t)
	c := NewChart(nil, "0", "", "")
	test.NewTempWindow(t, c)
	if Highest(nil) != 0 || c.MinSize().Height < chartHeight {
		t.Errorf("min size %v", c.MinSize())
	}
}
