from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.actions import recording, rounds
from bianfang.outreach.visits.actions.checks import MOST_VISITORS
from bianfang.outreach.visits.enums import EntryChannel, TargetOutcome, VisitMode, VisitOutcome
from bianfang.outreach.visits.errors import SentTwiceError
from bianfang.outreach.visits.models import Target, TopicTold, Visit, Visitor
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import (
    STARTED,
    Going,
    meet,
    target_of,
    told,
    yesterday,
)
from bianfang.register.households.actions.households import end_household
from bianfang.register.households.enums import HouseholdEnd
from bianfang.register.people import actions as people_actions
from bianfang.register.people.enums import Role

STATEMENTS = 7
"""Target with round and household, posts, visit, visitors, topics, target, journal."""


def refused(going: Going, **changes: object) -> dict[str, str]:
    """The fields that are refused, each with its sentence."""
    with pytest.raises(FieldErrors) as error, transaction.atomic():
        meet(going, **changes)
    assert not Visit.objects.in_town(going.id).exists()
    return {field: str(sentence) for field, sentence in error.value.errors.items()}


def test_a_talk_settles_the_household(going: Going) -> None:
    topics = (going.topics["燃气安全"].id, going.topics["就业创业"].id)

    visit = meet(
        going,
        topic_ids=topics,
        respondent_relation="10",
        village_facts=" 村口的桥裂了 ",
        note="老人独居",
    )

    assert (visit.round, visit.target, visit.recorded_by_id) == (
        going.round,
        target_of(going, "1001"),
        going.clerk.staff_id,
    )
    assert (visit.visitor_names, visit.topic_names) == ("secretary", "就业创业、燃气安全")
    assert (visit.village_facts, visit.area_path) == (
        "村口的桥裂了",
        going.town.areas["上庄"].path,
    )
    target = target_of(going, "1001")
    assert (target.outcome, target.settled_at, target.attempts) == ("met", yesterday(), 0)
    assert TopicTold.objects.in_town(going.id).filter(visit=visit).count() == 2


def test_visitors_keep_the_role_and_unit_of_that_day(going: Going) -> None:
    visit = meet(
        going,
        visitor_ids=tuple(going.town.staff[name].id for name in ("cadre", "secretary", "cadre")),
    )

    rows = Visitor.objects.in_town(going.id).filter(visit=visit).order_by("id")
    assert [(row.role, row.unit_name) for row in rows] == [
        ("village_cadre", "遍访办"),
        ("village_secretary", "遍访办"),
    ]
    assert visit.visitor_names == "cadre、secretary"


def test_the_highest_of_several_posts_is_shown(going: Going) -> None:
    towns.give_post(
        going.town.system,
        going.town.staff["secretary"],
        Role.LEADER,
        going.town.areas["镇"],
        going.town.office,
    )

    meet(going)

    assert Visitor.objects.in_town(going.id).get().role == "leader"


def test_a_visitor_without_a_post_that_day_is_named_without_a_role(going: Going) -> None:
    helper = towns.make_staff(going.town.system, "helper", "帮手")

    visit = meet(going, visitor_ids=(helper.id,))

    assert visit.visitor_names == "帮手"
    assert Visitor.objects.in_town(going.id).get().role == ""


def test_many_long_names_are_cut_to_the_column(going: Going) -> None:
    people = [
        towns.make_staff(going.town.system, f"long.{number}", "长" * 60) for number in range(4)
    ]

    visit = meet(going, visitor_ids=tuple(person.id for person in people))

    assert len(visit.visitor_names) == 200
    assert visit.visitor_names.endswith("…")


@pytest.mark.parametrize(
    ("mode", "hour", "minute"),
    [
        (VisitMode.DAY, 10, 0),
        (VisitMode.EVENING, 20, 30),
        (VisitMode.EVENING, 23, 50),
        (VisitMode.PHONE, 12, 30),
        (VisitMode.PHONE, 6, 15),
    ],
)
def test_every_way_and_every_hour_counts_in_full(
    going: Going, mode: VisitMode, hour: int, minute: int
) -> None:
    meet(going, "1002", mode=mode, happened_at=yesterday(hour, minute))

    target = target_of(going, "1002")
    assert target.outcome == "met"
    assert [
        entry.verb for entry in Entry.objects.in_town(going.id).filter(target_kind="visit")
    ] == ["visit_recorded"]


