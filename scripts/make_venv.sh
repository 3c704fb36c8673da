#!/usr/bin/env bash
# Create .venv and install the pinned packages and the project into it.
set -euo pipefail
cd "$(dirname "$0")/.."

python="${PYTHON:-python3}"
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))'; then
    echo "$("$python" --version) is too old: install Python 3.11 or later, or name one by PYTHON=…" >&2
    exit 1
fi

if [ ! -x .venv/bin/pip ]; then
    if ! "$python" -c 'import ensurepip' 2>/dev/null; then
        scripts/install_debian.sh python3-venv || {
            echo "Python's venv module is missing: install Debian's package python3-venv." >&2
            exit 1
        }
    fi
    "$python" -m venv .venv
fi

export PIP_DISABLE_PIP_VERSION_CHECK=1
# The lists are complete, so nothing is resolved: a release made after them cannot be chosen.
.venv/bin/pip install --quiet --require-hashes --no-deps -r requirements/base.txt -r requirements/dev.txt
.venv/bin/pip install --quiet --no-deps --no-build-isolation --editable .
.venv/bin/pip check >/dev/null || .venv/bin/pip check
touch .venv/ready
