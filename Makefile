# Needs Python 3.11 to 3.13 and make, nothing else: every target sets up what it uses.
PYTHON ?= python3
VENV ?= .venv
PYTEST_ARGS ?=
# one file of tests is never parted among the cores
CORES := -n logical --dist loadfile

BIN := $(if $(filter Windows_NT,$(OS)),Scripts,bin)
RUN := $(VENV)/$(BIN)/python
SETUP := $(PYTHON) -m cgsim.bootstrap --venv $(VENV)
EVERYTHING := dashboard,study,calibrate,dask,remote,dev,docs

export PYTHONUTF8 = 1

.PHONY: help demo test test-all check docs bench pictures release setup setup-tests

help: ## show these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: ## set up, run the programme as it stands 300 times, show where the cluster goes
	@$(SETUP) --extras dashboard,study
	$(RUN) -m cgsim demo

test: setup-tests ## the tests, browser tests too, without the slow ones; PYTEST_ARGS="-k trust"
	$(RUN) -m pytest $(CORES) $(PYTEST_ARGS)

test-all: setup-tests ## the slow tests too
	$(RUN) -m pytest -m "" $(CORES) $(PYTEST_ARGS)

check: setup ## lint, format, types, import walls
	$(RUN) -m ruff check .
	$(RUN) -m ruff format --check .
	$(RUN) -m mypy
	$(VENV)/$(BIN)/lint-imports

docs: export CGSIM_SITE = build/site
docs: setup ## build/site/html, and everything that checks or runs the documentation and the notebooks
	$(RUN) -m docs.site
	$(RUN) -m pytest -m docs $(PYTEST_ARGS) || test $$? -eq 5

release: setup ## build, install and try out on every Python, and with the lowest versions
	PYTHON=$(RUN) .ci/release

bench: setup ## time the engines, as ratios
	$(RUN) -m benchmarks

pictures: setup-tests ## pictures of every page of the dashboard, into results/screenshots
	$(RUN) -m tests.dashboard.screenshots results/screenshots

setup:
	@$(SETUP) --extras $(EVERYTHING)

setup-tests:
	@$(SETUP) --extras $(EVERYTHING) --browser --java
