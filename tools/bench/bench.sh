#!/usr/bin/env bash
# make bench: runs our own benchmarks, six times each, and compares them by
# benchstat with the run that was kept before, where there is one: a difference
# counts only if it is beyond the noise. The run is kept as build/bench/NAME.txt,
# NAME being the commit; BASE names another to compare with, BENCH which
# benchmarks to run, PACKAGES where.
set -euo pipefail
cd "$(dirname "$0")/../.."

dir=build/bench
mkdir -p "$dir"
name=$(git rev-parse --short HEAD 2>/dev/null || echo now)
before=${BASE:+$dir/$BASE.txt}
before=${before:-$(ls -t "$dir"/*.txt 2>/dev/null | grep -v -e "/$name.txt" -e /out.txt | head -1 || true)}
# shellcheck disable=SC2086
go test -tags headless -run '^$' -bench "${BENCH:-.}" -benchmem -benchtime 200ms -count "${COUNT:-6}" ${PACKAGES:-./...} |
  grep -v 'no test files' | tee "$dir/$name.txt"
benchstat=golang.org/x/perf/cmd/benchstat@v0.0.0-20260908200009-22c9c6c9d4da
if [ -n "$before" ] && [ -f "$before" ]; then
  go run "$benchstat" "$before" "$dir/$name.txt"
else
  go run "$benchstat" "$dir/$name.txt"
fi
