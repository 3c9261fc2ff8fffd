# Each target does its own set-up: it needs Python 3.11 or later, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
LOCK := requirements-dev.lock
DEMO := $(CURDIR)/build/demo
DEMO_ENV := XDG_DATA_HOME=$(DEMO)/data XDG_CACHE_HOME=$(DEMO)/cache XDG_STATE_HOME=$(DEMO)/state XDG_CONFIG_HOME=$(DEMO)/config
SAMPLE := sample_articles/opinion--metered.html

.DEFAULT_GOAL := help
.PHONY: help run test check bench torture snapshots docs lock clean

help: ## Show what there is to make
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "annotator needs Python 3.11 or later: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --requirement $(LOCK) --editable .
	@touch $@

run: $(STAMP) ## Read a sample article, in a library of its own
	@$(DEMO_ENV) $(BIN)/annotator read $(SAMPLE)

test: $(STAMP) ## Run the tests
	@$(BIN)/python -m pytest --numprocesses 2 --cov --cov-report=term:skip-covered $(ARGS)

check: $(STAMP) ## Check style, types, layers, dependencies; then the tests
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/deptry src
	@$(MAKE) --no-print-directory test

bench: $(STAMP) ## Measure against the budgets, beside other ways to do it
	@for script in benchmarks/bench_*.py; do $(BIN)/python $$script || exit 1; done

torture: $(STAMP) ## Try to lose a mark: kills, damage, full disks, two machines
	@$(BIN)/python benchmarks/torture.py $(ARGS)

snapshots: $(STAMP) ## Take the pictures of the screens anew
	@$(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update

docs: $(STAMP) ## Write docs/keys.md and docs/reader.svg anew
	@$(BIN)/python docs/write_keys.py
	@$(BIN)/python docs/take_picture.py

lock: $(STAMP) ## Lock the versions that development uses
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --no-emit-index-url \
		--no-header --no-annotate --group test --group check --output-file $(LOCK) pyproject.toml

clean: ## Remove what the other targets made
	@rm -rf $(VENV) build dist .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache
