# Read by the other scripts: a virtual display with software OpenGL, and
# pictures of what is on it.

# start_display starts a display of 1280 x 800 and exports DISPLAY; the caller
# ends it with stop_display.
start_display() {
  command -v Xvfb >/dev/null || install_packages xvfb
  command -v import >/dev/null || install_packages imagemagick
  command -v xdotool >/dev/null || install_packages xdotool
  export LIBGL_ALWAYS_SOFTWARE=1
  unset WAYLAND_DISPLAY
  local number
  number=$(mktemp)
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$number" 2>/dev/null &
  display_process=$!
  for _ in $(seq 50); do
    [ -s "$number" ] && break
    sleep 0.1
  done
  DISPLAY=":$(cat "$number")"
  export DISPLAY
  rm -f "$number"
}

stop_display() {
  [ -z "${display_process:-}" ] || kill "$display_process" 2>/dev/null || true
}

# settled FILE captures the display until two pictures in a row are the same
# and show more than a background; 1 after half a minute.
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
