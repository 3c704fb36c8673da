#!/usr/bin/env bash
# Every rule that needs no database. All of them run; the first failure decides the result.
set -uo pipefail
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
export DJANGO_SETTINGS_MODULE=bianfang.config.settings
BIANFANG_DATA_DIR="$(mktemp -d)"
export BIANFANG_DATA_DIR
trap 'rm -rf "$BIANFANG_DATA_DIR"' EXIT
failed=()

rule() {
    local name="$1"
    shift
    if output="$("$@" 2>&1)"; then
        echo "ok      $name"
    else
        echo "$output"
        echo "FAILED  $name"
        failed+=("$name")
    fi
}

rule "ruff: lint" ruff check .
rule "ruff: format" ruff format --check .
rule "mypy: types" mypy
rule "import-linter: floors" lint-imports
rule "house rules" pytest -q tests/architecture
rule "migrations match models" python -m django makemigrations --check --dry-run
rule "djlint: format" djlint --check --quiet src
rule "djlint: lint" djlint --lint --quiet src
rule "tsc, biome: front end" npm --prefix frontend run --silent check
echo "silenced findings: $(grep -rE '# (noqa|type: ignore)' --include='*.py' src tests scripts | wc -l)"

if [ "${#failed[@]}" -gt 0 ]; then
    echo "failed: ${failed[*]}" >&2
    exit 1
fi
