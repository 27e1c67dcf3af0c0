#!/usr/bin/env bash
# make test-ckan: the courier against a real CKAN. Uses the server that the
# environment names (CHASQUI_CKAN_URL, _ORG, _TOKEN of an editor, _TOKEN_MEMBER,
# _TOKEN_OUTSIDER), else starts one. A missing server fails: this target says
# "real" and means it.
set -euo pipefail
cd "$(dirname "$0")/../.."

if [ -z "${CHASQUI_CKAN_URL:-}" ]; then
  lines=$(tools/ckan/up.sh)
  while IFS='=' read -r key value; do
    case "$key" in
      CHASQUI_CKAN_*) export "$key=$value" ;;
      CKAN_TOKEN) ;; # an administrator's passes checks that a publisher's does not
      CKAN_TOKEN_EDITOR) export CHASQUI_CKAN_TOKEN="$value" ;;
      CKAN_*) export "CHASQUI_$key=$value" ;;
    esac
  done <<<"$lines"
fi
echo "real CKAN: ${CHASQUI_CKAN_VERSION:-version unknown} at $CHASQUI_CKAN_URL"
export CHASQUI_CKAN_REQUIRED=1
go test -tags headless -count=1 -timeout 20m -v ./sync/ckan/... "$@"
