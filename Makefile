# Everything a newcomer needs to run: one target a line, `make` lists them.

CHASQUI_SHARED ?= ../shared
export CHASQUI_SHARED
# A clone that belongs to somebody else would stop the build at its history.
export GOFLAGS += -buildvcs=false
export VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

.DEFAULT_GOAL := help
.PHONY: help run test test-ckan test-faults build headless windows windows-test lint bench bench-link bench-peers screenshots accuracy interop validate fuzz clean

help: ## prints this list
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-13s %s\n", $$1, $$2}' Makefile

run: ## sets up what is missing, then does the main job: in a window, or as a demo without a display
	@tools/platform/run.sh

test: ## runs the whole suite with the race detector; needs Go, git and a C compiler
	@tools/platform/test.sh

test-ckan: ## runs the courier's suite against a real CKAN; fails where there is none
	@tools/platform/test-ckan.sh

test-faults: ## fails every request, call and moment of a publication, in the long form
	@tools/platform/test-faults.sh

build: ## builds the program with its window into build/chasqui (cgo, OpenGL)
	@tools/platform/graphics.sh && go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o build/chasqui .

headless: ## builds the static program without a window into build/chasqui-headless
	@CGO_ENABLED=0 go build -trimpath -tags headless -ldflags "-s -w -X main.version=$(VERSION)" -o build/chasqui-headless .

windows: ## cross-builds chasqui.exe and chasqui-ventana.exe into build/windows
	@tools/platform/windows.sh

windows-test: windows ## runs the main job of chasqui.exe under Wine
	@tools/platform/wine.sh

lint: ## vets both builds, then staticcheck and, where its database can be reached, govulncheck
	@tools/platform/lint.sh

bench: ## runs our benchmarks and compares them, by benchstat, with the run before
	@tools/bench/bench.sh

bench-link: ## publishes to a real CKAN through a thin link that is cut every two minutes; takes a quarter of an hour
	@tools/platform/bench-link.sh

screenshots: ## draws every screen into docs/screenshots, on a display of its own
	@tools/platform/screenshots.sh

bench-peers: ## measures speed and memory against the peers that are here, as ratios, on files it makes
	@tools/bench/peers.sh

accuracy: ## measures detection on our labelled corpus, then on the real sheets beside the clone
	@tools/platform/accuracy.sh

interop: ## reads every written format with programs that are not ours, in a Python environment it makes
	@tools/interop/interop.sh

validate: ## has packages of real sheets judged by validators that are not ours; with known faults, each must be found
	@tools/validate/validate.sh

fuzz: ## gives three minutes to all fuzz targets together; FUZZ_SECONDS changes that
	@tools/platform/fuzz.sh

clean: ## removes what was built
	@rm -rf build dist
