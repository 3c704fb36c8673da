"""A town's roll into an empty register, beside the same rows read and inserted as they are."""

import os
import resource
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

from django.db import connection, models, transaction
from python_calamine import CalamineWorkbook

from bench import setup

ROLL_DAY = date(2026, 3, 31)
BATCH = 1000


def main() -> None:
    """Print the times of reading and comparing, of merging, of the yardstick, and the ratio."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        setup.start_django(folder)
        from bench import rolls  # noqa: PLC0415  # models can be imported behind setup only

        content = _roll(folder)
        rolls.prepare()
        plain = _Plain(rolls.HOUSEHOLD, rolls.RESIDENT)
        yardstick = plain.measure(content)
        roll = rolls.Roll(content, ROLL_DAY)
        check, merge = _timed(roll.check), _timed(roll.merge)
        whole = check + merge
        print(f"{roll.people:,} people in {roll.households:,} households, {connection.vendor}")
        print(f"read, check, compare {check:5.1f} s")
        print(f"read, compare, merge {merge:5.1f} s")
        print(f"whole import         {whole:5.1f} s")
        print(f"plain rows           {yardstick:5.1f} s")
        print(f"ratio {whole / yardstick:.1f}")
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"most memory {most:.0f} MB")


def _roll(folder: Path) -> bytes:
    given = os.environ.get("BIANFANG_BENCH_ROLL")
    if given:
        return Path(given).read_bytes()
    from bianfang.demo.roll import write_roll  # noqa: PLC0415  # its models need Django set up

    path = folder / "roll.xlsx"
    write_roll(path, as_of=ROLL_DAY)
    return path.read_bytes()


def _timed(act: Any) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


class _Plain:
    """Tables with the columns of households and residents, with nothing sealed, keyed or tied."""

    def __init__(self, household: type[models.Model], resident: type[models.Model]) -> None:
        self.models = [_plain_copy(household), _plain_copy(resident)]

    def measure(self, content: bytes) -> float:
        """Seconds for one loading; the tables are gone afterwards."""
        with connection.schema_editor() as editor:
            for model in self.models:
                editor.create_model(model)
        try:
            return _timed(lambda: self.load(content))
        finally:
            with connection.schema_editor() as editor:
                for model in self.models:
                    editor.delete_model(model)

    def load(self, content: bytes) -> None:
        """Calamine and `bulk_create`, nothing else."""
        household, resident = self.models
        homes: list[models.Model] = []
        people: list[models.Model] = []
        for home, lines in _homes(content):
            homes.append(household(number=home["户编号"], door=home["门牌号"], **SAME[0]))
            people += [_person(resident, homes[-1].pk, line) for line in lines]
        with transaction.atomic():
            models.QuerySet(household).bulk_create(homes, batch_size=BATCH)
            models.QuerySet(resident).bulk_create(people, batch_size=BATCH)


SAME: tuple[dict[str, Any], dict[str, Any]] = (
    {"living_status": "resident", "entered_on": ROLL_DAY},
    {"entered_on": ROLL_DAY, "facts_as_of": ROLL_DAY},
)


def _homes(content: bytes) -> Iterator[tuple[dict[str, Any], list[dict[str, Any]]]]:
    rows = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0).to_python()
    header = next(place for place, row in enumerate(rows) if "户编号" in row)
    lines = (dict(zip(rows[header], row, strict=True)) for row in rows[header + 1 :])
    for _number, members in groupby(lines, key=lambda line: line["户编号"]):
        people = list(members)
        yield people[0], people


def _person(model: type[models.Model], household: Any, line: dict[str, Any]) -> models.Model:
    return model(
        household_id=household, name=line["姓名"], relation="02", sex="1",
        birth_date=line["出生日期"], id_number=line["公民身份号码"], id_key=line["公民身份号码"],
        id_last4=line["公民身份号码"][-4:], phone=line["联系电话"], away_place=line["外出地"],
        dibao="no", tekun="no", disability=line["残疾类别等级"], note=line["备注"], **SAME[1],
    )  # fmt: skip


def _plain_copy(model: type[models.Model]) -> type[models.Model]:
    fields = {column.attname: _plain_field(column) for column in model._meta.local_concrete_fields}
    name = f"plain_{model._meta.model_name}"
    meta = type("Meta", (), {"app_label": "bench", "db_table": name})
    return type(name, (models.Model,), {"__module__": __name__, "Meta": meta, **fields})


def _plain_field(column: "models.Field[Any, Any]") -> "models.Field[Any, Any]":
    if isinstance(column, models.ForeignKey):
        return models.UUIDField(null=True)
    if column.get_internal_type() == "BinaryField":
        return models.TextField(null=True)
    copy = column.clone()
    copy.choices = None
    return copy


if __name__ == "__main__":
    main()
