# Everything a developer or an analyst runs; `make` alone lists it. Works with GNU make 3.81 and newer.
.DEFAULT_GOAL := help
.PHONY: help report test lab lint format install install-dev hooks lock messages schema clean

BIN := $(if $(filter Windows_NT,$(OS)),.venv/Scripts,.venv/bin)
RUN := $(BIN)/python -m
NULMETING := $(BIN)/nulmeting
LOCK := $(RUN) uv pip compile --universal --generate-hashes --no-header --no-emit-index-url --quiet $(if $(UPGRADE),--upgrade)

# Runs bootstrap.py with PYTHON where that is given, else with the first Python on the path that is new enough.
define bootstrap
@new_enough='import sys; sys.exit(sys.version_info < (3, 11))'; \
python="$(PYTHON)"; \
if [ -z "$$python" ]; then \
    for name in python3 python python3.14 python3.13 python3.12 python3.11; do \
        if "$$name" -c "$$new_enough" >/dev/null 2>&1; then python="$$name"; break; fi; \
    done; \
fi; \
python="$${python:-python3}"; \
if ! "$$python" -c "$$new_enough" >/dev/null 2>&1; then \
    found="no program of that name"; \
    if command -v "$$python" >/dev/null; then found=`"$$python" -V 2>&1`; fi; \
    echo "nulmeting needs Python 3.11 or newer; $$python is $$found." >&2; \
    echo "Install a newer Python, or name one that you have: make $(or $(MAKECMDGOALS),report) PYTHON=/path/to/python3.12" >&2; \
    exit 2; \
fi; \
"$$python" bootstrap.py $(1)
endef

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-12s %s\n", $$1, $$2}' Makefile

report: install ## install what is needed, generate the example data and render its report
	@$(NULMETING) examples
	@$(NULMETING) report

test: install-dev lint ## install the development tools, then run every check and test
	$(RUN) pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile

lab: install-dev ## open the notebooks in JupyterLab
	$(RUN) jupyterlab --notebook-dir=.

lint: install-dev ## check style, types, notebooks and spelling
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy
	$(RUN) nbstripout --keep-id --verify notebooks/*.ipynb
	$(RUN) codespell_lib

format: install-dev ## repair what can be repaired by itself
	$(RUN) ruff check --fix
	$(RUN) ruff format
	$(RUN) nbstripout --keep-id notebooks/*.ipynb

install:
	$(call bootstrap,requirements.lock)

install-dev:
	$(call bootstrap,requirements-dev.lock)

hooks: install-dev ## let git run the checks before each commit
	$(RUN) pre_commit install

lock: install-dev ## write both lock files again (UPGRADE=1: with newer versions)
	$(LOCK) pyproject.toml --group build --output-file requirements.lock
	$(LOCK) pyproject.toml --group build --group dev --extra jupyter --constraint requirements.lock --output-file requirements-dev.lock

messages: install-dev ## bring the translation catalogues up to date with the code and notebooks
	$(RUN) helpers.show.extraction

schema: install-dev ## write params/schema.json from the params model
	$(RUN) helpers.params.schema

clean: ## remove .venv, the caches and the generated example data; reports stay
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis data/examples
