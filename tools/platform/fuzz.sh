#!/usr/bin/env bash
# make fuzz: every fuzz target for an equal part of FUZZ_SECONDS (180).
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

need_go
targets=$(grep -rnoE --include='*_test.go' '^func Fuzz[A-Za-z0-9_]+' . | sed -E 's|^\./||; s|/[^/]+_test\.go:[0-9]+:func |:|' | sort -u)
count=$(echo "$targets" | grep -c . || true)
[ "$count" -gt 0 ] || { echo "There are no fuzz targets." >&2; exit 1; }
each=$(( ${FUZZ_SECONDS:-180} / count ))
[ "$each" -gt 0 ] || each=1
echo "$count targets, $each s each"
failed=0
while IFS=: read -r package name; do
  echo "-- $package $name"
  go test -tags headless "./$package" -run '^$' -fuzz "^$name\$" -fuzztime "${each}s" -parallel 2 || failed=1
done <<<"$targets"
exit "$failed"
