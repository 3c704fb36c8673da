"""The ledger and the two lists: pages, paper, and what is taken away as a file."""

import csv
from io import BytesIO, StringIO
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.ledger.columns import COLUMNS
from bianfang.mechanisms.ledger.enums import ListKind, Verb
from bianfang.mechanisms.ledger.tests import factories as visits
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.areas.queries import forget_areas
from bianfang.register.people.enums import ROLE_PERMISSIONS, Permission, Role

BUDGET = 12
KINDS = list(ListKind)


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


@pytest.fixture
def full(town: SmallTown) -> SmallTown:
    """Here and in the far village: a visit, an open and a written-off demand."""
    for household in (town.household, town.far_household):
        visits.make_target(town, household)
        visits.visited(town, household)
        factories.handling_state(town, household_id=household.id)
        factories.written_off(town, household_id=household.id)
    return town


def _page(kind: ListKind) -> str:
    return reverse(f"ledger:{kind.value}")


def _paper(kind: ListKind) -> str:
    return reverse("ledger:paper", args=[kind.value])


def _export(kind: ListKind, query: str = "") -> str:
    return reverse("ledger:export", args=[kind.value]) + query


def _body(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def _exported(town: SmallTown) -> list[Entry]:
    return list(Entry.objects.in_town(town.town.id).filter(verb=Verb.EXPORTED.value))


@pytest.mark.parametrize("kind", KINDS)
def test_page_has_the_columns_of_the_list_and_links_to_records(
    kind: ListKind, clerk: Client, full: SmallTown
) -> None:
    response = clerk.get(_page(kind))

    titles = [str(head.label) for head in response.context["listing"].heads]
    lines = response.context["lines"]
    assert titles == [str(column.title) for column in COLUMNS[kind][1:]]
    assert len(lines) == response.context["count"] == 2
    assert [len(line.cells) for line in lines] == [len(COLUMNS[kind]) - 1] * 2
    assert all(clerk.get(line.href).status_code == 200 for line in lines)
    assert sum(tab.is_current for tab in response.context["tabs"]) == 1


@pytest.mark.parametrize("kind", KINDS)
def test_page_of_an_area_has_its_rows_only(kind: ListKind, clerk: Client, full: SmallTown) -> None:
    response = clerk.get(_page(kind), {"area": full.place.south.path})

    assert response.context["count"] == 1
    text = response.content.decode()
    assert "远村" in text
    assert "上庄" not in text


def test_days_and_round_narrow_the_ledger(clerk: Client, full: SmallTown) -> None:
    def count(**query: str) -> object:
        return clerk.get(_page(ListKind.VISITS), query).context["count"]

    assert count(since="2026-11-15", until="2026-11-15") == 2
    assert count(since="2026-11-16") == 0
    assert count(until="2026-11-14") == 0
    assert count(round=str(full.round.id)) == 2


def test_each_list_is_narrowed_by_what_it_knows(clerk: Client, full: SmallTown) -> None:
    def count(kind: ListKind, **query: str) -> object:
        return clerk.get(_page(kind), query).context["count"]

    assert count(ListKind.VISITS, mode="evening") == 2
    assert count(ListKind.VISITS, mode="phone") == 0
    assert count(ListKind.DEMANDS, route="timed") == 2
    assert count(ListKind.DEMANDS, route="meeting", mode="phone") == 0
    assert count(ListKind.CLOSED, outcome="solved", mode="phone") == 2
    assert count(ListKind.CLOSED, outcome="transferred") == 0


def test_demand_list_holds_what_is_open_unless_asked_for_all(
    clerk: Client, full: SmallTown
) -> None:
    page = _page(ListKind.DEMANDS)

    assert clerk.get(page).context["count"] == 2
    assert clerk.get(page, {"state": "counted"}).context["count"] == 4


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "query",
    [
        {"round": "x", "since": "0001-01-01", "until": "9999-12-31", "state": "x"},
        {"round": "\0", "since": "\0", "page": "x", "area": "x"},
        {"since": "9999-12-31", "until": "0001-01-01", "page": "WzAsIngiLCJ5Il0"},
        {"since": "2026-02-30", "round": "00000000-0000-0000-0000-000000000000"},
    ],
)
def test_nonsense_in_the_address_is_no_filter(
    kind: ListKind, query: dict[str, str], clerk: Client, full: SmallTown
) -> None:
    assert clerk.get(_page(kind), query).context["count"] == 2
    assert clerk.get(_paper(kind), query).status_code == 200


@pytest.mark.parametrize("kind", KINDS)
def test_area_outside_ones_posts_is_not_there(
    kind: ListKind, sign_in: SignIn, full: SmallTown
) -> None:
    secretary, area = sign_in("secretary"), {"area": full.place.far.path}

    assert secretary.get(_page(kind), area).status_code == 404
    assert secretary.get(_paper(kind), area).status_code == 404


