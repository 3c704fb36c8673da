"""The list of demands over HTTP: 100 rows, filters on, at 50,000 and at 500,000 demands."""

import tempfile
from pathlib import Path

from bench import load, setup
from bench.server import serving

SIZES = (50_000, 450_000)
SECONDS = 10.0
LIST = "/demands/?group=all&theme=environment&size=100"
EMPTY = "/help/start/"


def main() -> None:
    """Print p50 of the list and of a page without rows, and how the list grows."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup.start_django(folder)
        from bench import town  # noqa: PLC0415  # models can be imported behind setup only

        bench = town.build()
        first, medians = 1, []
        for size in SIZES:
            town.add_demands(bench, size, first=first)
            first += size
            cookies = town.sign_in(bench.clerks[0])
            with serving(folder) as (port, _):
                whole = load.run(port, _get(LIST), [cookies], seconds=SECONDS, good=200)
                empty = load.run(port, _get(EMPTY), [cookies], seconds=SECONDS, good=200)
            medians.append(whole.p50)
            print(f"{first - 1:>7,} demands: list {whole}")
            print(f"{'':>16} page without rows {empty}  ratio {whole.p50 / empty.p50:.1f}")
        print(f"growth of p50 from 50,000 to 500,000: {medians[1] / medians[0]:.2f}")


def _get(path: str) -> load.Maker:
    return load.Maker("GET", path, None)
