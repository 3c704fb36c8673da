from dataclasses import dataclass

import pytest
from django.db import transaction

from bianfang.kernel import events
from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.models import Town


@dataclass(frozen=True)
class Rang:
    times: int


@dataclass(frozen=True)
class RangLoudly(Rang):
    pass


heard: list[str] = []


def first(event: Rang) -> None:
    heard.append(f"first {event.times}")


def second(event: Rang) -> None:
    heard.append(f"second {event.times}")
    if event.times > 2:
        raise OverflowError


@pytest.fixture(autouse=True)
def connected() -> None:
    heard.clear()
    for handler in (first, second, first):
        events.connect(Rang, handler)


@pytest.mark.django_db
def test_everybody_who_listens_hears_once_in_the_order_of_connection() -> None:
    events.emit(Rang(1))

    assert heard == ["first 1", "second 1"]


@pytest.mark.django_db
def test_only_the_very_kind_is_heard() -> None:
    events.emit(RangLoudly(1))

    assert heard == []


@pytest.mark.django_db
def test_a_listener_that_fails_undoes_the_act() -> None:
    town = Town.objects.create(name="某镇", slug="some")

    with pytest.raises(OverflowError):
        act(town)

    assert not Series.objects.in_town(town.id).exists()


@transaction.atomic
def act(town: Town) -> None:
    Series.objects.create(town=town, name="bell")
    events.emit(Rang(3))


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_of_a_transaction_is_a_mistake() -> None:
    with pytest.raises(RuntimeError, match="Rang needs the transaction"):
        events.emit(Rang(1))

    assert heard == []
