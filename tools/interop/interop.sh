#!/usr/bin/env bash
# make interop: first what is read: LibreOffice's files, the real workbooks of the
# corpus, dbf, json and shapefiles, cell by cell against calamine, dbfread, DuckDB
# and pyshp, and what SheetJS makes of them in xlsb and the workbooks of Excel 5,
# where npm is. Then what is written: a table of hard values is converted into every format and read
# back by programs that are not ours: Python's own modules, pandas with openpyxl
# and odfpy, pyarrow, DuckDB, shapely, PROJ, and LibreOffice where it is
# installed.
# Then come places, against PROJ and shapely, and the real sheets of the corpus
# beside the clone, if it is there. Fails if a value came out as another.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v python3 >/dev/null || { echo "python3 is missing: the readers are Python packages." >&2; exit 1; }
venv=build/interop-venv
if ! cmp -s tools/interop/requirements.txt "$venv/installed.txt"; then
  echo "installing the readers into $venv"
  mkdir -p build
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tools/interop/requirements.txt
  cp tools/interop/requirements.txt "$venv/installed.txt"
fi
node=build/interop-node
if command -v npm >/dev/null; then
  [ -d "$node/node_modules/xlsx" ] || npm install --silent --no-audit --no-fund --prefix "$node" xlsx@0.18.5 >/dev/null
fi
export NODE_PATH="$PWD/$node/node_modules"
program=${CHASQUI:-build/chasqui-headless}
if [ -z "${CHASQUI:-}" ]; then
  CGO_ENABLED=0 go build -trimpath -tags headless -o "$program" .
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$venv/bin/python" -B -W ignore tools/interop/reading.py "$program" "$work"
"$venv/bin/python" -B -W ignore tools/interop/compare.py "$program" "$work" "${ROWS:-5000}"
