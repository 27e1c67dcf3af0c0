#!/usr/bin/env bash
# make test-ckan: the courier against a real CKAN, and where nginx can be had
# through a real nginx in front of it. Uses the server that the environment names
# (CHASQUI_CKAN_URL, _ORG, _TOKEN of an editor, _TOKEN_MEMBER, _TOKEN_OUTSIDER),
# else starts one. A missing server fails: this target says "real" and means it.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh
. tools/ckan/env.sh

need_ckan
if lines=$(tools/ckan/front.sh); then
  name_ckan <<<"$lines"
  trap 'tools/ckan/front.sh --stop' EXIT
else
  echo "real nginx: not run"
fi
go test -tags headless -count=1 -timeout 20m -v ./sync/ckan/... "$@"
