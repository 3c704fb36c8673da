from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.visits.actions import corrections, recording, rounds
from bianfang.outreach.visits.actions.inputs import VisitCorrection, VisitInput
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome
from bianfang.outreach.visits.models import TopicTold, Visit, Visitor
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import (
    STARTED,
    Going,
    corrected,
    meet,
    target_of,
    told,
    yesterday,
)


def correct(
    going: Going, visit: Visit, correction: VisitCorrection, reason: str = "写错了"
) -> Visit:
    return corrections.correct_visit(
        actor=going.clerk, visit_id=visit.id, correction=correction, reason=reason
    )


def same(going: Going, number: str = "1001") -> VisitInput:
    return told(going, number)


def test_a_correction_settles_the_household_anew(going: Going) -> None:
    visit = meet(going)

    fixed = correct(going, visit, corrected(same(going), outcome=VisitOutcome.CLOSED_DOOR))

    target = target_of(going, "1001")
    assert (fixed.outcome, fixed.corrected_at) == ("closed_door", clock.now())
    assert (target.outcome, target.settled_at, target.attempts) == ("open", None, 1)


def test_other_visits_of_the_household_still_count(going: Going) -> None:
    visit = meet(going)
    meet(going, happened_at=yesterday(15))

    correct(going, visit, corrected(same(going), outcome=VisitOutcome.DECLINED))

    target = target_of(going, "1001")
    assert (target.outcome, target.settled_at) == ("met", yesterday(15))


def test_the_journal_keeps_what_it_was_but_no_personal_data(going: Going) -> None:
    visit = meet(going, note="张大娘说腿疼", respondent_relation="02")

    correct(
        going,
        visit,
        corrected(
            same(going), mode=VisitMode.EVENING, happened_at=yesterday(20, 30), note="改后的话"
        ),
        reason="时间记错",
    )

    entry = Entry.objects.in_town(going.id).get(verb="visit_corrected")
    assert entry.reason == "时间记错"
    assert entry.facts == {
        "was": {
            "mode": "day",
            "happened_at": "2026-03-01T10:00:00+08:00",
            "respondent_relation": "02",
        },
        "texts": ["note"],
    }


def test_visitors_and_topics_are_replaced(going: Going) -> None:
    visit = meet(going, topic_ids=(going.topics["就业创业"].id,))
    staff = going.town.staff

    fixed = correct(
        going,
        visit,
        corrected(
            same(going),
            visitor_ids=(staff["cadre"].id, staff["secretary"].id),
            topic_ids=(going.topics["燃气安全"].id,),
        ),
    )

    assert (fixed.visitor_names, fixed.topic_names) == ("cadre、secretary", "燃气安全")
    assert Visitor.objects.in_town(going.id).filter(visit=visit).count() == 2
    assert TopicTold.objects.in_town(going.id).get().topic_id == going.topics["燃气安全"].id


def test_a_visit_written_down_for_the_wrong_household_moves(going: Going) -> None:
    visit = meet(going)

    fixed = correct(going, visit, corrected(same(going), household_id=going.households["1003"].id))

    assert fixed.area_path == going.town.areas["上坡"].path
    assert (target_of(going, "1001").outcome, target_of(going, "1003").outcome) == ("open", "met")
    facts = Entry.objects.in_town(going.id).get(verb="visit_corrected").facts
    assert facts["was"] == {"household": str(going.households["1001"].id)}


def test_a_visit_with_demands_keeps_its_household(going: Going) -> None:
    visit = meet(going, demand_count=1)

    with pytest.raises(FieldErrors) as refused:
        correct(going, visit, corrected(same(going), household_id=going.households["1003"].id))

    assert list(refused.value.errors) == ["household"]


def test_a_visit_outside_the_round_comes_into_it_with_the_right_household(going: Going) -> None:
    visit = meet(going, "1004")

    fixed = correct(going, visit, corrected(same(going), household_id=going.households["1001"].id))

    assert (fixed.round, fixed.target) == (going.round, target_of(going, "1001"))
    assert target_of(going, "1001").outcome == "met"


