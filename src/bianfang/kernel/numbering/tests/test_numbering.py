from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection, connections, transaction

from bianfang.kernel.numbering.actions import take
from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.models import Town

THREADS, TAKES = 4, 12


def make_town(slug: str = "some") -> Town:
    return Town.objects.create(name="某镇", slug=slug)


@pytest.mark.django_db
def test_numbers_run_from_one_by_town_and_series() -> None:
    town, other = make_town(), make_town("other")

    assert [take(town_id=town.id, series="demand") for _ in range(3)] == [1, 2, 3]
    assert take(town_id=town.id, series="round") == 1
    assert take(town_id=other.id, series="demand") == 1


@pytest.mark.django_db
def test_several_numbers_are_taken_at_once_and_the_first_is_told() -> None:
    town = make_town()

    assert take(town_id=town.id, series="demand", count=5) == 1
    assert take(town_id=town.id, series="demand", count=2) == 6
    assert take(town_id=town.id, series="demand") == 8
    assert str(Series.objects.in_town(town.id).get()) == "demand 8"


@pytest.mark.django_db
def test_a_number_of_an_undone_act_is_given_again() -> None:
    town = make_town()
    take(town_id=town.id, series="demand")

    with transaction.atomic():
        assert take(town_id=town.id, series="demand") == 2
        transaction.set_rollback(True)

    assert take(town_id=town.id, series="demand") == 2


@pytest.mark.django_db(transaction=True)
def test_a_number_is_taken_in_the_transaction_of_its_record_only() -> None:
    with pytest.raises(RuntimeError, match="needs the transaction"):
        take(town_id=make_town().id, series="demand")


@pytest.fixture
def lasting_town(transactional_db: None, tmp_path: Path) -> Iterator[UUID]:
    """A town that all threads see: on PostgreSQL committed, on SQLite in a file of its own."""
    settings = connections.settings["default"]
    name = settings["NAME"]
    if connection.vendor == "sqlite":
        settings["NAME"] = tmp_path / "numbers.sqlite3"
    try:
        with ThreadPoolExecutor(1) as alone:
            yield alone.submit(_found_town).result()
    finally:
        settings["NAME"] = name


def _found_town() -> UUID:
    try:
        if connection.vendor == "sqlite":
            with connection.schema_editor() as editor:
                editor.create_model(Town)
                editor.create_model(Series)
        return make_town().id
    finally:
        connection.close()


def _take_often(town_id: UUID) -> list[int]:
    try:
        taken = []
        for _ in range(TAKES):
            with transaction.atomic():
                taken.append(take(town_id=town_id, series="demand"))
        return taken
    finally:
        connection.close()


def test_no_number_is_given_twice_or_left_out_when_several_take(lasting_town: UUID) -> None:
    with ThreadPoolExecutor(THREADS) as threads:
        taken = list(threads.map(_take_often, [lasting_town] * THREADS))

    assert sorted(chain.from_iterable(taken)) == list(range(1, THREADS * TAKES + 1))
    assert all(own == sorted(own) for own in taken)
