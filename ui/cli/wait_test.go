package cli_test

import "time"

// yieldOnce lets a process that is starting get on.
func yieldOnce() { <-time.After(10 * time.Millisecond) }
