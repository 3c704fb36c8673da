from dataclasses import replace
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from openpyxl import load_workbook

from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.outreach.visits import exports
from bianfang.outreach.visits.actions import corrections, recording
from bianfang.outreach.visits.actions.inputs import AnswersInput
from bianfang.outreach.visits.enums import Verb, VisitOutcome
from bianfang.outreach.visits.errors import SentTwiceError
from bianfang.outreach.visits.models import VisitAnswers
from bianfang.outreach.visits.queries import forms
from bianfang.outreach.visits.tests import factories, form_factories
from bianfang.outreach.visits.tests.factories import Going, corrected, meet, told
from bianfang.outreach.visits.tests.form_factories import answered


@pytest.fixture
def asking(db: None) -> Going:
    return form_factories.make_asking()


def stored(going: Going) -> list[VisitAnswers]:
    return list(VisitAnswers.objects.in_town(going.id).order_by("id"))


def test_answers_are_stored_in_their_plain_form_with_what_follows(asking: Going) -> None:
    visit = meet(asking, answers=answered(asking, rooms=" 2 ", help_other="不会留下"))

    (row,) = stored(asking)
    assert (row.visit_id, row.checklist_id, str(row)) == (
        visit.id,
        asking.checklist.id,
        str(visit.id),
    )
    assert row.answers == {
        "heating": "coal",
        "vent": "yes",
        "rooms": 2,
        "help": ["fuel", "repair"],
    }
    assert row.computed == {"help_count": 2}
    assert forms.has_answers(visit=visit)


def test_wrong_and_missing_answers_are_named_with_the_other_fields(asking: Going) -> None:
    given = told(asking, visitor_ids=(), answers=answered(asking, heating=None, rooms=40, nobody=1))

    with translation.override("zh-hans"), pytest.raises(FieldErrors) as refused:
        recording.record_visit(actor=asking.clerk, visit=given)

    assert set(refused.value.errors) == {
        "visitors",
        "answers-heating",
        "answers-rooms",
        "answers-nobody",
    }
    assert str(refused.value.errors["answers-rooms"]) == "1 到 12 间"


def test_whoever_answers_nothing_misses_nothing(asking: Going) -> None:
    meet(asking, answers=AnswersInput(checklist_id=asking.checklist.id, values={"heating": ""}))

    assert stored(asking) == []


def test_answers_need_a_talk(asking: Going) -> None:
    given = told(asking, outcome=VisitOutcome.CLOSED_DOOR, answers=answered(asking))

    with pytest.raises(FieldErrors) as refused:
        recording.record_visit(actor=asking.clerk, visit=given)

    assert set(refused.value.errors) == {"answers"}


def test_only_questions_of_a_round_of_that_day_are_taken(asking: Going) -> None:
    other = AnswersInput(checklist_id=new_id(), values=form_factories.GOOD)

    with pytest.raises(FieldErrors) as refused:
        recording.record_visit(actor=asking.clerk, visit=told(asking, answers=other))

    assert set(refused.value.errors) == {"answers"}


def test_a_draft_of_a_checklist_without_questions_is_refused(going: Going) -> None:
    given = told(going, answers=AnswersInput(checklist_id=going.checklist.id, values={"a": 1}))

    with pytest.raises(FieldErrors) as refused:
        recording.record_visit(actor=going.clerk, visit=given)

    assert set(refused.value.errors) == {"answers"}


def test_a_repeat_is_one_and_other_answers_are_another_visit(asking: Going) -> None:
    given = told(asking, visit_id=new_id(), answers=answered(asking))
    first = recording.record_visit(actor=asking.clerk, visit=given)
    turned = dict(reversed(list(answered(asking).values.items())))
    same = replace(given, answers=AnswersInput(checklist_id=asking.checklist.id, values=turned))

    again = recording.record_visit(actor=asking.clerk, visit=same)

    assert (again.id, again.is_repeat, len(stored(asking))) == (first.id, True, 1)
    with pytest.raises(SentTwiceError):
        recording.record_visit(
            actor=asking.clerk, visit=replace(given, answers=answered(asking, rooms=3))
        )


def test_many_visits_store_their_answers_at_once(asking: Going) -> None:
    numbers = ("1001", "1002", "1003", "2001")
    lines = [told(asking, number, answers=answered(asking)) for number in numbers]
    lines.append(told(asking, "3001", answers=answered(asking, heating="wood")))

    with CaptureQueriesContext(connection) as few:
        results = recording.bulk_record_visits(actor=asking.clerk, visits=lines)

    assert [bool(result.errors) for result in results] == [False] * 4 + [True]
    assert len(stored(asking)) == 4
    assert len(few) <= 25


