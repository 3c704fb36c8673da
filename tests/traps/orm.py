"""Habits of queries and values that work by luck: refused, or shown up by another order."""

import random
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.conf import settings
from django.db import models
from django.db.models import QuerySet
from django.db.models.query import MAX_GET_RESULTS

_SEED = 20260101


class UnorderedSliceError(AssertionError):
    """A part is read of rows that stand in no order."""


class LockOfError(AssertionError):
    """A row lock does not say which table's rows it locks."""


class LooseDateError(TypeError):
    """A moment without a time zone, or a day where a moment is meant, or the reverse."""


def lay(patch: pytest.MonkeyPatch) -> None:
    """Change Django's methods for the length of the session."""
    _shuffle_unordered(patch)
    _refuse_locks_without_of(patch)
    _refuse_loose_dates(patch)


def shuffled(rows: list[Any]) -> list[Any]:
    """The same rows in another order than before, the same one in every run."""
    mixed = list(rows)
    luck = random.Random(_SEED + len(rows))  # noqa: S311 - no secret
    while len(rows) > 1 and all(a is b for a, b in zip(mixed, rows, strict=True)):
        luck.shuffle(mixed)
    return mixed


def _is_watched(queryset: "QuerySet[Any]") -> bool:
    return queryset.model.__module__.startswith("bianfang.") and not queryset.ordered


def _shuffle_unordered(patch: pytest.MonkeyPatch) -> None:
    fetch_all, iterator = QuerySet._fetch_all, QuerySet.iterator

    def fetch_shuffled(self: "QuerySet[Any]") -> None:
        is_fresh = self._result_cache is None
        if is_fresh and _is_watched(self):
            _check_whole(self)
        fetch_all(self)
        if is_fresh and _is_watched(self):
            self._result_cache = shuffled(self._result_cache or [])

    def iterate_shuffled(self: "QuerySet[Any]", chunk_size: int | None = None) -> Iterator[Any]:
        rows = iterator(self, chunk_size) if chunk_size else iterator(self)
        return iter(shuffled(list(rows))) if _is_watched(self) else rows

    patch.setattr(QuerySet, "_fetch_all", fetch_shuffled)
    patch.setattr(QuerySet, "iterator", iterate_shuffled)


def _check_whole(queryset: "QuerySet[Any]") -> None:
    """Counting part of the rows needs no order, reading part of them does; `get` reads its own."""
    query = queryset.query
    is_get = (query.low_mark, query.high_mark) == (0, MAX_GET_RESULTS)
    if query.is_sliced and not is_get:
        msg = f"order the rows of {queryset.model.__name__} before reading part of them"
        raise UnorderedSliceError(msg)


def _refuse_locks_without_of(patch: pytest.MonkeyPatch) -> None:
    lock = QuerySet.select_for_update

    def lock_named(
        self: "QuerySet[Any]",
        nowait: bool = False,
        skip_locked: bool = False,
        of: tuple[str, ...] = (),
        no_key: bool = False,
    ) -> "QuerySet[Any]":
        if not of and self.model.__module__.startswith("bianfang."):
            msg = f"say of which table: select_for_update(of=('self',)) on {self.model.__name__}"
            raise LockOfError(msg)
        return lock(self, nowait=nowait, skip_locked=skip_locked, of=of, no_key=no_key)

    patch.setattr(QuerySet, "select_for_update", lock_named)


def _refuse_loose_dates(patch: pytest.MonkeyPatch) -> None:
    prepare_day, prepare_moment = (
        models.DateField.get_prep_value,
        models.DateTimeField.get_prep_value,
    )

    def prepare_strict_day(self: "models.DateField[Any, Any]", value: Any) -> Any:
        if isinstance(value, datetime) and not isinstance(self, models.DateTimeField):
            msg = f"{self} takes a day, not the moment {value!r}"
            raise LooseDateError(msg)
        return prepare_day(self, value)

    def prepare_strict_moment(self: "models.DateTimeField[Any, Any]", value: Any) -> Any:
        is_naive = isinstance(value, datetime) and value.tzinfo is None
        is_day = isinstance(value, date) and not isinstance(value, datetime)
        if settings.USE_TZ and (is_naive or is_day):
            msg = f"{self} takes an aware moment, not {value!r}"
            raise LooseDateError(msg)
        return prepare_moment(self, value)

    patch.setattr(models.DateField, "get_prep_value", prepare_strict_day)
    patch.setattr(models.DateTimeField, "get_prep_value", prepare_strict_moment)