def test_links_to_paper_and_file_keep_what_the_page_is_narrowed_to(
    clerk: Client, full: SmallTown
) -> None:
    query = {"area": full.place.south.path, "since": "2026-11-01", "page": "x"}

    context = clerk.get(_page(ListKind.VISITS), query).context
    kept = f"?area={full.place.south.path}&since=2026-11-01"

    assert context["paper_href"] == _paper(ListKind.VISITS) + kept
    assert context["export_href"] == _export(ListKind.VISITS, kept)
    assert clerk.get(context["paper_href"]).context["count"] == 1


def test_pages_follow_each_other(clerk: Client, town: SmallTown) -> None:
    for _place in range(55):
        factories.registered(town)
    address = _page(ListKind.DEMANDS)

    first = clerk.get(address)
    second = clerk.get(address + first.context["listing"].next_href)
    back = clerk.get(address + second.context["listing"].previous_href)

    hrefs = [[line.href for line in page.context["lines"]] for page in (first, second, back)]
    assert [len(each) for each in hrefs] == [50, 5, 50]
    assert not set(hrefs[0]) & set(hrefs[1])
    assert hrefs[2] == hrefs[0]


def test_head_turns_the_order_and_the_filters_stay(clerk: Client, full: SmallTown) -> None:
    page = _page(ListKind.DEMANDS)
    asked = {"state": "counted", "since": "2026-11-01"}

    newest = clerk.get(page, asked)
    number = newest.context["listing"].heads[0]
    oldest = clerk.get(f"{page}{number.href}")

    assert (number.direction, oldest.context["listing"].heads[0].direction) == (
        "descending",
        "ascending",
    )
    hrefs = [[line.href for line in each.context["lines"]] for each in (newest, oldest)]
    assert len(hrefs[0]) == 4
    assert hrefs[1] == hrefs[0][::-1]


def test_deadline_sorts_where_something_is_open(clerk: Client, full: SmallTown) -> None:
    def deadline(**asked: str) -> Any:
        heads = clerk.get(_page(ListKind.DEMANDS), asked).context["listing"].heads
        return next(head for head in heads if str(head.label) == "完成时限")

    assert "sort=due" in deadline().href
    assert deadline(sort="due").direction == "ascending"
    assert deadline(state="counted").href == ""


def test_swapped_region_is_the_region_of_the_page(clerk: Client, full: SmallTown) -> None:
    whole = clerk.get(_page(ListKind.VISITS)).content.decode()

    part = clerk.get(
        _page(ListKind.VISITS), headers={"hx-request": "true", "hx-target": "rows"}
    ).content.decode()

    assert "<html" not in part
    assert 'id="rows"' in part
    assert part.count("<tr>") == whole.count("<tr>")


def test_pages_keep_their_budget_with_a_hundred_rows(clerk: Client, town: SmallTown) -> None:
    for _place in range(100):
        visits.visited(town, town.household)
        factories.registered(town)
    addresses = [*map(_page, KINDS), *map(_paper, KINDS)]

    asked = {}
    for address in addresses:
        forget_areas()
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(address).status_code == 200
        asked[address] = len(queries)

    assert {address: number for address, number in asked.items() if number > BUDGET} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_paper_numbers_all_rows_from_the_oldest(
    kind: ListKind, clerk: Client, full: SmallTown
) -> None:
    response = clerk.get(_paper(kind))

    assert [cells[0].value for cells in response.context["rows"]] == [1, 2]
    assert response.context["area"] == full.place.town.name
    assert "data-bf-print" in response.content.decode()


