// Package ui is the window: what a person sees and does, over app.
//
// A newcomer starts with window.go (the frame: rail, page, bottom line), then
// runner.go, the one place where work leaves the window's goroutine and comes
// back, and then one page: home.go, review.go, describe.go, publish.go,
// outbox.go, settings.go. A page is made of parts from ui/parts, asks app its
// questions through the runner, and shows the answers; what it shows is first
// put into plain values without Fyne (*_view.go), which are tested alone.
//
// Words come from app/message under "ui."; nothing here has a text of its own.
// The package compiles and is tested without a display: only main imports
// Fyne's driver.
package ui
