"""Rows of the register many at once: locked in parts, inserted whole."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Any
from uuid import UUID

from bianfang.kernel import bulk
from bianfang.kernel.tenancy.models import TownModel

PART = 500


def load_locked(model: Any, town_id: UUID, ids: set[UUID]) -> dict[UUID, Any]:
    """Rows by id, locked until the transaction ends."""
    found: dict[UUID, Any] = {}
    for part in parts(sorted(ids)):
        rows = model.objects.in_town(town_id).filter(id__in=part)
        rows = rows.select_for_update(of=("self",), no_key=True).order_by("id")
        found.update({row.id: row for row in rows})
    return found


def insert_whole(rows: Sequence[TownModel]) -> None:
    """New rows of one table, all columns as they stand."""
    if rows:
        fields = type(rows[0])._meta.local_concrete_fields
        values = attrgetter(*(column.attname for column in fields))
        bulk.insert_rows(type(rows[0]), [column.name for column in fields], map(values, rows))


def parts(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """Few enough at once to be named in a statement."""
    for start in range(0, len(ids), PART):
        yield ids[start : start + PART]
