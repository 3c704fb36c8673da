from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal import actions, queries
from bianfang.kernel.journal.models import AccessEntry, AppendOnlyError, Entry
from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.models import Town

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 3, 2)


@pytest.fixture
def series() -> Series:
    town = Town.objects.create(name="某镇", slug="some")
    return Series.objects.create(town=town, name="demand")


@pytest.fixture
def actor(series: Series) -> Actor:
    return Actor(town_id=series.town_id, name="秦某某", staff_id=new_id(), role="leader")


@pytest.fixture
def entry(actor: Actor, series: Series) -> Entry:
    with clock.at(clock.in_town(MONDAY, 23, 30)):
        return actions.record(
            actor=actor, verb="opened", target=series, facts={"n": 1}, reason="asked"
        )


def test_an_entry_tells_who_did_what_to_which_thing_and_when(
    actor: Actor, series: Series, entry: Entry
) -> None:
    entry.refresh_from_db()

    assert (entry.staff_id, entry.actor_name, entry.actor_role) == (
        actor.staff_id,
        "秦某某",
        "leader",
    )
    assert (entry.verb, entry.facts, entry.reason) == ("opened", {"n": 1}, "asked")
    assert (entry.target_kind, entry.target_id) == ("series", series.id)
    assert entry.at == clock.in_town(MONDAY, 23, 30)
    assert entry.area_path == ""
    assert str(entry) == "2026-03-02 15:30 opened"


def test_many_entries_are_one_statement(
    actor: Actor, series: Series, django_assert_num_queries: Callable[[int], Any]
) -> None:
    others = [Series(town_id=series.town_id, name=str(n)) for n in range(30)]

    with django_assert_num_queries(1):
        made = actions.record_many(
            actor=actor, verb="opened", targets=[(one, {"name": one.name}) for one in others]
        )

    assert [one.facts["name"] for one in made] == [one.name for one in others]
    assert Entry.objects.in_town(series.town_id).filter(verb="opened").count() == 30


def test_a_look_at_protected_data_is_written_with_its_reason(actor: Actor, series: Series) -> None:
    actions.record_access(actor=actor, what="identity_number", target=series, reason="低保复核")

    (look,) = queries.list_accesses(actor=actor).order_by("id")
    assert (look.what, look.reason, look.actor_name) == ("identity_number", "低保复核", "秦某某")
    assert "identity_number" in str(look)


def test_what_is_written_cannot_be_changed_or_removed(series: Series, entry: Entry) -> None:
    rows = Entry.objects.in_town(series.town_id)
    entry.reason = "another"

    for act in (
        entry.save,
        lambda: entry.save(update_fields=["reason"]),
        entry.delete,
        lambda: rows.update(reason="x"),
        rows.delete,
        lambda: rows.bulk_update([entry], ["reason"]),
    ):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            act()
    assert rows.get().reason == "asked"


def test_looks_cannot_be_changed_or_removed_either(actor: Actor, series: Series) -> None:
    look = actions.record_access(actor=actor, what="phone", target=series, reason="回访")

    for act in (look.save, look.delete, AccessEntry.objects.in_town(series.town_id).delete):
        with pytest.raises(AppendOnlyError), transaction.atomic():
            act()


def test_an_entry_falls_with_its_change(actor: Actor, series: Series) -> None:
    with transaction.atomic():
        actions.record(actor=actor, verb="opened", target=series)
        transaction.set_rollback(True)

    assert not Entry.objects.in_town(series.town_id).exists()


def test_the_history_of_a_thing_is_its_own_oldest_first(
    actor: Actor, series: Series, entry: Entry
) -> None:
    later = actions.record(actor=actor, verb="closed", target=series)
    actions.record(actor=actor, verb="opened", target=Series(town_id=series.town_id, name="x"))
    about = queries.list_about(town_id=series.town_id, kind="series", target_id=series.id)

    assert list(about) == [entry, later]
    assert not queries.list_about(town_id=new_id(), kind="series", target_id=series.id).exists()
    assert not queries.list_about(town_id=series.town_id, kind="area", target_id=series.id).exists()


@pytest.mark.parametrize(
    ("narrow", "found"),
    [
        ({}, 1),
        ({"who": "秦"}, 1),
        ({"who": "董"}, 0),
        ({"kind": "series"}, 1),
        ({"kind": "area"}, 0),
        ({"since": MONDAY, "until": MONDAY}, 1),
        ({"since": date(2026, 3, 3)}, 0),
        ({"until": date(2026, 3, 1)}, 0),
    ],
)
def test_entries_are_narrowed_by_person_kind_and_the_towns_days(
    actor: Actor, entry: Entry, narrow: dict[str, Any], found: int
) -> None:
    assert queries.list_entries(actor=actor, **narrow).count() == found


def test_looks_are_narrowed_by_person_and_days(actor: Actor, series: Series) -> None:
    with clock.at(clock.in_town(MONDAY)):
        actions.record_access(actor=actor, what="phone", target=series, reason="回访")

    assert queries.list_accesses(actor=actor, who="秦", since=MONDAY, until=MONDAY).count() == 1
    assert queries.list_accesses(actor=actor, since=date(2026, 3, 3)).count() == 0


def test_another_towns_journal_is_closed(entry: Entry) -> None:
    stranger = Actor(town_id=new_id(), name="someone")

    assert not queries.list_entries(actor=stranger).exists()
