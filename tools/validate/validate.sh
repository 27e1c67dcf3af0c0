#!/usr/bin/env bash
# make validate: packages of real sheets are judged by validators that are not
# ours: frictionless-py, pyshacl with the shapes of DCAT-AP, csvw, and JSON
# schemas. Then known faults are put in, each of which must be found. Shapes and
# schemas that are not kept here lie beside the clone (CHASQUI_SHARED). With what tools/ckan/up.sh prints
# in the environment a dataset is also published to that CKAN, and what it serves
# compared field by field.
set -euo pipefail
cd "$(dirname "$0")/../.."

command -v python3 >/dev/null || { echo "python3 is missing: the validators are Python packages." >&2; exit 1; }
shared=${CHASQUI_SHARED:-../shared}
if [ ! -d "$shared/validators" ]; then
  echo "$shared/validators is missing: DCAT-AP and data.json are not judged. Their shapes and schemas are others' and not kept here; see docs/decisions/0015-validators.md." >&2
fi
venv=build/validate-venv
if ! cmp -s tools/validate/requirements.txt "$venv/installed.txt"; then
  echo "installing the validators into $venv"
  mkdir -p build
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet --disable-pip-version-check -r tools/validate/requirements.txt
  cp tools/validate/requirements.txt "$venv/installed.txt"
fi
program=${CHASQUI:-build/chasqui-headless}
if [ -z "${CHASQUI:-}" ]; then
  CGO_ENABLED=0 go build -trimpath -tags headless -o "$program" .
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$venv/bin/python" -B -W ignore tools/validate/validate.py "$program" "$shared" "$work"
