#!/usr/bin/env bash
# Brings up a real CKAN on loopback for tests: PostgreSQL, Redis, Solr and CKAN itself.
# Safe to run again: what is installed or running already is kept. See README.md.
#
#   CHASQUI_CKAN_STATE    state folder                  (default $TMPDIR/chasqui-ckan)
#   CHASQUI_CKAN_PORT     CKAN's port                   (default 5055)
#   CHASQUI_CKAN_VERSION  CKAN's version                (default 2.11.6; seen working: see README.md)
#   CHASQUI_CKAN_MAX_MB   ckan.max_resource_size, in MB (default 150)
#   CHASQUI_CKAN_LOCALE   ckan.locale_default           (default en; es gives Spanish error texts)
#   CHASQUI_CKAN_SCHEMING  1: a CKAN of its own with ckanext-scheming and its camel-photos example (give it a port)
#   CHASQUI_CKAN_PG_PORT, CHASQUI_CKAN_SOLR_PORT, CHASQUI_CKAN_REDIS_PORT  (5433, 8985, 6390)
#
# On success stdout holds KEY=VALUE lines and nothing else; progress goes to stderr.
set -euo pipefail
umask 022

STATE=${CHASQUI_CKAN_STATE:-${TMPDIR:-/tmp}/chasqui-ckan}
PORT=${CHASQUI_CKAN_PORT:-5055}
VERSION=${CHASQUI_CKAN_VERSION:-2.11.6}
MAX_MB=${CHASQUI_CKAN_MAX_MB:-150}
LANG_DEFAULT=${CHASQUI_CKAN_LOCALE:-en}
SCHEMING=${CHASQUI_CKAN_SCHEMING:+_scheming}
PG_PORT=${CHASQUI_CKAN_PG_PORT:-5433}
SOLR_PORT=${CHASQUI_CKAN_SOLR_PORT:-8985}
REDIS_PORT=${CHASQUI_CKAN_REDIS_PORT:-6390}
SOLR_VERSION=9.8.1
JETTY_VERSION=10.0.22          # the Jetty that this Solr is built against

