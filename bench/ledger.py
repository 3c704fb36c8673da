"""The visit filing ledger of two rounds as files, against the bare writing of the same rows."""

import csv
import io
import tempfile
import time
from pathlib import Path

from bench import setup

VISITS = 26_000


def main() -> None:
    """Print seconds for CSV and styled workbook, and the ratio to plain csv."""
    with tempfile.TemporaryDirectory() as name:
        setup.start_django(Path(name))
        from bench import town  # noqa: PLC0415  # models can be imported behind setup only
        from bianfang.mechanisms.ledger.actions import export_list  # noqa: PLC0415  # models can be imported behind setup only
        from bianfang.mechanisms.ledger.enums import FileFormat, ListKind  # noqa: PLC0415  # models can be imported behind setup only
        from bianfang.mechanisms.ledger.queries import LedgerFilter  # noqa: PLC0415  # models can be imported behind setup only
        from bianfang.register.areas import queries as areas  # noqa: PLC0415  # models can be imported behind setup only
        from bianfang.register.people import queries as people  # noqa: PLC0415  # models can be imported behind setup only

        bench = town.build()
        town.add_visits(bench, VISITS)
        actor = people.load_actor(bench.clerks[0])
        area = areas.get_town_area(bench.town.id)
        for file_format in FileFormat:
            began = time.perf_counter()
            file = export_list(
                actor=actor, kind=ListKind.VISITS, area_id=area.id,
                filters=LedgerFilter(), file_format=file_format,
            )  # fmt: skip
            content = b"".join(file.chunks)
            taken = time.perf_counter() - began
            print(f"{file_format.value:5} {taken:6.2f} s  {len(content) / 1e6:.1f} MB", end="")
            if file_format is FileFormat.CSV:
                rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
                print(f"  ratio to bare csv {taken / _bare(rows):.0f}", end="")
            print()


def _bare(rows: list[list[str]]) -> float:
    began = time.perf_counter()
    csv.writer(io.StringIO()).writerows(rows)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
