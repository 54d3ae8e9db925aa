# `make demo` and `make test` do everything on a fresh machine. They need Python, make and the package registries.
SHELL := /bin/bash
.DEFAULT_GOAL := help

PORT ?= 8000
export PORT

# Container images like to forbid .pyc files; every process of the demo and the tests would then compile Django anew.
export PYTHONDONTWRITEBYTECODE :=

# uv: the one on the PATH, else one of our own in .tools/.
UV := $(shell command -v uv 2>/dev/null || echo .tools/bin/uv)
# A Python 3.13 that really runs (a version manager's shim may not); uv fetches one where there is none.
PYTHON313 := $(shell for candidate in python3.13 $$HOME/.pyenv/versions/3.13*/bin/python3.13 /usr/local/bin/python3.13; do \
	if "$$candidate" -c '' 2>/dev/null; then command -v "$$candidate"; break; fi; done)
RUN := .venv/bin
MANAGE := $(RUN)/python manage.py
# Values that only let production's settings be read; nothing is connected to.
PRODUCTION := DJANGO_SETTINGS_MODULE=config.settings.production SECRET_KEY=$(shell head -c 48 /dev/urandom | base64 | tr -d '\n') \
	ALLOWED_HOSTS=smes.example.org BASE_URL=https://smes.example.org SMTP_HOST=localhost ADDRESS_HASH_KEY=only-to-read-the-settings NOTES_KEYS=only-to-read-the-settings

.PHONY: help setup demo demo-reset test test-quick crawl check types rules bench messages

help:  ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

.tools/bin/uv:
	@echo "Fetching uv into .tools/"
	@python3 -m venv .tools && .tools/bin/pip install --quiet uv

setup: $(filter .tools/bin/uv,$(UV))  ## install what the lock file names, compile the translations
	@$(UV) sync --frozen --quiet --python "$(or $(PYTHON313),3.13)"
	@$(MANAGE) compile_catalogues

demo: setup  ## load the demo content and serve site and worker (PORT, DATABASE_URL)
	@DJANGO_SETTINGS_MODULE=config.settings.demo $(MANAGE) run_demo

demo-reset:  ## forget the demo's database, mails and files
	@rm -rf var/smes.sqlite3* var/mailbox var/media

# Three processes, for two cores: much of a journey is waiting. A file at a time, in pytest's order: the journeys come last, and the
# demo they need is loaded beside the first tests.
PYTEST := $(RUN)/pytest -n 3 --dist loadfile --no-loadscope-reorder

test: setup check  ## every check and every test, in three processes
	@$(PYTEST) --durations 30

test-quick: setup  ## the code alone, in three minutes: no browser, no crawl, no demo, no killed processes
	@$(PYTEST) -m "not browser and not slow" --ignore tests/journeys --ignore tests/crawl --ignore tests/demo

crawl: setup  ## every public page, and every look of a page and a screen, in a browser, every public form on SQLite too, in minutes
	@CRAWL_ALL_PAGES=1 $(RUN)/pytest tests/journeys/test_crawl_in_browser.py tests/journeys/test_accessible.py \
		tests/journeys/test_accessible_backoffice.py tests/journeys/test_accessible_trainings.py
	@mkdir -p var/test-forms && CRAWL_ALL_PAGES=1 DATABASE_URL=sqlite:///$(CURDIR)/var/test-forms/site.sqlite3 TEST_DB_TEMPLATE= \
		$(RUN)/pytest tests/crawl/test_forms.py

check: setup  ## lint, types, import contract, templates, migrations, translations, deployment settings
	@$(MAKE) --no-print-directory -j2 types rules

types:
	$(RUN)/mypy

rules:
	$(RUN)/ruff check .
	$(RUN)/ruff format --check .
	PYTHONPATH=.:site $(RUN)/lint-imports
	$(RUN)/djlint templates --lint --quiet
	$(MANAGE) makemigrations --check --dry-run
	$(MANAGE) check_catalogues
	$(PRODUCTION) $(MANAGE) check --deploy --fail-level WARNING

bench: setup  ## speed claims, measured
	@$(RUN)/pytest -c pyproject.toml tests/bench -q -s
	@KILLED_AT_SCALE=1 $(RUN)/pytest tests/trainings/test_killed_processes.py tests/trainings/payment/test_killed_import.py -q

messages: setup  ## collect the strings of code and templates into locale/ (needs gettext)
	@$(MANAGE) makemessages --locale fr --locale nl --extension html,txt,py,mjml --ignore tests --ignore var --ignore .venv --ignore .tools --no-obsolete --add-location file
