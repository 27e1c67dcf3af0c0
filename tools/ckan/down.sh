#!/usr/bin/env bash
# Stops what up.sh started (every CKAN version, Solr, Redis, PostgreSQL), by pid.
#   down.sh          stops; installation and data stay
#   down.sh --wipe   stops, then removes the state folder
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/settings.sh"
[ -d "$STATE" ] || { echo "[ckan] nothing at $STATE" >&2; exit 0; }
exec 9>"$STATE/.lock"
flock -w 900 9 || exit 1

# stop PIDFILE WORD [SIGNAL]: ends the pid if its command line holds WORD
stop() {
  local pid
  if alive "$1" "$2"; then
    pid=$(head -n1 "$1")
    kill -s "${3:-TERM}" "$pid"
    for _ in $(seq 150); do alive "$1" "$2" || break; sleep 0.1; done
    if alive "$1" "$2"; then
      echo "[ckan] $2 ($pid) did not stop; killing it" >&2
      kill -s KILL "$pid"
    fi
  fi
  rm -f "$1"
}

for inst in "$STATE"/ckan-*/; do stop "${inst}ckan.pid" "${inst}venv/bin/gunicorn"; done
stop "$STATE/solr.pid" "SolrMain $STATE"
stop "$STATE/redis.pid" redis-server
data=$(pg_data)
stop "$data/postmaster.pid" "$data" INT   # PostgreSQL's fast shutdown
if [ "${1:-}" = --wipe ]; then rm -rf "$data" "$STATE"; fi
exit 0