SLUG=${VERSION//./_}$SCHEMING  # names databases, the Solr core and files
URL=http://127.0.0.1:$PORT
ORG=chasqui-lab
INST=$STATE/ckan-$VERSION$SCHEMING  # one folder per CKAN version
VENV=$INST/venv
INI=$INST/ckan.ini
LOG=$STATE/log

say() { echo "[ckan-up] $*" >&2; }
die() { say "FAILED: $*"; exit 1; }

mkdir -p "$STATE" "$LOG" "$INST"
chmod 755 "$STATE"
exec 9>"$STATE/.lock"
flock -w 900 9 || die "another up.sh holds $STATE/.lock"

alive() {  # alive PIDFILE WORD: the pid runs and its command line holds WORD
  local pid
  [ -s "$1" ] && pid=$(head -n1 "$1") && [ -r "/proc/$pid/cmdline" ] &&
    tr '\0' ' ' <"/proc/$pid/cmdline" | grep -F -- "$2" >/dev/null
}
wait_for() {  # wait_for SECONDS WHAT COMMAND...
  local n=$(( $1 * 5 )) what=$2; shift 2
  for _ in $(seq "$n"); do "$@" >/dev/null 2>&1 && return 0; sleep 0.2; done
  die "$what did not come up; see $LOG"
}
port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# ---------------------------------------------------------------- packages
PG_BIN=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n1 || true)
need=()
[ -n "$PG_BIN" ] && [ -x "$PG_BIN/initdb" ] || need+=(postgresql)
command -v psql >/dev/null || need+=(postgresql-client)
command -v redis-server >/dev/null || need+=(redis-server)
command -v pg_config >/dev/null || need+=(libpq-dev)
command -v cc >/dev/null || need+=(build-essential)
command -v curl >/dev/null || need+=(curl)
command -v java >/dev/null && command -v javac >/dev/null || need+=(default-jdk-headless)
command -v mvn >/dev/null || [ -f "$STATE/solr/.ready" ] || need+=(maven)
ldconfig -p | grep -F libmagic.so.1 >/dev/null || need+=(libmagic1)
if [ ${#need[@]} -gt 0 ]; then
  [ "$(id -u)" = 0 ] || die "missing packages and not root: ${need[*]}"
  say "apt-get install ${need[*]}"
  apt-get update -q >"$LOG/apt.log" 2>&1 || true
  # create_main_cluster=false keeps Debian from starting a cluster of its own
  mkdir -p /etc/postgresql-common/createcluster.d
  [ ${#need[@]} -gt 0 ] && echo 'create_main_cluster = false' >/etc/postgresql-common/createcluster.d/chasqui.conf
  DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "${need[@]}" >>"$LOG/apt.log" 2>&1 ||
    die "apt-get; see $LOG/apt.log"
  PG_BIN=$(ls -d /usr/lib/postgresql/*/bin | sort -V | tail -n1)
fi

# ---------------------------------------------------------------- downloads, side by side
solr_libs() {
  [ -f "$STATE/solr/.ready" ] && return 0
  say "Solr $SOLR_VERSION: fetching jars"
  mkdir -p "$STATE/solr/classes"
  cat >"$STATE/solr/pom.xml" <<POM
<project>
  <modelVersion>4.0.0</modelVersion>
  <groupId>chasqui</groupId><artifactId>ckan-solr</artifactId><version>1</version><packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.solr</groupId><artifactId>solr-core</artifactId><version>$SOLR_VERSION</version></dependency>
    <!-- named here because an older jetty-server wins otherwise -->
    <dependency><groupId>org.eclipse.jetty</groupId><artifactId>jetty-server</artifactId><version>$JETTY_VERSION</version></dependency>
    <dependency><groupId>org.eclipse.jetty</groupId><artifactId>jetty-servlet</artifactId><version>$JETTY_VERSION</version></dependency>
  </dependencies>
</project>
POM
  cat >"$STATE/solr/SolrMain.java" <<'JAVA'
import java.net.InetSocketAddress;
import java.util.EnumSet;
import javax.servlet.DispatcherType;
import org.apache.solr.servlet.CoreContainerProvider;
import org.apache.solr.servlet.SolrDispatchFilter;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.servlet.DefaultServlet;
import org.eclipse.jetty.servlet.FilterHolder;
import org.eclipse.jetty.servlet.ServletContextHandler;

/** Runs Solr inside a plain Jetty on loopback: SolrMain HOME PORT. */
public class SolrMain {
  public static void main(String[] args) throws Exception {
    System.setProperty("solr.solr.home", args[0]);
    System.setProperty("solr.install.dir", args[0]);
    Server server = new Server(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[1])));
    ServletContextHandler context = new ServletContextHandler(server, "/solr");
    context.setResourceBase(args[0]);
    context.addEventListener(new CoreContainerProvider());
    context.addFilter(new FilterHolder(SolrDispatchFilter.class), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(DefaultServlet.class, "/");
    server.start();
    server.join();
  }
}
JAVA
  cat >"$STATE/solr/log4j2.xml" <<'XML'
<Configuration><Appenders><Console name="c" target="SYSTEM_ERR"><PatternLayout pattern="%d %p %c{1} %m%n"/></Console></Appenders><Loggers><Root level="WARN"><AppenderRef ref="c"/></Root></Loggers></Configuration>
XML
  (cd "$STATE/solr" && mvn -q -B dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=lib &&
    javac -d classes -cp 'lib/*' SolrMain.java) >"$LOG/solr-install.log" 2>&1 ||
    { say "FAILED: Solr jars; see $LOG/solr-install.log"; return 1; }
  touch "$STATE/solr/.ready"
}
ckan_venv() {
  [ -f "$VENV/.ready" ] && return 0
  say "CKAN $VERSION: installing"
  rm -rf "$VENV"
  {
    # setuptools 82 dropped pkg_resources, which CKAN 2.10 and some extensions import
    python3 -m venv "$VENV" && "$VENV/bin/pip" install -q 'setuptools<81' wheel &&
      "$VENV/bin/pip" install -q "ckan[requirements]==$VERSION" 'setuptools<81' gunicorn==23.0.0
  } >"$LOG/pip-$VERSION.log" 2>&1 || { say "FAILED: pip; see $LOG/pip-$VERSION.log"; return 1; }
  # Extensions are a bonus: without them CKAN still starts.
  for ext in ckanext-dcat ${SCHEMING:+ckanext-scheming}; do
    "$VENV/bin/pip" install -q "$ext" 'setuptools<81' >>"$LOG/pip-$VERSION.log" 2>&1 || say "left out: $ext"
  done
  touch "$VENV/.ready"
}
solr_libs & p1=$!
ckan_venv & p2=$!
wait $p1 || exit 1
wait $p2 || exit 1
CKAN=("$VENV/bin/ckan" -c "$INI")

# ---------------------------------------------------------------- PostgreSQL
if [ "$(id -u)" = 0 ]; then AS_PG=(runuser -u postgres --); else AS_PG=(); fi
PGDATA=$STATE/pg
psql_do() { psql -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PG_PORT" -U postgres "$@"; }
if [ ! -f "$PGDATA/PG_VERSION" ]; then
  say "PostgreSQL: initdb"
  mkdir -p "$PGDATA"; [ "$(id -u)" = 0 ] && chown postgres "$PGDATA"; chmod 700 "$PGDATA"
  (cd /; "${AS_PG[@]}" "$PG_BIN/initdb" -D "$PGDATA" -U postgres --auth=trust -E UTF8 --locale=C.UTF-8) >"$LOG/initdb.log" 2>&1 || die "initdb"
  cat >>"$PGDATA/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
fsync = off
full_page_writes = off
CONF
fi
PG_STARTED=
if ! alive "$PGDATA/postmaster.pid" "$PGDATA"; then
  PG_STARTED=1
  port_free "$PG_PORT" || die "port $PG_PORT is taken by something else"
  rm -f "$PGDATA/postmaster.pid"
  touch "$LOG/pg.log"; [ "$(id -u)" = 0 ] && chown postgres "$LOG/pg.log"
  (cd /; "${AS_PG[@]}" "$PG_BIN/pg_ctl" -D "$PGDATA" -l "$LOG/pg.log" -o "-p $PG_PORT" -w start) >/dev/null 2>&1 9>&- || die "postgres; see $LOG/pg.log"
fi
wait_for 20 PostgreSQL psql_do -c 'select 1'

# ---------------------------------------------------------------- Redis
if ! alive "$STATE/redis.pid" "redis-server 127.0.0.1:$REDIS_PORT"; then
  port_free "$REDIS_PORT" || die "port $REDIS_PORT is taken by something else"
  redis-server --port "$REDIS_PORT" --bind 127.0.0.1 --save "" --appendonly no --daemonize yes \
    --dir "$STATE" --pidfile "$STATE/redis.pid" --logfile "$LOG/redis.log" >/dev/null 9>&-
fi
wait_for 10 Redis redis-cli -p "$REDIS_PORT" ping

# ---------------------------------------------------------------- Solr: one core per CKAN version
SOLR_HOME=$STATE/solr/home
CORE=ckan_$SLUG
NEW_CORE= SOLR_STARTED=
if [ ! -f "$SOLR_HOME/$CORE/core.properties" ]; then
  NEW_CORE=1
  mkdir -p "$SOLR_HOME/$CORE/conf"
  echo '<solr><metrics enabled="false"/></solr>' >"$SOLR_HOME/solr.xml"
  cp "$("$VENV/bin/python" -c 'import importlib.util as u; print(u.find_spec("ckan").submodule_search_locations[0])')/config/solr/schema.xml" "$SOLR_HOME/$CORE/conf/"
  : >"$SOLR_HOME/$CORE/conf/synonyms.txt"; : >"$SOLR_HOME/$CORE/conf/protwords.txt"; : >"$SOLR_HOME/$CORE/conf/stopwords.txt"
  cat >"$SOLR_HOME/$CORE/conf/solrconfig.xml" <<'XML'
<config>
  <luceneMatchVersion>9.11</luceneMatchVersion>
  <schemaFactory class="ClassicIndexSchemaFactory"/>
  <updateHandler class="solr.DirectUpdateHandler2">
    <updateLog/>
    <autoCommit><maxTime>15000</maxTime><openSearcher>false</openSearcher></autoCommit>
  </updateHandler>
  <requestHandler name="/select" class="solr.SearchHandler">
    <lst name="defaults"><str name="df">text</str><str name="q.op">AND</str></lst>
  </requestHandler>
</config>
XML
fi
if ! alive "$STATE/solr.pid" "SolrMain $STATE"; then
  SOLR_STARTED=1
  [ -z "$NEW_CORE" ] || echo "name=$CORE" >"$SOLR_HOME/$CORE/core.properties"
  port_free "$SOLR_PORT" || die "port $SOLR_PORT is taken by something else"
  # a lock left by a killed Solr would keep the core shut
  rm -f "$SOLR_HOME"/*/data/index/write.lock
  (cd "$STATE/solr" && exec setsid nohup java -Xmx512m -Dlog4j2.configurationFile=log4j2.xml -Dsolr.log.dir="$LOG" \
    -cp 'classes:lib/*' SolrMain "$SOLR_HOME" "$SOLR_PORT" >"$LOG/solr.log" 2>&1 </dev/null 9>&-) &
  echo $! >"$STATE/solr.pid"
fi
SOLR=http://127.0.0.1:$SOLR_PORT/solr
wait_for 60 Solr curl -sf "$SOLR/admin/cores?action=STATUS"
if [ -n "$NEW_CORE" ] && [ -z "$SOLR_STARTED" ]; then
  # Solr was already running when this version's core was laid down: it looks for cores only as it starts
  curl -sf "$SOLR/admin/cores?action=CREATE&name=$CORE&instanceDir=$CORE" >>"$LOG/solr-core.log" 2>&1 || true
fi
wait_for 30 "Solr core $CORE" curl -sf "$SOLR/$CORE/select?q=*:*&rows=0"

# ---------------------------------------------------------------- databases, ini
has() { [ "$(psql_do -tAc "select 1 from $1 where $2='$3'")" = 1 ]; }
for role in ckan_default datastore_ro; do
  has pg_roles rolname "$role" || psql_do -c "create role $role login nosuperuser nocreatedb nocreaterole password 'pass'"
done
DB=ckan_$SLUG; DSDB=datastore_$SLUG
for db in "$DB" "$DSDB"; do
  has pg_database datname "$db" || psql_do -c "create database $db owner ckan_default encoding 'UTF8' template template0"
done

if [ ! -f "$INST/.configured" ]; then
  say "CKAN $VERSION: writing its configuration"
  mkdir -p "$INST/storage"
  rm -f "$INI"
  "$VENV/bin/ckan" generate config "$INI" >"$LOG/config-$VERSION.log" 2>&1 || die "generate config"
  PLUGINS="image_view text_view datatables_view datastore activity"
  "$VENV/bin/pip" show -q ckanext-dcat 2>/dev/null && PLUGINS="$PLUGINS dcat structured_data"
  [ -z "$SCHEMING" ] || PLUGINS="$PLUGINS scheming_datasets scheming_organizations"
  # any fixed index below Redis's 16 databases will do, as long as versions differ
  RDB=$(( $(echo "$VERSION" | cksum | cut -d' ' -f1) % 16 ))
  DBURL=postgresql://ckan_default:pass@127.0.0.1:$PG_PORT
  "$VENV/bin/ckan" config-tool "$INI" \
    "sqlalchemy.url = $DBURL/$DB" \
    "ckan.datastore.write_url = $DBURL/$DSDB" \
    "ckan.datastore.read_url = postgresql://datastore_ro:pass@127.0.0.1:$PG_PORT/$DSDB" \
    "solr_url = $SOLR/$CORE" \
    "ckan.redis.url = redis://127.0.0.1:$REDIS_PORT/$RDB" \
    "ckan.site_url = $URL" \
    "ckan.site_id = chasqui-$SLUG" \
    "ckan.storage_path = $INST/storage" \
    "ckan.max_resource_size = $MAX_MB" \
    "ckan.plugins = $PLUGINS" \
    "ckan.views.default_views = image_view text_view datatables_view" \
    ${SCHEMING:+"scheming.dataset_schemas = ckanext.scheming:ckan_dataset.yaml ckanext.scheming:camel_photos.yaml"} \
    "ckan.auth.create_unowned_dataset = false" \
    "ckan.auth.user_create_groups = false" \
    "ckan.auth.user_create_organizations = false" >>"$LOG/config-$VERSION.log" 2>&1 || die "config-tool"
  "${CKAN[@]}" db init >"$LOG/dbinit-$VERSION.log" 2>&1 || die "db init; see $LOG/dbinit-$VERSION.log"
  # the activity plugin keeps its own migrations
  "${CKAN[@]}" db pending-migrations --apply >>"$LOG/dbinit-$VERSION.log" 2>&1 || true
  "${CKAN[@]}" datastore set-permissions 2>>"$LOG/dbinit-$VERSION.log" | psql_do >>"$LOG/dbinit-$VERSION.log" 2>&1 || die "datastore set-permissions"
  cat >"$INST/wsgi.py" <<'PY'
import os
from ckan.cli import CKANConfigLoader
from ckan.config.middleware import make_app
ini = os.environ["CKAN_INI"]
from logging.config import fileConfig
fileConfig(ini, disable_existing_loggers=False)
application = make_app(CKANConfigLoader(ini).get_config())
PY
  touch "$INST/.configured"
fi
# what a later run may name anew
CHANGED=
keep() { grep -qxF "$1" "$INI" || { "$VENV/bin/ckan" config-tool "$INI" "$1" >/dev/null 2>&1; CHANGED=1; }; }
keep "ckan.site_url = $URL"
keep "ckan.max_resource_size = $MAX_MB"
keep "ckan.locale_default = $LANG_DEFAULT"

# ---------------------------------------------------------------- CKAN
status_ok() { curl -sf "$URL/api/3/action/status_show" | grep -F '"success": true' >/dev/null; }
if alive "$INST/ckan.pid" "$VENV/bin/gunicorn" && { [ -n "$CHANGED$PG_STARTED" ] || ! status_ok; }; then
  # new settings, connections to a PostgreSQL that is gone, or sick
  kill "$(cat "$INST/ckan.pid")" 2>/dev/null || true
  for _ in $(seq 100); do alive "$INST/ckan.pid" "$VENV/bin/gunicorn" || break; sleep 0.1; done
fi
if ! alive "$INST/ckan.pid" "$VENV/bin/gunicorn"; then
  for _ in $(seq 50); do port_free "$PORT" && break; sleep 0.1; done
  port_free "$PORT" || die "port $PORT is taken by something else"
  (cd "$INST" && CKAN_INI=$INI exec setsid nohup "$VENV/bin/gunicorn" --bind "127.0.0.1:$PORT" --workers 2 --threads 4 \
    --timeout 300 --graceful-timeout 1 wsgi:application >>"$LOG/ckan-$VERSION.log" 2>&1 </dev/null 9>&-) &
  echo $! >"$INST/ckan.pid"
fi
wait_for 90 "CKAN" status_ok

# ---------------------------------------------------------------- users, tokens, organization
ACCESS=$INST/access.env
if [ ! -s "$ACCESS" ]; then
  say "CKAN $VERSION: users, tokens, organization"
  users_log=$LOG/users-$VERSION.log
  api() { curl -s -H "Authorization: $T_ADMIN" -H 'Content-Type: application/json' "$URL/api/3/action/$1" -d "$2" | tee -a "$users_log"; }
  # The first user and token come from the command line (seconds a call), the rest from the API.
  "${CKAN[@]}" user add lab-admin email=lab-admin@example.org password=chasqui-lab-1 >>"$users_log" 2>&1 || true
  "${CKAN[@]}" sysadmin add lab-admin >>"$users_log" 2>&1 || die "sysadmin add; see $users_log"
  T_ADMIN=$("${CKAN[@]}" user token add lab-admin harness 2>>"$users_log" | tail -n1 | tr -d '[:space:]')
  mk_user() {
    api user_create "{\"name\":\"$1\",\"email\":\"$1@example.org\",\"password\":\"chasqui-lab-1\"}" >/dev/null
    api api_token_create "{\"user\":\"$1\",\"name\":\"harness\"}" |
      python3 -c 'import json,sys; print(json.load(sys.stdin)["result"]["token"])'
  }
  T_EDITOR=$(mk_user lab-editor); T_MEMBER=$(mk_user lab-member); T_OUT=$(mk_user lab-outsider)
  [ -n "$T_ADMIN" ] && [ -n "$T_EDITOR" ] && [ -n "$T_MEMBER" ] && [ -n "$T_OUT" ] || die "tokens; see $users_log"
  api organization_create "{\"name\":\"$ORG\",\"title\":\"Chasqui Lab\"}" >/dev/null
  api organization_member_create "{\"id\":\"$ORG\",\"username\":\"lab-editor\",\"role\":\"editor\"}" >/dev/null
  api organization_member_create "{\"id\":\"$ORG\",\"username\":\"lab-member\",\"role\":\"member\"}" >/dev/null
  curl -sf "$URL/api/3/action/organization_show?id=$ORG" | grep -F '"success": true' >/dev/null || die "organization; see $users_log"
  (umask 077; cat >"$ACCESS.new" <<ENV
CKAN_TOKEN=$T_ADMIN
CKAN_TOKEN_EDITOR=$T_EDITOR
CKAN_TOKEN_MEMBER=$T_MEMBER
CKAN_TOKEN_OUTSIDER=$T_OUT
CKAN_ORG=$ORG
ENV
  )
  mv "$ACCESS.new" "$ACCESS"
fi

echo "CKAN_URL=$URL"
echo "CKAN_VERSION=$VERSION"
cat "$ACCESS"