def test_a_visit_into_the_round_can_turn_out_to_be_outside_of_it(going: Going) -> None:
    visit = meet(going)

    fixed = correct(going, visit, corrected(same(going), household_id=going.households["1004"].id))

    assert (fixed.round, fixed.target) == (None, None)
    assert target_of(going, "1001").outcome == "open"


def test_a_visit_before_the_round_stays_outside_of_it(db: None) -> None:
    ready = factories.make_ready()
    early = clock.in_town(STARTED - timedelta(days=1), 10)
    with clock.at(clock.in_town(STARTED - timedelta(days=1), 18)):
        visit = meet(ready, happened_at=early)
        other = meet(ready, "1002", happened_at=early)
    with clock.at(clock.in_town(STARTED, 9)):
        rounds.start_round(actor=ready.clerk, round_id=ready.round.id)

    words = corrected(told(ready, happened_at=early), note="补记")
    moved = corrected(told(ready, happened_at=early), household_id=ready.households["1003"].id)

    assert correct(ready, visit, words).round is None
    assert correct(ready, other, moved).round is None
    assert target_of(ready, "1003").outcome == "open"


def test_without_a_round_a_visit_stays_outside(db: None) -> None:
    ready = factories.make_ready()
    visit = meet(ready)

    fixed = correct(ready, visit, corrected(same(ready), household_id=ready.households["1003"].id))

    assert fixed.round is None


def test_a_finished_round_can_be_put_right_but_not_opened(db: None) -> None:
    done = factories.make_finished()
    visit = Visit.objects.in_town(done.id).get(household=done.households["1001"])

    fixed = correct(done, visit, corrected(same(done), note="补充"))
    assert (fixed.note, target_of(done, "1001").outcome) == ("补充", "met")

    with pytest.raises(MoveError):
        correct(done, visit, corrected(same(done), outcome=VisitOutcome.CLOSED_DOOR))
    assert target_of(done, "1001").outcome == "met"


def test_the_same_rules_hold_as_for_a_new_visit(going: Going) -> None:
    visit = meet(going)

    with pytest.raises(FieldErrors) as refused:
        correct(
            going,
            visit,
            corrected(same(going), visitor_ids=(), happened_at=clock.now() + timedelta(hours=1)),
        )

    assert set(refused.value.errors) == {"visitors", "happened_at"}


def test_a_correction_needs_a_reason(going: Going) -> None:
    visit = meet(going)

    with pytest.raises(FieldErrors) as refused:
        correct(going, visit, corrected(same(going)), reason=" ")

    assert list(refused.value.errors) == ["reason"]


def test_who_may_correct(going: Going) -> None:
    visit = recording.record_visit(actor=going.secretary, visit=told(going))
    actors = going.town.actors

    for name in ("secretary", "worker", "clerk"):
        corrections.correct_visit(
            actor=actors[name], visit_id=visit.id, correction=corrected(same(going)), reason="改"
        )
    for name in ("cadre", "leader"):
        with pytest.raises(NotAllowedError):
            corrections.correct_visit(
                actor=actors[name],
                visit_id=visit.id,
                correction=corrected(same(going)),
                reason="改",
            )
    with pytest.raises(NotFoundError):
        corrections.correct_visit(
            actor=actors["far_secretary"],
            visit_id=visit.id,
            correction=corrected(same(going)),
            reason="改",
        )


def test_a_visit_is_not_moved_where_one_may_not_write(going: Going) -> None:
    visit = recording.record_visit(actor=going.secretary, visit=told(going))

    with pytest.raises(NotFoundError):
        corrections.correct_visit(
            actor=going.secretary,
            visit_id=visit.id,
            correction=corrected(same(going), household_id=going.households["3001"].id),
            reason="改",
        )


def test_a_talk_of_a_group_stays_one(going: Going) -> None:
    visit = meet(going)

    with pytest.raises(FieldErrors) as refused:
        correct(going, visit, corrected(same(going), mode=VisitMode.FORUM))

    assert list(refused.value.errors) == ["mode"]
