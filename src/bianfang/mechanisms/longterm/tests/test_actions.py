"""Measures are raised for places, changed with a reason, and reported as done with a result."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from bianfang.kernel import clock
from bianfang.kernel.errors import (
    ChangedError,
    FieldErrors,
    MoveError,
    NotAllowedError,
    NotFoundError,
)
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.longterm import actions, workflow
from bianfang.mechanisms.longterm.enums import Verb
from bianfang.mechanisms.longterm.models import LongTermMeasure, MeasureDemand
from bianfang.mechanisms.longterm.tests import factories
from bianfang.mechanisms.longterm.workflow import MeasureState, Move
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.people.models import Unit


def _entries(measure: LongTermMeasure) -> list[Entry]:
    rows = Entry.objects.about(
        town_id=measure.town_id, kind="longtermmeasure", target_id=measure.id
    )
    return list(rows)


def _fresh(measure: LongTermMeasure) -> LongTermMeasure:
    return LongTermMeasure.objects.in_town(measure.town_id).get(id=measure.id)


def test_raising_links_the_demands_that_came_again_and_is_told(town: SmallTown) -> None:
    with clock.at(demands.morning(MONDAY - timedelta(days=40))):
        first = demands.written_off(town)
    again = demands.registered(town)

    measure = factories.raised(town)

    links = MeasureDemand.objects.in_town(town.town.id).filter(measure=measure).order_by("id")
    assert [link.demand_id for link in links] == [again.id, first.id]
    assert [str(link) for link in links] == [str(again.id), str(first.id)]
    assert (measure.state, measure.raised_on) == (MeasureState.OPEN, MONDAY)
    assert str(measure) == measure.plan
    [entry] = _entries(measure)
    assert entry.verb == Verb.RAISED
    assert entry.facts["demands"] == 2
    assert entry.facts["owner"] == "handler"


def test_a_place_that_people_know_needs_no_demands(town: SmallTown) -> None:
    measure = factories.raised(town)

    assert not MeasureDemand.objects.in_town(town.town.id).filter(measure=measure).exists()


def test_there_is_one_open_measure_for_a_place_and_problem(town: SmallTown) -> None:
    first = factories.raised(town)

    with pytest.raises(MoveError):
        factories.raised(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        LongTermMeasure.objects.create(
            town_id=first.town_id,
            area=first.area,
            area_path=first.area_path,
            category=first.category,
            plan="另一项",
            owner=first.owner,
            due_on=first.due_on,
            review_on=first.review_on,
            raised_on=MONDAY,
            raised_by=first.raised_by,
        )


def test_after_one_is_done_another_can_be_raised(town: SmallTown) -> None:
    factories.done(town)

    assert factories.raised(town).state == MeasureState.OPEN


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        (
            {"plan": " ", "owner_id": None, "due_on": None, "review_on": None},
            {"plan", "owner", "due_on", "review_on"},
        ),
        ({"due_on": MONDAY - timedelta(days=1)}, {"due_on"}),
        ({"review_on": date(2026, 12, 30)}, {"review_on"}),
    ],
)
def test_everything_that_is_wrong_is_named_at_once(
    town: SmallTown, changes: dict[str, object], names: set[str]
) -> None:
    with pytest.raises(FieldErrors) as refused:
        factories.raised(town, **changes)

    assert set(refused.value.errors) == names


def test_what_the_table_requires_is_what_is_refused_to_go_without(town: SmallTown) -> None:
    measure = factories.raised(town)
    blank = factories.words(town, plan="", owner_id=None, due_on=None, review_on=None)

    with pytest.raises(FieldErrors) as changing:
        actions.change_measure(
            actor=town.clerk, measure_id=measure.id, version=1, given=blank, reason=""
        )
    with pytest.raises(FieldErrors) as finishing:
        actions.finish_measure(actor=town.clerk, measure_id=measure.id, version=1, result=" ")

    assert set(changing.value.errors) == set(workflow.RULES[Move.CHANGE].requires)
    assert set(finishing.value.errors) == set(workflow.RULES[Move.FINISH].requires)


def test_measure_is_for_places_never_for_what_concerns_persons(town: SmallTown) -> None:
    for category_id in (town.other_category.id, demands.some_id()):
        with pytest.raises(FieldErrors) as refused:
            actions.raise_measure(
                actor=town.clerk,
                area_id=town.place.upper_hamlet.id,
                category_id=category_id,
                given=factories.words(town),
            )
        assert set(refused.value.errors) == {"category"}


def test_who_has_no_right_there_raises_nothing(town: SmallTown) -> None:
    for name in ("leader", "handler", "far_secretary"):
        with pytest.raises(NotAllowedError):
            actions.raise_measure(
                actor=town.actors[name],
                area_id=town.place.upper_hamlet.id,
                category_id=town.category.id,
                given=factories.words(town),
            )


def test_change_keeps_its_reason_and_an_old_deadline_may_stay(town: SmallTown) -> None:
    measure = factories.raised(town)
    given = factories.words(town, plan="改为太阳能路灯并签养护合同")

    with clock.at(demands.morning(date(2027, 1, 4))):
        changed = actions.change_measure(
            actor=town.clerk, measure_id=measure.id, version=1, given=given, reason="增加养护"
        )

    assert (changed.plan, changed.version) == (given.plan, 2)
    assert _entries(measure)[-1].reason == "增加养护"
    assert _fresh(measure).is_overdue(date(2027, 1, 4))


def test_nothing_is_overwritten_silently(town: SmallTown) -> None:
    measure = factories.raised(town)
    actions.change_measure(
        actor=town.clerk,
        measure_id=measure.id,
        version=1,
        given=factories.words(town, plan="另一办法"),
        reason="调整",
    )

    with pytest.raises(ChangedError):
        actions.finish_measure(actor=town.clerk, measure_id=measure.id, version=1, result="完成")


def test_done_has_result_day_and_person_and_no_further_moves(town: SmallTown) -> None:
    measure = factories.done(town)

    assert (measure.state, measure.done_on, measure.result) == ("done", MONDAY, "已换12盏")
    assert measure.done_by_id == town.staff["handler"].id
    assert not measure.is_overdue(date(2028, 1, 1))
    assert _entries(measure)[-1].verb == Verb.FINISHED
    with pytest.raises(MoveError):
        actions.finish_measure(
            actor=town.clerk, measure_id=measure.id, version=measure.version, result="再报"
        )


def test_only_hands_in_charge_report_it_and_out_of_scope_it_is_not_there(town: SmallTown) -> None:
    measure = factories.raised(town)

    with pytest.raises(NotAllowedError):
        actions.finish_measure(actor=town.leader, measure_id=measure.id, version=1, result="好")
    with pytest.raises(NotAllowedError):
        actions.change_measure(
            actor=town.handler,
            measure_id=measure.id,
            version=1,
            given=factories.words(town),
            reason="调整",
        )
    for name in ("far_secretary", "roads_handler"):
        with pytest.raises(NotFoundError):
            actions.finish_measure(
                actor=town.actors[name], measure_id=measure.id, version=1, result="好"
            )


def test_person_in_charge_from_elsewhere_reports_it(town: SmallTown) -> None:
    measure = factories.raised(town, owner_id=town.staff["far_secretary"].id, unit_id=None)

    done = actions.finish_measure(
        actor=town.far_secretary, measure_id=measure.id, version=1, result="已完成"
    )

    assert done.unit is None
    assert done.done_by_id == town.staff["far_secretary"].id


def test_closed_unit_is_refused(town: SmallTown) -> None:
    Unit.objects.in_town(town.town.id).filter(id=town.units["civil"].id).update(closed_on=MONDAY)

    with pytest.raises(FieldErrors) as refused:
        factories.raised(town)

    assert set(refused.value.errors) == {"unit"}
