# Settings that up.sh and down.sh share; sourced, not run.
# Every one has an environment variable, listed in README.md.

STATE=${CHASQUI_CKAN_STATE:-${XDG_CACHE_HOME:-$HOME/.cache}/chasqui-ckan}
PORT=${CHASQUI_CKAN_PORT:-5055}
VERSION=${CHASQUI_CKAN_VERSION:-2.11.6}
MAX_MB=${CHASQUI_CKAN_MAX_MB:-150}
LOCALE=${CHASQUI_CKAN_LOCALE:-en}
SCHEMING=${CHASQUI_CKAN_SCHEMING:+_scheming}
PG_PORT=${CHASQUI_CKAN_PG_PORT:-5433}
SOLR_PORT=${CHASQUI_CKAN_SOLR_PORT:-8985}
REDIS_PORT=${CHASQUI_CKAN_REDIS_PORT:-6390}

SOLR_VERSION=9.8.1
JETTY_VERSION=10.0.22           # the Jetty that this Solr is built against
ORG=chasqui-lab
LOG=$STATE/log
INST=$STATE/ckan-$VERSION$SCHEMING  # one folder for each CKAN version
VENV=$INST/venv
INI=$INST/ckan.ini
SLUG=${VERSION//./_}$SCHEMING   # names databases and the Solr core

# PostgreSQL refuses to run as root and then belongs to the user postgres, who
# can't enter a home folder such as root's: its data then lie beside the system's
# other state, named after the state folder.
pg_data() {
  if [ "$(id -u)" = 0 ] && id postgres >/dev/null 2>&1 && ! runuser -u postgres -- test -x "$STATE"; then
    echo "/var/lib/chasqui-ckan/pg-$(printf %s "$STATE" | cksum | cut -d' ' -f1)"
  else
    echo "$STATE/pg"
  fi
}

# alive PIDFILE WORD: the pid runs and its command line holds WORD. A zombie's
# command line is empty, so it does not count.
alive() {
  local pid
  [ -s "$1" ] && pid=$(head -n1 "$1") && [ -r "/proc/$pid/cmdline" ] &&
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -F -- "$2" >/dev/null
}