@pytest.mark.parametrize("happened_at", [yesterday(20, 30), clock.in_town(TODAY, 16, 14)])
def test_a_visit_carries_no_mark_of_its_hour(going: Going, happened_at: datetime) -> None:
    meet(going, happened_at=happened_at)

    facts = Entry.objects.in_town(going.id).get(verb="visit_recorded").facts
    assert facts == {"mode": "day", "outcome": "met"}
    assert not [field.name for field in Visit._meta.fields if "hour" in field.name]


@pytest.mark.parametrize(
    ("mode", "outcome"),
    [(VisitMode.DAY, VisitOutcome.CLOSED_DOOR), (VisitMode.PHONE, VisitOutcome.NOT_REACHED)],
)
def test_an_attempt_leaves_the_household_open(
    going: Going, mode: VisitMode, outcome: VisitOutcome
) -> None:
    meet(going, mode=mode, outcome=outcome)
    meet(going, mode=mode, outcome=outcome, happened_at=yesterday(15))

    target = target_of(going, "1001")
    assert (target.outcome, target.attempts, target.last_try_at) == ("open", 2, yesterday(15))
    assert target.settled_at is None


@pytest.mark.parametrize("outcome", [VisitOutcome.DECLINED, VisitOutcome.MOVED])
def test_a_refusal_is_respected_without_a_reason(going: Going, outcome: VisitOutcome) -> None:
    meet(going, outcome=outcome)

    assert target_of(going, "1001").outcome == outcome.value


def test_a_later_attempt_does_not_open_a_settled_household(going: Going) -> None:
    meet(going)
    meet(going, outcome=VisitOutcome.CLOSED_DOOR, happened_at=yesterday(15))

    assert target_of(going, "1001").outcome == TargetOutcome.MET


def test_a_household_outside_the_round_may_be_visited_too(going: Going) -> None:
    visit = meet(going, "1004")

    assert (visit.round, visit.target) == (None, None)


def test_without_a_round_a_visit_has_none_and_topics_are_of_published_checklists(
    db: None,
) -> None:
    ready = factories.make_ready()

    visit = meet(ready, topic_ids=(ready.topics["养老保障"].id,))

    assert (visit.round, visit.topic_names) == (None, "养老保障")
    assert not Target.objects.in_town(ready.id).exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"visitor_ids": ()}, "visitors"),
        ({"visitor_ids": (new_id(),)}, "visitors"),
        ({"visitor_ids": tuple(new_id() for _ in range(MOST_VISITORS + 1))}, "visitors"),
        ({"topic_ids": (new_id(),)}, "topics"),
        ({"respondent_relation": "00"}, "respondent_relation"),
        ({"mode": VisitMode.PHONE, "outcome": VisitOutcome.CLOSED_DOOR}, "outcome"),
        ({"outcome": VisitOutcome.NOT_REACHED}, "outcome"),
        ({"outcome": VisitOutcome.DECLINED, "demand_count": 1}, "outcome"),
        ({"mode": VisitMode.FORUM}, "mode"),
        ({"forum_id": new_id()}, "mode"),
        ({"mode": VisitMode.FORUM, "forum_id": new_id()}, "forum"),
        ({"round_id": new_id()}, "round"),
        ({"happened_at": clock.in_town(TODAY, 16, 16)}, "happened_at"),
        ({"happened_at": clock.in_town(STARTED - timedelta(days=1), 23, 59)}, "happened_at"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    going: Going, changes: dict[str, object], field: str
) -> None:
    assert list(refused(going, **changes)) == [field]


def test_topics_are_told_only_to_people(going: Going) -> None:
    errors = refused(
        going, outcome=VisitOutcome.CLOSED_DOOR, topic_ids=(going.topics["就业创业"].id,)
    )

    assert list(errors) == ["topics"]


def test_all_wrong_fields_are_named_at_once(going: Going) -> None:
    errors = refused(going, visitor_ids=(), respondent_relation="zz")

    assert set(errors) == {"visitors", "respondent_relation"}


def test_the_sentence_on_an_early_day_names_round_and_day(going: Going) -> None:
    errors = refused(going, happened_at=clock.in_town(STARTED - timedelta(days=3), 9))

    assert going.round.name in errors["happened_at"]
    assert str(STARTED) in errors["happened_at"]


