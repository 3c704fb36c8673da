"""Rolls at the desk: sent, checked by the job, read, decided on, merged, taken away."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from bianfang.faces.desk.tests.conftest import BACKEND
from bianfang.kernel.ids import new_id
from bianfang.kernel.jobs import worker
from bianfang.kernel.journal.models import Entry
from bianfang.register.areas.queries import forget_areas
from bianfang.register.rolls.enums import DiffDecision
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import NEXT_DAY, RollTown, book
from bianfang.register.rolls.tests.workbooks import make_id, person, wife
from bianfang.register.rolls.workflow import RollState

BUDGET = 12


@pytest.fixture(autouse=True)
def place_of_files(settings: Settings, tmp_path: Path) -> None:
    settings.BIANFANG_UPLOADS = tmp_path / "uploads"


@pytest.fixture
def office(db: None) -> RollTown:
    return factories.make_town()


def _browser(office: RollTown, name: str) -> Client:
    client = Client()
    client.force_login(office.staff[name], backend=BACKEND)
    return client


@pytest.fixture
def clerk(office: RollTown) -> Client:
    return _browser(office, "clerk")


def _page(name: str, *args: object) -> str:
    return reverse(f"rolls:{name}", args=args)


def _send(
    client: Client, content: bytes, name: str = "花名册.xlsx", day: str = "2026-03-31"
) -> Any:
    file = SimpleUploadedFile(name, content)
    return client.post(_page("send"), {"file": file, "as_of": day})


def _only(office: RollTown) -> RollImport:
    found = RollImport.objects.in_town(office.town.id).get()
    assert isinstance(found, RollImport)
    return found


def _now(roll: RollImport) -> RollImport:
    roll.refresh_from_db()
    return roll


def _again(office: RollTown) -> RollImport:
    """A second roll: the neighbour's house number changed, the wife is missing."""
    factories.merged(office, book(person(), wife()))
    return factories.checked(office, book(person(门牌号="9巷9号")), as_of=NEXT_DAY)


def test_roll_goes_from_sending_into_the_register(clerk: Client, office: RollTown) -> None:
    sent = _send(clerk, book(person(), wife()))
    roll = _only(office)
    page = _page("detail", roll.id)

    working = clerk.get(page)
    worker.run_next()
    read = clerk.get(page)
    merged = clerk.post(_page("merge", roll.id))
    merging = clerk.get(page)
    worker.run_next()
    done = clerk.get(page)

    assert sent.headers["Location"] == page
    assert [each.context["is_working"] for each in (working, read, merging, done)] == [
        True,
        False,
        True,
        False,
    ]
    assert "花名册" in read.content.decode()
    assert merged.headers["Location"] == page
    assert _now(roll).state == RollState.MERGED
    assert office.names("0101010001") == ["高远", "林芳"]


@pytest.mark.parametrize(
    ("name", "content", "day", "field"),
    [
        ("花名册.xls", b"x", "2026-03-31", "file"),
        ("花名册.xlsx", b"", "2026-03-31", "file"),
        ("花名册.xlsx", b"x", "2027-01-01", "as_of"),
        ("花名册.xlsx", b"x", "2019-01-01", "as_of"),
        ("花名册.xlsx", b"x", "x", "as_of"),
        ("花名册.xlsx", b"x", "", "as_of"),
    ],
)
def test_refused_sending_names_the_field(
    name: str, content: bytes, day: str, field: str, clerk: Client, office: RollTown
) -> None:
    response = _send(clerk, content, name, day)

    assert response.status_code == 200
    assert f'id="id_{field}_error"' in response.content.decode()
    assert not RollImport.objects.in_town(office.town.id).exists()


def test_sending_without_a_file_is_refused(clerk: Client, office: RollTown) -> None:
    response = clerk.post(_page("send"), {"as_of": "2026-03-31"})

    assert 'id="id_file_error"' in response.content.decode()


def test_what_is_no_workbook_fails_with_the_reason_and_can_be_discarded(
    clerk: Client, office: RollTown
) -> None:
    _send(clerk, b"not a workbook")
    worker.run_next()
    roll = _only(office)

    page = clerk.get(_page("detail", roll.id))
    clerk.post(_page("discard", roll.id))

    assert roll.failure
    assert roll.failure in page.content.decode()
    assert _now(roll).state == RollState.DISCARDED


def test_progress_is_swapped_until_the_job_has_ended(clerk: Client, office: RollTown) -> None:
    _send(clerk, book(person()))
    page = _page("detail", _only(office).id)
    headers = {"hx-request": "true", "hx-target": "rows"}

    working = clerk.get(page, headers=headers)
    worker.run_next()
    ended = clerk.get(page, headers=headers)

    assert "<html" not in working.content.decode()
    assert "every 2s" in working.content.decode()
    assert ended.headers["HX-Refresh"] == "true"


