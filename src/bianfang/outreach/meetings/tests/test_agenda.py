import pytest

from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.meetings.actions import agenda, carrying, planning
from bianfang.outreach.meetings.models import AgendaItem, Meeting
from bianfang.outreach.meetings.queries.agenda import list_agenda
from bianfang.outreach.meetings.tests import factories


def _order(town: SmallTown, meeting: Meeting) -> list[Demand]:
    return [item.demand for item in list_agenda(actor=town.clerk, meeting=meeting)]


def _item(meeting: Meeting, demand: Demand) -> AgendaItem:
    return next(each for each in factories.items(meeting) if each.demand_id == demand.id)


def test_several_demands_are_put_on_in_the_order_given(town: SmallTown) -> None:
    one, two, three = (factories.pooled(town) for _number in range(3))
    meeting = factories.planned(town, three, one)

    agenda.put_on_agenda(actor=town.clerk, meeting_id=meeting.id, demand_ids=[two.id, two.id])

    assert _order(town, meeting) == [three, one, two]


def test_nothing_ticked_is_refused(town: SmallTown) -> None:
    meeting = factories.planned(town)

    with pytest.raises(FieldErrors):
        agenda.put_on_agenda(actor=town.clerk, meeting_id=meeting.id, demand_ids=[])


def test_only_what_waits_for_a_meeting_and_is_on_no_open_agenda_is_put_on(
    town: SmallTown,
) -> None:
    placed, timed, done = (
        factories.pooled(town),
        demands.handling_state(town),
        demands.submitted(town, factories.pooled(town)),
    )
    meeting = factories.planned(town, placed)
    other = planning.plan_meeting(actor=town.clerk, given=factories.particulars(town))

    with pytest.raises(MoveError) as refused:
        agenda.put_on_agenda(
            actor=town.clerk, meeting_id=other.id, demand_ids=[placed.id, timed.id, done.id]
        )

    for demand in (placed, timed, done):
        assert demand.number in str(refused.value)
    assert meeting.number in str(refused.value)
    assert factories.items(other) == []


def test_a_demand_out_of_scope_is_not_there(town: SmallTown) -> None:
    other = demands.make_town("second", code="0002")
    meeting = factories.planned(town)

    with pytest.raises(NotFoundError):
        agenda.put_on_agenda(
            actor=town.clerk, meeting_id=meeting.id, demand_ids=[factories.pooled(other).id]
        )


@pytest.mark.parametrize("who", ["leader", "worker", "secretary", "handler"])
def test_readers_change_no_agenda(who: str, town: SmallTown) -> None:
    meeting, more = factories.planned(town), factories.pooled(town)
    item = factories.item_of(meeting)
    actor = town.actors[who]

    with pytest.raises(NotAllowedError):
        agenda.put_on_agenda(actor=actor, meeting_id=meeting.id, demand_ids=[more.id])
    with pytest.raises(NotAllowedError):
        agenda.place_item(actor=actor, item_id=item.id, position=1)
    with pytest.raises(NotAllowedError):
        agenda.take_off_agenda(actor=actor, item_id=item.id)


def test_taking_off_closes_the_gap_and_frees_the_demand(town: SmallTown) -> None:
    one, two, three = (factories.pooled(town) for _number in range(3))
    meeting = factories.planned(town, one, two, three)

    agenda.take_off_agenda(actor=town.clerk, item_id=_item(meeting, two).id)

    assert [(each.place, each.demand) for each in factories.items(meeting)] == [
        (1, one),
        (2, three),
    ]
    factories.planned(town, two)


@pytest.mark.parametrize(
    ("position", "order"),
    [(-5, "cab"), (1, "cab"), (2, "acb"), (3, "abc"), (99, "abc")],
)
def test_an_item_is_put_where_it_is_wanted(position: int, order: str, town: SmallTown) -> None:
    named = {letter: factories.pooled(town) for letter in "abc"}
    meeting = factories.planned(town, *named.values())

    agenda.place_item(actor=town.clerk, item_id=_item(meeting, named["c"]).id, position=position)

    assert _order(town, meeting) == [named[letter] for letter in order]


def test_what_an_earlier_meeting_left_unfinished_comes_first(town: SmallTown) -> None:
    old, new = factories.pooled(town), factories.pooled(town)
    first = factories.closed(town, old)
    second = factories.planned(town, new, old, held_on=factories.day(1))

    assert _order(town, second) == [old, new]
    agenda.place_item(actor=town.clerk, item_id=_item(second, old).id, position=2)
    assert _order(town, second) == [old, new]

    resolution = factories.resolution_of(first)
    carrying.carry_out(actor=town.clerk, resolution_id=resolution.id, result="已换")

    assert _order(town, second) == [new, old]
