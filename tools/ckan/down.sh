#!/usr/bin/env bash
# Stops what up.sh started (every CKAN version, Solr, Redis, PostgreSQL), by pid.
#   down.sh          stop, keep the installation and the data
#   down.sh --wipe   stop, then remove the state folder
# CHASQUI_CKAN_STATE names the state folder (default $TMPDIR/chasqui-ckan).
set -uo pipefail
STATE=${CHASQUI_CKAN_STATE:-${TMPDIR:-/tmp}/chasqui-ckan}
[ -d "$STATE" ] || { echo "[ckan-down] nothing at $STATE" >&2; exit 0; }
exec 9>"$STATE/.lock"
flock -w 900 9 || exit 1

runs() { [ -n "$(tr -d '\0' <"/proc/$1/cmdline" 2>/dev/null)" ]; }  # a zombie's command line is empty
stop() {  # stop PIDFILE WORD: end the pid if its command line holds WORD
  local pid
  [ -s "$1" ] || return 0
  pid=$(head -n1 "$1")
  if [ -r "/proc/$pid/cmdline" ] && runs "$pid" && tr '\0' ' ' <"/proc/$pid/cmdline" | grep -F -- "$2" >/dev/null; then
    kill -s "${3:-TERM}" "$pid"
    for _ in $(seq 150); do runs "$pid" || break; sleep 0.1; done
    if runs "$pid"; then echo "[ckan-down] $2 ($pid) did not stop; killing it" >&2; kill -s KILL "$pid"; fi
  fi
  rm -f "$1"
}
for inst in "$STATE"/ckan-*/; do stop "${inst}ckan.pid" "${inst}venv/bin/gunicorn"; done
stop "$STATE/solr.pid" "SolrMain $STATE"
stop "$STATE/redis.pid" redis-server
# SIGINT is PostgreSQL's fast shutdown; it removes its own pid file
stop "$STATE/pg/postmaster.pid" "$STATE/pg" INT
[ "${1:-}" = --wipe ] && rm -rf "$STATE"
exit 0
