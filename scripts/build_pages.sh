#!/usr/bin/env bash
# Build frontend/ into build/static/ with the Node that .venv brings.
set -euo pipefail
cd "$(dirname "$0")/.."

# Without the system's certificates Node retries for minutes behind an inspecting proxy.
certificates=/etc/ssl/certs/ca-certificates.crt
if [ -z "${NODE_EXTRA_CA_CERTS:-}" ] && [ -f "$certificates" ]; then
    export NODE_EXTRA_CA_CERTS="$certificates"
fi
export PATH="$PWD/.venv/bin:$PATH"

cd frontend
if [ ! -f node_modules/.ready ] || [ package-lock.json -nt node_modules/.ready ]; then
    timeout --foreground 600 npm ci --no-audit --no-fund --loglevel=error || {
        echo "The page tools could not be fetched within ten minutes (npm ci in frontend/)." >&2
        exit 1
    }
    touch node_modules/.ready
fi
timeout --foreground 300 npm run --silent build
# Served as they are to phones on a weak line: compressed once, here, not at each request.
python -m whitenoise.compress --quiet ../build/static
touch ../build/desk.ready
