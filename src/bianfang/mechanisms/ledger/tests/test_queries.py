from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bianfang.kernel.documents.table import CellValue
from bianfang.mechanisms.ledger import queries
from bianfang.mechanisms.ledger.columns import COLUMNS
from bianfang.mechanisms.ledger.enums import LedgerSort, ListKind
from bianfang.mechanisms.ledger.queries import LedgerFilter, LedgerPage
from bianfang.mechanisms.ledger.rows import make_words
from bianfang.mechanisms.ledger.tests import factories as visits
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.enums import ConfirmWay, Outcome, Satisfaction, StateGroup
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.lookback.tests import factories as look_backs
from bianfang.outreach.lookback.workflow import CheckResult
from bianfang.outreach.visits.enums import VisitMode
from bianfang.outreach.visits.models import Visit
from bianfang.outreach.visits.queries.visits import VisitFilter

ALL = LedgerFilter()


def page(
    town: SmallTown, kind: ListKind, filters: LedgerFilter = ALL, by: str = "clerk"
) -> list[dict[str, CellValue]]:
    keys = [column.key for column in COLUMNS[kind]]
    with translation.override("en"):
        found = queries.page_ledger(actor=town.actors[by], kind=kind, filters=filters)
    return [dict(zip(keys, row, strict=True)) for row in found.rows]


def every(
    town: SmallTown, kind: ListKind, filters: LedgerFilter = ALL, by: str = "clerk"
) -> list[dict[str, CellValue]]:
    keys = [column.key for column in COLUMNS[kind]]
    actor = town.actors[by]
    with translation.override("en"):
        words = make_words(queries.list_places(town_id=actor.town_id))
        rows = list(queries.iterate_rows(actor=actor, kind=kind, filters=filters, words=words))
    return [dict(zip(keys, row, strict=True)) for row in rows]


def test_a_visit_is_a_line_of_the_ledger_without_second_entry(town: SmallTown) -> None:
    visits.make_target(town, town.household)
    said = visits.said(town.category.id)
    visits.visited(town, town.household, demands=(said, said))

    [line] = page(town, ListKind.VISITS)

    assert line == {
        "place": 1,
        "round": "round 1",
        "community": "北社区",
        "village": "上村",
        "hamlet": "上庄",
        "household": "010101001",
        "head": "董某某",
        "living_status": "Working away",
        "members": 1,
        "happened_at": factories.morning(MONDAY - timedelta(days=1), 20),
        "mode": "Evening home visit",
        "visitors": "clerk",
        "respondent": "spouse",
        "demands": 2,
        "topics": "",
        "note": "=1+1",
    }
    assert every(town, ListKind.VISITS) == [line]


def test_a_visit_outside_a_round_shows_the_present_status(town: SmallTown) -> None:
    visits.visited(town, town.household)

    [line] = page(town, ListKind.VISITS)

    assert (line["round"], line["living_status"]) == ("—", "Living here")


