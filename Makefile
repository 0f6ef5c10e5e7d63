# Folkmoot's commands. `make` alone lists them.
PY := .venv/bin/python
.DEFAULT_GOAL := help
.PHONY: help run test lint bench docs nightly setup lock

help: ## list these commands
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z]+):.*## /  make \1\t/'

setup: ## install what running needs
	@python3 tools/setup.py

run: setup ## install, load the example dialogue, start, print the address and a sign-in link for each role
	@.venv/bin/folkmoot demo --serve

test: ## install what is missing (a browser too) and run every test
	@python3 tools/setup.py --dev
	@$(PY) -m pytest -n 2 --dist worksteal -m "not nightly" -q

lint: ## style, types, and who imports whom
	@python3 tools/setup.py --dev
	@$(PY) -m ruff check .
	@$(PY) -m mypy
	@.venv/bin/lint-imports

bench: ## measure: seconds, megabytes and rates, as JSON
	@python3 tools/setup.py --dev
	@$(PY) -m bench

docs: ## take the pictures of the running example, at 375 and 1280 px
	@python3 tools/setup.py --dev
	@$(PY) tools/pictures.py

nightly: ## the large repeats
	@python3 tools/setup.py --dev
	@$(PY) -m pytest -n 2 -m "nightly" -q

LOCK := .venv/bin/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --python-version 3.11

lock: setup ## write the hashed requirements anew after a change of the dependencies in pyproject.toml
	@test -x .venv/bin/uv || $(PY) -m pip install --quiet uv
	@$(LOCK) --extra build -o requirements.txt pyproject.toml
	@$(LOCK) --extra build --extra dev -o requirements-dev.txt pyproject.toml
