#!/usr/bin/env bash
# make test-ckan: the courier against a real CKAN. Uses the server that the
# environment names (CHASQUI_CKAN_URL, _ORG, _TOKEN of an editor, _TOKEN_MEMBER,
# _TOKEN_OUTSIDER), else starts one. A missing server fails: this target says
# "real" and means it.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${CHASQUI_CKAN_URL:-}" ]; then
  up=""
  for candidate in tools/ckan/up.sh "${CHASQUI_SHARED:-../shared}/ckan/up.sh"; do
    [ -x "$candidate" ] && up="$candidate" && break
  done
  if [ -z "$up" ]; then
    echo "There is no CKAN: set CHASQUI_CKAN_URL, CHASQUI_CKAN_ORG and the tokens." >&2
    exit 1
  fi
  lines=$("$up")
  while IFS='=' read -r key value; do
    case "$key" in
      CKAN_URL) export CHASQUI_CKAN_URL="$value" ;;
      CKAN_ORG) export CHASQUI_CKAN_ORG="$value" ;;
      CKAN_TOKEN_EDITOR) export CHASQUI_CKAN_TOKEN="$value" ;;
      CKAN_TOKEN_MEMBER) export CHASQUI_CKAN_TOKEN_MEMBER="$value" ;;
      CKAN_TOKEN_OUTSIDER) export CHASQUI_CKAN_TOKEN_OUTSIDER="$value" ;;
      CKAN_VERSION) echo "real CKAN: $value" ;;
    esac
  done <<<"$lines"
fi
echo "real CKAN: at $CHASQUI_CKAN_URL"
export CHASQUI_CKAN_REQUIRED=1
go test -tags headless -count=1 -timeout 20m -v ./sync/ckan/... "$@"
