"""A read whose SQL is made once and run with ever new values.

Django writes the SQL of a query anew each time, which takes longer than the database needs to
answer by key. The two reads that every visit makes are kept; all others are plain querysets.
"""

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from django.db import connection
from django.db.models import QuerySet
from django.db.models.sql.compiler import SQLCompiler

Value = UUID | date
Row = Sequence[Any]

_MARKS = UUID(int=7)


@dataclass(frozen=True, slots=True)
class _Prepared:
    """SQL with its parameters; a parameter that is a name in `slots` takes a value."""

    compiler: SQLCompiler
    sql: str
    params: tuple[Any, ...]
    slots: Mapping[int, str]


class PreparedRead:
    """Made of a function from values, ids and days, to a `values_list` queryset."""

    def __init__(self, build: "Callable[..., QuerySet[Any, Any]]") -> None:
        self._build = build
        self._of_thread = threading.local()

    def rows(self, **values: Value) -> list[Row]:
        """The rows for these values."""
        prepared = self._prepared(values)
        params = list(prepared.params)
        for place, name in prepared.slots.items():
            params[place] = _adapted(values[name])
        with connection.cursor() as cursor:
            cursor.execute(prepared.sql, params)
            found = [cursor.fetchall()]
        return list(prepared.compiler.results_iter(results=found, tuple_expected=True))

    def _prepared(self, values: Mapping[str, Value]) -> _Prepared:
        """One for each set of names and each connection, which belongs to a thread."""
        kept: dict[tuple[str, ...], _Prepared] = vars(self._of_thread).setdefault("kept", {})
        names = tuple(values)
        if names not in kept:
            kept[names] = _prepare(self._build, values)
        return kept[names]


def _prepare(build: "Callable[..., QuerySet[Any, Any]]", values: Mapping[str, Value]) -> _Prepared:
    """Build the query over marks and note where each mark comes out."""
    marks = {name: _mark(place, name, value) for place, (name, value) in enumerate(values.items())}
    compiler = build(**marks).query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    names = {_adapted(mark): name for name, mark in marks.items()}
    slots = {
        place: names[param]
        for place, param in enumerate(params)
        if isinstance(param, UUID | date | str) and param in names
    }
    return _Prepared(compiler, sql, tuple(params), slots)


def _mark(place: int, name: str, value: Value) -> Value:
    """A value of the same kind that means nothing but its name."""
    return uuid5(_MARKS, name) if isinstance(value, UUID) else date.fromordinal(place + 1)


def _adapted(value: Value) -> Any:
    """The value as the driver takes it."""
    if isinstance(value, date):
        return connection.ops.adapt_datefield_value(value)
    return value if connection.features.has_native_uuid_field else value.hex
