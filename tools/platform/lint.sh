#!/usr/bin/env bash
# make lint: vet and staticcheck over both builds, then known vulnerabilities.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

need_go
unformatted=$(gofmt -l $(git ls-files '*.go'))
if [ -n "$unformatted" ]; then
  echo "Not formatted; run gofmt -w on:" >&2
  echo "$unformatted" >&2
  exit 1
fi
go vet -tags headless ./...
go tool staticcheck -tags headless ./...
if pkg-config --exists gl x11 xkbcommon 2>/dev/null; then
  go vet .
  go tool staticcheck .
else
  echo "The window's driver was not checked: make build installs what it needs." >&2
fi
if ! output=$(go tool govulncheck -tags headless ./... 2>&1); then
  case "$output" in
    *"fetching vulnerabilities"* | *"dial tcp"* | *"lookup "* | *"no such tool"*)
      echo "govulncheck: not run, its database can't be reached from here." >&2 ;;
    *)
      echo "$output"
      exit 1 ;;
  esac
fi
