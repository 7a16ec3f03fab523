# `make try` and `make test` set everything up; the rest is for those who work on Entente.
PYTHON ?= $(firstword $(wildcard .venv/bin/python) .venv/bin/python)
BASE_PYTHON := $(or $(shell command -v python3.11),$(shell command -v python3))
STAMP := .venv/.installed

.PHONY: try test quick scores bench drills pipeline statements screenshots clean

try: $(STAMP)        ## Entente in a local workspace, no Slack account needed
	.venv/bin/entente try

test: $(STAMP)       ## every check and every test
	.venv/bin/python -m ruff check .
	.venv/bin/python -m mypy
	.venv/bin/lint-imports --no-cache
	OMP_NUM_THREADS=1 .venv/bin/python -m pytest -n auto --maxprocesses 4

quick:               ## the checks worth running before each commit
	$(PYTHON) -m ruff check -q .
	$(PYTHON) -m mypy
	$(dir $(PYTHON))lint-imports --no-cache > .lint-imports.log || (cat .lint-imports.log; exit 1)
	OMP_NUM_THREADS=1 $(PYTHON) -m pytest -q -x -n 3 -m "not slow and not browser" --no-header

scores: $(STAMP)     ## every scored set, one figure a line
	@.venv/bin/python -m tests.scores

bench: $(STAMP)      ## speed and size, one figure a line
	@.venv/bin/python -m tests.bench

drills: $(STAMP)     ## kills, lost answers and repeats, one figure a line
	@.venv/bin/python -m tests.drills

$(STAMP): pyproject.toml
	$(BASE_PYTHON) -m venv .venv
	.venv/bin/python -m pip install --quiet --upgrade pip
	PYTHONWARNINGS=ignore .venv/bin/python -m pip install --quiet --editable ".[dev]"
	@touch $(STAMP)

pipeline: $(STAMP)   ## train the shipped language pipeline from ../shared/corpora and our texts (about 90 CPU-minutes)
	.venv/bin/python -m bot.language.training.build

screenshots: $(STAMP) ## the README's pictures, taken of the real bot in a headless Chromium
	.venv/bin/python -m tests.screenshots

statements: $(STAMP) ## teach what finds statements on our texts and newsmtsc (about 30 CPU-minutes; after `make pipeline`)
	.venv/bin/python -m pip install --quiet --editable ".[dev,training]"
	.venv/bin/python -m bot.language.training.statements

clean:
	rm -rf .venv build *.egg-info .mypy_cache .ruff_cache .pytest_cache
