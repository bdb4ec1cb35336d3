# The two commands of the README, and what maintainers use. Each makes its own environment in .venv and ends by itself.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export OMP_NUM_THREADS ?= 1

.PHONY: demo live test install install-dev system check quality codebook clean

demo: install          ## read the sample archive into a new record and show what is in it
	$(BIN)/dragoman demo

live: install          ## the same, then serve the page on 127.0.0.1 and post further reports into it
	$(BIN)/dragoman demo --serve

test: install-dev system check  ## linters, types, order of imports, all tests
	$(BIN)/python -m pytest

check:
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

quality: install-dev   ## measure on the development gold (see docs/quality.md)
	$(BIN)/python -m benchmarks

codebook: install-dev  ## read the codebook's examples again and write docs/codebook.md, after any change of tables, coder or weights
	$(BIN)/python -m tests.coding.codebook_reading
	$(BIN)/python -m dragoman.lexicon.codebook_page docs/codebook.md

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

$(VENV)/installed: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Dragoman needs Python 3.11 or later, this is " + sys.version.split()[0] + "; name another by make PYTHON=python3.11")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --constraint constraints.txt --editable .
	touch $@

$(VENV)/installed-dev: $(VENV)/installed
	$(BIN)/pip install --quiet --constraint constraints.txt --editable '.[dev]'
	touch $@

# The browser test needs a Chromium, the tests of exports R, those of the record a PostgreSQL server, one of deploying nginx; Debian's are installed where there are none.
system:
	command -v chromium >/dev/null || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null)
	command -v Rscript >/dev/null || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends r-base-core >/dev/null)
	command -v nginx >/dev/null || test -x /usr/sbin/nginx || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends nginx-light >/dev/null)
	ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends postgresql >/dev/null)

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache
