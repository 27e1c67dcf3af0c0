#!/usr/bin/env bash
# make windows-test: the main job of build/windows/chasqui.exe under Wine, in
# a Wine folder of its own, with a data folder of its own.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

command -v wine >/dev/null || install_packages wine wine64
export WINEPREFIX="$PWD/build/wine" WINEDEBUG=-all WINEDLLOVERRIDES="mscoree,mshtml=;winemenubuilder.exe=d"
mkdir -p build/wine
system32="$WINEPREFIX/drive_c/windows/system32"
[ -d "$system32" ] || wine wineboot --init >/dev/null 2>&1
if [ ! -f "$system32/bcryptprimitives.dll" ]; then
  command -v x86_64-w64-mingw32-gcc >/dev/null || install_packages gcc-mingw-w64-x86-64
  x86_64-w64-mingw32-gcc -shared -Os -s -o "$system32/bcryptprimitives.dll" tools/wine/bcryptprimitives.c -ladvapi32
fi

rm -rf build/wine-data && mkdir -p build/wine-data
export CHASQUI_DATA='Z:'"${PWD//\//\\}"'\build\wine-data'
wine build/windows/chasqui.exe "${@:-demo}"
