# make: what can be asked, a line each. Everything runs in .venv, from requirements.lock.
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := .uv/bin/uv
VENV := .venv
RUN := $(VENV)/bin
MEMBERS := shared/kit shared/sharing services/partners services/referrals services/assessments services/vacancies services/metrics deploy/local

.PHONY: help demo up test check fmt contracts lock clean

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

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

demo: $(VENV)/.run ## Run the estate and its main job (PORT=8000 DATA=.data; ONCE=1 stops after it, SEPARATE=1 a process for each service)
	@$(RUN)/kumppani demo $(if $(ONCE),--once) $(if $(SEPARATE),--separate)

up: $(VENV)/.run ## Run the estate, empty, behind one port
	@$(RUN)/kumppani up $(if $(SEPARATE),--separate)

test: $(VENV)/.dev ## Run all tests
	@$(RUN)/pytest

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
