# `make demo` and `make test` need Python 3.11 or later and nothing else: each makes its own .venv.

PYTHON ?= $(shell for python in python3.13 python3.12 python3.11 python3 python; do \
	$$python -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 \
	&& { echo $$python; break; }; done)

VENV := .venv
BIN := $(VENV)/bin
OUT := build/demo
GUIJU = $(BIN)/guiju
PIP = $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help demo test lint types floors wheel bench bench-spark clean

help:
	@echo "make demo    check 45 real forest-offset projects and two Chinese dossiers, with reports"
	@echo "make test    all tests and features"
	@echo "make lint    ruff, checks and layout"
	@echo "make types   mypy, strict"
	@echo "make floors  imports go down the floors only"
	@echo "make wheel   build the wheel and try it in an environment of its own"
	@echo "make bench   the speed bars, written to build/bench/RESULTS.md;"
	@echo "             some of them: make bench BENCH='--only w1,w2 --rounds 9'"
	@echo "make bench-spark  the same rules on Apache Spark (500 MB, needs Java): make bench-spark ROWS=10000000"
	@echo "make clean   remove .venv, build and caches"
	@echo
	@echo "PYTHON=$(or $(PYTHON),(none found))   Python 3.11 or later; set it to choose another"

$(BIN)/python:
	@test -n "$(PYTHON)" || { \
	  echo "Guiju needs Python 3.11 or later with its venv module. None was found."; \
	  echo "Install one (on Debian: apt install python3 python3-venv), or say make PYTHON=/path/to/python3."; \
	  exit 1; }
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "$(PYTHON) is older than Python 3.11."; exit 1; }
	@echo "Making $(VENV) with $$($(PYTHON) --version)"
	@"$(PYTHON)" -m venv $(VENV)

# A stamp says what is installed, so that a second run starts at once.
$(VENV)/core.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing Guiju, with what reads boundaries"
	@$(PIP) install --editable '.[geo]'
	@$(BIN)/python -m compileall -q engine rules reports
	@touch $@

$(VENV)/dev.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing Guiju with its development tools"
	@$(PIP) install --editable '.[dev]'
	@$(BIN)/python -m compileall -q engine rules reports
	@touch $@ $(VENV)/core.stamp

$(VENV)/bench.stamp: pyproject.toml | $(BIN)/python
	@echo "Installing Guiju with what it is measured beside"
	@$(PIP) install --editable '.[bench]'
	@$(BIN)/python -m compileall -q engine rules reports
	@touch $@ $(VENV)/core.stamp

test: $(VENV)/dev.stamp
	$(BIN)/python -m pytest --numprocesses auto $(TESTS)

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

floors: $(VENV)/dev.stamp
	$(BIN)/lint-imports

wheel: $(VENV)/dev.stamp
	$(BIN)/python .ci/check_wheel.py

# Generated packs and W2 on Apache Spark, which takes half a gigabyte and needs Java: all of what
# `.ci/run` does a part of.
bench-spark: $(VENV)/dev.stamp $(VENV)/bench.stamp
	.ci/spark 200
	PYTHONPATH=build/spark $(BIN)/python benchmarks/on_spark.py $(ROWS)

bench: $(VENV)/bench.stamp
	$(BIN)/python benchmarks/run.py $(BENCH)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
	find engine rules reports tests features benchmarks -name __pycache__ -type d -prune -exec rm -rf {} +

FOREST := tests/data/ca-ifm/projects-v0.3.json
MAPPING := rules/guiju_rules/arb-us-forest/mappings/carbonplan-v0.3.yaml
EXAMPLE := rules/guiju_rules/ccer-14-001/dossiers/neimenggu-example
# The example project, damaged in some of the ways of tests/packs/project/DAMAGES.md.
DAMAGED := 小班重复 面积虚报 边界自相交 小班出县 与其他项目重叠 缺非森林日期 样地位置错 样地换号 \
	胸径变小 胸径以米填 枯死木有胸径 火灾少报 漏乘四十四比十二 公示少一日
# `guiju check` exits with 1 when there are findings. The demo has some: a result, not a fault.
FOUND := || test $$? -eq 1

demo: $(VENV)/core.stamp
	@mkdir -p $(OUT)
	@echo "== 45 registered forest-offset projects against arb-us-forest"
	@$(GUIJU) check $(FOREST) --mapping $(MAPPING) --force --quiet \
	  --format html:$(OUT)/forest-projects.html --format text:$(OUT)/forest-projects.txt \
	  --format json:$(OUT)/forest-projects.json $(FOUND)
	@sed '/^──/,$$d' $(OUT)/forest-projects.txt
	@echo "== An afforestation dossier at validation, in Chinese, against ccer-14-001"
	@$(GUIJU) check $(EXAMPLE) --lang zh --force --quiet \
	  --format text --format html:$(OUT)/neimenggu-zh.html $(FOUND)
	@$(GUIJU) check $(EXAMPLE) --lang en --force --quiet \
	  --format html:$(OUT)/neimenggu-en.html $(FOUND)
	@echo "== A project of 160 parcels and 2,000 trees at verification, damaged in 14 ways"
	@$(BIN)/python -m tests.packs.project $(OUT)/zaolin-damaged --damage $(DAMAGED)
	@$(GUIJU) check $(OUT)/zaolin-damaged --lang zh --force --quiet \
	  --format text:$(OUT)/zaolin-damaged.txt --format html:$(OUT)/zaolin-damaged-zh.html $(FOUND)
	@$(GUIJU) check $(OUT)/zaolin-damaged --lang en --force --quiet \
	  --format html:$(OUT)/zaolin-damaged-en.html $(FOUND)
	@sed '/^[✗?@]/,$$d' $(OUT)/zaolin-damaged.txt
	@echo
	@echo "Reports, to open in a browser:"
	@ls -1 $(OUT)/*.html | sed 's/^/  /'
