# Read by the other scripts: installing Debian packages where one may.

# may_install says whether packages can be installed without asking anybody.
may_install() {
  command -v apt-get >/dev/null 2>&1 || return 1
  [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null
}

# install_packages NAME... installs them, or prints the one line to run and
# returns 1.
install_packages() {
  if may_install; then
    local sudo=""
    [ "$(id -u)" = 0 ] || sudo=sudo
    echo "Installing: $*" >&2
    $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq >/dev/null &&
      $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
    return
  fi
  echo "Something is missing on this system. On Debian or Ubuntu, run this line, then try again:" >&2
  echo "  sudo apt-get install -y $*" >&2
  return 1
}

# need_go asks for a Go that can fetch the version named in go.mod.
need_go() {
  if ! command -v go >/dev/null 2>&1; then
    echo "Go is not installed: https://go.dev/doc/install has the steps. Version 1.21 or later will do;" >&2
    echo "it fetches the one that go.mod names by itself." >&2
    exit 1
  fi
}

# need_compiler asks for a C compiler, which the race detector and the window need.
need_compiler() {
  command -v "${CC:-gcc}" >/dev/null 2>&1 || command -v cc >/dev/null 2>&1 || install_packages gcc libc6-dev
}
