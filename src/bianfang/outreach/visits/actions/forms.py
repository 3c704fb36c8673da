"""The questions of a checklist: loaded from a workbook, removed; frozen with its publication."""

from pathlib import PurePath
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.xlsforms.definition import digest_of
from bianfang.kernel.xlsforms.xform import make_xform
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.enums import Verb
from bianfang.outreach.visits.errors import ChecklistPublishedError
from bianfang.outreach.visits.models import Checklist, ChecklistForm
from bianfang.outreach.visits.queries import checklists, forms
from bianfang.outreach.visits.queries.formbooks import read_workbook

SUFFIX = ".xlsx"
LONGEST_NAME = 200


@transaction.atomic
def load_form(*, actor: Actor, checklist_id: UUID, file_name: str, content: bytes) -> ChecklistForm:
    """Take the questions from an office's workbook, in place of those that were there.

    A workbook with mistakes is kept as well, so that it can be given back with its cells marked;
    it is not usable (`is_usable`), and the checklist cannot be published with it.
    """
    checklist = _get_open(actor, checklist_id)
    if PurePath(file_name).suffix.lower() != SUFFIX:
        raise FieldError(
            "file", _("Send an Excel workbook (.xlsx); in WPS or Excel choose “Save as”.")
        )
    definition = read_workbook(content).definition
    ChecklistForm.objects.in_town(actor.town_id).filter(checklist=checklist).delete()
    form: ChecklistForm = ChecklistForm.objects.create(
        town_id=actor.town_id,
        checklist=checklist,
        workbook_name=PurePath(file_name).name[-LONGEST_NAME:],
        workbook=content,
        definition=definition,
        xform=make_xform(content) if definition else "",
        digest=digest_of(definition) if definition else "",
        loaded_by_id=actor.person_id,
        loaded_at=clock.now(),
    )
    _tell(actor, Verb.FORM_LOADED, checklist, workbook=form.workbook_name, usable=form.is_usable)
    return form


@transaction.atomic
def remove_form(*, actor: Actor, checklist_id: UUID) -> None:
    """Ask no questions with this version of the checklist."""
    checklist = _get_open(actor, checklist_id)
    form = forms.get_form(checklist=checklist)
    name = form.workbook_name
    ChecklistForm.objects.in_town(actor.town_id).filter(id=form.id).delete()
    _tell(actor, Verb.FORM_REMOVED, checklist, workbook=name)


def _get_open(actor: Actor, checklist_id: UUID) -> Checklist:
    checklist = checklists.get_checklist_for_update(actor=actor, checklist_id=checklist_id)
    policies.check_can_manage_rounds(actor)
    if checklist.published_on:
        raise ChecklistPublishedError(str(checklist))
    return checklist


def _tell(actor: Actor, verb: Verb, checklist: Checklist, **facts: object) -> None:
    about = {"name": checklist.name, "version": checklist.version, **facts}
    journal.record(actor=actor, verb=verb, target=checklist, facts=about)
