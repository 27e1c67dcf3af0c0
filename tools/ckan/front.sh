#!/usr/bin/env bash
# A real nginx on loopback in front of the CKAN that CHASQUI_CKAN_URL names, as
# portals have one: it takes bodies of a megabyte, speaks TLS with a certificate
# that nobody vouches for, redirects to it, and answers for a CKAN that is down.
#   front.sh          starts it and prints KEY=VALUE lines for sync/ckan's tests
#   front.sh --stop   stops it
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
. "$here/settings.sh"
. "$here/../platform/apt.sh"
port=${CHASQUI_FRONT_PORT:-5255}
dir=$STATE/front

if [ -s "$dir/nginx.pid" ] && alive "$dir/nginx.pid" nginx; then
  kill "$(cat "$dir/nginx.pid")"
  for _ in $(seq 50); do alive "$dir/nginx.pid" nginx || break; sleep 0.1; done
fi
[ "${1:-}" != --stop ] || exit 0
: "${CHASQUI_CKAN_URL:?names the CKAN to stand in front of}"
command -v nginx >/dev/null 2>&1 || install_packages nginx-light openssl
mkdir -p "$dir"
[ -s "$dir/key.pem" ] || openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 \
  -keyout "$dir/key.pem" -out "$dir/cert.pem" -subj "/CN=Portal de prueba" -addext "subjectAltName=IP:127.0.0.1" 2>/dev/null
cat >"$dir/nginx.conf" <<CONF
pid $dir/nginx.pid;
error_log $dir/error.log;
worker_processes 1;
events { worker_connections 256; }
http {
  access_log off;
  client_body_temp_path $dir/body; proxy_temp_path $dir/proxy; fastcgi_temp_path $dir/f; uwsgi_temp_path $dir/u; scgi_temp_path $dir/s;
  client_max_body_size 1m;
  proxy_set_header Host \$http_host;
  server { listen 127.0.0.1:$port; location / { proxy_pass $CHASQUI_CKAN_URL; } }
  server {
    listen 127.0.0.1:$((port + 1)) ssl;
    ssl_certificate $dir/cert.pem; ssl_certificate_key $dir/key.pem;
    location / { proxy_pass $CHASQUI_CKAN_URL; }
  }
  server { listen 127.0.0.1:$((port + 2)); return 301 https://127.0.0.1:$((port + 1))\$request_uri; }
  server { listen 127.0.0.1:$((port + 3)); location / { proxy_pass http://127.0.0.1:9; } }
}
CONF
nginx -c "$dir/nginx.conf" -p "$dir" 2>>"$dir/error.log"
echo "CHASQUI_FRONT_URL=http://127.0.0.1:$port"
echo "CHASQUI_FRONT_TLS=https://127.0.0.1:$((port + 1))"
echo "CHASQUI_FRONT_MOVED=http://127.0.0.1:$((port + 2))"
echo "CHASQUI_FRONT_DEAD=http://127.0.0.1:$((port + 3))"