def test_paper_says_when_it_does_not_hold_all(
    clerk: Client, full: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bianfang.faces.desk.views.ledger.PAPER_ROWS", 1)

    response = clerk.get(_paper(ListKind.VISITS))

    assert len(response.context["rows"]) == 1
    assert "notice-warning" in response.content.decode()


@pytest.mark.parametrize("kind", KINDS)
def test_workbook_is_taken_away_and_journaled(
    kind: ListKind, clerk: Client, full: SmallTown
) -> None:
    response = clerk.post(_export(kind), {"file_format": "xlsx"})

    book = openpyxl.load_workbook(BytesIO(_body(response)))
    entry = _exported(full)[0]
    assert book.sheetnames == ["北社区", "南社区"]
    assert "filename*=UTF-8''" in response.headers["Content-Disposition"]
    assert response.headers["Content-Disposition"].endswith(".xlsx")
    assert (entry.facts["list"], entry.facts["format"]) == (kind.value, "xlsx")


@pytest.mark.parametrize("kind", KINDS)
def test_csv_has_a_head_and_every_row(kind: ListKind, clerk: Client, full: SmallTown) -> None:
    response = clerk.post(_export(kind), {"file_format": "csv"})

    text = _body(response).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    assert rows[0] == [str(column.title) for column in COLUMNS[kind]]
    assert len(rows) == 3
    assert len(_exported(full)) == 1


def test_formula_in_a_note_is_text_in_the_file(clerk: Client, full: SmallTown) -> None:
    text = _body(clerk.post(_export(ListKind.VISITS), {"file_format": "csv"})).decode()

    assert "=1+1" in text
    assert ",=1+1" not in text


def test_file_is_narrowed_as_the_page_is(clerk: Client, full: SmallTown) -> None:
    query = f"?area={full.place.south.path}&since=2026-11-01"

    response = clerk.post(_export(ListKind.CLOSED, query), {"file_format": "csv"})

    assert len(list(csv.reader(StringIO(_body(response).decode())))) == 2
    entry = _exported(full)[0]
    assert entry.target_id == full.place.south.id
    assert "2026-11-01" in entry.facts["period"]


def test_secretary_takes_away_the_own_village_without_choosing_it(
    sign_in: SignIn, full: SmallTown
) -> None:
    response = sign_in("secretary").post(_export(ListKind.VISITS), {"file_format": "csv"})

    assert len(list(csv.reader(StringIO(_body(response).decode())))) == 2
    assert _exported(full)[0].target_id == full.place.upper.id


def test_file_of_an_area_elsewhere_is_not_there(sign_in: SignIn, full: SmallTown) -> None:
    address = _export(ListKind.VISITS, f"?area={full.place.far.path}")

    response = sign_in("secretary").post(address, {"file_format": "csv"})

    assert response.status_code == 404
    assert _exported(full) == []


def test_without_the_right_nothing_is_taken_away(
    sign_in: SignIn, full: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    handler = sign_in("handler").post(_export(ListKind.DEMANDS), {"file_format": "csv"})
    rights = ROLE_PERMISSIONS[Role.LEADER] - {Permission.EXPORT_LEDGER}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.LEADER, rights)
    leader = sign_in("leader")

    page = leader.get(_page(ListKind.DEMANDS))
    response = leader.post(_export(ListKind.DEMANDS), {"file_format": "csv"})

    assert handler.status_code == response.status_code == 403
    assert page.status_code == 200
    assert not page.context["may_export"]
    assert _exported(full) == []


@pytest.mark.parametrize("typed", [{}, {"file_format": "pdf"}])
def test_unknown_format_is_refused(typed: dict[str, str], clerk: Client, full: SmallTown) -> None:
    assert clerk.post(_export(ListKind.VISITS), typed).status_code == 400
    assert _exported(full) == []


def test_file_is_not_given_for_a_mere_link(clerk: Client, full: SmallTown) -> None:
    assert clerk.get(_export(ListKind.VISITS)).status_code == 405


def test_nobody_sees_anything_without_signing_in(full: SmallTown) -> None:
    for kind in KINDS:
        answers = [
            Client().get(_page(kind)),
            Client().get(_paper(kind)),
            Client().post(_export(kind), {"file_format": "csv"}),
        ]

        assert [answer.status_code for answer in answers] == [302, 302, 302]
    assert _exported(full) == []


def test_demand_that_is_written_off_leaves_one_list_for_the_other(
    clerk: Client, town: SmallTown
) -> None:
    def numbers(kind: ListKind) -> list[object]:
        return [line.cells[0].value for line in clerk.get(_page(kind)).context["lines"]]

    demand = factories.awaiting_review(town)
    before = numbers(ListKind.DEMANDS), numbers(ListKind.CLOSED)

    clerk.post(reverse("demands:move", args=[demand.id, "write_off"]), {"satisfaction": "mostly"})

    assert before == ([demand.number], [])
    assert (numbers(ListKind.DEMANDS), numbers(ListKind.CLOSED)) == ([], [demand.number])


def test_heading_names_the_area(sign_in: SignIn, clerk: Client, full: SmallTown) -> None:
    page = _page(ListKind.VISITS)

    assert clerk.get(page).context["area"] == full.place.town.name
    assert clerk.get(page, {"area": full.place.north.path}).context["area"] == "北社区"
    assert sign_in("secretary").get(page).context["area"] == "上村"


@pytest.mark.parametrize("kind", KINDS)
def test_no_list_tells_a_residents_name(kind: ListKind, clerk: Client, full: SmallTown) -> None:
    pages = [clerk.get(_page(kind)), clerk.get(_paper(kind))]
    file = _body(clerk.post(_export(kind), {"file_format": "csv"})).decode("utf-8-sig")

    assert all("董大山" not in page.content.decode() for page in pages)
    assert "董大山" not in file


def test_empty_list_says_how_it_fills_or_which_filter_empties_it(clerk: Client) -> None:
    empty = clerk.get(_page(ListKind.VISITS)).content.decode()
    filtered = clerk.get(_page(ListKind.VISITS), {"since": "2026-11-01"}).content.decode()

    assert 'class="nothing"' in empty
    assert "chip" in filtered


@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "走访备案台账"), ("en", "Visit filing ledger")]
)
def test_ledger_speaks_both_languages(clerk: Client, language: str, word: str) -> None:
    response = clerk.get(_page(ListKind.VISITS), headers={"accept-language": language})

    assert word in response.content.decode()
