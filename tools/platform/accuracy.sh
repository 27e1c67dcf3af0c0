#!/usr/bin/env bash
# make accuracy: how well columns and encodings are recognised in our own
# labelled corpus, then how well tables are found in real sheets. That corpus
# and its score lie beside the clone, since most of its files may not be passed
# on.
set -euo pipefail
cd "$(dirname "$0")/../.."

echo "testdata/corpus: recall for each type and encoding"
CGO_ENABLED=0 go run -tags headless ./tools/accuracy -misses

corpus="${CHASQUI_SHARED:-../shared}/corpus"
if [ ! -f "$corpus/score.py" ]; then
  echo "Real sheets: not measured. There is no corpus at $corpus: set CHASQUI_SHARED to the folder that holds corpus/score.py." >&2
  exit 1
fi
command -v python3 >/dev/null || { echo "python3 is missing: the score is a Python program." >&2; exit 1; }
echo
echo "real sheets: tables, headers, types, encodings"
CGO_ENABLED=0 go build -tags headless -o build/chasqui-headless .
python3 "$corpus/score.py" --manifest "$corpus/MANIFEST.tsv" --files "$corpus/files" \
  --cmd "$PWD/build/chasqui-headless inspect {file} --json" --jobs "${JOBS:-2}" --by trap --details build/misses.tsv "$@"
echo "what was missed: build/misses.tsv"
