# Every target sets itself up, in an environment for each version of Python.
# You need make, and Python 3.11 or later: make test PYTHON=python3.13
PYTHON ?= python3
VERSION := $(shell $(PYTHON) -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null)
PROMISED := $(shell sed -n 's/.*Python :: \(3\.[0-9]*\)".*/\1/p' pyproject.toml)
VENV := .venv-$(VERSION)
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check
STAMP := $(VENV)/.installed
FAILED := $(VENV)/.failed
LOCK := requirements-dev.lock
SITE := .venv-site-$(VERSION)
SITE_LOCK := requirements-site.lock
DEMO := $(CURDIR)/build/demo
DEMO_ENV := XDG_DATA_HOME=$(DEMO)/data XDG_CACHE_HOME=$(DEMO)/cache XDG_STATE_HOME=$(DEMO)/state XDG_CONFIG_HOME=$(DEMO)/config
SAMPLE ?= 40
ARTICLE ?= sample_articles/opinion--metered.html

.DEFAULT_GOAL := help
.PHONY: help run test test-all core oldest newest coverage check mutants bench torture attacks snapshots docs films figures site promise lock build audit clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# Installs what follows, and shows on a terminal what pip is at, and how many libraries it has.
SHOWN := [ -t 2 ] || exec cat > /dev/null; awk '{ sub(/^ +/, ""); n += /^Collecting /; \
	printf "\r\033[K  %d  %.66s", n, $$0; fflush() } END { printf "\r\033[K" }' >&2
install = rm -f $(FAILED); { PYTHONUNBUFFERED=1 $(BIN)/python -m pip install --disable-pip-version-check \
	--progress-bar off $(1) || touch $(FAILED); } | { $(SHOWN); }; test ! -e $(FAILED)

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
		|| { echo "annotator needs Python 3.11 or later: make PYTHON=python3.11" >&2; exit 1; }
	@$(PYTHON) -m venv $(VENV)

# The lock names every library, so that pip looks for no other; its check says if one is missing.
complete = told=$$($(1)/bin/python -m pip --disable-pip-version-check check) || { echo "$$told" >&2; exit 1; }

$(STAMP): pyproject.toml $(LOCK) | $(VENV)/bin/python
	@echo "Setting up $(VENV) with the libraries of $(LOCK), once: one to three minutes." >&2
	@$(call install,--no-deps --require-hashes --requirement $(LOCK))
	@$(PIP) --no-deps --no-build-isolation --editable .
	@$(call complete,$(VENV))
	@touch $@

run: $(STAMP) ## Open a sample article in a demo library, or another with ARTICLE=...
	@echo "Opening $(ARTICLE) in a demo library below $(DEMO)." >&2
	@$(DEMO_ENV) $(BIN)/annotator read "$(ARTICLE)"

# Three processes on two cores: tests wait for programs and servers that they start.
test: $(STAMP) ## Run the tests except the slow ones
	@$(BIN)/python -m pytest --numprocesses 3 -m 'not slow' $(ARGS)

test-all: $(STAMP) ## Run all tests
	@$(BIN)/python -m pytest --numprocesses 2 $(ARGS)

# The lowest and the newest versions that the bounds in pyproject.toml allow, whatever the lock says.
oldest: RESOLUTION := lowest-direct
newest: RESOLUTION := highest
oldest newest: | $(VENV)/bin/python ## Run all tests with the oldest or newest libraries that are allowed
	@rm -rf .venv-$@ && $(PYTHON) -m venv .venv-$@
	@.venv-$@/bin/python -m pip install --quiet --disable-pip-version-check uv
	@.venv-$@/bin/uv pip install --quiet --python .venv-$@ --resolution $(RESOLUTION) \
		--group test --editable '.[bidi,images,keyring]'
	@.venv-$@/bin/uv pip check --quiet --python .venv-$@
	@.venv-$@/bin/python -m pytest --numprocesses 2 $(ARGS)

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

docs: $(STAMP) ## Write docs/reference, JSON Schemas, manual pages, completions and pictures
	@$(BIN)/python -m documenting.schemas
	@$(BIN)/python -m documenting
	@$(BIN)/python packaging/write_manual.py
	@$(BIN)/python -m documenting.pictures

films: $(STAMP) ## Take the films of docs/films again, in which a screen or a key has changed
	@$(BIN)/python -m documenting.films

$(SITE)/.installed: $(SITE_LOCK)
	@$(PYTHON) -m venv $(SITE)
	@$(SITE)/bin/python -m pip install --quiet --disable-pip-version-check \
		--no-deps --require-hashes --requirement $(SITE_LOCK)
	@$(call complete,$(SITE))
	@touch $@

site: $(SITE)/.installed ## Build the site of docs into build/site, unless a link in it is broken
	@$(SITE)/bin/zensical build --clean --strict
	@mkdir -p build/site/schema && cp -R src/annotator/schemas build/site/schema/1  # where they say that they are

figures: $(STAMP) ## Measure what the site quotes, beside other programs, and write its page and chart
	@$(BIN)/python benchmarks collect_figures $(ARGS)
	@$(BIN)/python -m documenting.figures

promise: $(STAMP) ## Keep JSON Schemas and names of a release, of which later ones lose nothing
	@$(BIN)/python -m documenting.schemas --release
	@$(BIN)/python -m documenting.names

lock: $(STAMP) ## Update the lock files of development and of the site, and the recipes of packaging
	@$(PIP) uv
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-header --no-annotate \
		--group test --group check --output-file $(LOCK) pyproject.toml
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade --generate-hashes \
		--no-emit-index-url --no-header --no-annotate --group pyproject.toml:site --output-file $(SITE_LOCK)
	@$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --constraints $(LOCK) \
		--no-header --no-emit-index-url --output-file $(VENV)/pylock.toml pyproject.toml
	@$(BIN)/python packaging/write_recipes.py --lock $(VENV)/pylock.toml

build: $(STAMP) ## Build what is published into dist, check it, and write the recipes for it
	@rm -rf dist build/recipes
	@$(PIP) build twine check-wheel-contents
	@$(BIN)/python -m build --no-isolation
	@$(BIN)/twine check --strict dist/*
	@$(BIN)/check-wheel-contents dist/*.whl
	@$(BIN)/python packaging/write_recipes.py --sdist dist/*.tar.gz --to build/recipes

audit: $(STAMP) ## Look for known vulnerabilities of the locked libraries; needs the internet
	@$(PIP) pip-audit
	@$(BIN)/pip-audit --disable-pip --require-hashes --requirement $(LOCK)

clean: ## Remove what the other targets created
	@rm -rf .venv-* build dist .coverage .coverage.* .hypothesis .mypy_cache .ruff_cache