def test_a_demand_is_a_line_of_the_demand_list(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    [line] = page(town, ListKind.DEMANDS)

    assert line == {
        "place": 1,
        "number": demand.number,
        "source": "Came to the office",
        "community": "北社区",
        "village": "上村",
        "proposer": "董某某",
        "category": "lighting",
        "content": demand.content,
        "route": "Within a deadline",
        "measures": "更换灯具",
        "unit": town.units["civil"].name,
        "owner": "handler",
        "due_on": demand.due_on,
        "progress": "",
        "state": "Being handled",
        "changed_at": factories.morning(),
    }
    assert every(town, ListKind.DEMANDS) == [line]


def test_a_demand_not_yet_in_hands_leaves_its_cells_empty(town: SmallTown) -> None:
    factories.registered(town)

    [line] = page(town, ListKind.DEMANDS)

    assert (line["unit"], line["owner"], line["route"], line["due_on"]) == ("", "", "", None)


def test_a_category_is_named_in_the_readers_language(town: SmallTown) -> None:
    factories.registered(town)
    actor = town.clerk

    with translation.override("zh-hans"):
        [row] = queries.page_ledger(actor=actor, kind=ListKind.DEMANDS, filters=ALL).rows

    assert "类别lighting" in row


def test_a_written_off_demand_moves_to_the_closed_list_in_public_wording(
    town: SmallTown,
) -> None:
    demand = factories.written_off(
        town, Outcome.EXPLAINED, content="董大山来电13800000000反映路灯不亮"
    )
    factories.handling_state(town)

    [line] = page(town, ListKind.CLOSED)

    assert line["number"] == demand.number
    assert line["content"] == "董某某来电【mobile number】反映路灯不亮"
    assert (line["closed_on"], line["days"]) == (MONDAY, 0)
    assert line["outcome"] == "Answered with explanation"
    assert (line["reply_mode"], line["replied_on"]) == ("By phone", MONDAY)
    assert line["satisfaction"] == "Not asked"
    assert line["reviewer"] == "clerk"
    assert (line["look_back"], line["is_published"]) == ("—", "no")
    assert every(town, ListKind.CLOSED) == [line]


def test_the_closed_list_tells_what_the_resident_says_and_who_alone_heard_it(
    town: SmallTown,
) -> None:
    demand = factories.written_off(town)

    factories.said_of(town, demand, way=ConfirmWay.ON_SPOT, by="handler")
    assert page(town, ListKind.CLOSED)[0]["satisfaction"] == "Satisfied (heard by the handler)"

    factories.said_of(town, demand, Satisfaction.MOSTLY)
    assert page(town, ListKind.CLOSED)[0]["satisfaction"] == "Mostly satisfied"
    assert every(town, ListKind.CLOSED)[0]["satisfaction"] == "Mostly satisfied"


def test_a_relapse_shows_on_the_closed_list(town: SmallTown) -> None:
    demand = factories.written_off(town)
    demand = review.reopen(actor=town.clerk, demand_id=demand.id, reason="又不亮了")
    demand = factories.submitted(town, demand)
    review.write_off(actor=town.clerk, demand_id=demand.id)

    [line] = page(town, ListKind.CLOSED)

    assert line["look_back"] == "reopenings: 1"


def test_what_the_look_back_found_shows_on_the_closed_list(town: SmallTown) -> None:
    factories.written_off(town)
    [check] = look_backs.handed_out(town)
    look_backs.record(town, check, CheckResult.FAILED)
    demand = factories.submitted(town, factories.fresh(check.demand))
    review.write_off(actor=town.clerk, demand_id=demand.id)

    [line] = page(town, ListKind.CLOSED)
    [again] = look_backs.handed_out(town)
    look_backs.record(town, again, CheckResult.PASSED)
    [later] = page(town, ListKind.CLOSED)

    assert line["look_back"] == "Failed 2026-11-16 · reopenings: 1"
    assert later["look_back"] == "Passed 2026-11-16 · reopenings: 1"
    assert every(town, ListKind.CLOSED) == [later]


def test_residents_are_masked_in_every_cell_for_every_reader(town: SmallTown) -> None:
    visit = visits.visited(town, town.household).visit
    Visit.objects.in_town(town.town.id).filter(id=visit.id).update(note="董大山13800000000")
    demand = factories.handling_state(town, content="董大山反映路灯不亮")
    said = {"measures": "请董大山带路", "progress": "已电13800000000"}
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(**said)

    [visited] = page(town, ListKind.VISITS)
    [asked] = page(town, ListKind.DEMANDS)

    assert (visited["head"], visited["note"]) == ("董某某", "董某某【mobile number】")
    assert (asked["proposer"], asked["content"]) == ("董某某", "董某某反映路灯不亮")
    assert (asked["measures"], asked["progress"]) == ("请董某某带路", "已电【mobile number】")


@pytest.mark.parametrize("kind", ListKind)
def test_the_oldest_first_is_the_newest_first_turned_round(town: SmallTown, kind: ListKind) -> None:
    for days, household in enumerate((town.household, town.neighbour, town.far_household), 1):
        visits.visited(town, household, days_ago=days)
        factories.written_off(town, household_id=household.id)
    counted = LedgerFilter(demands=DemandFilter(group=StateGroup.COUNTED))

    newest, oldest = (
        queries.page_ledger(actor=town.clerk, kind=kind, filters=counted, sort=sort).ids
        for sort in (LedgerSort.NEWEST, LedgerSort.OLDEST)
    )

    assert len(newest) == 3
    assert oldest == newest[::-1]


def test_open_demands_by_deadline_and_what_has_none_last(town: SmallTown) -> None:
    new = factories.registered(town)
    handled = factories.handling_state(town)
    open_ones = LedgerFilter(demands=DemandFilter(group=StateGroup.OPEN))

    def by_deadline(token: str = "") -> LedgerPage:
        return queries.page_ledger(
            actor=town.clerk,
            kind=ListKind.DEMANDS,
            filters=open_ones,
            sort=LedgerSort.DUE,
            token=token,
            size=1,
        )

    first = by_deadline()
    assert (*first.ids, *by_deadline(first.next_token).ids) == (handled.id, new.id)


def test_urgency_is_no_order_of_what_is_closed(town: SmallTown) -> None:
    everything = LedgerFilter(demands=DemandFilter(group=StateGroup.COUNTED))

    assert LedgerSort.DUE not in queries.sorts_for(ListKind.DEMANDS, everything)
    assert LedgerSort.DUE not in queries.sorts_for(ListKind.VISITS, ALL)


@pytest.mark.parametrize("kind", ListKind)
def test_area_round_and_days_narrow_every_list(town: SmallTown, kind: ListKind) -> None:
    visits.make_target(town, town.household)
    for household, days_ago in ((town.household, 1), (town.far_household, 9)):
        visits.visited(town, household, days_ago=days_ago, demands=(visits.said(town.category.id),))
    for household in (town.household, town.far_household):
        factories.written_off(town, household_id=household.id)
    everything = len(page(town, kind))

    def count(**filters: object) -> int:
        return len(page(town, kind, LedgerFilter(**filters)))  # type: ignore[arg-type]  # checked by the dataclass

    assert everything == {"visits": 2, "demands": 4, "closed": 2}[kind.value]
    assert count(area=town.place.south.reach) == everything / 2
    assert count(from_day=MONDAY + timedelta(days=1)) == 0
    assert count(to_day=MONDAY - timedelta(days=20)) == 0
    assert count(from_day=MONDAY - timedelta(days=20), to_day=MONDAY) == everything
    assert count(round_id=town.round.id) == {"visits": 1, "demands": 1, "closed": 0}[kind.value]
    counted = queries.count_rows(
        actor=town.clerk, kind=kind, filters=LedgerFilter(area=town.place.south.reach)
    )
    assert counted == everything / 2


def test_filters_of_the_pages_are_kept(town: SmallTown) -> None:
    visits.visited(town, town.household)
    factories.handling_state(town)
    phone = LedgerFilter(visits=VisitFilter(mode=VisitMode.PHONE))
    late = LedgerFilter(demands=DemandFilter(group=StateGroup.OVERDUE))

    assert page(town, ListKind.VISITS, phone) == []
    assert page(town, ListKind.DEMANDS, late) == []


def test_each_sees_the_own_places(town: SmallTown) -> None:
    visits.visited(town, town.household)
    visits.visited(town, town.far_household)

    assert [line["hamlet"] for line in page(town, ListKind.VISITS, by="far_secretary")] == ["远庄"]
    assert page(town, ListKind.VISITS, by="officer") == []


@pytest.mark.parametrize("kind", ListKind)
def test_a_page_takes_two_queries_however_many_rows(town: SmallTown, kind: ListKind) -> None:
    for _ in range(3):
        factories.written_off(town)
    for household in (town.household, town.neighbour):
        visits.visited(town, household)

    with CaptureQueriesContext(connection) as captured:
        found = queries.page_ledger(actor=town.clerk, kind=kind, filters=ALL, size=2)

    assert len(captured) == 2
    assert len(found.rows) == len(found.ids) == 2
    assert bool(found.next_token) is (kind is not ListKind.VISITS)


def test_pages_follow_each_other(town: SmallTown) -> None:
    made = [factories.written_off(town).number for _ in range(3)]
    first = queries.page_ledger(actor=town.clerk, kind=ListKind.CLOSED, filters=ALL, size=2)

    second = queries.page_ledger(
        actor=town.clerk, kind=ListKind.CLOSED, filters=ALL, size=2, token=first.next_token
    )

    numbers = [row[1] for row in (*first.rows, *second.rows)]
    assert sorted(str(number) for number in numbers) == made
    assert second.next_token == ""
