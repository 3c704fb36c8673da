#!/usr/bin/env bash
# Pin the newest versions that fit; nothing written names a package host.
set -euo pipefail
cd "$(dirname "$0")/.."

tools="$(mktemp -d)"
trap 'rm -rf "$tools"' EXIT
python3 -m venv "$tools"
"$tools/bin/pip" install --quiet uv
for list in base dev; do
    (cd requirements && "$tools/bin/uv" pip compile --quiet --upgrade --python-version 3.11 \
        --generate-hashes --no-emit-index-url --no-header "$list.in" -o "$list.txt")
done

export PATH="$PWD/.venv/bin:$PATH"
cd frontend
timeout --foreground 600 npm install --package-lock-only --no-audit --no-fund
node strip-lock.mjs