def test_the_morning_of_the_first_day_belongs_to_the_round(going: Going) -> None:
    visit = meet(going, happened_at=clock.in_town(STARTED, 7, 30))

    assert visit.round == going.round


def test_a_phones_clock_may_be_a_quarter_of_an_hour_ahead(going: Going) -> None:
    visit = meet(going, happened_at=clock.now() + timedelta(minutes=15))

    assert visit.recorded_at == clock.now()


def test_a_round_that_is_named_is_the_one_that_goes_on(going: Going) -> None:
    assert meet(going, round_id=going.round.id).round == going.round


def test_a_finished_round_takes_no_visits(db: None) -> None:
    done = factories.make_finished()

    with pytest.raises(FieldErrors) as error, transaction.atomic():
        meet(done, round_id=done.round.id)

    assert list(error.value.errors) == ["round"]
    assert meet(done).round is None


def test_a_household_that_left_takes_visits_of_the_days_before(going: Going) -> None:
    end_household(
        actor=going.town.system,
        household_id=going.households["1001"].id,
        reason=HouseholdEnd.MOVED_OUT,
        on=TODAY - timedelta(days=1),
    )

    late = meet(going)
    with pytest.raises(FieldErrors, match="1001") as error, transaction.atomic():
        meet(going, happened_at=clock.in_town(TODAY, 9))

    assert late.target is not None
    assert list(error.value.errors) == ["household"]


def test_a_repeated_sending_returns_what_is_stored(going: Going) -> None:
    visit_id = new_id()
    first = meet(going, visit_id=visit_id, note="一", demand_count=2)

    again = meet(going, visit_id=visit_id, note="一", demand_count=2)

    assert (again.id, again.is_repeat, first.is_repeat) == (visit_id, True, False)
    assert again.household == going.households["1001"]
    assert Visit.objects.in_town(going.id).count() == 1
    assert Entry.objects.in_town(going.id).filter(verb="visit_recorded").count() == 1


def test_a_repeat_is_known_by_its_content_not_by_its_order(going: Going) -> None:
    visit_id = new_id()
    people = tuple(going.town.staff[name].id for name in ("cadre", "secretary"))
    meet(going, visit_id=visit_id, visitor_ids=people)

    again = meet(going, visit_id=visit_id, visitor_ids=(*reversed(people), people[0]))

    assert again.is_repeat


@pytest.mark.parametrize(
    "changes", [{"note": "二"}, {"outcome": VisitOutcome.DECLINED}, {"happened_at": yesterday(11)}]
)
def test_the_same_id_with_other_content_is_a_clear_refusal(
    going: Going, changes: dict[str, object]
) -> None:
    visit_id = new_id()
    meet(going, visit_id=visit_id)

    with pytest.raises(SentTwiceError), transaction.atomic():
        meet(going, visit_id=visit_id, **changes)

    assert Visit.objects.in_town(going.id).get().note == ""


def test_the_same_id_for_another_household_is_refused(going: Going) -> None:
    visit_id = new_id()
    meet(going, visit_id=visit_id)

    with pytest.raises(SentTwiceError), transaction.atomic():
        meet(going, "1002", visit_id=visit_id)


def test_a_repeat_outside_the_round_is_known_too(going: Going) -> None:
    visit_id = new_id()
    meet(going, "1004", visit_id=visit_id)

    assert meet(going, "1004", visit_id=visit_id).is_repeat


@pytest.mark.parametrize("name", ["worker", "cadre", "secretary", "leader", "principal", "clerk"])
def test_whoever_serves_the_place_may_write_down(going: Going, name: str) -> None:
    visit = recording.record_visit(actor=going.town.actors[name], visit=told(going))

    assert visit.recorded_by_id == going.town.staff[name].id


def test_out_of_reach_a_household_does_not_exist(going: Going) -> None:
    far, stranger = going.town.actors["far_secretary"], factories.make_ready("second").clerk

    for actor in (far, stranger):
        with pytest.raises(NotFoundError), transaction.atomic():
            recording.record_visit(actor=actor, visit=told(going))


def test_whoever_may_only_read_is_refused(going: Going) -> None:
    everywhere = (going.town.areas["镇"].reach,)
    reader = Actor(
        town_id=going.id,
        name="读者",
        staff_id=going.town.staff["officer"].id,
        grants={"view_visits": everywhere},
    )

    with pytest.raises(NotAllowedError), transaction.atomic():
        recording.record_visit(actor=reader, visit=told(going))


