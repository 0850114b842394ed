# Two commands: `make site` builds the site, `make test` passes the tests. Each installs what it
# needs in .venv/; what belongs to the system (Chromium, Java) is installed for root alone, and
# otherwise asked for. The README gives the same as plain commands, for machines without make.

PYTHON ?= python3
# Passed to build.py, for instance: make site OPTIONS="--base-url https://exemple.fr/reseau/"
OPTIONS ?=
BIN := .venv/bin
# uv, where it is there and finds the packages, else pip; both check the same hashes, and leave modules to be
# compiled when they are first used: most never are.
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet install --no-compile
UV := $(shell command -v uv >/dev/null && echo uv pip install --quiet --python $(BIN)/python)
# Files go to the workers as they stand: by numbers of tests, as xdist sorts them, the longest came last.
PYTEST := $(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder
install = $(if $(UV),$(UV) $(1) ||) $(PIP) $(1)
START := $(shell date +%s)
# Tests are compiled once, not by each worker of each run.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: site serve test test-unit test-long demonstrations audit installed check clean

site: .venv/.site
	$(BIN)/python build.py $(OPTIONS)

serve: .venv/.site
	$(BIN)/python build.py servir $(OPTIONS)

test: installed check
	$(PYTEST)

# All tests but those in a browser.
test-unit: .venv/.test
	$(BIN)/python -m tests.java
	$(PYTEST) --ignore tests/browser

# The same, with many more of what is drawn at random (tests/doses.py): some minutes more.
test-long: export LONG = 1
test-long: test

# What is shown of this repository's own content: counts, names, examples, the HTML of every page.
demonstrations: installed
	$(BIN)/python -m pytest tools/demonstrations

# Known faults of the packages that are locked, from the database of PyPI.
audit: .venv/.audit
	for file in requirements*.txt; do \
		.venv/audit/bin/python -m pip_audit --disable-pip --require-hashes -r $$file || exit 1; done

# What reads the code without running it.
check: .venv/.test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/oxlint templates/assets/js src/maille/preview/assets
	$(BIN)/oxfmt --check templates/assets/js src/maille/preview/assets/*.js
	$(BIN)/python -m tools.browser_floor
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/reuse lint --lines

# What the tests need; the first time, how long that took.
installed: .venv/.test
	$(BIN)/python -m tests.browser.chromium
	$(BIN)/python -m tests.java
	$(BIN)/python -m tests.office
	@test -e .venv/.timed || echo "Installation : $$(($$(date +%s) - $(START))) s" | tee .venv/.timed

clean:
	rm -rf .venv .maille output build .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -prune -exec rm -rf {} +

.venv/bin/python:
	$(PYTHON) -m venv .venv

.venv/.site: .venv/bin/python requirements.txt pyproject.toml
	$(call install,--require-hashes -r requirements.txt)
	$(call install,--no-deps --no-build-isolation --editable .)
	touch $@

.venv/.test: .venv/.site requirements-dev.txt
	$(call install,--only-binary :all: --no-binary reuse --require-hashes -r requirements-dev.txt)
	touch $@

.venv/.audit: .venv/bin/python requirements-audit.txt
	$(BIN)/python -m venv .venv/audit
	.venv/audit/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r requirements-audit.txt
	touch $@
