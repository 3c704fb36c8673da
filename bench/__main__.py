"""`python -m bench [NAME …]`: all measurements, or the named ones."""

import sys
from importlib import import_module

from bench import setup

NAMES = {
    "import-roll": "import_roll",
    "list": "listing",
    "records": "records",
    "sync": "sync",
    "sync-postgresql": "sync",
    "ledger": "ledger",
    "rest": "rest",
    "bundle": "bundle",
}
ON_POSTGRESQL = frozenset({"records", "sync-postgresql"})


def main() -> int:
    """Run them one after the other."""
    wanted = sys.argv[1:] or list(NAMES)
    unknown = [name for name in wanted if name not in NAMES]
    if unknown:
        print(f"no measurement {', '.join(unknown)}; there are: {', '.join(NAMES)}")
        return 2
    for name in wanted:
        if len(wanted) > 1:
            setup.run_apart(name)
        elif name not in ON_POSTGRESQL or setup.on_postgresql(name):
            print(f"== {name}")
            import_module(f"bench.{NAMES[name]}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
