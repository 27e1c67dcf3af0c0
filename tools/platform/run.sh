#!/usr/bin/env bash
# make run: the main job, in a window where there is a display, else on the
# command line, where nothing graphic is needed.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

need_go
export CHASQUI_DATA="${CHASQUI_DATA:-$PWD/build/data}"

if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then
  if tools/platform/graphics.sh; then
    echo "Building the window (the first time takes some minutes)" >&2
    go build -ldflags "-X main.version=${VERSION:-dev}" -o build/chasqui .
    # The sample is for the first time; afterwards it lies among the drafts.
    if [ -e "$CHASQUI_DATA" ]; then exec build/chasqui window; fi
    exec build/chasqui window --sample
  fi
  echo "Going on without the window." >&2
fi
echo "Building the program without a window" >&2
CGO_ENABLED=0 go build -tags headless -ldflags "-X main.version=${VERSION:-dev}" -o build/chasqui-headless .
exec build/chasqui-headless demo
