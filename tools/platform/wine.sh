#!/usr/bin/env bash
# make windows-test: the main job of build/windows/chasqui.exe under Wine, in
# a Wine folder of its own, with a data folder of its own; then a look at the
# window, if it was built, on a virtual display with software OpenGL.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh
. tools/platform/display.sh

command -v wine >/dev/null || install_packages wine wine64
export WINEPREFIX="$PWD/build/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
mkdir -p build/wine
trap 'wineserver -k 2>/dev/null || true; stop_display' EXIT
system32="$WINEPREFIX/drive_c/windows/system32"
[ -d "$system32" ] || wine wineboot --init >/dev/null 2>&1
if [ ! -f "$system32/bcryptprimitives.dll" ]; then
  command -v x86_64-w64-mingw32-gcc >/dev/null || install_packages gcc-mingw-w64-x86-64
  x86_64-w64-mingw32-gcc -shared -Os -s -o "$system32/bcryptprimitives.dll" tools/wine/bcryptprimitives.c -ladvapi32
fi

# windows_path FOLDER is what the program calls a folder of this system.
windows_path() { echo "Z:${1//\//\\}"; }

rm -rf build/wine-data && mkdir -p build/wine-data
CHASQUI_DATA=$(windows_path "$PWD/build/wine-data")
export CHASQUI_DATA
wine build/windows/chasqui.exe "${@:-demo}"
echo "chasqui.exe did its job under $(wine --version)"

if [ -f build/windows/chasqui-ventana.exe ]; then
  start_display
  rm -rf build/wine-data && mkdir -p build/wine-data
  wine build/windows/chasqui-ventana.exe window --sample &
  if settled build/windows/ventana.png; then
    echo "chasqui-ventana.exe shows build/windows/ventana.png"
  else
    echo "chasqui-ventana.exe shows nothing" >&2
    exit 1
  fi
fi
