"""Taking the next number."""

from uuid import UUID

from django.db import connection, transaction

from bianfang.kernel.ids import new_id

UPSERT = """
    INSERT INTO numbering_series (id, town_id, name, last) VALUES (%s, %s, %s, %s)
    ON CONFLICT (town_id, name) DO UPDATE SET last = numbering_series.last + EXCLUDED.last
    RETURNING last
"""


def take(*, town_id: UUID, series: str, count: int = 1) -> int:
    """Take `count` numbers and return the first. Call it late in the caller's transaction.

    One statement on both databases: the row is locked from here to the commit, so that a number
    is never given twice and a rolled-back transaction gives it back.
    """
    if not transaction.get_connection().in_atomic_block:
        msg = "numbering.take needs the transaction of the record that gets the number"
        raise RuntimeError(msg)
    with connection.cursor() as cursor:
        adapt = str if connection.features.has_native_uuid_field else _hex
        cursor.execute(UPSERT, [adapt(new_id()), adapt(town_id), series, count])
        last: int = cursor.fetchone()[0]
    return last - count + 1


def _hex(value: UUID) -> str:
    return value.hex
