"""Lists of demands over HTTP at 50,000 and at 500,000 demands.

The list of 100 rows with filters on, what is overdue, the dispatcher's queue, the places where a
problem came again; and the closed list of a year as a file, with the results of its look-backs.
"""

import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from bench import load, setup
from bench.server import serving

SIZES = (50_000, 450_000)
SECONDS = 10.0
LISTS = {
    "list": "/demands/?group=all&theme=environment&size=100",
    "overdue": "/demands/?group=overdue&size=100",
    "queue": "/demands/dispatch/",
    "recurring": "/recurring/",
}
EMPTY = "/help/start/"
CHECKED_EVERY = 10
"""Of the closed demands without a check every tenth gets one."""


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
            town.add_checks(bench, every=CHECKED_EVERY)
            first += size
            cookies = town.sign_in(bench.clerks[0])
            with serving(folder) as (port, _):
                empty = load.run(port, _get(EMPTY), [cookies], seconds=SECONDS, good=200)
                print(f"{first - 1:>7,} demands: without rows {empty}")
                for listed, path in LISTS.items():
                    whole = load.run(port, _get(path), [cookies], seconds=SECONDS, good=200)
                    medians[listed].append(whole.p50)
                    print(f"{listed:>29} {whole}  ratio {whole.p50 / empty.p50:.1f}")
            rows, taken = _closed_list(bench)
            print(f"{'closed list, a year':>29} {rows:,} rows in {taken:.2f} s")
        for listed, (few, many) in medians.items():
            print(f"growth of p50 from 50,000 to 500,000, {listed}: {many / few:.2f}")


def _get(path: str) -> load.Maker:
    return load.Maker("GET", path, None)


def _closed_list(bench: Any) -> tuple[int, float]:
    """The closed list of the last year as CSV; how many rows it has, and the seconds it takes."""
    from bianfang.kernel import clock  # noqa: PLC0415  # models can be imported behind setup only
    from bianfang.mechanisms.ledger.actions import export_list  # noqa: PLC0415  # as above
    from bianfang.mechanisms.ledger.enums import FileFormat, ListKind  # noqa: PLC0415  # as above
    from bianfang.mechanisms.ledger.queries import LedgerFilter  # noqa: PLC0415  # as above
    from bianfang.register.areas import queries as areas  # noqa: PLC0415  # as above
    from bianfang.register.people import queries as people  # noqa: PLC0415  # as above

    actor = people.load_actor(bench.clerks[0])
    area = areas.get_town_area(bench.town.id)
    began = time.perf_counter()
    file = export_list(
        actor=actor,
        kind=ListKind.CLOSED,
        area_id=area.id,
        filters=LedgerFilter(from_day=clock.today() - timedelta(days=365)),
        file_format=FileFormat.CSV,
    )
    lines = b"".join(file.chunks).count(b"\n")
    return lines - 1, time.perf_counter() - began
