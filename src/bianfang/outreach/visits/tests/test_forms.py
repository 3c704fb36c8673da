from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bianfang.kernel.errors import FieldError, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.kernel.xlsforms.tests.shared import example
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY, SmallTown
from bianfang.outreach.visits.actions import checklists, forms
from bianfang.outreach.visits.enums import Verb
from bianfang.outreach.visits.errors import ChecklistPublishedError
from bianfang.outreach.visits.models import Checklist
from bianfang.outreach.visits.queries import checklists as checklist_queries
from bianfang.outreach.visits.queries import formbooks
from bianfang.outreach.visits.queries import forms as queries
from bianfang.outreach.visits.tests import form_factories as factories
from bianfang.outreach.visits.tests.factories import Going


@pytest.fixture
def town(db: None) -> SmallTown:
    return towns.make_town()


@pytest.fixture
def draft(town: SmallTown) -> Checklist:
    return factories.draft_with(town, example_workbook())


def load(town: SmallTown, checklist: Checklist, content: bytes, name: str = "b.xlsx") -> None:
    forms.load_form(actor=town.clerk, checklist_id=checklist.id, file_name=name, content=content)


def test_a_loaded_workbook_is_kept_with_all_that_is_made_of_it(
    town: SmallTown, draft: Checklist
) -> None:
    form = queries.get_form(checklist=draft)

    assert form.is_usable
    assert bytes(form.workbook) == example_workbook() or len(form.workbook) > 1000
    assert form.definition is not None
    assert form.definition["title"] == "冬季取暖清单（示例）"
    assert form.xform.startswith("<?xml")
    assert (str(form), form.loaded_by_id) == ("questions.xlsx", town.clerk.staff_id)
    assert len(form.digest) == 64
    assert formbooks.list_problems(form=form) == ()
    assert queries.has_form(checklist=draft)
    assert Entry.objects.filter(verb=Verb.FORM_LOADED).count() == 1


def test_another_workbook_takes_the_place_of_the_first(town: SmallTown, draft: Checklist) -> None:
    load(town, draft, factories.workbook(("text", "a", "甲")))

    form = queries.get_form(checklist=draft)
    assert form.workbook_name == "b.xlsx"
    assert form.definition is not None
    assert [one["name"] for one in form.definition["questions"]] == ["a"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("b.xls", example_workbook()),
        ("b.xlsx", b"no workbook"),
        ("b.xlsx", b"0" * 1_000_001),
    ],
)
def test_another_kind_of_file_is_refused(
    town: SmallTown, draft: Checklist, name: str, content: bytes
) -> None:
    with pytest.raises(FieldError) as refused:
        load(town, draft, content, name)

    assert refused.value.field == "file"
    assert queries.get_form(checklist=draft).workbook_name == "questions.xlsx"


def test_a_workbook_with_mistakes_is_kept_given_back_and_stops_the_publication(
    town: SmallTown, draft: Checklist
) -> None:
    load(town, draft, example("checklist-unsupported.xlsx"))

    form = queries.get_form(checklist=draft)
    assert (form.is_usable, form.xform, form.digest) == (False, "", "")
    problems = formbooks.list_problems(form=form)
    assert [one.cell.address for one in problems] == ["P6", "N8", "N9", "N11", "J12", "P13", "K14"]
    marked = load_workbook(BytesIO(formbooks.marked_workbook(form=form)))
    assert marked["survey"]["P6"].comment is not None
    assert marked["survey"]["C2"].comment is None
    with pytest.raises(MoveError):
        checklists.publish_checklist(actor=town.clerk, checklist_id=draft.id)


@pytest.mark.parametrize(
    ("row", "because"),
    [
        (("integer", "a", "配合程度评分"), "评分"),
        (("text", "score", "说明"), "score"),
        (("text", "a", "What is their attitude"), "attitude"),
    ],
)
def test_nobody_is_scored_and_no_attitude_is_asked_for(
    town: SmallTown, draft: Checklist, row: tuple[str, str, str], because: str
) -> None:
    load(town, draft, factories.workbook(row))

    (problem,) = formbooks.list_problems(form=queries.get_form(checklist=draft))
    assert (problem.because_of, problem.cell.row) == (because, 2)


def test_questions_are_removed_while_the_checklist_is_in_work(
    town: SmallTown, draft: Checklist
) -> None:
    forms.remove_form(actor=town.clerk, checklist_id=draft.id)

    assert queries.find_form(checklist=draft) is None
    with pytest.raises(NotFoundError):
        queries.get_form(checklist=draft)
    with pytest.raises(NotFoundError):
        forms.remove_form(actor=town.clerk, checklist_id=draft.id)


def test_publication_freezes_the_questions_and_the_next_version_begins_with_them(
    town: SmallTown, draft: Checklist
) -> None:
    with pytest.raises(NotFoundError):
        queries.get_published_form(checklist=draft)
    published = checklists.publish_checklist(actor=town.clerk, checklist_id=draft.id)

    with pytest.raises(ChecklistPublishedError):
        load(town, draft, example_workbook())
    with pytest.raises(ChecklistPublishedError):
        forms.remove_form(actor=town.clerk, checklist_id=draft.id)
    new = checklists.new_version(actor=town.clerk, checklist_id=published.id)
    first, second = queries.get_form(checklist=published), queries.get_form(checklist=new)
    assert (first.digest, first.workbook_name) == (second.digest, second.workbook_name)
    assert first.id != second.id
    assert queries.get_published_form(checklist=published).title == "冬季取暖清单（示例）"
    load(town, new, factories.workbook(("text", "a", "甲")))
    assert queries.get_form(checklist=published).digest == first.digest


def test_only_the_office_loads_and_removes(town: SmallTown, draft: Checklist) -> None:
    secretary = town.actors["secretary"]

    with pytest.raises(NotAllowedError):
        forms.load_form(
            actor=secretary, checklist_id=draft.id, file_name="a.xlsx", content=example_workbook()
        )
    with pytest.raises(NotAllowedError):
        forms.remove_form(actor=secretary, checklist_id=draft.id)


def test_the_phone_takes_the_questions_of_the_round_that_goes_on(db: None) -> None:
    town = towns.make_town()
    assert queries.find_round_form(town_id=town.id) is None
    going = factories.make_asking("second")

    found = queries.find_round_form(town_id=going.id)

    assert found is not None
    assert (found.checklist_id, found.name, found.version) == (going.checklist.id, "带题清单", 1)
    assert found.definition["questions"][0]["name"] == "intro"


def test_a_version_is_known_on_the_days_of_its_rounds(db: None) -> None:
    going: Going = factories.make_asking()
    ids = {going.checklist.id}

    used = queries.forms_in_use(town_id=going.id, checklist_ids=ids)[going.checklist.id]

    assert used.was_used_on(TODAY)
    assert not used.was_used_on(TODAY - timedelta(days=8))
    assert queries.forms_in_use(town_id=going.id, checklist_ids=set()) == {}
    other = checklist_queries.list_checklists(actor=going.clerk).exclude(id=going.checklist.id)
    assert list(other) == []
