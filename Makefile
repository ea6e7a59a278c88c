# What this project can do. `make` alone prints the menu.

SHELL := /bin/bash
.DEFAULT_GOAL := menu
PYTHON ?= python3
PORT ?= 8050
VENV := .venv
PY := $(VENV)/bin/python
BUNDLE := assets/vendor/plotly-basic.min.js
# -qq: errors are printed, notices about this machine's own set-up are not
PIP := $(PY) -m pip --disable-pip-version-check install -qq --require-hashes

menu:  ## print this menu
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' Makefile

serve: $(VENV)/serving bundle  ## install what is needed, publish, and serve on http://127.0.0.1:8050
	@$(PY) -m dashboard publish
	@echo "Serving on http://127.0.0.1:$(PORT)  (Ctrl+C stops it)"
	@$(PY) -m gunicorn app:server --bind 127.0.0.1:$(PORT)

test: $(VENV)/testing bundle browser  ## run every test, those in a real browser included
	@$(PY) -m pytest -n 2 --dist worksteal

check: $(VENV)/testing  ## formatting, lint, types, the figures as received, and the documents
	@$(PY) -m ruff format --check .
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@$(PY) -m dashboard check
	@$(PY) -m pytest -q tests/test_docs.py tests/test_repository.py

publish: $(VENV)/serving  ## make a new release from data/; a running server picks it up by itself
	@$(PY) -m dashboard publish

bench: $(VENV)/testing bundle browser  ## measure server, browser and store; prints the figures of docs/performance.md
	@$(PY) -m bench

lock: $(VENV)/testing  ## pin what pyproject.toml asks for, with hashes
	@$(PY) -m uv pip compile pyproject.toml -q --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -o requirements.lock
	@$(PY) -m uv pip compile pyproject.toml -q --extra dev -c requirements.lock --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock

# --- what the above stand on ----------------------------------------------------------------------

# A virtual environment is remade when it has been moved or its Python is gone or too old.
$(VENV)/serving: requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and \
	  "Python 3.11 or later is needed; this is %d.%d. Try: make PYTHON=python3.11" % sys.version_info[:2])'
	@$(PY) -m pip --version >/dev/null 2>&1 || { rm -rf $(VENV) && $(PYTHON) -m venv $(VENV); }
	@echo "Installing what the dashboard needs (about a minute the first time)"
	@$(PIP) -r requirements.lock
	@touch $@

$(VENV)/testing: requirements-dev.lock $(VENV)/serving
	@echo "Installing what the tests need"
	@$(PIP) -r requirements-dev.lock
	@touch $@

# The smaller plotly.js, of the version that plotly.py draws for. Without it Dash serves its own, four times the size.
.PHONY: bundle
bundle: $(VENV)/serving
	@version=$$($(PY) -c 'from plotly.offline import get_plotlyjs_version as v; print(v())') && \
	if grep -aqsF "v$$version" <(head -c 400 $(BUNDLE) 2>/dev/null); then exit 0; fi; \
	mkdir -p $(dir $(BUNDLE)); rm -f $(BUNDLE); parcel=$$(mktemp -d); trap 'rm -rf "$$parcel"' EXIT; \
	if ! command -v npm >/dev/null; then \
	  echo "No npm: serving Dash's own plotly.js, which is larger and does the same"; exit 0; fi; \
	if (cd "$$parcel" && npm pack --silent --fetch-retries=1 --fetch-timeout=30000 \
	      "plotly.js-basic-dist-min@$$version" && tar -xzf ./*.tgz) >/dev/null 2>&1; \
	then cp "$$parcel/package/plotly-basic.min.js" $(BUNDLE).part && mv $(BUNDLE).part $(BUNDLE); \
	else echo "npm could not fetch the smaller plotly.js $$version: serving Dash's own, which does the same"; fi

.PHONY: browser
browser:
	@bash tests/browser/install.sh

.PHONY: menu serve test check publish bench lock
