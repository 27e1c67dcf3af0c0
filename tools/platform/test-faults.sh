#!/usr/bin/env bash
# make test-faults: what a link, a portal, a kill or a power cut can do to a
# publication, in the long form; the counts that it prints stand in
# docs/reliability.md. Where CHASQUI_CKAN_URL names a real CKAN, its requests
# are failed too.
set -euo pipefail
cd "$(dirname "$0")/../.."
. tools/platform/apt.sh

need_go
go test -tags headless -count=1 -timeout 60m -v -run 'TestCourier|TestAQueueArrives' ./sync/ckan -args -long -soak 500 |
  grep -E '^(ok|FAIL|---|    (queue|conformance|faults)|real CKAN)' || exit 1
go test -tags headless -count=1 -timeout 20m -v -run TestWhateverHappens ./sync/outbox -args -rapid.checks=3000 | grep -E '^(ok|FAIL|---)|passed'
go test -tags headless -count=1 -v -run 'TestAPowerCut|TestABlob' ./app/store | grep -E '^(ok|FAIL|---)|cuts'
go test -tags headless -count=1 -timeout 20m -v -run TestAKilled ./ui/cli | grep -E '^(ok|FAIL|---)|crash points'
