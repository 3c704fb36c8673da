"""Many rows at once, tried on numbering series and journal entries."""

from datetime import date
from uuid import UUID

import pytest
from django.core.exceptions import FieldError
from django.db import IntegrityError, transaction

from bianfang.kernel import bulk, clock
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.models import Town

NOON = clock.in_town(date(2026, 3, 2), 12)


@pytest.fixture
def town(db: None) -> Town:
    return Town.objects.create(name="试验镇", slug="bulk")


def entries(town: Town) -> list[Entry]:
    return list(Entry.objects.in_town(town.id).order_by("verb"))


def entry_row(verb: str, target: UUID) -> tuple[object, ...]:
    return new_id(), verb, {"数": 1}, target


def test_insert_writes_rows_with_what_they_share(town: Town) -> None:
    target = new_id()
    rows = (entry_row(f"verb{n}", target) for n in range(3))

    number = bulk.insert_rows(
        Entry,
        ("id", "verb", "facts", "target_id"),
        rows,
        town=town.id,
        at=NOON,
        actor_name="甲",
        target_kind="series",
    )

    assert number == 3
    assert [(e.verb, e.facts, e.target_id, e.at, e.actor_name) for e in entries(town)] == [
        (f"verb{n}", {"数": 1}, target, NOON, "甲") for n in range(3)
    ]


def test_insert_takes_more_than_one_batch(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 2)
    rows = [(new_id(), f"series{n}", n) for n in range(5)]

    assert bulk.insert_rows(Series, ("id", "name", "last"), rows, town=town.id) == 5
    assert Series.objects.in_town(town.id).count() == 5


def test_insert_of_nothing_is_nothing(town: Town) -> None:
    assert bulk.insert_rows(Series, ("id", "name", "last"), [], town=town.id) == 0


def test_insert_needs_a_value_where_the_model_has_none(town: Town) -> None:
    with pytest.raises(FieldError, match="id"):
        bulk.insert_rows(Series, ("name", "last"), [("a", 1)], town=town.id)
    with pytest.raises(FieldError, match="name"):
        bulk.insert_rows(Series, ("id", "last"), [(new_id(), 1)], town=town.id)


def test_insert_that_the_database_refuses_raises_as_usual(town: Town) -> None:
    rows = [(new_id(), "twice", 1), (new_id(), "twice", 2)]

    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert_rows(Series, ("id", "name", "last"), rows, town=town.id)

    assert not Series.objects.in_town(town.id).exists()


def test_update_writes_the_named_fields_alone(town: Town) -> None:
    one, two = (Series.objects.create(town=town, name=name, last=1) for name in "ab")
    one.last, one.name, two.last = 7, "changed", 8

    assert bulk.update_rows(("last",), [one, two]) == 2
    assert list(Series.objects.in_town(town.id).order_by("name").values_list("name", "last")) == [
        ("a", 7),
        ("b", 8),
    ]


def test_update_of_nothing_is_nothing(db: None) -> None:
    assert bulk.update_rows(("last",), []) == 0
