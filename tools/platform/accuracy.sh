#!/usr/bin/env bash
# make accuracy: how well tables are found in real sheets. The corpus and its
# score lie beside the clone, since most of its files may not be passed on.
set -euo pipefail
cd "$(dirname "$0")/../.."

corpus="${CHASQUI_SHARED:-../shared}/corpus"
if [ ! -f "$corpus/score.py" ]; then
  echo "There is no corpus at $corpus: set CHASQUI_SHARED to the folder that holds corpus/score.py." >&2
  exit 1
fi
command -v python3 >/dev/null || { echo "python3 is missing: the score is a Python program." >&2; exit 1; }
CGO_ENABLED=0 go build -tags headless -o build/chasqui-headless .
python3 "$corpus/score.py" --manifest "$corpus/MANIFEST.tsv" --files "$corpus/files" \
  --cmd "$PWD/build/chasqui-headless inspect {file} --json" --jobs "${JOBS:-2}" --by trap --details build/misses.tsv "$@"
echo "what was missed: build/misses.tsv"
