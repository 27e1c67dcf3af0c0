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

# work_with leaves a data folder as some weeks of work would: one dataset
# published on the practice portal, one waiting for a portal out of reach.
work_with() {
  local data=$1 id
  build/chasqui demo --data "$data" --lang es --quiet >/dev/null
  build/chasqui destination add datos.gob.example --url http://127.0.0.1:9 --organization santa-rosa --data "$data" --quiet
  id=$(build/chasqui dataset new assets/samples/obras_municipales.csv --data "$data" --json | sed -E 's/.*"id":"([^"]+)".*/\1/')
  build/chasqui dataset edit "$id" --data "$data" --quiet --set "title=Obras municipales 2026" \
    --set "description=Obras en curso por distrito." --set "publisher=Municipalidad de Santa Rosa" --set license=cc-by-4.0 --set email=transparencia@santarosa.example
  for field in $(build/chasqui check "$id" --data "$data" --json | grep -oE '"field":"[^"]+"' | cut -d'"' -f4 | sort -u); do
    build/chasqui dataset edit "$id" --data "$data" --quiet --set "field.$field.personal=remove"
  done
  build/chasqui publish "$id" --to datos.gob.example --data "$data" --quiet
  build/chasqui sync --once --data "$data" --quiet || true # it can't be reached: that is the point
}

failed=0
for screen in ${SCREENS:-home review describe publish outbox settings}; do
  data=$(mktemp -d)
  sample=--sample
  case "$screen" in
    home | outbox)
      work_with "$data"
      sample=
      ;;
  esac
  # shellcheck disable=SC2086
  build/chasqui window --screen "$screen" $sample --data "$data" --lang es 2>build/screenshot.log &
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
