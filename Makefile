# Newsdesk. `make run` and `make test` do all the set-up on a fresh machine.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
# Trust what the machine trusts, as pip does: some networks have a certificate of their own.
export UV_SYSTEM_CERTS ?= 1
UV := $(BIN)/uv
DEV_STAMP := .venv/.dev-installed
RUN_STAMP := .venv/.run-installed

.PHONY: help run test install install-dev lint bench situations mutants lock format clean

help: ## show this
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

run: install ## run the desk; without DISCORD_TOKEN, a recorded day in a local Discord
	@if [ -n "$$DISCORD_TOKEN$$DISCORD_TOKEN_FILE" ]; then $(BIN)/python -m bot run; \
	else $(BIN)/python -m bot demo; fi

test: install-dev lint ## types, lint, import contracts, and every test
	@$(BIN)/pytest

lint: install-dev
	@$(BIN)/ruff check . && $(BIN)/ruff format --check --quiet . && $(BIN)/mypy && $(BIN)/lint-imports --no-logo

bench: install-dev ## benchmarks, each beside a peer or a floor; a JSON line a figure
	@$(BIN)/python -m bench

mutants: install-dev ## change the desk's judgement a bit at a time: do its tests notice? PARTS="wording episode"
	@$(BIN)/python -m bench.mutants $(PARTS)

situations: install-dev ## 10,000 generated briefs of every kind against the stylebook
	@$(BIN)/pytest -n 0 --timeout=0 --hypothesis-profile=situations tests/brief/test_properties.py

install: $(RUN_STAMP) ## make .venv and install what the desk needs, hashes checked

install-dev: $(DEV_STAMP) ## the same, and what tests need

lock: install-dev ## compile both lock files from the direct pins
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes requirements.txt -o requirements.lock
	$(UV) pip compile -q --universal --python-version 3.11 --generate-hashes requirements-dev.txt -o requirements-dev.lock

format: install-dev ## format and mend what ruff can
	$(BIN)/ruff check --fix . && $(BIN)/ruff format .

clean: ## remove the environment and caches
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

# A half-made venv (no ensurepip) must not count: pip itself is what is tested for.
$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
		{ echo "Newsdesk needs Python 3.11 or later; set PYTHON=/path/to/python3"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || \
		{ echo "python3-venv is missing: apt install make python3-venv"; exit 1; }
	@echo "Installing into .venv (once; about 20 seconds)"
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check uv

$(RUN_STAMP): requirements.lock | $(UV)
	@test -f $(DEV_STAMP) && test ! requirements.lock -nt $(DEV_STAMP) || \
		$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements.lock
	@touch $@

$(DEV_STAMP): requirements-dev.lock | $(UV)
	@$(UV) pip sync --quiet --require-hashes --compile-bytecode --python $(BIN)/python requirements-dev.lock
	@touch $@
