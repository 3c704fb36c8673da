"""The questions of checklists, which version is accepted when, and what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import within
from bianfang.kernel.xlsforms.definition import Form, read_definition
from bianfang.outreach.visits.models import (
    Checklist,
    ChecklistForm,
    Round,
    Visit,
    VisitAnswers,
)
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.people.enums import Permission

KEPT = 32


@dataclass(frozen=True, kw_only=True, slots=True)
class RoundForm:
    """The questions of the round that is going on, as a phone takes them along."""

    checklist_id: UUID
    name: str
    version: int
    definition: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True, slots=True)
class FormInUse:
    """A published form, and the days on which rounds with it were going on."""

    form: Form
    spans: tuple[tuple[date, date | None], ...]

    def was_used_on(self, day: date) -> bool:
        """Whether somebody could begin a visit with these questions on that day.

        A visit keeps the version it was begun with: it may arrive when the round is finished.
        """
        return any(first <= day and (last is None or day <= last) for first, last in self.spans)


def find_form(*, checklist: Checklist) -> ChecklistForm | None:
    """The workbook of a checklist with all that was made of it."""
    rows = ChecklistForm.objects.in_town(checklist.town_id).filter(checklist=checklist)
    found = rows.select_related("loaded_by").first()
    assert found is None or isinstance(found, ChecklistForm)
    return found


def has_form(*, checklist: Checklist) -> bool:
    """Whether a checklist asks questions."""
    rows = ChecklistForm.objects.in_town(checklist.town_id).filter(checklist=checklist)
    return rows.exists()


def get_form(*, checklist: Checklist) -> ChecklistForm:
    """The same, where there has to be one."""
    found = find_form(checklist=checklist)
    if found is None:
        raise NotFoundError(_("This checklist has no workbook with questions."))
    return found


def find_round_form(*, town_id: UUID) -> RoundForm | None:
    """The questions of the round that is going on; None without a round or without questions."""
    active = Round.objects.in_town(town_id).filter(state=RoundState.ACTIVE)
    rows = ChecklistForm.objects.in_town(town_id).filter(definition__isnull=False)
    rows = rows.filter(checklist__in=active.values("checklist"))
    found = rows.select_related("checklist").defer("workbook", "xform").first()
    if found is None:
        return None
    return RoundForm(
        checklist_id=found.checklist_id,
        name=found.checklist.name,
        version=found.checklist.version,
        definition=found.definition or {},
    )


def forms_in_use(*, town_id: UUID, checklist_ids: set[UUID]) -> dict[UUID, FormInUse]:
    """The forms that rounds have used; one query, and one more for each form not read before."""
    if not checklist_ids:
        return {}
    rounds = Round.objects.in_town(town_id).begun().filter(checklist__in=checklist_ids)
    spans: dict[UUID, list[tuple[date, date | None]]] = {}
    for checklist_id, started_at, finished_at in rounds.order_by("number").values_list(
        "checklist_id", "started_at", "finished_at"
    ):
        assert checklist_id is not None
        assert started_at is not None
        last = clock.local(finished_at).date() if finished_at else None
        spans.setdefault(checklist_id, []).append((clock.local(started_at).date(), last))
    found = {}
    for checklist_id, days in spans.items():
        try:
            form = _published_form(town_id, checklist_id)
        except NotFoundError:
            continue
        found[checklist_id] = FormInUse(form=form, spans=tuple(days))
    return found


def has_answers(*, visit: Visit) -> bool:
    """Whether questions of the checklist were answered in the visit."""
    return VisitAnswers.objects.in_town(visit.town_id).filter(visit=visit).exists()


def find_answers(*, visit: Visit) -> tuple[VisitAnswers, Form] | None:
    """What was answered in a visit in scope, and the questions."""
    rows = VisitAnswers.objects.in_town(visit.town_id).filter(visit=visit)
    found = rows.select_related("checklist").first()
    if found is None:
        return None
    return found, _published_form(visit.town_id, found.checklist_id)


def list_answers(*, actor: Actor, checklist: Checklist) -> "QuerySet[VisitAnswers]":
    """The answers to a checklist where the actor may take away ledgers, as they were stored."""
    rows = VisitAnswers.objects.in_town(actor.town_id).filter(checklist=checklist)
    rows = rows.filter(within(actor.reach(Permission.EXPORT_LEDGER), "visit__area_path"))
    return rows.select_related("visit__household").order_by("id")


def get_published_form(*, checklist: Checklist) -> Form:
    """The questions of a published checklist."""
    return _published_form(checklist.town_id, checklist.id)


@lru_cache(maxsize=KEPT)
def _published_form(town_id: UUID, checklist_id: UUID) -> Form:
    """Never changes once published, and is therefore read only once; a refusal is not kept."""
    rows = ChecklistForm.objects.in_town(town_id).filter(
        checklist=checklist_id, checklist__published_on__isnull=False, definition__isnull=False
    )
    definition = rows.values_list("definition", flat=True).first()
    if definition is None:
        raise NotFoundError(_("This checklist has no workbook with questions."))
    return read_definition(definition)
