#!/usr/bin/env bash
# Put right what a machine can put right.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"

ruff check --fix --quiet .
ruff format --quiet .
python scripts/draw_workflows.py
djlint --reformat --quiet src
npm --prefix frontend run --silent fix
