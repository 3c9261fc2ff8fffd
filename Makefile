# Every target sets itself up, in an environment for each version of Python.
# You need make, and Python 3.11 or later: make test PYTHON=python3.13
PYTHON ?= python3
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
PROMISED := $(shell sed -n 's/.*Python :: \(3\.[0-9]*\)".*/\1/p' pyproject.toml)
VENV := .venv-$(VERSION)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STAMP := $(VENV)/.installed
LOCK := requirements-dev.lock
DEMO := $(CURDIR)/build/demo
DEMO_ENV := XDG_DATA_HOME=$(DEMO)/data XDG_CACHE_HOME=$(DEMO)/cache XDG_STATE_HOME=$(DEMO)/state XDG_CONFIG_HOME=$(DEMO)/config
SAMPLE ?= 40
ARTICLE ?= sample_articles/opinion--metered.html

.DEFAULT_GOAL := help
.PHONY: help run test core coverage check mutants bench torture attacks snapshots docs lock audit clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(STAMP): pyproject.toml $(LOCK)
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "annotator needs Python 3.11 or later: make PYTHON=python3.11" >&2; exit 1; }
	@echo "Setting up $(VENV) with the libraries of $(LOCK); this takes a minute, once." >&2
	@$(PYTHON) -m venv $(VENV)
	@$(PIP) --require-hashes --requirement $(LOCK)
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

run: $(STAMP) ## Open a sample article in a demo library, or another with ARTICLE=...
	@echo "Opening $(ARTICLE) in a demo library below $(DEMO)." >&2
	@$(DEMO_ENV) $(BIN)/annotator read "$(ARTICLE)"

test: $(STAMP) ## Run the tests
	@$(BIN)/python -m pytest --numprocesses 2 $(ARGS)

core: $(STAMP) ## Run the tests of the core, in which no wing can be imported
	@$(BIN)/python -m pytest --numprocesses 2 --without-wings $(ARGS)

coverage: $(STAMP) ## Run the tests and trace which lines they reach
	@$(BIN)/python -m pytest --numprocesses 2 --cov --cov-report=term:skip-covered $(ARGS)

check: $(STAMP) ## Check style, types, layers and dependencies, then run coverage
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/deptry src
	@$(MAKE) --no-print-directory coverage
	@echo "Checked on Python $(VERSION). Also promised: $(filter-out $(VERSION),$(PROMISED))." \
		"Run the tests there as well, as in: make test PYTHON=python3.13"

mutants: $(STAMP) ## Put faults into the pure packages, and count those that tests catch; SAMPLE=40
	@$(BIN)/python benchmarks mutants --sample $(SAMPLE) $(ARGS)

bench: $(STAMP) ## Measure against the budgets, beside other programs
	@for script in benchmarks/*/bench_*.py; do $(BIN)/python benchmarks $$script || exit 1; done

torture: $(STAMP) ## Try to lose a mark: kills, damage, full disks, two machines
	@$(BIN)/python benchmarks torture $(ARGS)

attacks: $(STAMP) ## Try collections of attacks at every door; FOLDERS="one two" names them
	@$(BIN)/python benchmarks attacks $(FOLDERS) $(ARGS)

snapshots: $(STAMP) ## Update the pictures that the snapshot tests compare
	@$(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update

docs: $(STAMP) ## Regenerate docs/keys.md and docs/reader.svg
	@$(BIN)/python docs/write_keys.py
	@$(BIN)/python docs/take_picture.py

lock: $(STAMP) ## Update the lock file of development
	@$(PIP) uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-strip-extras --no-emit-index-url --no-header --no-annotate \
		--group test --group check --output-file $(LOCK) pyproject.toml

audit: $(STAMP) ## Look for known vulnerabilities of the locked libraries; needs the internet
	@$(PIP) pip-audit
	@$(BIN)/pip-audit --disable-pip --require-hashes --requirement $(LOCK)

clean: ## Remove what the other targets created
	@rm -rf .venv-* build dist .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache
