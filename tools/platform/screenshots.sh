#!/usr/bin/env bash
# make screenshots: each screen with the sample, 1280 x 800, in Spanish, on a
# virtual display with software OpenGL, into docs/screenshots/NAME.png.
#
#   SCREENS   which (default: all)
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

command -v Xvfb >/dev/null || install_packages xvfb
command -v import >/dev/null || install_packages imagemagick
command -v xdotool >/dev/null || install_packages xdotool
tools/platform/graphics.sh
go build -o build/chasqui .
mkdir -p docs/screenshots
export LIBGL_ALWAYS_SOFTWARE=1 LANG=es_PE.UTF-8 LANGUAGE=es FYNE_SCALE=1
unset WAYLAND_DISPLAY

number=$(mktemp)
Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$number" 2>/dev/null &
display=$!
program=0
finish() {
  [ "$program" = 0 ] || kill "$program" 2>/dev/null || true
  kill "$display" 2>/dev/null || true
  rm -f "$number"
}
trap finish EXIT
for _ in $(seq 50); do [ -s "$number" ] && break; sleep 0.1; done
DISPLAY=":$(cat "$number")"
export DISPLAY

# settled waits until two captures in a row are the same and not of one colour.
settled() {
  local before="" now colours
  for _ in $(seq 60); do
    sleep 0.5
    import -window root -depth 8 "$1" 2>/dev/null || continue
    now=$(cksum <"$1")
    colours=$(identify -format %k "$1")
    [ "$colours" -gt 8 ] && [ "$now" = "$before" ] && return 0
    before=$now
  done
  return 1
}

failed=0
for screen in ${SCREENS:-home review publish outbox settings}; do
  data=$(mktemp -d)
  build/chasqui window --screen "$screen" --sample --data "$data" --lang es 2>build/screenshot.log &
  program=$!
  for _ in $(seq 100); do
    window=$(xdotool search --onlyvisible --pid "$program" 2>/dev/null | head -n 1 || true)
    [ -n "$window" ] && break
    sleep 0.2
  done
  if [ -n "$window" ]; then
    xdotool windowmove "$window" 0 0 windowsize "$window" 1280 800
  fi
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
