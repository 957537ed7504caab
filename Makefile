# make: what can be asked, a line each. Everything runs in .venv, from requirements.lock.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .uv/bin/uv
VENV := .venv
RUN := $(VENV)/bin
OBSERVED := -f docker-compose.yml -f deploy/observability/compose.yml
# Python keeps what it compiled, also where the environment forbids it: each program starts twice as fast.
export PYTHONDONTWRITEBYTECODE =
MEMBERS := shared/kit shared/sharing services/partners services/referrals services/assessments services/vacancies services/metrics deploy/local

.PHONY: .docker help demo local up down test soak bench test-compose alone check fmt contracts lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

# uv by pip into a folder of its own, unless this machine has one.
$(UV):
	@if command -v uv >/dev/null; then mkdir -p .uv/bin && ln -sf "$$(command -v uv)" $(UV); \
	else $(PYTHON) -m pip install --quiet --disable-pip-version-check --root-user-action=ignore --target .uv uv; fi

# The locked packages by hash, then our members without dependencies of their own.
$(VENV)/.run: $(UV) requirements.lock $(MEMBERS:%=%/pyproject.toml)
	@test -x $(RUN)/python || $(UV) venv --quiet --python $(PYTHON) $(VENV)
	@echo "Installing from requirements.lock …"
	@$(UV) pip install --quiet --python $(RUN)/python --require-hashes -r requirements.lock
	@$(UV) pip install --quiet --python $(RUN)/python --no-deps $(MEMBERS:%=-e %)
	@touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.lock
	@$(UV) pip install --quiet --python $(RUN)/python --require-hashes -r requirements-dev.lock
	@touch $@

demo: $(VENV)/.run ## Run the estate and its main job (PORT=8000 DATA=.data; ONCE=1 stops after it, SEPARATE=1 a process for each service, KAFKA=1 also Kafka; AT=http://… on an estate that runs)
	@$(RUN)/kumppani demo $(if $(ONCE),--once) $(if $(SEPARATE),--separate) $(if $(KAFKA),--kafka) $(if $(AT),--at $(AT))

local: $(VENV)/.run ## Run the estate, empty, on this machine (PORT=8000 DATA=.data; SEPARATE=1, KAFKA=1)
	@$(RUN)/kumppani up $(if $(SEPARATE),--separate) $(if $(KAFKA),--kafka)

up: .docker .env ## Run the estate in docker compose, one container for each service, and wait until it is healthy (OBSERVE=1: with Prometheus, Grafana, Jaeger)
	@docker compose $(if $(OBSERVE),$(OBSERVED)) up --build --wait
	@echo "The estate answers at http://$$(docker compose port gateway 8080)$(if $(OBSERVE),; Grafana at http://localhost:3000)"

down: ## Stop what make up started; the data stay, unless ERASE=1
	@docker compose $(OBSERVED) down $(if $(ERASE),--volumes)

.docker:
	@docker compose version >/dev/null 2>&1 || { echo "Docker with its compose plugin is not here: make local runs the estate without it." >&2; exit 1; }

# Secrets are made once; a name that a later version needs is added.
.env: deploy/env.example
	@$(PYTHON) deploy/env.py $@

test: $(VENV)/.dev ## Run all tests, a file at a time on each of up to four cores
	@$(RUN)/pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-compose: $(VENV)/.dev ## Run the tests that build and start the estate in docker compose (some minutes)
	@$(RUN)/pytest -rs -m compose tests/compose

soak: $(VENV)/.dev ## Write while processes and the broker are killed, then compare the books (MINUTES=10 SEED=)
	@$(RUN)/python -m tests.faults.soak $(if $(MINUTES),--minutes $(MINUTES)) $(if $(SEED),--seed $(SEED))

bench: $(VENV)/.dev ## Measure, and print one table (ONLY=a, some of a–k; ROUNDS=3; WRITE=1 keeps it in docs/performance.md)
	@$(RUN)/python -m tests.bench $(if $(ONLY),--only $(ONLY)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(WRITE),--write)

alone: $(UV) ## Install and test each service alone, in an environment of its own (SERVICE=referrals: that one)
	@./.ci/alone $(SERVICE)

check: $(VENV)/.dev ## Format, lint, types, import rules, lock files, contracts
	@$(RUN)/ruff format --check
	@$(RUN)/ruff check
	@$(RUN)/mypy
	@$(RUN)/lint-imports
	@./.ci/lock --check
	@$(RUN)/kumppani contracts check

fmt: $(VENV)/.dev ## Format the code
	@$(RUN)/ruff format
	@$(RUN)/ruff check --fix

contracts: $(VENV)/.run ## Write contracts/ from the code
	@$(RUN)/kumppani contracts export

lock: $(UV) ## Write requirements.lock anew from the members' requirements
	@./.ci/lock

clean: ## Remove what was installed
	rm -rf $(VENV) .uv
