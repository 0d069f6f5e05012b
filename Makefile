# Each target does its own set-up and can be called again: what is done already is not done twice.
#   make demo   make test   make notebook   make lint   make clean

# The first Python on the path that is new enough; override with `make demo PYTHON=/path/to/python`.
PYTHON ?= $(shell for p in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$p && break; done)
VENV ?= .venv
BIN := $(VENV)/bin
SEEDS := seeds
OUT := out

SOURCES := $(shell find kg ontology -type f ! -name '*.pyc' ! -path '*/__pycache__/*' 2>/dev/null)

# Once the tests are installed, kg is installed in place, and every other target is content with that.
INSTALLED := $(if $(wildcard $(VENV)/.test),$(VENV)/.test,$(VENV)/.demo)

.DEFAULT_GOAL := help
.PHONY: help demo test lint notebook clean
.DELETE_ON_ERROR:

help:
	@echo 'make demo      build the graph of $(SEEDS)/ into $(OUT)/ and say where the page and the Turtle are'
	@echo 'make test      the whole test suite, formatting, lint and types'
	@echo 'make lint      formatting, lint and types only'
	@echo 'make notebook  open the notebooks in Jupyter'
	@echo 'make clean     remove what the others made'

demo: $(INSTALLED)
	@$(BIN)/kg build $(SEEDS) -o $(OUT)

test: $(VENV)/.test lint
	$(BIN)/python -m pytest

lint: $(VENV)/.test
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy

notebook: $(VENV)/.notebook
	$(BIN)/jupyter notebook notebooks

clean:
	rm -rf $(VENV) $(OUT) build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(VENV)/.created:
	@test -n "$(PYTHON)" || { echo 'kg needs Python 3.11 or newer on the path: install it, or call make PYTHON=/path/to/python' >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.demo: $(VENV)/.created pyproject.toml README.md $(SOURCES)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check .
	@touch $@

$(VENV)/.test: $(VENV)/.created pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test]'
	@touch $@

# Once the tests are installed, kg stays in place there: only what the notebooks need is added.
$(VENV)/.notebook: $(INSTALLED)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(if $(wildcard $(VENV)/.test),--editable) '.[notebook]'
	@touch $@
