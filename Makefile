# Everything is set up on first use: `make sandbox` or `make test` in a fresh clone is enough.

PYTHON ?= python3
PORT ?= 8088
VENV := .venv
BIN := $(VENV)/bin
PROXENY := $(BIN)/python -m bot
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCK = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --custom-compile-command "make lock" pyproject.toml

# "ok", a version that is too old, or nothing where there is no such python.
found = $(shell $(PYTHON) -c 'import sys; print("ok" if sys.version_info >= (3, 11) else "%d.%d" % sys.version_info[:2])' 2>/dev/null)
too_old = $(error Proxeny needs Python 3.11 or newer and $(PYTHON) is $(or $(1),not there). Name another: make PYTHON=python3.12 $(MAKECMDGOALS))

.PHONY: help sandbox run test soak bench check catalogs lock

help: ## Shows this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

sandbox: $(VENV)/.ready ## Tries the bot out on a page of its own; needs no token (PORT=8088)
	$(PROXENY) sandbox --port $(PORT)

run: $(VENV)/.ready ## Runs the bot on Telegram, with the settings in .env if there is one
	@set -a; if [ -f .env ]; then . ./.env; fi; set +a; exec $(PROXENY) run

test: $(VENV)/.ready-dev ## Runs all tests but the long ones
	@command -v chromium chromium-browser google-chrome >/dev/null || \
		echo "There is no Chromium here, so the tests of the sandbox's page are skipped."
	$(BIN)/python -m pytest -m "not soak and not again" -n 2 --dist worksteal

soak: $(VENV)/.ready-dev ## Runs the long tests: kills, floods, random walks, and all stories on PostgreSQL
	$(BIN)/python -m pytest -m again -n 2 --dist worksteal
	$(BIN)/python -m pytest -m soak --timeout 1100

bench: $(VENV)/.ready-dev ## Measures speed, side by side with plain python-telegram-bot
	$(BIN)/python -m tests.bench

check: $(VENV)/.ready-dev ## Lints, types, import rules, known weaknesses, catalogs, migrations, coverage
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r bot
	$(BIN)/python -m tests.audit
	$(BIN)/python -m tests.catalogs check
	$(BIN)/python -m pytest -q tests/store/test_migrations.py
	$(BIN)/python -m coverage run --branch --source=bot/domain -m pytest -q --hypothesis-seed=0 tests/domain
	$(BIN)/python -m coverage report --fail-under=100

catalogs: $(VENV)/.ready-dev ## Brings the catalogs in locales/ up to date with the code
	$(BIN)/python -m tests.catalogs update

lock: $(VENV)/.ready ## Resolves the requirements anew, with hashes
	$(PIP) install uv
	$(LOCK) -o requirements.lock
	$(LOCK) --group dev -c requirements.lock -o requirements-dev.lock

$(BIN)/python:
	$(if $(filter ok,$(found)),,$(call too_old,$(found)))
	$(PYTHON) -m venv $(VENV)

$(VENV)/.ready: requirements.lock | $(BIN)/python
	$(PIP) install --require-hashes -r requirements.lock
	@touch $@

$(VENV)/.ready-dev: requirements-dev.lock $(VENV)/.ready
	$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@
