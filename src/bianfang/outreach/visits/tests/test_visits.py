from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.paging import take_page
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.actions import checklists, forums, recording, rounds
from bianfang.outreach.visits.actions.inputs import ForumInput
from bianfang.outreach.visits.enums import EntryChannel, TopicKind, VisitMode, VisitOutcome
from bianfang.outreach.visits.queries import visits
from bianfang.outreach.visits.queries.visits import NEWEST, VisitFilter
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going, meet, told, yesterday
from bianfang.register.people.enums import Role

EARLY = TODAY - timedelta(days=3)


@pytest.fixture
def some(going: Going) -> Going:
    staff = going.town.staff
    meet(going, "1001", happened_at=clock.in_town(EARLY, 9), demand_count=1)
    meet(going, "1002", mode=VisitMode.PHONE, outcome=VisitOutcome.NOT_REACHED)
    meet(
        going,
        "1002",
        mode=VisitMode.EVENING,
        happened_at=yesterday(20, 30),
        visitor_ids=(staff["principal"].id, staff["cadre"].id),
        topic_ids=(going.topics["燃气安全"].id,),
        village_facts="东渠淤塞",
    )
    meet(going, "1004", happened_at=yesterday(21), channel=EntryChannel.SHEET)
    forums.record_forum(
        actor=going.clerk,
        forum=ForumInput(
            area_id=going.town.areas["远村"].id,
            held_at=yesterday(22),
            place="远村大院",
            subject="修路",
            visitor_ids=(staff["far_secretary"].id,),
            household_ids=(going.households["3001"].id,),
        ),
    )
    return going


def numbers(going: Going, **filters: object) -> list[str]:
    chosen = VisitFilter(**filters)  # type: ignore[arg-type]  # names are checked by the dataclass
    rows = visits.list_visits(actor=going.clerk, filters=chosen)
    return [visit.household.number for visit in rows]


def test_visits_are_listed_the_newest_first(some: Going) -> None:
    assert numbers(some) == ["3001", "1004", "1002", "1002", "1001"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"mode": VisitMode.EVENING}, ["1002"]),
        ({"outcome": VisitOutcome.NOT_REACHED}, ["1002"]),
        ({"channel": EntryChannel.SHEET}, ["1004"]),
        ({"role": Role.PRINCIPAL_LEADER}, ["1002"]),
        ({"with_demands": True}, ["1001"]),
        ({"with_demands": False, "mode": VisitMode.DAY}, ["1004"]),
        ({"with_facts": True}, ["1002"]),
        ({"with_facts": False, "mode": VisitMode.EVENING}, []),
        ({"text": "1002"}, ["1002", "1002"]),
        ({"text": "没有"}, []),
        ({"to_day": EARLY}, ["1001"]),
        ({"from_day": EARLY, "to_day": EARLY}, ["1001"]),
        ({"from_day": TODAY}, []),
        ({"round_id": new_id()}, []),
    ],
)
def test_a_list_is_narrowed(some: Going, filters: dict[str, object], found: list[str]) -> None:
    assert numbers(some, **filters) == found


def test_a_list_is_narrowed_to_things_of_the_town(some: Going) -> None:
    staff, areas = some.town.staff, some.town.areas
    forum = visits.list_visits(actor=some.clerk, filters=VisitFilter())[0].forum_id

    assert numbers(some, round_id=some.round.id) == ["3001", "1002", "1002", "1001"]
    assert numbers(some, reach=areas["远村"].reach) == ["3001"]
    assert numbers(some, household_id=some.households["1001"].id) == ["1001"]
    assert numbers(some, forum_id=forum) == ["3001"]
    assert numbers(some, visitor_id=staff["cadre"].id) == ["1002"]
    assert numbers(some, visitor_id=staff["cadre"].id, role=Role.LEADER) == []
    assert numbers(some, topic_id=some.topics["燃气安全"].id) == ["1002"]


def test_visits_are_seen_in_ones_own_area_only(some: Going) -> None:
    def seen(name: str) -> int:
        rows = visits.list_visits(actor=some.town.actors[name], filters=VisitFilter())
        return rows.count()

    assert {name: seen(name) for name in ("secretary", "far_secretary", "officer")} == {
        "secretary": 4,
        "far_secretary": 1,
        "officer": 0,
    }


def test_a_page_of_visits_is_one_query(some: Going) -> None:
    rows = visits.list_visits(actor=some.clerk, filters=VisitFilter())

    with CaptureQueriesContext(connection) as captured:
        page = take_page(rows, order=NEWEST, size=2)
        names = [(visit.household.number, visit.visitor_names) for visit in page.rows]

    assert len(captured) == 1
    assert [name for name, _ in names] == ["3001", "1004"]
    later = take_page(rows, order=NEWEST, token=page.next_token, size=2)
    assert [visit.household.number for visit in later.rows] == ["1002", "1002"]


def test_a_visit_is_shown_with_visitors_and_topics(some: Going) -> None:
    (found,) = visits.list_visits(actor=some.clerk, filters=VisitFilter(mode=VisitMode.EVENING))

    visit = visits.get_visit(actor=some.secretary, visit_id=found.id)

    assert (visit.round, visit.recorded_by.name) == (some.round, "clerk")
    people = visits.list_visitors(actor=some.clerk, visit=visit)
    assert [(row.staff.name, row.role) for row in people] == [
        ("principal", "principal_leader"),
        ("cadre", "village_cadre"),
    ]
    told_of = visits.list_topics_of(actor=some.clerk, visit=visit)
    assert [row.topic.text for row in told_of] == ["燃气安全"]
    assert "2026-03-01" in str(visit)


def test_out_of_reach_a_visit_does_not_exist(some: Going) -> None:
    visit = meet(some, "1003")

    with pytest.raises(NotFoundError):
        visits.get_visit(actor=some.town.actors["far_secretary"], visit_id=visit.id)


def test_topics_are_counted_by_visits(some: Going) -> None:
    def counts(**words: object) -> list[tuple[str, int]]:
        rows = visits.list_topics_told(actor=some.clerk, round=some.round, **words)  # type: ignore[arg-type]  # keywords of the query
        return [(row.topic.text, row.visits) for row in rows]

    meet(some, "3001", topic_ids=(some.topics["燃气安全"].id,))

    assert counts() == [("就业创业", 0), ("养老保障", 0), ("燃气安全", 2)]
    assert counts(reach=some.town.areas["远村"].reach)[2] == ("燃气安全", 1)


def test_topics_to_ask_about_are_not_counted_unless_told(db: None) -> None:
    ready = factories.make_ready()
    new = checklists.new_version(actor=ready.clerk, checklist_id=ready.checklist.id)
    ask = checklists.add_topic(
        actor=ready.clerk, checklist_id=new.id, kind=TopicKind.ASK, text="有什么困难"
    )
    checklists.publish_checklist(actor=ready.clerk, checklist_id=new.id)
    factories.configure(ready.town, ready.round, new)
    rounds.start_round(actor=ready.clerk, round_id=ready.round.id)
    ready.round.refresh_from_db()
    rows = visits.list_topics_told(actor=ready.clerk, round=ready.round)
    assert [row.topic.text for row in rows] == ["就业创业", "养老保障", "燃气安全"]

    recording.record_visit(
        actor=ready.clerk,
        visit=told(ready, happened_at=clock.in_town(TODAY, 10), topic_ids=(ask.id,)),
    )

    rows = visits.list_topics_told(actor=ready.clerk, round=ready.round)
    assert [row.visits for row in rows if row.topic.kind == TopicKind.ASK] == [1]
