# Two commands: `make dashboard` and `make test`. Everything lands in .venv; nothing outside is touched,
# but for a Chromium and a LibreOffice from Debian's packages when the tests find none.
PYTHON ?= python3
POORT ?= 8866
VOORBEELD := werkmap/voorbeeld
WERKMAP ?= $(VOORBEELD)
BIN := .venv/bin
# The pip beside $(PYTHON) installs into .venv: Debian's Python comes without the one for a venv.
PIP := $(PYTHON) -m pip --python $(BIN)/python --disable-pip-version-check --no-input --quiet

.PHONY: dashboard test bench lock voorbeeld schermbeeld schoon

dashboard: .venv/klaar-gebruik $(if $(filter $(VOORBEELD),$(WERKMAP)),$(VOORBEELD)/werkmap.sqlite)
	$(BIN)/opgave dashboard --werkmap "$(WERKMAP)" --poort $(POORT) $(if $(DISPLAY),,--geen-browser)

$(VOORBEELD)/werkmap.sqlite: | .venv/klaar-gebruik
	$(BIN)/opgave voorbeeld $(VOORBEELD)

CHROMIUM_IS_ER := sh tests/zorg_voor.sh Chromium chromium CHROMIUM chromium chromium-browser google-chrome
# The order of the files is that of tests/conftest.py. Two runs: what drives a browser keeps an event loop running,
# and code that has one does other things.
VERDEELD := -n 2 --dist loadfile --no-loadscope-reorder
test: .venv/klaar-test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	@$(CHROMIUM_IS_ER)
	@sh tests/zorg_voor.sh LibreOffice libreoffice-calc-nogui SOFFICE soffice libreoffice
	$(BIN)/python -m pytest $(VERDEELD) --nbval --nbval-current-env --ignore=tests/browser tests notebooks
	$(BIN)/python -m pytest $(VERDEELD) tests/browser

bench: .venv/klaar-test
	$(BIN)/python -m benchmarks

# The lock files follow from pyproject.toml; run this after changing a dependency there.
lock: .venv/klaar-test
	$(PIP) install uv
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --python-version 3.11 \
	  --custom-compile-command "make lock" pyproject.toml -o requirements/gebruik.txt
	$(BIN)/uv pip compile -q --universal --generate-hashes --no-annotate --python-version 3.11 --extra test \
	  --custom-compile-command "make lock" pyproject.toml -o requirements/test.txt

# Makes the workbooks of data/voorbeeld anew from their sources.
voorbeeld: .venv/klaar-gebruik
	$(BIN)/python data/voorbeeld/maak.py

# Makes the pictures in docs from the running dashboard.
schermbeeld: .venv/klaar-test
	@$(CHROMIUM_IS_ER)
	$(BIN)/python docs/maak_schermbeeld.py

schoon:
	rm -rf .venv werkmap .pytest_cache .hypothesis .ruff_cache

.venv/klaar-gebruik: requirements/gebruik.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 of nieuwer is nodig; geef een andere op met: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@echo "De omgeving wordt gemaakt in .venv (eenmalig)..."
	@test -x $(BIN)/python || $(PYTHON) -m venv --without-pip .venv
	@$(PIP) install --require-hashes -r requirements/gebruik.txt
	@$(PIP) install --no-deps -e .
	@$(BIN)/python -c 'from opgavelib.dashboard import zet_plotly_klaar; zet_plotly_klaar()'
	@touch $@

.venv/klaar-test: requirements/test.txt .venv/klaar-gebruik
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@
