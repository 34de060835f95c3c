# `make smoke` and `make test` do everything; each installs what it needs into .venv first.
#
# ARGS goes on: make smoke ARGS="features/billing --stop", make prove ARGS="--seed 7 --sample 50".
# make itself always ends with 2 when a recipe fails; its last line names the suite's own exit code
# (Error 1: something failed, 2: configuration, 3: nothing ran, 4: target unreachable or not seedable).

BIN := .venv/bin
# What a run needs, and what working on the suite needs beside it.
INSTALLED := .venv/installed
DEVELOPED := .venv/developed
# Whether uv is installed and works: it is done in seconds. `make UV= smoke` takes pip all the same.
UV = $(shell uv --version 2>/dev/null)
UV_INSTALL := uv pip install --quiet --compile-bytecode --python $(BIN)/python
PIP_INSTALL := $(BIN)/python -m pip install --quiet --disable-pip-version-check
# uv does not know what pip was told, such as the index or the certificates of a company.
OR_PIP := || { echo "uv cannot install here; pip tries"; false; }; } ||
PYTHON ?= $(shell for python in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
# An empty SMOKE_BASE_URL in the environment wins over .env: the service that the suite starts itself.
EMBEDDED := SMOKE_BASE_URL=
FUZZ := timeout 1800 $(BIN)/pytest tests/fuzz
CHECK := $(BIN)/check-jsonschema --builtin-schema
WORKFLOWS := .github/workflows/*.yml

.DEFAULT_GOAL := help
.PHONY: help smoke test lint format contract coverage report doctor sweep rerun bench prove mutate attack fuzz doubles clean

help: ## Say what each command does
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

smoke: $(INSTALLED) ## Run the suite, on SMOKE_BASE_URL when that is set, and make the reports
	@code=0; $(BIN)/behave $(ARGS) || code=$$?; $(BIN)/python -m acceptance report; exit $$code

test: lint ## Check everything: lint, the tests of the suite itself, the suite on its own service
	$(BIN)/pytest --numprocesses auto --maxprocesses 4
	$(FUZZ) --examples 2 --seed 1
	$(EMBEDDED) $(BIN)/behave
	$(BIN)/python -m acceptance coverage --check

lint: $(DEVELOPED) ## Check code, types, features, steps and workflows
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/python -m acceptance lint
	$(CHECK) vendor.github-workflows $(WORKFLOWS)
	$(CHECK) custom.github-workflows-require-timeout $(WORKFLOWS)
	$(CHECK) vendor.github-actions .github/actions/*/action.yml

format: $(DEVELOPED) ## Format the code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

contract: $(INSTALLED) ## Write contract/openapi.json from the reference service
	$(BIN)/python -m reference_service.export contract/openapi.json

coverage: $(INSTALLED) ## Write COVERAGE.md from the last run
	$(BIN)/python -m acceptance coverage

report: $(INSTALLED) ## Make the HTML reports of the last run
	$(BIN)/python -m acceptance report

doctor: $(INSTALLED) ## Say what would run on the configured target, and what keeps the rest from running
	$(BIN)/python -m acceptance doctor

sweep: $(INSTALLED) ## Undo what a killed run left behind
	$(BIN)/python -m acceptance sweep

rerun: $(INSTALLED) ## Run what failed last time, on the same target
	$(BIN)/python -m acceptance rerun $(ARGS)

bench: $(INSTALLED) ## Measure the suite's own time against the service's
	$(BIN)/python -m acceptance bench $(ARGS)

prove: $(INSTALLED) ## Break the service in many ways and count what the suite notices
	$(BIN)/python -m acceptance prove $(ARGS)

mutate: $(DEVELOPED) ## Change the reference service's code in many ways and count what the suite notices
	$(BIN)/python -m mutation $(ARGS)

# Ten minutes are the most that it may take; much of it is waiting for services that hang.
attack: $(DEVELOPED) ## Attack the suite: hostile answers, signals, damaged ledgers
	timeout 600 $(BIN)/pytest tests/attack --numprocesses 4 --dist loadfile $(ARGS)

# ARGS="--examples 200 --seed 7"; without a seed another one each time, which is told.
fuzz: $(DEVELOPED) ## Send generated requests to every operation of the reference service
	$(FUZZ) $(ARGS)

doubles: $(DEVELOPED) ## Start the provider doubles for a service of your own
	$(BIN)/python -m provider_doubles

clean: ## Remove caches and everything below reports/; .venv stays
	find reports -mindepth 1 ! -name README.md -delete
	rm -rf build .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

WITH_UV = uv venv --quiet --allow-existing --seed --python $(PYTHON) .venv && \
	$(UV_INSTALL) -r requirements.lock && $(UV_INSTALL) --no-deps -e .
WITH_PIP = $(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
	{ echo "$(PYTHON) cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv"; exit 1; }; \
	$(PYTHON) -m venv .venv && $(PIP_INSTALL) -r requirements.lock && $(PIP_INSTALL) --no-deps -e .

# A new lock or new package data installs again; an old or broken .venv is replaced.
$(INSTALLED): pyproject.toml requirements.lock
	@test -n "$(PYTHON)" || { echo "This needs Python 3.11 or later; install it, or name it: make PYTHON=/path/to/python3"; exit 1; }
	@$(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || rm -rf .venv
	@echo "Installing into .venv, once"
	@$(if $(UV),{ $(WITH_UV) $(OR_PIP)) { $(WITH_PIP); }
	@touch $@

$(DEVELOPED): $(INSTALLED) requirements-dev.lock
	@echo "Installing the tools of development, once"
	@$(if $(UV),{ $(UV_INSTALL) -r requirements-dev.lock $(OR_PIP)) $(PIP_INSTALL) -r requirements-dev.lock
	@touch $@
