"""Workbooks about checklists: the answers that visits brought, and an example to begin with."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.documents.table import CellValue, Column, ColumnKind, Paper, Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.kernel.masking.scan import redact, scan_free_text
from bianfang.kernel.xlsforms.definition import ANSWERED, Form, Kind, Question
from bianfang.kernel.xlsforms.wording import answer_words, without_mentions
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions.answering import language
from bianfang.outreach.visits.enums import Verb
from bianfang.outreach.visits.models import Checklist, VisitAnswers
from bianfang.outreach.visits.queries import checklists, forms

_WIDE, _NARROW = 24, 14
_CHUNK = 500


@dataclass(frozen=True, kw_only=True, slots=True)
class _Asked:
    """The questions that become columns: of each visit, or of each entry of a repeat."""

    form: Form
    questions: Sequence[Question]
    language: str

    def columns(self) -> list[Column]:
        return [
            Column(
                key=one.name,
                title=without_mentions(self.form.words(one.labels, self.language)) or one.name,
                width=_WIDE if one.kind is Kind.TEXT else _NARROW,
            )
            for one in self.questions
        ]

    def cells(
        self, kept: Mapping[str, object], computed: Mapping[str, object], head: str, prefix: str
    ) -> list[CellValue]:
        found: list[CellValue] = []
        for one in self.questions:
            is_computed = one.kind is Kind.CALCULATE
            value = computed.get(f"{prefix}{one.name}") if is_computed else kept.get(one.name)
            words = answer_words(self.form, one, value, self.language)
            is_free = one.kind is Kind.TEXT
            found.append(redact(words, scan_free_text(words, [head])) if is_free else words)
        return found


@transaction.atomic
def export_answers(*, actor: Actor, checklist_id: UUID) -> tuple[str, bytes]:
    """Name and content of the workbook: one row a visit, heads of households masked.

    Files leave the house, so they are masked for every reader; who took one is kept.
    """
    checklist = checklists.get_checklist(actor=actor, checklist_id=checklist_id)
    policies.check_can_export_answers(actor)
    form = forms.get_published_form(checklist=checklist)
    rows = forms.list_answers(actor=actor, checklist=checklist)
    facts = {"name": checklist.name, "version": checklist.version, "visits": rows.count()}
    journal.record(actor=actor, verb=Verb.ANSWERS_EXPORTED, target=checklist, facts=facts)
    target = BytesIO()
    write_workbook(target, [*_tables(checklist, form, list(rows.iterator(_CHUNK)))])
    return f"{checklist.name.replace('/', '-')}_{clock.today()}.xlsx", target.getvalue()


def _tables(checklist: Checklist, form: Form, rows: Sequence[VisitAnswers]) -> Iterator[Table]:
    """One sheet of visits, and one for each repeat with the number of the visit's row."""
    asked = _Asked(form=form, questions=_flat(form.questions), language=language())
    yield Table(
        name=_("Visits"),
        title=str(checklist),
        subtitles=[_("As of %(day)s") % {"day": clock.today().isoformat()}],
        columns=[*_visit_columns(), *asked.columns()],
        rows=(
            [*_visit_cells(number, row), *asked.cells(row.answers, row.computed, _head(row), "")]
            for number, row in enumerate(rows, 1)
        ),
        paper=Paper.A3,
    )
    for repeat in form.all_questions():
        if repeat.kind is Kind.REPEAT:
            yield _table_of(repeat, form, rows)


def _table_of(repeat: Question, form: Form, rows: Sequence[VisitAnswers]) -> Table:
    inner = _Asked(form=form, questions=_flat(repeat.questions), language=language())
    return Table(
        name=form.words(repeat.labels, language()) or repeat.name,
        columns=[_number_column(), *inner.columns()],
        rows=(
            [number, *inner.cells(entry, row.computed, _head(row), f"{repeat.name}[{place}]/")]
            for number, row in enumerate(rows, 1)
            for place, entry in enumerate(row.answers.get(repeat.name, ()), 1)
        ),
        paper=Paper.A3,
    )


def _flat(questions: Sequence[Question]) -> list[Question]:
    found: list[Question] = []
    for one in questions:
        if one.kind is Kind.GROUP:
            found += _flat(one.questions)
        elif one.kind in ANSWERED or one.kind is Kind.CALCULATE:
            found.append(one)
    return found


def _number_column() -> Column:
    return Column(key="", title=_("No."), width=6, kind=ColumnKind.INTEGER)


def _visit_columns() -> list[Column]:
    return [
        _number_column(),
        Column(key=" household", title=_("Household"), width=14),
        Column(key=" head", title=_("Head of household"), width=12),
        Column(key=" day", title=_("Day"), width=12, kind=ColumnKind.DATE),
    ]


def _visit_cells(number: int, row: VisitAnswers) -> list[CellValue]:
    household, day = row.visit.household, clock.local(row.visit.happened_at).date()
    return [number, household.number, mask_name(household.head_name, Level.L3), day]


def _head(row: VisitAnswers) -> str:
    return str(row.visit.household.head_name)
