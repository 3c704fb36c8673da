"""A statement on a table of towns that names no town is a leak between towns, and fails."""

import linecache
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

from bianfang.kernel.tenancy.models import TownModel
from tests.traps.statements import free_tables

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (str(ROOT / "src"), str(ROOT / "tests"))
TRAPS = str(Path(__file__).resolve().parent)
OWN_LOOKS = (".objects", ".execute(", ".check_constraints(")
"""What the asking line of a test holds when the test looks at the database itself."""
_state = {"watching": False}


class UnscopedQueryError(AssertionError):
    """A query of a town's table names no town."""


@cache
def town_tables() -> frozenset[str]:
    """The tables of all models that belong to a town."""
    models = apps.get_models()
    return frozenset(model._meta.db_table for model in models if issubclass(model, TownModel))


def lay() -> None:
    """Watch every connection, those of other threads as well."""
    for connection in connections.all(initialized_only=True):
        _watch(connection)
    connection_created.connect(_watch_new)


@contextmanager
def watching() -> Iterator[None]:
    """Bite inside the block; migrations and the emptying of tables happen outside."""
    _state["watching"] = True
    try:
        yield
    finally:
        _state["watching"] = False


def _watch_new(*, connection: BaseDatabaseWrapper, **_: Any) -> None:
    _watch(connection)


def _watch(connection: BaseDatabaseWrapper) -> None:
    if _look_at not in connection.execute_wrappers:
        connection.execute_wrappers.insert(0, _look_at)


def _look_at(
    execute: Callable[..., Any], sql: str, params: Any, many: Any, context: dict[str, Any]
) -> Any:
    if _state["watching"]:
        check(str(sql))
    return execute(sql, params, many, context)


def check(sql: str) -> None:
    """Refuse a statement that leaves a town's table without a town, unless a test itself asks."""
    tables = _free_tables(sql)
    if not tables:
        return
    asking = _asking_frame()
    if asking is not None and not _is_own_look(asking):
        place = f"{Path(asking.f_code.co_filename).relative_to(ROOT)}:{asking.f_lineno}"
        msg = f"{place} asks {', '.join(tables)} without a town: {sql}"
        raise UnscopedQueryError(msg)


@cache
def _free_tables(sql: str) -> tuple[str, ...]:
    return tuple(free_tables(sql, town_tables()))


def _asking_frame() -> FrameType | None:
    """The innermost line of this project on the way to the statement."""
    frame: FrameType | None = sys._getframe(2)
    while frame is not None:
        name = frame.f_code.co_filename
        if name.startswith(SOURCES) and not name.startswith(TRAPS):
            return frame
        if name.startswith(TRAPS) and Path(name).name.startswith("test_"):
            return frame
        frame = frame.f_back
    return None


def _is_own_look(frame: FrameType) -> bool:
    """A test may look at a table itself, by `Model.objects` or by SQL on the asking line."""
    name = frame.f_code.co_filename
    if "tests" not in Path(name).relative_to(ROOT).parts:
        return False
    positions = list(frame.f_code.co_positions())
    first, last, *_columns = positions[frame.f_lasti // 2]
    lines = range(first or frame.f_lineno, (last or frame.f_lineno) + 1)
    text = "".join(linecache.getline(name, line) for line in lines)
    return any(sign in text for sign in OWN_LOOKS)
