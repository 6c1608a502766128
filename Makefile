# `make demo` and `make test` set up everything they need. PYTHON chooses the interpreter (3.11 or newer).
PYTHON ?= python3
BIN := .venv/bin
UI ?= 1
WORKERS ?= $(shell nproc 2>/dev/null || echo 2)

# A test makes a store in a few files and throws it away: in memory where there is room for it (6 GB), which spares a tenth of the time.
MEMORY := $(shell test "$$(df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 {print $$4}')" -gt 6000000 2>/dev/null && echo /dev/shm)

# Where an image forbids it, each process that a test starts would compile all that it imports again.
export PYTHONDONTWRITEBYTECODE :=

.PHONY: demo test lint bench bench-ui bench-peers bench-grounding train-grounding train-screening stress screenshots lock clean

.venv/.installed: requirements.lock installer.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("songstory needs Python 3.11 or newer, found " + sys.version.split()[0] + "; run: make PYTHON=python3.12") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	-$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r installer.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-compile --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/.installed
	$(BIN)/songstory demo --dir demo $(if $(filter 0,$(UI)),--no-ui,--ui)

CHROMIUM := apt-get install --yes chromium

test: .venv/.installed
	@command -v chromium chromium-browser google-chrome >/dev/null || echo "No chromium here, so the tests in a browser are skipped. Install it with: $(CHROMIUM)"
	TMPDIR=$(or $(MEMORY),$(TMPDIR),/tmp) $(BIN)/python -m pytest -m "not bench and not stress" -n $(WORKERS)

lint: .venv/.installed
	$(BIN)/ruff check .
	$(BIN)/mypy

bench: .venv/.installed
	$(BIN)/python -m pytest -m bench -s tests/bench --ignore tests/bench/test_dashboard.py

# The dashboard before 100,000 stories, in a real browser.
bench-ui: .venv/.installed
	$(BIN)/python -m pytest -m bench -s tests/bench/test_dashboard.py

# PEERS names a folder with a race of clients: run_peers.py, mock_anthropic.py, and a virtual environment for each peer.
bench-peers: .venv/.installed
	cd $(PEERS) && { vbase/bin/python mock_anthropic.py --max-s 3600 & mock=$$!; sleep 2; \
		SONGSTORY_VENV=$(CURDIR)/.venv SONGSTORY_RUNNER=$(CURDIR)/tests/bench/runner.py LITELLM_LOCAL_MODEL_COST_MAP=True N_FAIL=1000 \
		vbase/bin/python run_peers.py "$$PWD" out.jsonl $(or $(RACE),songstory litellm pydantic_ai curator); kill $$mock; }

# BENCH names a folder of further labelled sets, BENCH/NAME/dev.jsonl.
bench-grounding: .venv/.bench
	cd tests/bench && ../../$(BIN)/python -m claims $(if $(BENCH),--folder $(abspath $(BENCH)))

train-grounding: .venv/.bench
	cd tests/bench && ../../$(BIN)/python -m claims.train

# PROSE names a file of sentences that tell nothing personal, one {"text": ...} a line; without it the weights know less of articles.
train-screening: .venv/.bench
	cd tests/bench && ../../$(BIN)/python -m screening.train $(if $(PROSE),$(abspath $(PROSE)))

.venv/.bench: .venv/.installed tests/bench/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps -r tests/bench/requirements.txt
	touch $@

stress: .venv/.installed
	$(BIN)/python -m pytest -m stress -s tests

# Pin anew: needs uv. No index address is written.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --no-header --all-extras pyproject.toml -o requirements.lock

# A picture of every page, light and dark, wide and on a phone, in the folder OUT.
screenshots: .venv/.installed
	$(BIN)/python tests/tour.py $(or $(OUT),screenshots)

clean:
	rm -rf .venv demo dist build
