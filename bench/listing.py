"""Lists of demands over HTTP at 50,000 and at 500,000 demands.

The list of 100 rows with filters on, what is overdue, and the dispatcher's queue.
"""

import tempfile
from pathlib import Path

from bench import load, setup
from bench.server import serving

SIZES = (50_000, 450_000)
SECONDS = 10.0
LISTS = {
    "list": "/demands/?group=all&theme=environment&size=100",
    "overdue": "/demands/?group=overdue&size=100",
    "queue": "/demands/dispatch/",
}
EMPTY = "/help/start/"


def main() -> None:
    """Print p50 of each list and of a page without rows, and how the lists grow."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup.start_django(folder)
        from bench import town  # noqa: PLC0415  # models can be imported behind setup only

        bench = town.build()
        first = 1
        medians: dict[str, list[float]] = {name: [] for name in LISTS}
        for size in SIZES:
            town.add_demands(bench, size, first=first)
            first += size
            cookies = town.sign_in(bench.clerks[0])
            with serving(folder) as (port, _):
                empty = load.run(port, _get(EMPTY), [cookies], seconds=SECONDS, good=200)
                print(f"{first - 1:>7,} demands: without rows {empty}")
                for listed, path in LISTS.items():
                    whole = load.run(port, _get(path), [cookies], seconds=SECONDS, good=200)
                    medians[listed].append(whole.p50)
                    print(f"{listed:>29} {whole}  ratio {whole.p50 / empty.p50:.1f}")
        for listed, (few, many) in medians.items():
            print(f"growth of p50 from 50,000 to 500,000, {listed}: {many / few:.2f}")


def _get(path: str) -> load.Maker:
    return load.Maker("GET", path, None)
