#!/usr/bin/env bash
# Starts a real CKAN on loopback, with what it needs: PostgreSQL, Redis, Solr.
# Safe to run again: what is installed or running already is kept.
# Standard output holds KEY=VALUE lines and nothing else. See README.md.
set -euo pipefail
umask 022
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/settings.sh"

say() { echo "[ckan] $*" >&2; }
die() { say "FAILED: $*"; exit 1; }

# wait_for SECONDS WHAT COMMAND...: until the command succeeds
wait_for() {
  local tries=$(( $1 * 5 )) what=$2
  shift 2
  for _ in $(seq "$tries"); do
    "$@" >/dev/null 2>&1 && return 0
    sleep 0.2
  done
  die "$what did not come up; see $LOG"
}

port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }
need_port() { port_free "$1" || die "port $1 is taken by something else ($2)"; }

find_pg() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n1 || true; }

# packages: what must come from the system, through apt when we may
packages() {
  local need=()
  PG_BIN=$(find_pg)
  [ -n "$PG_BIN" ] && [ -x "$PG_BIN/initdb" ] || need+=(postgresql)
  command -v psql >/dev/null || need+=(postgresql-client)
  command -v redis-server >/dev/null || need+=(redis-server)
  command -v pg_config >/dev/null || need+=(libpq-dev)
  command -v cc >/dev/null || need+=(build-essential)
  command -v curl >/dev/null || need+=(curl)
  python3 -c 'import venv, ensurepip' 2>/dev/null || need+=(python3-venv python3-dev)
  { command -v java && command -v javac; } >/dev/null || need+=(default-jdk-headless)
  command -v mvn >/dev/null || [ -f "$STATE/solr/.ready" ] || need+=(maven)
  ldconfig -p | grep -F libmagic.so.1 >/dev/null || need+=(libmagic1)
  [ ${#need[@]} -gt 0 ] || return 0
  [ "$(id -u)" = 0 ] || die "missing packages; as root: apt-get install ${need[*]}"
  say "apt-get install ${need[*]}"
  # Debian would start a PostgreSQL cluster of its own otherwise
  mkdir -p /etc/postgresql-common/createcluster.d
  echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/chasqui.conf
  apt-get update -q >"$LOG/apt.log" 2>&1 || true
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${need[@]}" >>"$LOG/apt.log" 2>&1 ||
    die "apt-get; see $LOG/apt.log"
  PG_BIN=$(find_pg)
}

# solr_jars: Solr as a library, and the small class that runs it in a Jetty
solr_jars() {
  [ -f "$STATE/solr/.ready" ] && return 0
  say "Solr $SOLR_VERSION: fetching"
  mkdir -p "$STATE/solr/classes"
  sed -e "s/@SOLR@/$SOLR_VERSION/" -e "s/@JETTY@/$JETTY_VERSION/" "$here/solr/pom.xml" >"$STATE/solr/pom.xml"
  cp "$here/solr/SolrMain.java" "$here/solr/log4j2.xml" "$STATE/solr/"
  (cd "$STATE/solr" &&
    mvn -q -B dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=lib &&
    javac -d classes -cp 'lib/*' SolrMain.java) >"$LOG/solr-install.log" 2>&1 ||
    { say "FAILED: Solr; see $LOG/solr-install.log"; return 1; }
  touch "$STATE/solr/.ready"
}

# ckan_venv: CKAN of this version in a virtual environment
ckan_venv() {
  [ -f "$VENV/.ready" ] && return 0
  say "CKAN $VERSION: installing"
  rm -rf "$VENV"
  # setuptools 82 dropped pkg_resources, which CKAN 2.10 and some extensions
  # import; gunicorn after 23 opens a control socket in the user's home
  { python3 -m venv "$VENV" &&
    "$VENV/bin/pip" install -q 'setuptools<81' wheel &&
    "$VENV/bin/pip" install -q "ckan[requirements]==$VERSION" 'setuptools<81' gunicorn==23.0.0
  } >"$LOG/pip-$SLUG.log" 2>&1 || { say "FAILED: pip; see $LOG/pip-$SLUG.log"; return 1; }
  for ext in ckanext-dcat ${SCHEMING:+ckanext-scheming}; do
    "$VENV/bin/pip" install -q "$ext" 'setuptools<81' >>"$LOG/pip-$SLUG.log" 2>&1 || say "left out: $ext"
  done
  touch "$VENV/.ready"
}

as_pg() { if [ "$(id -u)" = 0 ]; then (cd / && runuser -u postgres -- "$@"); else (cd / && "$@"); fi; }
psql_do() { psql -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U postgres "$@"; }

postgres() {
  PGDATA=$(pg_data)
  PG_STARTED=
  if [ ! -f "$PGDATA/PG_VERSION" ]; then
    say "PostgreSQL: a new cluster"
    mkdir -p "$PGDATA"
    [ "$(id -u)" != 0 ] || chown postgres "$PGDATA"
    chmod 700 "$PGDATA"
    as_pg "$PG_BIN/initdb" -D "$PGDATA" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8 >"$LOG/initdb.log" 2>&1 || die initdb
    # No Unix socket: long state folders would break its path. No fsync: the
    # data are a test's.
    printf "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nfsync = off\nfull_page_writes = off\n" >>"$PGDATA/postgresql.conf"
  fi
  if ! alive "$PGDATA/postmaster.pid" "$PGDATA"; then
    PG_STARTED=1
    need_port "$PG_PORT" PostgreSQL
    rm -f "$PGDATA/postmaster.pid"
    as_pg "$PG_BIN/pg_ctl" -D "$PGDATA" -l "$PGDATA/server.log" -o "-p $PG_PORT" -w start >/dev/null 2>&1 9>&- ||
      die "PostgreSQL; see $PGDATA/server.log"
  fi
  wait_for 20 PostgreSQL psql_do -c 'select 1'
}

redis() {
  if ! alive "$STATE/redis.pid" "redis-server 127.0.0.1:$REDIS_PORT"; then
    need_port "$REDIS_PORT" Redis
    redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --save "" --appendonly no --daemonize yes \
      --dir "$STATE" --pidfile "$STATE/redis.pid" --logfile "$LOG/redis.log" >/dev/null 9>&-
  fi
  wait_for 10 Redis redis-cli -p "$REDIS_PORT" ping
}

# solr: one core for each CKAN version, with CKAN's own schema
solr() {
  local home=$STATE/solr/home core=ckan_$SLUG fresh='' started='' conf
  SOLR=http://127.0.0.1:$SOLR_PORT/solr
  CORE=$core
  conf=$home/$core/conf
  if [ ! -f "$home/$core/core.properties" ]; then
    fresh=1
    mkdir -p "$conf"
    echo '<solr><metrics enabled="false"/></solr>' >"$home/solr.xml"
    cp "$("$VENV/bin/python" -c 'import importlib.util as u; print(u.find_spec("ckan").submodule_search_locations[0])')/config/solr/schema.xml" "$conf/"
    for words in synonyms protwords stopwords; do : >"$conf/$words.txt"; done
    cp "$here/solr/solrconfig.xml" "$conf/"
  fi
  if ! alive "$STATE/solr.pid" "SolrMain $STATE"; then
    started=1
    [ -z "$fresh" ] || echo "name=$core" >"$home/$core/core.properties"
    need_port "$SOLR_PORT" Solr
    rm -f "$home"/*/data/index/write.lock   # a killed Solr's lock would keep the core shut
    (cd "$STATE/solr" && exec setsid nohup java -Xmx512m -Dlog4j2.configurationFile=log4j2.xml -Dsolr.log.dir="$LOG" \
      -cp 'classes:lib/*' SolrMain "$home" "$SOLR_PORT" >"$LOG/solr.log" 2>&1 </dev/null 9>&-) &
    echo $! >"$STATE/solr.pid"
  fi
  wait_for 60 Solr curl -sf "$SOLR/admin/cores?action=STATUS"
  # A Solr that runs looks for no new cores by itself
  [ -z "$fresh" ] || [ -n "$started" ] ||
    curl -sf "$SOLR/admin/cores?action=CREATE&name=$core&instanceDir=$core" >>"$LOG/solr-core.log" 2>&1 || true
  wait_for 30 "Solr's core $core" curl -sf "$SOLR/$core/select?q=*:*&rows=0"
}

pg_has() { [ "$(psql_do -tAc "select 1 from $1 where $2='$3'")" = 1 ]; }

databases() {
  for role in ckan_default datastore_ro; do
    pg_has pg_roles rolname "$role" || psql_do -c "create role $role login nosuperuser nocreatedb nocreaterole password 'pass'"
  done
  for db in "ckan_$SLUG" "datastore_$SLUG"; do
    pg_has pg_database datname "$db" || psql_do -c "create database $db owner ckan_default encoding 'UTF8' template template0"
  done
}

configure() {
  [ ! -f "$INST/.configured" ] || return 0
  say "CKAN $VERSION: configuring"
  local plugins="image_view text_view datatables_view datastore activity" log=$LOG/config-$SLUG.log
  local db=postgresql://ckan_default:pass@127.0.0.1:$PG_PORT
  mkdir -p "$INST/storage"
  rm -f "$INI"
  "$VENV/bin/ckan" generate config "$INI" >"$log" 2>&1 || die "generate config"
  "$VENV/bin/pip" show -q ckanext-dcat 2>/dev/null && plugins="$plugins dcat structured_data"
  [ -z "$SCHEMING" ] || plugins="$plugins scheming_datasets scheming_organizations"
  "$VENV/bin/ckan" config-tool "$INI" \
    "sqlalchemy.url = $db/ckan_$SLUG" \
    "ckan.datastore.write_url = $db/datastore_$SLUG" \
    "ckan.datastore.read_url = postgresql://datastore_ro:pass@127.0.0.1:$PG_PORT/datastore_$SLUG" \
    "solr_url = $SOLR/$CORE" \
    "ckan.redis.url = redis://127.0.0.1:$REDIS_PORT/$(( $(echo "$SLUG" | cksum | cut -d' ' -f1) % 16 ))" \
    "ckan.site_url = $URL" \
    "ckan.site_id = chasqui-$SLUG" \
    "ckan.storage_path = $INST/storage" \
    "ckan.plugins = $plugins" \
    "ckan.views.default_views = image_view text_view datatables_view" \
    ${SCHEMING:+"scheming.dataset_schemas = ckanext.scheming:ckan_dataset.yaml ckanext.scheming:camel_photos.yaml"} \
    "ckan.auth.create_unowned_dataset = false" \
    "ckan.auth.user_create_groups = false" \
    "ckan.auth.user_create_organizations = false" >>"$log" 2>&1 || die "config-tool; see $log"
  "$VENV/bin/ckan" -c "$INI" db init >>"$log" 2>&1 || die "db init; see $log"
  "$VENV/bin/ckan" -c "$INI" db pending-migrations --apply >>"$log" 2>&1 || true   # the plugins' own
  "$VENV/bin/ckan" -c "$INI" datastore set-permissions 2>>"$log" | psql_do >>"$log" 2>&1 || die "set-permissions; see $log"
  cp "$here/wsgi.py" "$INST/wsgi.py"
  touch "$INST/.configured"
}

# keep LINE: a setting that a later run may name anew
keep() {
  grep -qxF "$1" "$INI" || { "$VENV/bin/ckan" config-tool "$INI" "$1" >/dev/null 2>&1; CHANGED=1; }
}

status_ok() { curl -sf "$URL/api/3/action/status_show" | grep -F '"success": true' >/dev/null; }

serve() {
  CHANGED=
  keep "ckan.site_url = $URL"
  keep "ckan.max_resource_size = $MAX_MB"
  keep "ckan.locale_default = $LOCALE"
  # With new settings, with connections to a PostgreSQL that is gone, or sick: anew
  if alive "$INST/ckan.pid" "$VENV/bin/gunicorn" && { [ -n "$CHANGED$PG_STARTED" ] || ! status_ok; }; then
    kill "$(cat "$INST/ckan.pid")" 2>/dev/null || true
    for _ in $(seq 100); do alive "$INST/ckan.pid" "$VENV/bin/gunicorn" || break; sleep 0.1; done
  fi
  if ! alive "$INST/ckan.pid" "$VENV/bin/gunicorn"; then
    for _ in $(seq 50); do port_free "$PORT" && break; sleep 0.1; done
    need_port "$PORT" CKAN
    (cd "$INST" && CKAN_INI=$INI exec setsid nohup "$VENV/bin/gunicorn" --bind "127.0.0.1:$PORT" --workers 2 --threads 4 \
      --timeout 300 --graceful-timeout 1 wsgi:application >>"$LOG/ckan-$SLUG.log" 2>&1 </dev/null 9>&-) &
    echo $! >"$INST/ckan.pid"
  fi
  wait_for 90 CKAN status_ok
}

# people: an admin, an editor, a member, an outsider, and the organization
people() {
  ACCESS=$INST/access.env
  [ ! -s "$ACCESS" ] || return 0
  say "CKAN $VERSION: users, tokens, organization"
  local log=$LOG/users-$SLUG.log admin editor member outsider
  api() { curl -s -H "Authorization: $admin" -H 'Content-Type: application/json' "$URL/api/3/action/$1" -d "$2" | tee -a "$log"; }
  user() {
    api user_create "{\"name\":\"$1\",\"email\":\"$1@example.org\",\"password\":\"chasqui-lab-1\"}" >/dev/null
    api api_token_create "{\"user\":\"$1\",\"name\":\"tests\"}" | python3 -c 'import json,sys; print(json.load(sys.stdin)["result"]["token"])'
  }
  "$VENV/bin/ckan" -c "$INI" user add lab-admin email=lab-admin@example.org password=chasqui-lab-1 >>"$log" 2>&1 || true
  "$VENV/bin/ckan" -c "$INI" sysadmin add lab-admin >>"$log" 2>&1 || die "sysadmin add; see $log"
  admin=$("$VENV/bin/ckan" -c "$INI" user token add lab-admin tests 2>>"$log" | tail -n1 | tr -d '[:space:]')
  editor=$(user lab-editor); member=$(user lab-member); outsider=$(user lab-outsider)
  api organization_create "{\"name\":\"$ORG\",\"title\":\"Chasqui Lab\"}" >/dev/null
  api organization_member_create "{\"id\":\"$ORG\",\"username\":\"lab-editor\",\"role\":\"editor\"}" >/dev/null
  api organization_member_create "{\"id\":\"$ORG\",\"username\":\"lab-member\",\"role\":\"member\"}" >/dev/null
  [ -n "$admin" ] && [ -n "$editor" ] && [ -n "$member" ] && [ -n "$outsider" ] || die "tokens; see $log"
  curl -sf "$URL/api/3/action/organization_show?id=$ORG" | grep -F '"success": true' >/dev/null || die "organization; see $log"
  (umask 077; printf 'CHASQUI_CKAN_ORG=%s\nCHASQUI_CKAN_TOKEN=%s\nCHASQUI_CKAN_TOKEN_MEMBER=%s\nCHASQUI_CKAN_TOKEN_OUTSIDER=%s\nCHASQUI_CKAN_TOKEN_SYSADMIN=%s\n' \
    "$ORG" "$editor" "$member" "$outsider" "$admin" >"$ACCESS.new")
  mv "$ACCESS.new" "$ACCESS"
}

URL=http://127.0.0.1:$PORT
mkdir -p "$STATE" "$LOG" "$INST"
exec 9>"$STATE/.lock"
flock -w 900 9 || die "another run holds $STATE/.lock"
packages
solr_jars & jars=$!
ckan_venv & venv=$!
wait $jars || exit 1
wait $venv || exit 1
postgres
redis
solr
databases
configure
serve
people
echo "CHASQUI_CKAN_URL=$URL"
echo "CHASQUI_CKAN_VERSION=$VERSION"
cat "$ACCESS"
