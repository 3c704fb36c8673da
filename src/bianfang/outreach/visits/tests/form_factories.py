"""Workbooks with questions, and a round that asks them."""

from collections.abc import Sequence
from io import BytesIO

from openpyxl import Workbook

from bianfang.kernel import clock
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import SmallTown
from bianfang.outreach.visits.actions import checklists, forms, rounds
from bianfang.outreach.visits.actions.inputs import AnswersInput
from bianfang.outreach.visits.enums import TopicKind
from bianfang.outreach.visits.models import Checklist, Topic
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going

GOOD = {"heating": "coal", "vent": "yes", "rooms": "2", "help": ["fuel", "repair"]}


def workbook(*rows: Sequence[str], columns: Sequence[str] = ("type", "name", "label")) -> bytes:
    """A survey of these rows."""
    book = Workbook()
    page = book.worksheets[0]
    page.title = "survey"
    for row in (columns, *rows):
        page.append(list(row))
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def draft_with(town: SmallTown, content: bytes, name: str = "带题清单") -> Checklist:
    """A checklist in work with one topic and these questions."""
    checklist = checklists.create_checklist(actor=town.clerk, name=name)
    checklists.add_topic(
        actor=town.clerk, checklist_id=checklist.id, kind=TopicKind.ASK, text="取暖"
    )
    forms.load_form(
        actor=town.clerk, checklist_id=checklist.id, file_name="questions.xlsx", content=content
    )
    return checklist


def make_asking(slug: str = "first", content: bytes = b"") -> Going:
    """A round that goes on since a week, with these questions or those of the example."""
    town = towns.make_town(slug)
    towns.assign_all(town)
    households = factories.make_households(town)
    checklist = draft_with(town, content or example_workbook())
    checklist = checklists.publish_checklist(actor=town.clerk, checklist_id=checklist.id)
    round_ = factories.configure(town, factories.plan_round(town), checklist)
    with clock.at(clock.in_town(factories.STARTED, 9)):
        round_ = rounds.start_round(actor=town.clerk, round_id=round_.id)
    topics = {topic.text: topic for topic in Topic.objects.in_town(town.id)}
    return Going(town=town, round=round_, checklist=checklist, topics=topics, households=households)


def answered(going: Going, /, **changes: object) -> AnswersInput:
    """Good answers with some changed; None takes one away."""
    values = {name: value for name, value in {**GOOD, **changes}.items() if value is not None}
    return AnswersInput(checklist_id=going.checklist.id, values=values)
