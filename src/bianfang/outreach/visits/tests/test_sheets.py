import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, NotFoundError
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.visits.actions import rounds
from bianfang.outreach.visits.enums import (
    SHEET_MODES,
    SHEET_OUTCOMES,
    VisitMode,
    VisitOutcome,
)
from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.queries import sheets
from bianfang.outreach.visits.queries.sheets import LINES
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going, meet


def pages(going: Going, area: str, actor: Actor | None = None) -> list[sheets.Sheet]:
    return sheets.sheet_rows(
        actor=actor or going.clerk, round=going.round, area=going.town.areas[area]
    )


def test_a_sheet_has_the_households_of_a_hamlet_and_the_topics_by_number(going: Going) -> None:
    (sheet,) = pages(going, "上庄")

    assert [(row.line, row.target.household.number) for row in sheet.rows] == [
        (1, "1001"),
        (2, "1002"),
    ]
    assert (sheet.number, sheet.page, sheet.page_count) == ("1-1-1-1-1", 1, 1)
    assert sheet.names_above == ("北社区", "上村")
    assert [topic.order for topic in sheet.topics] == [1, 2, 3]


def test_every_hamlet_has_its_own_sheets(going: Going) -> None:
    found = pages(going, "北社区")

    assert [(sheet.hamlet.name, sheet.number) for sheet in found] == [
        ("上庄", "1-1-1-1-1"),
        ("上坡", "1-1-1-2-1"),
        ("下庄", "1-1-2-1-1"),
    ]


def test_pages_stay_as_they_are_when_somebody_joins(db: None) -> None:
    ready = factories.make_ready()
    for number in range(LINES):
        towns.make_household(ready.town, "远庄", f"4{number:03d}")
    rounds.start_round(actor=ready.clerk, round_id=ready.round.id)
    ready.round.refresh_from_db()
    before = [[row.target.id for row in sheet.rows] for sheet in pages(ready, "远庄")]

    towns.make_household(ready.town, "远庄", "0001")
    meet(ready, "3001", happened_at=ready.round.started_at)

    after = pages(ready, "远庄")
    assert [len(sheet.rows) for sheet in after] == [LINES, 2]
    assert [row.target.id for row in after[0].rows] == before[0]
    assert after[1].rows[1].target.household.number == "0001"
    assert after[1].rows[0].line == LINES + 1


def test_a_sheet_is_found_by_its_printed_number(going: Going) -> None:
    printed = pages(going, "下庄")[0]

    for typed in (printed.number, " 1－1－2－1－1 ", "1 1 2 1 1", "1.1.2.1.1"):
        assert sheets.find_sheet(actor=going.clerk, number=typed) == printed


def test_what_is_no_sheet_number_is_told_so(going: Going) -> None:
    with pytest.raises(FieldError) as refused:
        sheets.find_sheet(actor=going.clerk, number="1-1-2")

    assert refused.value.field == "number"


@pytest.mark.parametrize("number", ["2-1-1-1-1", "1-1-9-1-1", "1-1-1-1-2", "1-2-1-1-1"])
def test_a_sheet_that_does_not_exist_here_is_not_found(going: Going, number: str) -> None:
    with pytest.raises(NotFoundError):
        sheets.find_sheet(actor=going.secretary, number=number)


def test_the_code_of_a_household_leads_to_its_line(db: None) -> None:
    ready = factories.make_ready()
    for number in range(LINES):
        towns.make_household(ready.town, "远庄", f"4{number:03d}")
    rounds.start_round(actor=ready.clerk, round_id=ready.round.id)
    ready.round.refresh_from_db()

    for sheet in pages(ready, "镇"):
        for row in sheet.rows:
            wanted = row.target.household.number
            found = sheets.find_line(actor=ready.clerk, household=wanted)
            assert found == (sheet.number, row.line)


def test_a_household_of_no_sheet_here_is_not_found(going: Going) -> None:
    for actor, number in ((going.secretary, "3001"), (going.clerk, "9999")):
        with pytest.raises(NotFoundError):
            sheets.find_line(actor=actor, household=number)


def test_sheets_take_four_queries_for_any_area(going: Going) -> None:
    with CaptureQueriesContext(connection) as one_hamlet:
        pages(going, "上庄")
    with CaptureQueriesContext(connection) as whole_town:
        pages(going, "镇")

    assert len(one_hamlet) == len(whole_town) <= 4


def test_names_are_printed_for_those_who_may_read_the_register(going: Going) -> None:
    visits_only = Actor(
        town_id=going.id,
        name="读者",
        grants={"view_visits": (going.town.areas["镇"].reach,)},
    )

    assert pages(going, "上庄", visits_only) == []


def test_a_plan_has_no_sheets(db: None) -> None:
    ready = factories.make_ready()
    bare = Round(town_id=ready.id, number=9)

    assert pages(ready, "镇") == []
    assert sheets.sheet_rows(actor=ready.clerk, round=bare, area=ready.town.areas["镇"]) == []


def test_the_codes_of_the_paper_cover_what_can_be_written_on_it() -> None:
    assert set(SHEET_MODES.values()) == set(VisitMode) - {VisitMode.FORUM}
    assert set(SHEET_OUTCOMES.values()) == set(VisitOutcome)
