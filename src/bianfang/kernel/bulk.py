"""Many rows at once: inserts and updates without the ORM's work for every single row.

For imports of whole towns. Values are prepared as the fields themselves would, so sealed fields
are sealed and both databases are served. Everything belongs to the caller's transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from operator import attrgetter
from typing import Any, TypeAlias

from django.core.exceptions import FieldError
from django.db import connection, models, transaction

from bianfang.kernel.tenancy.models import TownModel

BATCH = 2_000
FEW = 16
"""Up to here the ORM is as quick."""
_AS_IT_IS = ("CharField", "TextField", "BooleanField", "PositiveSmallIntegerField",
             "PositiveIntegerField")  # fmt: skip

AnyField: TypeAlias = "models.Field[Any, Any]"
_Prepare = Callable[[Any], Any]


def insert_rows(
    model: type[models.Model],
    names: Sequence[str],
    rows: Iterable[Sequence[Any]],
    **same: Any,
) -> int:
    """Insert rows given in the order of `names`; `same` is what all of them have; gives how many.

    Columns named nowhere get the field's plain default. Links are given by their ids.
    """
    given = [_field(model, name) for name in names]
    shared = _shared(model, {field.name for field in given}, same)
    constants = [_preparation(field)(value) for field, value in shared.items()]
    unready = [
        (place, ready)
        for place, ready in enumerate(map(_preparation, given))
        if ready is not _as_it_is
    ]
    prepared = _prepared(rows, unready, constants)
    columns = ", ".join(_column(field) for field in (*given, *shared))
    target = f"{_table(model)} ({columns})"
    if connection.vendor == "postgresql":
        return _copy(_table(model), target, prepared)
    marks = ", ".join(["%s"] * (len(given) + len(shared)))
    return _carry_out(f"INSERT INTO {target} VALUES ({marks})", prepared)  # noqa: S608 - names of columns alone


def insert_models(rows: Sequence[TownModel]) -> None:
    """Insert new rows of one table; a few as the ORM does it, many without its work for each.

    Many are not told by the database that they are stored: who wants to change them reads them.
    """
    if not rows:
        return
    model = type(rows[0])
    if len(rows) < FEW:
        plain: models.QuerySet[Any] = models.QuerySet(model)
        plain.bulk_create(rows)
        return
    fields = model._meta.local_concrete_fields
    values = attrgetter(*(field.attname for field in fields))
    insert_rows(model, [field.name for field in fields], map(values, rows))


def update_rows(names: Sequence[str], rows: Sequence[TownModel]) -> int:
    """Write these fields of rows of one table, each found by its town and id; gives how many."""
    if not rows:
        return 0
    model = type(rows[0])
    fields = [_field(model, name) for name in (*names, "town", "id")]
    prepare = [(field, _preparation(field)) for field in fields]
    prepared = ([ready(field.pre_save(row, add=False)) for field, ready in prepare] for row in rows)
    *sets, town, key = [f"{_column(field)} = %s" for field in fields]
    sql = (
        f"UPDATE {_table(model)} SET {', '.join(sets)} "  # noqa: S608 - names of columns alone
        f"WHERE {town} AND {key}"
    )
    return _carry_out(sql, prepared)


def _prepared(
    rows: Iterable[Sequence[Any]], unready: Sequence[tuple[int, _Prepare]], constants: list[Any]
) -> Iterator[list[Any]]:
    """Rows as the database takes them; only values that need it are touched."""
    for row in rows:
        values = [*row, *constants]
        for place, ready in unready:
            values[place] = ready(values[place])
        yield values


def _copy(table: str, target: str, rows: Iterable[list[Any]]) -> int:
    """PostgreSQL takes rows as a stream, five times as fast as single inserts.

    A table that has grown by thousands is looked at anew, or the rest of the transaction would be
    planned as if it were empty.
    """
    count = 0
    with connection.cursor() as cursor, connection.wrap_database_errors:
        stream: Any = cursor
        with stream.copy(f"COPY {target} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
                count += 1
        if count > BATCH:
            cursor.execute(f"ANALYZE {table}")
    return count


def _carry_out(sql: str, rows: Iterable[list[Any]]) -> int:
    count = 0
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            cursor.executemany(sql, batch)
            count += len(batch)
    return count


def _batches(rows: Iterable[list[Any]]) -> Iterator[list[list[Any]]]:
    coming = iter(rows)
    while batch := list(islice(coming, BATCH)):
        yield batch


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(field: AnyField) -> str:
    assert field.column is not None
    return connection.ops.quote_name(field.column)


def _field(model: type[models.Model], name: str) -> AnyField:
    field = model._meta.get_field(name)
    assert isinstance(field, models.Field)
    return field


def _shared(
    model: type[models.Model], given: set[str], same: dict[str, Any]
) -> dict[AnyField, Any]:
    """The columns that are alike in all rows: as told, the others by their defaults."""
    shared = {_field(model, name): value for name, value in same.items()}
    for field in model._meta.local_concrete_fields:
        if field.name in given or field in shared:
            continue
        is_plain = not callable(field.default) if field.has_default() else field.null or field.blank
        if not is_plain:
            msg = f"{model._meta.label} needs a value for {field.name}"
            raise FieldError(msg)
        shared[field] = field.get_default()
    return shared


def _preparation(field: AnyField) -> _Prepare:
    """How the database takes the values of a field; what repeats is prepared once."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, models.UUIDField):
        return _as_it_is if connection.features.has_native_uuid_field else _hex
    if field.get_internal_type() in _AS_IT_IS:
        return _as_it_is
    if isinstance(field, models.DateField) and not isinstance(field, models.DateTimeField):
        return _Days(field).ready
    return _by_field(field)


def _as_it_is(value: Any) -> Any:
    return value


def _hex(value: Any) -> str | None:
    return None if value is None else value.hex


def _by_field(field: AnyField) -> _Prepare:
    own = transaction.get_connection()  # itself, not the proxy that looks for it at every value
    return lambda value: field.get_db_prep_save(value, own)


class _Days(dict[date | None, Any]):
    """Days as the database takes them; a town's people share some ten thousand birthdays."""

    def __init__(self, field: AnyField) -> None:
        super().__init__()
        self._prepare = _by_field(field)

    def __missing__(self, day: date | None) -> Any:
        self[day] = ready = self._prepare(day)
        return ready

    @property
    def ready(self) -> _Prepare:
        """The look-up itself."""
        return self.__getitem__