def test_odd_cells_are_told_in_words_and_filtered(clerk: Client, office: RollTown) -> None:
    bad = make_id("19700105", 3)[:-1] + "?"
    roll = factories.checked(office, book(person(), wife(公民身份号码=bad)))
    page = _page("problems", roll.id)

    response = clerk.get(page)
    severity = response.context["lines"][0].problem.severity
    narrowed = clerk.get(page, {"severity": severity})
    nonsense = clerk.get(page, {"severity": "x", "sort": "x", "page": "x", "area": "x"})

    assert response.context["lines"]
    assert bad not in response.content.decode()
    assert {line.problem.severity for line in narrowed.context["lines"]} == {severity}
    assert len(nonsense.context["lines"]) == len(response.context["lines"])


def test_differences_show_before_and_after(clerk: Client, office: RollTown) -> None:
    roll = _again(office)

    response = clerk.get(_page("differences", roll.id))
    nonsense = clerk.get(_page("differences", roll.id), {"kind": "x", "sort": "-x", "page": "x"})

    text = response.content.decode()
    assert "1巷1号" in text
    assert "9巷9号" in text
    assert "林芳" in text
    assert len(nonsense.context["lines"]) == len(response.context["lines"]) > 1


def test_ticked_differences_are_decided_on(clerk: Client, office: RollTown) -> None:
    roll = _again(office)
    first, *others = factories.diffs(roll)
    wanted = (
        DiffDecision.SKIP if first.decision == DiffDecision.APPLY else DiffDecision.APPLY
    ).value
    ticked = [str(first.id), "nonsense", str(new_id())]

    response = clerk.post(_page("decide", roll.id), {"diffs": ticked, "decision": wanted})

    decided = {diff.id: diff.decision for diff in factories.diffs(roll)}
    assert response.headers["Location"] == _page("differences", roll.id)
    assert decided[first.id] == wanted
    assert {diff.id: diff.decision for diff in others}.items() <= decided.items()


def test_all_of_a_kind_are_decided_on_at_once(clerk: Client, office: RollTown) -> None:
    roll = _again(office)
    before = {diff.kind: diff.decision for diff in factories.diffs(roll)}
    kind = next(kind for kind, decision in before.items() if decision == DiffDecision.APPLY)
    page = clerk.get(_page("differences", roll.id), {"kind": kind})
    everything = clerk.get(_page("differences", roll.id))

    response = clerk.post(_page("decide", roll.id), {"kind": kind, "decision_of_all": "skip"})

    assert page.content.decode().count('name="decision_of_all"') == 2
    assert 'name="decision_of_all"' not in everything.content.decode()
    assert response.headers["Location"] == f"{_page('differences', roll.id)}?kind={kind}"
    after = {diff.kind: diff.decision for diff in factories.diffs(roll)}
    assert after == {**before, kind: DiffDecision.SKIP}
    assert len(after) > 1


def test_decisions_on_a_merged_roll_are_refused_in_words(clerk: Client, office: RollTown) -> None:
    roll = factories.merged(office, book(person()))

    wanted = {"kind": "household_new", "decision_of_all": "skip"}
    response = clerk.post(_page("decide", roll.id), wanted, follow=True)

    assert [message.level_tag for message in response.context["messages"]] == ["error"]


def test_page_tells_what_merging_did_and_where(clerk: Client, office: RollTown) -> None:
    roll = factories.merged(office, book(person(), wife()))

    context = clerk.get(_page("detail", roll.id)).context

    assert dict(context["counts"])["新增户数"] == 1
    assert dict(context["counts"])["新增人数"] == 2
    [hamlet] = context["hamlets"]
    assert (hamlet.households, hamlet.people) == (1, 2)


@pytest.mark.parametrize("decision", ["", "nonsense"])
def test_unknown_decision_changes_nothing(decision: str, clerk: Client, office: RollTown) -> None:
    roll = _again(office)
    before = [diff.decision for diff in factories.diffs(roll)]
    ticked = [str(diff.id) for diff in factories.diffs(roll)]

    clerk.post(_page("decide", roll.id), {"diffs": ticked, "decision": decision})
    empty = clerk.post(_page("decide", roll.id), {"decision": "apply"})

    assert empty.status_code == 302
    assert [diff.decision for diff in factories.diffs(roll)] == before


def test_merged_roll_takes_no_more_decisions(clerk: Client, office: RollTown) -> None:
    roll = factories.merged(office, book(person()))

    for name in ("merge", "check", "discard"):
        response = clerk.post(_page(name, roll.id), follow=True)

        levels = [message.level_tag for message in response.context["messages"]]
        assert levels == ["error"], name
    assert _now(roll).state == RollState.MERGED


