"""Merged demands: nobody's is lost, every proposer is answered, and it can be taken back."""

import pytest

from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import AccessEntry, Entry
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import contact, merging, review
from bianfang.outreach.demands.enums import StateGroup, Verb
from bianfang.outreach.demands.errors import DemandMoveError
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import counts, history, one
from bianfang.outreach.demands.queries.lists import DemandFilter, count_demands
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.demands.workflow import DemandState as State


def _merge(town: SmallTown, demand: Demand, into: Demand) -> Demand:
    return merging.merge(actor=town.clerk, demand_id=demand.id, into_id=into.id, reason="同一盏灯")


def _counted(town: SmallTown) -> int:
    return count_demands(actor=town.clerk, filters=DemandFilter(group=StateGroup.COUNTED))


def _verbs(demand: Demand) -> list[str]:
    entries = Entry.objects.about(town_id=demand.town_id, kind="demand", target_id=demand.id)
    return [entry.verb for entry in entries]


@pytest.mark.parametrize("state", [State.REGISTERED, State.HANDLING])
def test_unmerged_demand_is_where_it_was_and_counts_again(town: SmallTown, state: State) -> None:
    into, demand = factories.registered(town), factories.IN_STATE[state](town)
    _merge(town, demand, into)
    merged = _counted(town)

    merging.unmerge(actor=town.clerk, demand_id=demand.id, reason="另一盏灯")

    found = factories.fresh(demand)
    assert (found.state, found.merged_into_id, found.number) == (state, None, demand.number)
    assert (found.due_on, found.first_due_on) == (demand.due_on, demand.first_due_on)
    assert (merged, _counted(town)) == (1, 2)
    states = counts.count_by_state(actor=town.clerk, filters=DemandFilter())
    assert not states.get(State.MERGED)


def test_both_demands_tell_of_the_merge_and_its_taking_back(town: SmallTown) -> None:
    into, demand = factories.registered(town), factories.registered(town)
    _merge(town, demand, into)

    merging.unmerge(actor=town.clerk, demand_id=demand.id, reason="另一盏灯")

    assert _verbs(demand)[-2:] == [Verb.MERGED, Verb.UNMERGED]
    assert _verbs(into)[-2:] == [Verb.ABSORBED, Verb.RELEASED]
    last = history.list_history(actor=town.clerk, demand=demand)[-1]
    assert (last.reason, last.details[0][1]) == ("另一盏灯", into.number)


def test_a_demand_is_not_lost_with_an_original_that_was_written_off(town: SmallTown) -> None:
    into, demand = factories.handling_state(town), factories.registered(town)
    _merge(town, demand, into)
    review.write_off(actor=town.clerk, demand_id=factories.submitted(town, into).id)

    merging.unmerge(actor=town.clerk, demand_id=demand.id, reason="没有修到这一盏")

    assert factories.fresh(demand).state == State.REGISTERED
    assert factories.fresh(into).state == State.WRITTEN_OFF


def test_taking_back_needs_a_reason_the_right_and_a_merge(town: SmallTown) -> None:
    demand = factories.merged(town)

    with pytest.raises(FieldErrors) as refused:
        merging.unmerge(actor=town.clerk, demand_id=demand.id, reason=" ")
    assert set(refused.value.errors) == {"reason"}
    with pytest.raises(NotAllowedError):
        merging.unmerge(actor=town.leader, demand_id=demand.id, reason="另一盏灯")
    with pytest.raises(NotFoundError):
        merging.unmerge(actor=town.far_secretary, demand_id=demand.id, reason="另一盏灯")
    with pytest.raises(DemandMoveError):
        merging.unmerge(
            actor=town.clerk, demand_id=factories.registered(town).id, reason="另一盏灯"
        )


def test_merging_into_a_merged_one_names_the_original(town: SmallTown) -> None:
    original, middle, demand = (factories.registered(town) for _ in range(3))
    _merge(town, middle, original)

    with pytest.raises(FieldErrors) as refused:
        _merge(town, demand, middle)

    assert original.number in str(refused.value.errors["into"])
    assert factories.fresh(demand).state == State.REGISTERED


def test_what_was_absorbed_goes_along_and_its_history_says_so(town: SmallTown) -> None:
    first, second, third = (factories.registered(town) for _ in range(3))
    _merge(town, first, second)
    version = factories.fresh(first).version

    _merge(town, second, third)

    found = factories.fresh(first)
    assert (found.merged_into_id, found.version) == (third.id, version + 1)
    assert _verbs(first)[-2:] == [Verb.MERGED, Verb.MERGED]
    absorbed = one.list_absorbed(actor=town.clerk, demand=third)
    assert [each.demand for each in absorbed] == [first, second]


def test_handler_of_the_original_sees_whom_else_to_answer(town: SmallTown) -> None:
    """The merged one lies outside what the unit may open; its proposer is owed the reply."""
    into = factories.handling_state(town)
    merged = factories.registered(town, proposer_phone="10000001234")
    _merge(town, merged, into)

    [absorbed] = one.list_absorbed(actor=town.handler, demand=into)
    phone = contact.reveal_phone(actor=town.handler, demand_id=merged.id, reason="答复")

    assert (absorbed.demand, absorbed.is_in_scope) == (merged, False)
    assert not one.is_in_scope(actor=town.handler, demand_id=merged.id)
    assert policies.can_see_proposer(town.handler, merged, into)
    assert not policies.can_see_proposer(town.roads_handler, merged, into)
    assert phone == "10000001234"
    assert AccessEntry.objects.in_town(town.town.id).get().target_id == merged.id


def test_whoever_sees_neither_does_not_find_the_merged_one(town: SmallTown) -> None:
    merged = factories.merged(town)

    with pytest.raises(NotFoundError):
        one.get_with_original(actor=town.far_secretary, demand_id=merged.id)
    with pytest.raises(NotAllowedError):
        contact.reveal_phone(actor=town.leader, demand_id=merged.id, reason="看看")
    plain = factories.registered(town)
    assert one.get_with_original(actor=town.clerk, demand_id=plain.id) == (plain, None)


def test_nothing_absorbed_costs_no_second_question(town: SmallTown) -> None:
    assert one.list_absorbed(actor=town.clerk, demand=factories.registered(town)) == []
