PYTHON ?= python3
BIN := .venv/bin
STAMP := .venv/.installed
PLANS ?= ../shared/plans
GOLD ?= ../shared/gold
SCORE ?= ../shared/score/score.py

# Tests start some hundred processes, each of which would compile every module anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: demo test check docs ontology score bench growth fuzz services soak clean

WEB := hatch_build.py $(wildcard exports/views/web/src/* kg/workbench/web/*) exports/views/web/package-lock.json

$(STAMP): pyproject.toml $(WEB)
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --progress-bar on --editable '.[dev]'
	touch $@

RUNTIME := .venv/.runtime

$(RUNTIME): pyproject.toml $(WEB)
	@echo "installs the runtime alone into .venv (about 450 MB)"
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --progress-bar on --editable .
	touch $@

demo: $(RUNTIME)  ## installs the runtime, builds the fictional samples, answers a question, draws a view, writes an export
	$(BIN)/kg build samples --store demo/plans.kg
	$(BIN)/kg query lineage-path -p plan=青禾县 --columns chain,step,citing,relation,policy --store demo/plans.kg
	$(BIN)/kg view lineage -o demo/lineage.html --store demo/plans.kg
	$(BIN)/kg export turtle -o demo/plans.ttl --store demo/plans.kg
	@echo "look at demo/lineage.html and demo/plans.ttl, or open the workbench:"
	@echo "$(BIN)/kg serve --store demo/plans.kg"

test: $(STAMP)  ## decides right or wrong
	$(BIN)/pytest -n 2 --dist loadgroup --no-loadscope-reorder

check: $(STAMP)  ## style, types, import direction, docstrings, dead code, one home for patterns, generated files
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/interrogate --quiet kg ontology extractors queries exports
	$(BIN)/vulture
	$(BIN)/pytest -q tests/test_vocabulary.py tests/test_declaration.py

score: $(STAMP)  ## precision and recall on hand-made annotations, where they are
	$(BIN)/kg build $(PLANS) --store .venv/score.kg
	$(BIN)/python $(SCORE) --kg $(BIN)/kg --store .venv/score.kg --gold $(GOLD) --plans $(PLANS) --misses

bench: $(STAMP)  ## ratios within one run; STRICT=1 fails where one is worse than recorded by a third, RECORD=1 records them
	$(BIN)/python tests/bench/run.py $(if $(STRICT),--strict) $(if $(RECORD),--record)

growth: $(STAMP)  ## what commands cost with 100, 400 and 1,600 plans, and the memory of exports; about an hour
	$(BIN)/python tests/bench/growth.py

fuzz: $(STAMP)  ## a long run of the fuzzers
	$(BIN)/pip install --quiet --editable '.[fuzz]'
	$(BIN)/python tests/fuzz/run.py

ontology: $(STAMP)  ## writes the files that are made from ontology/plan.ttl
	$(BIN)/python -m tools.generate_ontology

docs: $(STAMP)  ## the documentation as a site in site/
	PYTHONPATH=. $(BIN)/mkdocs build --strict

services:  ## installs the servers and programs that some tests need (Debian; asks for root)
	tools/services.sh

soak: $(STAMP)  ## random builds, kills, edits and prunes against a model (SECONDS=3600)
	$(BIN)/python tests/soak/run.py --seconds $(or $(SECONDS),3600)

clean:
	rm -rf .venv demo build dist
