#!/usr/bin/env bash
# make test-ckan: the courier against a real CKAN. Uses the server that the
# environment names (CKAN_URL, CKAN_ORG, CKAN_TOKEN_EDITOR, CKAN_TOKEN_MEMBER,
# CKAN_TOKEN_OUTSIDER), else starts one. A missing server fails: this target
# says "real" and means it.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${CKAN_URL:-}" ]; then
  up=""
  for candidate in tools/ckan/up.sh "${CHASQUI_SHARED:-../shared}/ckan/up.sh"; do
    [ -x "$candidate" ] && up="$candidate" && break
  done
  if [ -z "$up" ]; then
    echo "There is no CKAN: set CKAN_URL, CKAN_ORG and the tokens, or have an up.sh under tools/ckan." >&2
    exit 1
  fi
  lines=$("$up")
  while IFS='=' read -r key value; do
    [ -n "$key" ] && export "$key=$value"
  done <<<"$lines"
fi
echo "real CKAN: ${CKAN_VERSION:-version unknown} at $CKAN_URL"
unset CKAN_TOKEN # the administrator's passes checks that a publisher's does not
export CHASQUI_REAL_CKAN=required
go test -tags headless -count=1 -timeout 20m ./sync/ckan/... "$@"
