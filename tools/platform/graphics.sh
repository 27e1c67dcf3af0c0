#!/usr/bin/env bash
# Sees to what building the window needs: a C compiler and the development
# files of OpenGL, X11 and Wayland.
set -euo pipefail
. "$(dirname "$0")/apt.sh"

need_go
case "$(uname -s)" in
  Linux) ;;
  *) exit 0 ;; # macOS and Windows bring theirs with the compiler
esac
command -v gcc >/dev/null && command -v pkg-config >/dev/null &&
  pkg-config --exists gl x11 xrandr xcursor xi xinerama xxf86vm wayland-client xkbcommon && exit 0
install_packages gcc libc6-dev pkg-config libgl1-mesa-dev xorg-dev libwayland-dev libxkbcommon-dev
