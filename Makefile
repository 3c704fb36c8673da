.DEFAULT_GOAL := help
SHELL := /bin/bash
BIN := .venv/bin
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PAGES := $(shell find frontend src/bianfang/faces -name node_modules -prune -o -type f -not -name '*.py' -not -name '*.pyc' -print)
CATALOGUES := $(shell find src -name '*.po' 2>/dev/null)

.PHONY: help setup run demo check fix test test-all bench lock

help: ## show these commands
	@grep -E '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-9s %s\n", $$1, $$2}'

setup: .venv/ready build/desk.ready build/messages.ready ## install everything into .venv and build the pages (quick when nothing changed)

demo: setup ## build the invented town, then serve it
	bianfang demo $(ARGS)

run: setup ## serve the town in BIANFANG_DATA_DIR
	bianfang serve $(ARGS)

check: setup ## every rule that needs no database: style, types, imports, house rules, front end
	@scripts/check.sh

fix: setup ## put right what a machine can put right
	@scripts/fix.sh

test: setup ## all tests, on SQLite and on PostgreSQL, with the browser journeys (ARGS goes to pytest)
	python scripts/run_tests.py $(ARGS)

test-all: check ## check, then all tests with branch coverage; nothing may be left out
	BIANFANG_TEST_NOTHING_LEFT_OUT=1 python scripts/run_tests.py --cov $(ARGS)

bench: setup ## the measurements of bench/README.md
	python -m bench $(ARGS)

lock: ## pin the newest versions: requirements/*.txt and frontend/package-lock.json
	@scripts/lock.sh

.venv/ready: requirements/base.txt requirements/dev.txt pyproject.toml
	@scripts/make_venv.sh

build/desk.ready: .venv/ready $(PAGES)
	@scripts/build_pages.sh

build/messages.ready: .venv/ready $(CATALOGUES)
	@python scripts/compile_messages.py
	@mkdir -p build && touch $@
