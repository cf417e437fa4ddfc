# Every door of the repository. A machine with Python 3.11 or newer, pip and make is enough: the first target that
# needs it makes .venv, and does so again only when pyproject.toml changes.

# The first interpreter that is new enough; choose another with `make test PYTHON=python3.13`.
CANDIDATES := python3.11 python3 python python3.12 python3.13 python3.14
PYTHON ?= $(shell for each in $(CANDIDATES); do \
	$$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 && echo $$each && break; done)

# Test processes. Two are quicker than one even for the small suites, and leave a shared machine usable.
WORKERS ?= 2

VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready-$(notdir $(firstword $(PYTHON)))

.DEFAULT_GOAL := help
.PHONY: help demo test lint types fidelity format tables bench points mutants engine-mutants wheel clean

help: ## list the doors
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY) ## decide a real application of the 2023 cluster call and explain the result
	@$(BIN)/grantrules explain programs/tr/kdp_2023.rules programs/tr/applications/kdp_2023/base.json

test: lint types fidelity ## style, types, the programmes beside their sources, then all tests
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: $(READY) ## style alone
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY) ## types alone
	$(BIN)/mypy --strict src

fidelity: $(READY) ## what each programme carries of its source, and whether it quotes it word for word
	@$(BIN)/python tests/fidelity.py

format: $(READY) ## put the code into the house style
	$(BIN)/ruff check --fix-only .
	$(BIN)/ruff format .

tables: $(READY) ## the tables of the parser and the libraries of codes, after a change in grammars/ or reference/data/
	$(BIN)/python -m grantrules.syntax.generate
	$(BIN)/python -m grantrules.reference.code_lists

bench: $(READY) ## speed and exactness beside plain Python functions for the same rules
	$(BIN)/python benchmarks/run.py

points: $(READY) ## how many limits of each programme 300 generated applications stand on, and how quickly they are made
	$(BIN)/python -m benchmarks.properties

mutants: $(READY) ## change one thing of each bundled programme at a time: does a test notice?
	GRANTRULES_MUTANTS=1 $(BIN)/pytest -n $(WORKERS) --dist worksteal tests/test_mutants.py

engine-mutants: $(READY) ## change one thing of the engine at a time: does a test notice? (MUTANTS="--part whole")
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[mutation]'
	$(BIN)/python tests/engine_mutants.py --workers $(WORKERS) $(MUTANTS)

wheel: $(READY) ## the source archive and the wheel, in dist/
	$(BIN)/python -m build --no-isolation

clean: ## remove everything that make made
	rm -rf $(VENV) dist build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Some systems ship Python without the installer that `venv` wants; pip can then be lent to the new environment.
$(READY): pyproject.toml
	@test -n "$(PYTHON)" || { echo "grantrules needs Python 3.11 or newer, and none was found." \
		"Name one with: make $(MAKECMDGOALS) PYTHON=/path/to/python3.11" >&2; exit 1; }
	$(PYTHON) -m venv --clear $(VENV) || { $(PYTHON) -m venv --clear --without-pip $(VENV) && \
		$(PYTHON) -m pip --python $(BIN)/python install --quiet pip; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@
