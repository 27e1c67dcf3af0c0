#!/usr/bin/env bash
# make screenshots: each screen with the sample, 1280 x 800, in Spanish, on a
# virtual display with software OpenGL, into docs/screenshots/NAME.png.
#
#   SCREENS   which (default: all)
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh
. tools/platform/display.sh

tools/platform/graphics.sh
go build -o build/chasqui .
mkdir -p docs/screenshots
export LANG=es_PE.UTF-8 LANGUAGE=es FYNE_SCALE=1

program=0
finish() {
  [ "$program" = 0 ] || kill "$program" 2>/dev/null || true
  stop_display
}
trap finish EXIT
start_display

# fill_display makes the program's window as large as the display.
fill_display() {
  local window=""
  for _ in $(seq 100); do
    window=$(xdotool search --onlyvisible --pid "$1" 2>/dev/null | head -n 1 || true)
    [ -n "$window" ] && break
    sleep 0.2
  done
  [ -z "$window" ] || xdotool windowmove "$window" 0 0 windowsize "$window" 1280 800
}

failed=0
for screen in ${SCREENS:-home review describe publish outbox settings}; do
  data=$(mktemp -d)
  build/chasqui window --screen "$screen" --sample --data "$data" --lang es 2>build/screenshot.log &
  program=$!
  fill_display "$program"
  if settled "docs/screenshots/$screen.png"; then
    echo "docs/screenshots/$screen.png"
  else
    echo "$screen did not come to rest; its log:" >&2
    cat build/screenshot.log >&2
    failed=1
  fi
  kill "$program" 2>/dev/null || true
  wait "$program" 2>/dev/null || true
  program=0
  rm -rf "$data"
done
exit "$failed"
