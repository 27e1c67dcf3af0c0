#!/usr/bin/env bash
# make test: every package with the race detector, then a summary. The window
# is left out by its build tag: only its driver needs OpenGL, and the screens
# are tested on Fyne's software canvas.
#
#   PACKAGES   what to test (default: everything)
#   TEST_FLAGS further flags of go test
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

need_go
need_compiler
mkdir -p build
log=build/test.log
started=$SECONDS
status=0
# shellcheck disable=SC2086
CGO_ENABLED=1 go test -race -tags headless -timeout 20m ${TEST_FLAGS:-} ${PACKAGES:-./...} 2>&1 | tee "$log" || status=$?

ok=$(grep -c '^ok' "$log" || true)
bad=$(grep -cE '^FAIL[[:space:]]+chasqui' "$log" || true)
none=$(grep -c 'no test files' "$log" || true)
echo
echo "packages: $ok passed, $bad failed, $none without tests; $((SECONDS - started)) s"
if [ -z "${CHASQUI_CKAN_URL:-}" ]; then
  echo "real CKAN: not run (make test-ckan); the practice portal stood in for it"
fi
if [ "$status" -ne 0 ]; then
  grep -E '^(--- FAIL|FAIL[[:space:]]+chasqui)' "$log" || true
fi
exit "$status"