def test_check_is_made_again(clerk: Client, office: RollTown) -> None:
    roll = factories.checked(office, book(person()))

    clerk.post(_page("check", roll.id))
    working = clerk.get(_page("detail", roll.id)).context["is_working"]
    worker.run_next()

    assert working
    assert _now(roll).state == RollState.CHECKED


def test_marked_workbook_is_the_offices_own(clerk: Client, office: RollTown) -> None:
    roll = factories.checked(office, book(person(), wife(性别="不明白")))

    response = clerk.get(_page("marked", roll.id))

    names = openpyxl.load_workbook(BytesIO(response.content)).sheetnames
    assert "花名册" in names
    assert len(names) > 1


def test_discarded_workbook_is_not_there_any_more(
    clerk: Client,
    office: RollTown,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    roll = factories.checked(office, book(person()))
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(_page("discard", roll.id))

    response = clerk.get(_page("marked", roll.id))

    assert response.status_code == 409


def test_template_can_be_sent_as_it_is_filled_in(clerk: Client, office: RollTown) -> None:
    response = clerk.get(_page("template"))

    book_of_office = openpyxl.load_workbook(BytesIO(response.content))
    heads = {cell.value for sheet in book_of_office for row in sheet.iter_rows() for cell in row}
    assert {"户编号", "姓名", "与户主关系"} <= {str(head) for head in heads}


def test_register_is_exported_as_a_roll_and_journaled(clerk: Client, office: RollTown) -> None:
    factories.merged(office, book(person(), wife()))

    link = clerk.get(_page("export"))
    response = clerk.post(_page("export"))

    sheets = openpyxl.load_workbook(BytesIO(response.content))
    cells = {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert link.headers["Location"] == _page("list")
    assert {"高远", "林芳"} <= cells
    assert "filename*=UTF-8''" in response.headers["Content-Disposition"]
    assert Entry.objects.in_town(office.town.id).filter(verb="roll_exported").count() == 1


def test_export_of_a_village_has_its_people_only(clerk: Client, office: RollTown) -> None:
    factories.merged(office, book(person()))
    elsewhere = office.area("沙河村", "village").path

    response = clerk.post(_page("export") + f"?area={elsewhere}")

    sheets = openpyxl.load_workbook(BytesIO(response.content))
    cells = {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row}
    assert "高远" not in cells


def test_list_shows_each_import_with_its_state(clerk: Client, office: RollTown) -> None:
    roll = factories.checked(office, book(person(), wife()))
    RollImport.objects.in_town(office.town.id).filter(id=roll.id).update(uploaded_by=None)

    response = clerk.get(_page("list"), {"sort": "x", "page": "x"})

    assert [row.people for row in response.context["rows"]] == [2]
    assert roll.file_name in response.content.decode()


def test_pages_keep_their_budget_with_a_hundred_rows(clerk: Client, office: RollTown) -> None:
    people = [
        person(
            户编号=f"0101010{place:03d}",
            姓名=f"高{place}",
            户主姓名=f"高{place}",
            公民身份号码=make_id("19700105", 2 * place + 1),
            性别="不明白",
        )
        for place in range(100)
    ]
    factories.merged(office, book(*people))
    moved = [[*line[:3], "新巷", *line[4:]] for line in people]
    roll = factories.checked(office, book(*moved), as_of=NEXT_DAY)
    addresses = [_page("list"), *(_page(n, roll.id) for n in ("detail", "problems", "differences"))]

    asked = {}
    for address in addresses:
        forget_areas()
        with CaptureQueriesContext(connection) as queries:
            assert clerk.get(address).status_code == 200
        asked[address] = len(queries)

    assert len(clerk.get(_page("differences", roll.id)).context["lines"]) == 50
    assert {address: number for address, number in asked.items() if number > BUDGET} == {}


@pytest.mark.parametrize("name", ["detail", "problems", "differences", "marked"])
def test_roll_of_another_town_is_not_there(name: str, office: RollTown) -> None:
    roll = factories.checked(office, book(person()))
    other = factories.make_town("second")

    assert _browser(other, "clerk").get(_page(name, roll.id)).status_code == 404
    assert _browser(office, "secretary").get(_page(name, roll.id)).status_code == 403


def test_nobody_sees_anything_without_signing_in(office: RollTown) -> None:
    roll = factories.checked(office, book(person()))
    gets = [_page("list"), _page("send"), _page("template"), _page("detail", roll.id)]
    posts = [_page("export"), _page("merge", roll.id), _page("discard", roll.id)]

    answers = [*map(Client().get, gets), *map(Client().post, posts)]

    assert {answer.status_code for answer in answers} == {302}
    assert _now(roll).state == RollState.CHECKED