def test_a_job_signs_no_visit(going: Going) -> None:
    with pytest.raises(NotAllowedError), transaction.atomic():
        recording.record_visit(actor=going.town.system, visit=told(going))


def test_sheets_are_typed_in_by_those_who_may(going: Going) -> None:
    sheet = told(going, channel=EntryChannel.SHEET)
    with pytest.raises(NotAllowedError), transaction.atomic():
        recording.record_visit(actor=going.secretary, visit=sheet)

    assert recording.record_visit(actor=going.clerk, visit=sheet).channel == "sheet"


def test_a_visit_takes_seven_statements(going: Going) -> None:
    topics = tuple(topic.id for topic in going.topics.values())
    visitors = tuple(going.town.staff[name].id for name in ("cadre", "secretary"))
    words = {"topic_ids": topics, "visitor_ids": visitors}
    meet(going, "1002", visit_id=new_id(), **words)

    with CaptureQueriesContext(connection) as captured:
        meet(going, visit_id=new_id(), **words)

    assert len(captured) == STATEMENTS


def test_bulk_writes_the_right_lines_and_names_the_wrong_ones(going: Going) -> None:
    lines = [
        told(going, "1001"),
        told(going, "1002", visitor_ids=()),
        told(going, "1003", outcome=VisitOutcome.CLOSED_DOOR),
        told(going, "1003", happened_at=yesterday(19)),
        told(factories.make_ready("second"), "2001"),
    ]

    results = recording.bulk_record_visits(actor=going.clerk, visits=lines)

    assert [result.index for result in results] == [0, 1, 2, 3, 4]
    assert [list(result.errors) for result in results] == [[], ["visitors"], [], [], [""]]
    assert Visit.objects.in_town(going.id).count() == 3
    target = target_of(going, "1003")
    assert (target.outcome, target.attempts) == ("met", 1)
    assert target_of(going, "1002").outcome == "open"
    assert Entry.objects.in_town(going.id).filter(verb="visit_recorded").count() == 3


def test_bulk_knows_repeats_in_the_database_and_in_the_batch(going: Going) -> None:
    stored, fresh = new_id(), new_id()
    meet(going, visit_id=stored)
    lines = [
        told(going, visit_id=stored),
        told(going, "1002", visit_id=fresh),
        told(going, "1002", visit_id=fresh),
        told(going, "1003", visit_id=fresh),
    ]

    results = recording.bulk_record_visits(actor=going.clerk, visits=lines)

    assert [bool(result.visit and result.visit.is_repeat) for result in results[:1]] == [True]
    assert [result.visit.id for result in results[:3] if result.visit] == [stored, fresh, fresh]
    assert list(results[3].errors) == [""]
    assert Visit.objects.in_town(going.id).count() == 2


def test_bulk_takes_as_many_statements_for_many_as_for_few(going: Going) -> None:
    def statements(*numbers: str) -> int:
        lines = [told(going, number) for number in numbers]
        with CaptureQueriesContext(connection) as captured:
            recording.bulk_record_visits(actor=going.clerk, visits=lines)
        return len(captured)

    assert statements("1001", "1002") == statements("1001", "1003", "2001", "3001")


def test_bulk_of_nothing_and_of_wrong_lines_only_stores_nothing(going: Going) -> None:
    assert recording.bulk_record_visits(actor=going.clerk, visits=[]) == []

    (result,) = recording.bulk_record_visits(
        actor=going.clerk, visits=[told(going, visitor_ids=())]
    )

    assert result.visit is None
    assert not Visit.objects.in_town(going.id).exists()


def test_an_account_closed_later_still_went_that_day(going: Going) -> None:
    people_actions.set_active(
        actor=going.town.system, staff_id=going.town.staff["secretary"].id, active=False
    )

    assert meet(going).visitor_names == "secretary"


def test_a_round_can_be_finished_after_refusals_and_moves(going: Going) -> None:
    outcomes = [VisitOutcome.MET, VisitOutcome.DECLINED, VisitOutcome.MOVED]
    for place, number in enumerate(factories.COUNTED):
        meet(going, number, outcome=outcomes[place % len(outcomes)])

    finished = rounds.finish_round(actor=going.clerk, round_id=going.round.id)

    assert finished.state == "finished"