def test_a_correction_keeps_the_answers(asking: Going) -> None:
    visit = meet(asking, answers=answered(asking))
    given = told(asking, note="补记")

    corrections.correct_visit(
        actor=asking.clerk, visit_id=visit.id, correction=corrected(given), reason="补"
    )

    assert len(stored(asking)) == 1
    with pytest.raises(FieldErrors) as refused:
        corrections.correct_visit(
            actor=asking.clerk,
            visit_id=visit.id,
            correction=corrected(given, outcome=VisitOutcome.CLOSED_DOOR),
            reason="错",
        )
    assert set(refused.value.errors) == {"outcome"}


def test_answers_of_a_visit_are_found_with_their_questions(asking: Going) -> None:
    visit, other = meet(asking, answers=answered(asking)), meet(asking, "1002")

    found = forms.find_answers(visit=visit)

    assert found is not None
    assert found[0].answers["heating"] == "coal"
    assert found[1].title == "冬季取暖清单（示例）"
    assert forms.find_answers(visit=other) is None


def test_the_workbook_of_answers_has_one_row_a_visit_and_no_full_name(asking: Going) -> None:
    meet(asking, answers=answered(asking, help=["other"], help_other="电话 10000001234"))
    meet(asking, "2001", answers=answered(asking, heating="gas", rooms=None))

    with translation.override("zh-hans"):
        name, content = exports.export_answers(actor=asking.clerk, checklist_id=asking.checklist.id)

    assert name.startswith("带题清单_")
    page = load_workbook(BytesIO(content)).worksheets[0]
    rows = [[cell for cell in row if cell is not None] for row in page.iter_rows(values_only=True)]
    text = str(rows)
    assert "煤炉" in text
    assert "10000001234" not in text
    for number in ("1001", "2001"):
        head = asking.households[number].head_name
        assert number in text
        assert not head or head not in text
    assert Verb.ANSWERS_EXPORTED


def test_entries_of_a_repeat_have_a_sheet_of_their_own(db: None) -> None:
    rows = (
        ("begin repeat", "trees", "果树"),
        ("text", "kind", "品种"),
        ("integer", "number", "棵数"),
        ("calculate", "rows", "行数", "${number} div 2"),
        ("end repeat",),
        ("calculate", "share", "占比", "1 div count(${trees})"),
    )
    columns = ("type", "name", "label", "calculation")
    going = form_factories.make_asking(content=form_factories.workbook(*rows, columns=columns))
    trees = [{"kind": "梨", "number": 3}, {"kind": "杏", "number": "4"}]
    values = {"trees": trees}
    meet(going, answers=AnswersInput(checklist_id=going.checklist.id, values=values))

    _name, content = exports.export_answers(actor=going.clerk, checklist_id=going.checklist.id)

    (row,) = stored(going)
    assert row.computed == {"trees[1]/rows": 1.5, "trees[2]/rows": 2, "share": 0.5}
    page = load_workbook(BytesIO(content))["果树"]
    lines = [[cell for cell in line if cell] for line in page.iter_rows(values_only=True)]
    assert [1, "梨", "3", "1.5"] in lines
    assert [1, "杏", "4", "2"] in lines


def test_what_cannot_be_computed_is_stored_as_nothing(db: None) -> None:
    rows = (("text", "a", "甲", ""), ("calculate", "b", "", "1 div ${a}"))
    columns = ("type", "name", "label", "calculation")
    going = form_factories.make_asking(content=form_factories.workbook(*rows, columns=columns))

    meet(going, answers=AnswersInput(checklist_id=going.checklist.id, values={"a": "x"}))

    assert stored(going)[0].computed == {"b": None}


def test_answers_are_taken_away_by_those_who_may_take_ledgers(asking: Going) -> None:
    with pytest.raises(NotFoundError):
        exports.export_answers(actor=asking.clerk, checklist_id=new_id())
    powerless = replace(asking.secretary, staff_id=None)
    with pytest.raises(NotAllowedError):
        exports.export_answers(actor=powerless, checklist_id=asking.checklist.id)
    meet(asking, answers=answered(asking))
    meet(asking, "3001", answers=answered(asking))
    seen = forms.list_answers(actor=asking.secretary, checklist=asking.checklist)
    assert len(seen) < len(stored(asking)) == 2
    assert factories.COUNTED
