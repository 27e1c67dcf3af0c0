#!/usr/bin/env bash
# make test-faults: what a link, a portal, a kill or a power cut can do to a
# publication, in the long form; the counts that it prints stand in
# docs/reliability.md. Every fault is played at every request, to the practice
# portal and to the CKAN that CHASQUI_CKAN_URL names, else to each of
# CHASQUI_CKAN_VERSIONS (version:port:scheming; "none" for none), which it starts.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh
. tools/ckan/env.sh

need_go
points=$(mktemp)
trap 'rm -f "$points"' EXIT
shown='^(ok|FAIL|---|    (queue|conformance|cases_fault|kill)|real CKAN)'

# faults NAME PATTERN [FLAG]...: one run, its lines shown and its points kept.
faults() {
  local name=$1 pattern=$2
  shift 2
  go test -tags headless -count=1 -timeout 90m -v -run "$pattern" ./sync/ckan -args -long "$@" |
    tee >(sed -n -e "s/.*: \([0-9]*\) fault points.*/\1 $name/p" -e "s/.*: \([0-9]*\) kills.*/\1 $name, killed/p" >>"$points") | grep -E "$shown"
}

faults "practice portal" 'TestCourierOnPracticePortal/every|TestAQueueArrives|TestAKilledPublicationGoesOn$' -soak 500
if [ -n "${CHASQUI_CKAN_URL:-}" ]; then
  need_ckan
  faults "CKAN ${CHASQUI_CKAN_VERSION:-}" 'TestCourierOnRealCKAN/every|TestAKilledPublicationGoesOnAt'
else
  for one in ${CHASQUI_CKAN_VERSIONS:-2.10.11:5057: 2.11.6:5055: 2.12.0:5056: 2.12.0:5058:1}; do
    [ "$one" != none ] || continue
    IFS=: read -r version port scheming <<<"$one"
    (
      export CHASQUI_CKAN_VERSION=$version CHASQUI_CKAN_PORT=$port CHASQUI_CKAN_SCHEMING=$scheming
      need_ckan
      faults "CKAN $version${scheming:+ with scheming}" 'TestCourierOnRealCKAN/every|TestAKilledPublicationGoesOnAt'
    )
  done
fi
sleep 1 # for the last line of the last tee
awk '{ n[substr($0, index($0, " ") + 1)] += $1; all += $1 }
  END { for (name in n) print n[name] " points: " name; print all " points in all, all recovered" }' "$points"
go test -tags headless -count=1 -timeout 20m -v -run 'TestWhateverHappens|TestAFullDisk' ./sync/outbox -args -rapid.checks=30000 | grep -E '^(ok|FAIL|---)|seed|passed|events|full disks'
go test -tags headless -count=1 -timeout 30m -v -run 'TestALongQueue|Restored' ./app -args -soak 500 | grep -E '^(ok|FAIL|---)|seed'
go test -tags headless -count=1 -v -run 'TestAPowerCut|TestABlob' ./app/store -args -long | grep -E '^(ok|FAIL|---)|cuts'
go test -tags headless -count=1 -timeout 20m -v -run TestAKilled ./ui/cli | grep -E '^(ok|FAIL|---)|crash points'
