#!/usr/bin/env bash
# make bench-link: publishes to a real CKAN through a link of 256 kbit/s with
# 300 ms, 1 % loss and a cut every two minutes, and prints what it took. The
# link is a proxy of our own (tools/link), since few kernels have tc's netem.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh
. tools/ckan/env.sh

need_go
need_ckan
go run -tags headless ./tools/link "$@"
