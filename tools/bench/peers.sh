#!/usr/bin/env bash
# make bench-peers: converts and inspects three large files (some 500 MB, made on
# the first run) with the program and with the peers that are here: unzip, iconv,
# excelize; calamine where cargo can build it; python-calamine and DuckDB where
# PEERS_PYTHON, else python3, has them. A peer that is not here is said so.
set -euo pipefail
cd "$(dirname "$0")/../.."

dir=build/bench
mkdir -p "$dir"
CGO_ENABLED=0 go build -trimpath -tags headless -o "$dir/chasqui" .
go build -trimpath -o "$dir/bench-tool" ./tools/bench
if command -v cargo >/dev/null; then
  CARGO_TARGET_DIR="$PWD/$dir/calamine" cargo build --quiet --release --manifest-path tools/bench/calamine/Cargo.toml ||
    echo "calamine could not be built" >&2
fi
"$dir/bench-tool" peers "$dir" "$PWD/$dir/chasqui"
