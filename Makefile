# Two commands for a newcomer: `make start` shows the course at work, `make test` runs the tests.
PYTHON ?= python3
BIN := .venv/bin
SAMPLE := tests/learners/softmax/wrong_no_max.py

.PHONY: start test test-all lint attempts attacks picture consumers clean

start: .venv/installed
	@echo "A sample attempt at softmax, graded:"
	@echo
	@$(BIN)/grader grade softmax --file $(SAMPLE) --seed 1; test $$? -eq 1
	@echo "And this is the course:"
	@echo
	@$(BIN)/grader
	@echo
	@echo "To type grader instead of $(BIN)/grader, run: source $(BIN)/activate"

PYTEST := $(BIN)/python -m pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test: .venv/tested
	@$(PYTEST) -m "not wide"

# The wide ones as well: every attempt also from a release, more seeds and examples, PyTorch live.
test-all: .venv/tested
	@$(PYTEST) --hypothesis-profile wide

# What .ci/run checks besides the tests.
lint: .venv/linted
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/grader stub --check
	$(BIN)/grader prove

# Grades the sample attempts, and writes what comes of it into docs/diagnosis.md.
attempts: .venv/tested
	@$(BIN)/python -m tests.learners.table

# Collects the attacks, and writes which tier promises to stop which into docs/security.md and
# docs/attacks.md.
attacks: .venv/tested
	@$(BIN)/python -m tests.attacks.table

# Programs that are not ours, to read what `grader export quiz` writes: the tests then ask them too.
# It takes node. Of pyslet the source is fetched: it has the DTD of QTI, and two calls of Python 2.
CONSUMERS := .venv/consumers
consumers: .venv/tested
	npm install --silent --no-fund --no-audit --prefix $(CONSUMERS) gift-pegjs@1.0.2
	$(BIN)/python -m pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: \
		--dest $(CONSUMERS) pyslet==0.7.20170805
	tar -xzf $(CONSUMERS)/pyslet-*.tar.gz -C $(CONSUMERS)
	cd $(CONSUMERS)/pyslet-*/pyslet && sed -i.bak 's/children\.next()/next(children)/' xml/structures.py \
		&& sed -i.bak 's/BaseType\.Encode(/BaseType.to_str(/' qtiv1/common.py
	$(BIN)/python -m pip install --quiet --disable-pip-version-check $(CONSUMERS)/pyslet-*/ \
		anki==26.9.3 lxml==6.* text2qti==0.8.*

picture: .venv/linted
	$(BIN)/python docs/picture.py

clean:
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache .hypothesis build dist

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit("The course needs Python 3.10 or newer. Name one: make start PYTHON=python3.12" if sys.version_info < (3, 10) else 0)'
	@echo "Making .venv and installing the course; this happens once."
	@$(PYTHON) -m venv .venv

.venv/installed: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

.venv/tested: pyproject.toml | .venv/bin/python
	@echo "Installing what the tests need."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,watch,plot]'
	@touch $@ .venv/installed

.venv/linted: pyproject.toml | .venv/bin/python
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[test,watch,plot,lint,picture]'
	@touch $@ .venv/installed .venv/tested
