"""The questions of a checklist: loaded, looked at, taken away; their answers on the visit."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.kernel.xlsforms.tests.shared import example
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.actions import checklists, forms
from bianfang.outreach.visits.enums import TopicKind
from bianfang.outreach.visits.models import Checklist, ChecklistForm, VisitAnswers
from bianfang.outreach.visits.queries import forms as queries

FRAME = 4
"""Session, person, posts, areas."""


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


@pytest.fixture
def draft(town: SmallTown) -> Checklist:
    actor = town.actors["clerk"]
    checklist = checklists.create_checklist(actor=actor, name="草稿")
    checklists.add_topic(actor=actor, checklist_id=checklist.id, kind=TopicKind.ASK, text="取暖")
    return checklist


def _to(name: str, *args: object) -> str:
    return reverse(f"checklists:{name}", args=args)


def _send(client: Client, checklist: Checklist, content: bytes, name: str = "题.xlsx") -> str:
    file = SimpleUploadedFile(name, content)
    answer = client.post(_to("load", checklist.id), {"file": file}, follow=True)
    return answer.content.decode()


def _publish(town: SmallTown, draft: Checklist) -> Checklist:
    actor = town.actors["clerk"]
    forms.load_form(
        actor=actor, checklist_id=draft.id, file_name="题.xlsx", content=example_workbook()
    )
    return checklists.publish_checklist(actor=actor, checklist_id=draft.id)


def test_questions_are_loaded_and_seen_in_both_languages(clerk: Client, draft: Checklist) -> None:
    empty = clerk.get(_to("questions", draft.id)).content.decode()

    page = _send(clerk, draft, example_workbook())

    assert _to("example") in empty
    for words in ("主要取暖方式", "How the home is heated", "煤炉", "selected(${help}"):
        assert words in page
    assert "冬季取暖" in clerk.get(_to("paper", draft.id)).content.decode()
    detail = clerk.get(_to("detail", draft.id), headers={"accept-language": "en"})
    assert "5 questions want an answer" in detail.content.decode()


def test_cells_that_are_in_the_way_are_all_named_and_given_back_marked(
    clerk: Client, draft: Checklist
) -> None:
    page = _send(clerk, draft, example("checklist-unsupported.xlsx"))

    for cell in ("P6", "N8", "N9", "N11", "J12", "P13", "K14"):
        assert f"survey {cell}" in page
    marked = clerk.get(_to("marked", draft.id))
    assert load_workbook(BytesIO(marked.content))["survey"]["K14"].comment is not None
    assert "mend them" in _english(clerk, _to("detail", draft.id))
    assert "survey P6" in _english(clerk, _to("questions", draft.id))


def _english(client: Client, address: str) -> str:
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def test_another_file_is_refused_beside_the_field(clerk: Client, draft: Checklist) -> None:
    assert 'id="id_file_error"' in _send(clerk, draft, b"nothing")
    assert 'id="id_file_error"' in clerk.post(_to("load", draft.id)).content.decode()
    assert not ChecklistForm.objects.in_town(draft.town_id).exists()


def test_workbook_and_xform_are_taken_away_as_they_are(
    clerk: Client, sign_in: SignIn, town: SmallTown, draft: Checklist
) -> None:
    checklist = _publish(town, draft)

    book = sign_in("secretary").get(_to("workbook", checklist.id))
    xform = sign_in("secretary").get(_to("xform", checklist.id))

    assert book.content == bytes(queries.get_form(checklist=checklist).workbook)
    assert xform.content.startswith(b"<?xml")
    assert "xml" in xform.headers["Content-Disposition"]
    assert load_workbook(BytesIO(clerk.get(_to("example")).content)).sheetnames[0] == "survey"
    assert clerk.get(_to("xform", town.round.checklist_id)).status_code == 404


def test_questions_are_removed_from_a_draft_only(
    clerk: Client, town: SmallTown, draft: Checklist
) -> None:
    _send(clerk, draft, example_workbook())
    clerk.post(_to("remove_form", draft.id))
    assert not queries.has_form(checklist=draft)

    published = _publish(town, draft)
    clerk.post(_to("remove_form", published.id))

    assert queries.has_form(checklist=published)
    assert _to("load", published.id) not in _english(clerk, _to("questions", published.id))


def test_whoever_may_not_change_it_sees_that_there_is_none(
    sign_in: SignIn, town: SmallTown
) -> None:
    page = _english(sign_in("secretary"), _to("questions", town.round.checklist_id))

    assert "No questions" in page


def test_answers_stand_on_the_visit_and_leave_as_a_workbook(
    clerk: Client, town: SmallTown, draft: Checklist
) -> None:
    checklist = _publish(town, draft)
    visit = things.visited(town)
    address = reverse("visits:detail", args=[visit.id])
    with CaptureQueriesContext(connection) as before:
        assert "冬季取暖" not in clerk.get(address).content.decode()

    VisitAnswers.objects.create(
        town_id=visit.town_id,
        visit=visit,
        checklist=checklist,
        answers={"heating": "coal", "rooms": 2, "help": ["fuel"]},
        computed={"help_count": 1},
    )

    page = clerk.get(address, headers={"accept-language": "zh-hans"}).content.decode()
    assert "主要取暖方式" in page
    assert "煤炉" in page
    assert len(before) <= FRAME + 14
    book = clerk.post(_to("answers", checklist.id))
    assert book.headers["Content-Type"].endswith("sheet")
    assert load_workbook(BytesIO(book.content)).worksheets[0].max_row >= 3


def test_the_form_of_a_visit_says_where_questions_are_asked(clerk: Client, town: SmallTown) -> None:
    address = reverse("visits:record", args=[town.household.id])
    line = "asked on the phone page"
    assert line not in _english(clerk, address)
    round_ = town.round
    assert round_.checklist_id is not None
    assert round_.started_at is not None
    ChecklistForm.objects.create(
        town_id=round_.town_id,
        checklist_id=round_.checklist_id,
        workbook_name="题.xlsx",
        workbook=example_workbook(),
        loaded_by=town.staff["clerk"],
        loaded_at=round_.started_at,
    )

    assert line in _english(clerk, address)


@pytest.mark.parametrize("page", ["questions", "detail", "paper"])
def test_pages_keep_within_their_budget(
    clerk: Client, town: SmallTown, draft: Checklist, page: str
) -> None:
    checklist = _publish(town, draft)
    clerk.get(_to(page, checklist.id))

    with CaptureQueriesContext(connection) as asked:
        clerk.get(_to(page, checklist.id))

    assert len(asked) <= FRAME + 5
