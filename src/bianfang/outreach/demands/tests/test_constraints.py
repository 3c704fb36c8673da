"""What the database itself refuses, whatever the code above it does."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.enums import ExtensionState
from bianfang.outreach.demands.models import Demand, Extension, HalfYearList
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import ACCEPTED, ANSWERED
from bianfang.outreach.demands.workflow import DemandState as State


def refuses(demand: Demand, **changes: object) -> bool:
    rows = Demand.objects.in_town(demand.town_id).filter(id=demand.id)
    try:
        with transaction.atomic():
            rows.update(**changes)
    except IntegrityError:
        return True
    return False


@pytest.mark.parametrize("state", sorted(ACCEPTED))
@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("content", ""),
        ("measures", ""),
        ("owner", None),
        ("due_on", None),
        ("first_due_on", None),
        ("route", ""),
    ],
)
def test_no_compulsory_field_is_empty_once_accepted(
    town: SmallTown, state: State, field: str, empty: object
) -> None:
    assert refuses(factories.IN_STATE[state](town), **{field: empty})


@pytest.mark.parametrize("state", sorted(ANSWERED))
@pytest.mark.parametrize(
    ("field", "empty"),
    [
        ("outcome", ""),
        ("result", ""),
        ("reply", ""),
        ("replied_on", None),
        ("handled_by", None),
        ("closed_on", None),
    ],
)
def test_nothing_waits_or_is_written_off_without_result_and_reply(
    town: SmallTown, state: State, field: str, empty: object
) -> None:
    assert refuses(factories.IN_STATE[state](town), **{field: empty})


def test_the_reviewer_is_never_the_handler(town: SmallTown) -> None:
    demand = factories.written_off(town)

    assert refuses(demand, reviewed_by=demand.handled_by_id)
    assert refuses(demand, reviewed_by=None)
    assert refuses(demand, written_off_on=None)


def test_only_a_merged_demand_points_at_another(town: SmallTown) -> None:
    merged, other = factories.merged(town), factories.registered(town)

    assert refuses(merged, merged_into=None)
    assert refuses(other, merged_into=merged.id)


def test_a_counted_deadline_knows_from_where(town: SmallTown) -> None:
    assert refuses(factories.handling_state(town), due_counted_from=None)


def test_a_number_is_given_once(town: SmallTown) -> None:
    first, second = factories.registered(town), factories.registered(town)

    assert refuses(second, number=first.number)


def test_a_registered_demand_needs_none_of_it(town: SmallTown) -> None:
    demand = factories.registered(town)

    assert not refuses(demand, measures="", owner=None, due_on=None)
    assert str(demand) == demand.number
    assert demand.handling_days is None


@pytest.mark.parametrize(
    "changes",
    [
        {"state": ExtensionState.GRANTED},
        {"state": ExtensionState.REFUSED},
        {"new_due_on": MONDAY},
    ],
)
def test_an_extension_is_later_and_decided_by_another(
    town: SmallTown, changes: dict[str, object]
) -> None:
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    extension = handling.ask_extension(
        actor=town.handler,
        demand_id=demand.id,
        new_due_on=demand.due_on + timedelta(days=1),
        reason="配件未到",
    )
    rows = Extension.objects.in_town(town.town.id).filter(id=extension.id)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(
            state=ExtensionState.GRANTED,
            decided_at=extension.asked_at,
            decided_by=extension.asked_by_id,
            told_resident="已告知",
        )
    assert str(extension) == f"{extension.new_due_on}"


def test_a_year_has_two_halves(town: SmallTown) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        HalfYearList.objects.create(town=town.town, year=2027, half=3, title="第三半年")
