# `make demo` and `make test` are the two commands; each makes .venv first if it is missing or out of date.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check floors raise-floors serve clean

demo: .venv/ready
	$(BIN)/volteface demo

test: .venv/ready-dev
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: .venv/ready-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# What the pipeline scores on the gold sets of tests/gold against its floors; raising them never lowers one.
floors: .venv/ready-dev
	$(BIN)/python benchmarks/floors.py

raise-floors: .venv/ready-dev
	$(BIN)/python benchmarks/floors.py --raise

serve: .venv/ready
	$(BIN)/volteface serve

.venv/ready: pyproject.toml constraints.txt
	$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "volteface needs Python 3.11 or newer; this is " + sys.version.split()[0])'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	touch $@

.venv/ready-dev: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	touch $@

clean:
	rm -rf .venv build src/*.egg-info .mypy_cache .ruff_cache .pytest_cache
