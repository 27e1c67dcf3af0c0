#!/usr/bin/env bash
# make windows: both programs for Windows on amd64, built here. chasqui.exe is
# the console program without a window and without cgo; chasqui-ventana.exe is
# the window, for which mingw-w64 compiles the C parts.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

need_go
mkdir -p build/windows
export GOOS=windows GOARCH=amd64
CGO_ENABLED=0 go build -trimpath -tags headless -ldflags "-s -w -X main.version=${VERSION:-dev}" -o build/windows/chasqui.exe .
echo "build/windows/chasqui.exe"

[ "${1:-}" = --headless ] && exit 0
command -v x86_64-w64-mingw32-gcc >/dev/null || install_packages gcc-mingw-w64-x86-64
CGO_ENABLED=1 CC=x86_64-w64-mingw32-gcc \
  go build -trimpath -ldflags "-s -w -X main.version=${VERSION:-dev} -H windowsgui -extldflags=-static" -o build/windows/chasqui-ventana.exe .
echo "build/windows/chasqui-ventana.exe"
