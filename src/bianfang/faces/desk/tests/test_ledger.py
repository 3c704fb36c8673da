"""One ledger, two lists: pages, filters, files, paper."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.ledger.columns import COLUMNS
from bianfang.mechanisms.ledger.enums import ListKind
from bianfang.mechanisms.ledger.tests import factories as ledger
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown

PAGES = {kind: f"ledger:{kind.value}" for kind in ListKind}
FRAME = 4


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


@pytest.fixture
def filled(town: SmallTown) -> SmallTown:
    """Something in each list, in two communities."""
    ledger.make_target(town, town.household)
    ledger.visited(town, town.household, demands=(ledger.said(town.category.id),))
    ledger.visited(town, town.far_household)
    factories.handling_state(town)
    factories.written_off(town)
    return town


def _lines(client: Client, kind: ListKind, **query: str) -> list[list[object]]:
    response = client.get(reverse(PAGES[kind]), query)
    return [[cell.value for cell in line.cells] for line in response.context["lines"]]


def _body(response: object) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response.streaming_content)  # type: ignore[arg-type]  # it is not asynchronous


def test_pages_have_the_columns_of_the_ledger(clerk: Client, filled: SmallTown) -> None:
    for kind, name in PAGES.items():
        response = clerk.get(reverse(name))

        titles = [str(head.label) for head in response.context["listing"].heads]
        assert titles == [str(column.title) for column in COLUMNS[kind][1:]], kind
        assert all(title in response.content.decode() for title in titles), kind


def test_each_row_leads_to_its_record(clerk: Client, filled: SmallTown) -> None:
    for name in PAGES.values():
        response = clerk.get(reverse(name))
        href = response.context["lines"][0].href

        assert f'href="{href}"' in response.content.decode(), name
        assert clerk.get(href).status_code == 200, name


def test_closed_demand_leaves_one_list_for_the_other(clerk: Client, town: SmallTown) -> None:
    demand = factories.awaiting_review(town)
    before = _lines(clerk, ListKind.DEMANDS), _lines(clerk, ListKind.CLOSED)

    clerk.post(reverse("demands:move", args=[demand.id, "write_off"]), {"satisfaction": "mostly"})

    after = _lines(clerk, ListKind.DEMANDS), _lines(clerk, ListKind.CLOSED)
    everything = _lines(clerk, ListKind.DEMANDS, state="counted")
    assert [len(lines) for lines in before] == [1, 0]
    assert [len(lines) for lines in after] == [0, 1]
    assert everything[0][0] == demand.number


def test_filters_by_area_round_and_days(clerk: Client, filled: SmallTown) -> None:
    north, visits = filled.place.north.path, ListKind.VISITS

    assert len(_lines(clerk, visits)) == 2
    assert len(_lines(clerk, visits, area=north)) == 1
    assert len(_lines(clerk, visits, round=str(filled.round.id))) == 1
    assert _lines(clerk, visits, since="2026-11-16") == []
    assert _lines(clerk, visits, until="2026-11-14") == []
    assert len(_lines(clerk, ListKind.DEMANDS, round=str(filled.round.id))) == 1


def test_heading_names_the_area(sign_in: SignIn, clerk: Client, filled: SmallTown) -> None:
    page = reverse(PAGES[ListKind.VISITS])

    assert clerk.get(page).context["area"] == filled.place.town.name
    assert clerk.get(page, {"area": filled.place.north.path}).context["area"] == "北社区"
    assert sign_in("secretary").get(page).context["area"] == "上村"


def test_pages_follow_each_other(clerk: Client, town: SmallTown) -> None:
    for _number in range(52):
        factories.registered(town)
    page = reverse(PAGES[ListKind.DEMANDS])
    first = clerk.get(page)

    second = clerk.get(page + first.context["listing"].next_href)

    assert (len(first.context["lines"]), len(second.context["lines"])) == (50, 2)
    assert first.context["count"] == 52
    assert second.context["listing"].previous_href


def test_swapped_region_is_the_region_of_the_page(clerk: Client, filled: SmallTown) -> None:
    page = reverse(PAGES[ListKind.CLOSED])
    headers = {"hx-request": "true", "hx-target": "rows"}

    part = clerk.get(page, headers=headers).content.decode()

    assert "<html" not in part
    assert part.strip().startswith('<div id="rows">')


def test_names_are_masked_for_who_does_not_read_the_register(
    clerk: Client, filled: SmallTown
) -> None:
    row = _lines(clerk, ListKind.CLOSED)[0]

    assert "董大山" not in str(row)


def test_csv_holds_the_rows_of_the_page(clerk: Client, filled: SmallTown) -> None:
    page = reverse("ledger:export", args=["demands"])

    response = clerk.post(page, {"file_format": "csv"})

    rows = list(csv.reader(io.StringIO(_body(response).decode("utf-8-sig"))))
    assert "attachment" in response.headers["Content-Disposition"]
    assert len(rows) == 1 + len(_lines(clerk, ListKind.DEMANDS))


def test_workbook_is_narrowed_as_the_page_is(clerk: Client, filled: SmallTown) -> None:
    page = reverse("ledger:export", args=["visits"])

    response = clerk.post(f"{page}?area={filled.place.north.path}", {"file_format": "xlsx"})

    book = openpyxl.load_workbook(io.BytesIO(_body(response)))
    assert book.sheetnames == ["北社区"]
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert filled.household.number in cells
    assert filled.far_household.number not in cells


def test_who_took_a_list_away_is_kept(clerk: Client, filled: SmallTown) -> None:
    _body(clerk.post(reverse("ledger:export", args=["closed"]), {"file_format": "csv"}))

    entry = Entry.objects.in_town(filled.town.id).get(verb="ledger_exported")

    assert entry.facts["list"] == "closed"


def test_files_are_offered_where_the_right_reaches(
    sign_in: SignIn, clerk: Client, filled: SmallTown
) -> None:
    page = reverse(PAGES[ListKind.VISITS])

    assert clerk.get(page).context["may_export"]
    assert sign_in("secretary").get(page).context["may_export"]


def test_unknown_format_and_refused_people_get_no_file(
    sign_in: SignIn, clerk: Client, filled: SmallTown
) -> None:
    page = reverse("ledger:export", args=["visits"])

    assert clerk.post(page, {"file_format": "doc"}).status_code == 400
    assert clerk.get(page).status_code == 405
    assert sign_in("handler").post(page, {"file_format": "csv"}).status_code == 403
    far = sign_in("far_secretary").post(
        f"{page}?area={filled.place.north.path}", {"file_format": "csv"}
    )
    assert far.status_code == 404


def test_paper_has_a_head_for_every_sheet_and_numbered_rows(
    clerk: Client, filled: SmallTown
) -> None:
    response = clerk.get(reverse("ledger:paper", args=["demands"]), {"state": "counted"})

    text = response.content.decode()
    assert 'class="ledger-paper"' in text
    assert [cells[0].value for cells in response.context["rows"]] == [1, 2, 3]
    assert "计入总数" in text


def test_paper_says_when_it_does_not_hold_all(
    clerk: Client, filled: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bianfang.faces.desk.views.ledger.PAPER_ROWS", 1)

    response = clerk.get(reverse("ledger:paper", args=["visits"]))

    assert len(response.context["rows"]) == 1
    assert "notice-warning" in response.content.decode()


@pytest.mark.parametrize("kind", list(ListKind))
def test_page_keeps_its_budget(kind: ListKind, clerk: Client, filled: SmallTown) -> None:
    _ask(clerk, kind)
    few = _ask(clerk, kind)
    for days in range(2, 6):
        ledger.visited(filled, filled.household, days_ago=days)
        with clock.at(factories.morning(date(2026, 11, 17))):
            factories.written_off(filled)

    assert _ask(clerk, kind) == few
    assert few <= FRAME + 4


def _ask(client: Client, kind: ListKind) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(reverse(PAGES[kind]))
    assert response.status_code == 200
    return len(asked)


def test_area_outside_ones_posts_or_none_at_all_is_not_there(
    sign_in: SignIn, clerk: Client, town: SmallTown
) -> None:
    page = reverse(PAGES[ListKind.DEMANDS])

    assert sign_in("secretary").get(page, {"area": town.place.south.path}).status_code == 404
    assert clerk.get(page, {"area": f"{town.place.town.path}0099"}).status_code == 404


def test_empty_list_says_how_it_fills(clerk: Client) -> None:
    empty = clerk.get(reverse(PAGES[ListKind.VISITS])).content.decode()
    filtered = clerk.get(reverse(PAGES[ListKind.VISITS]), {"since": "2026-11-01"}).content.decode()

    assert 'class="nothing"' in empty
    assert "chip" in filtered


@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "走访备案台账"), ("en", "Visit filing ledger")]
)
def test_ledger_speaks_both_languages(clerk: Client, language: str, word: str) -> None:
    page = reverse(PAGES[ListKind.VISITS])

    assert word in clerk.get(page, headers={"accept-language": language}).content.decode()
