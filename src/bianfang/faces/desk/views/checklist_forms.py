"""The questions of a checklist: loaded from a workbook, looked at, taken away, removed."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.checklist_questions import question_lines
from bianfang.faces.desk.forms.rounds import QuestionsFileForm
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
)
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import attachment
from bianfang.kernel.xlsforms.example import example_workbook
from bianfang.mechanisms.ledger.enums import FileFormat
from bianfang.mechanisms.ledger.exports import CONTENT_TYPES
from bianfang.outreach.visits import exports, policies
from bianfang.outreach.visits.actions import forms as actions
from bianfang.outreach.visits.models import Checklist
from bianfang.outreach.visits.queries import checklists, formbooks, forms
from bianfang.register.people.enums import Permission

XFORM = "application/xml; charset=utf-8"


@desk_page(Permission.VIEW_VISITS)
def questions(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """The questions as people will see them, or the cells that are in the way."""
    return _show(request, _get(request, checklist_id), QuestionsFileForm())


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def load(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """Take the questions from a workbook."""
    checklist = _get(request, checklist_id)
    form = QuestionsFileForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        loaded = attempt(
            form,
            lambda: actions.load_form(
                actor=request.actor,
                checklist_id=checklist.id,
                file_name=file.name,
                content=file.read(),
            ),
        )
        if loaded is not None and loaded.is_usable:
            return done(request, _("The questions are loaded."), _here(request, checklist))
    return _show(request, checklist, form)


@require_POST
@desk_page(Permission.MANAGE_ROUNDS)
def remove(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """Ask no questions with this version."""
    return attempt_and_tell(
        request,
        lambda: actions.remove_form(actor=request.actor, checklist_id=checklist_id),
        done=_("The questions are removed."),
        back=address(chosen_path(request), "checklists:questions", checklist_id),
    )


@desk_page(Permission.VIEW_VISITS)
def workbook(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """The office's workbook as it was sent."""
    form = forms.get_form(checklist=_get(request, checklist_id))
    return _file(form.workbook_name, bytes(form.workbook))


@desk_page(Permission.MANAGE_ROUNDS)
def marked(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """The same with the cells marked that are in the way."""
    form = forms.get_form(checklist=_get(request, checklist_id))
    name = _("%(name)s, marked.xlsx") % {"name": form.workbook_name[:-5]}
    return _file(name, formbooks.marked_workbook(form=form))


@desk_page(Permission.VIEW_VISITS)
def xform(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """The XForm, for other programs that ask questions."""
    form = forms.get_form(checklist=_get(request, checklist_id))
    name = f"{form.workbook_name[:-5]}.xml"
    return HttpResponse(form.xform, content_type=XFORM, headers=attachment(name))


@desk_page(Permission.MANAGE_ROUNDS)
def example(request: DeskRequest) -> HttpResponse:
    """A workbook to begin with."""
    return _file(_("Questions, an example.xlsx"), example_workbook())


@require_POST
@desk_page(Permission.EXPORT_LEDGER)
def answers(request: DeskRequest, checklist_id: UUID) -> HttpResponse:
    """The answers in scope as a workbook; a POST, since it is logged."""
    name, content = exports.export_answers(actor=request.actor, checklist_id=checklist_id)
    return _file(name, content)


def _show(request: DeskRequest, checklist: Checklist, form: QuestionsFileForm) -> HttpResponse:
    stored = forms.find_form(checklist=checklist)
    may_manage = policies.can_manage_rounds(request.actor)
    is_open = checklist.published_on is None
    back = address(chosen_path(request), "checklists:detail", checklist.id)
    return show(
        request,
        "desk/checklists/questions.html",
        title=_("Questions"),
        crumbs=[
            Crumb(_("Checklists"), address(chosen_path(request), "checklists:list")),
            Crumb(str(checklist), back),
        ],
        checklist=checklist,
        stored=stored,
        lines=question_lines(stored) if stored else [],
        problems=formbooks.list_problems(form=stored) if stored else (),
        form=form,
        may_edit=may_manage and is_open,
        may_export=stored is not None
        and not is_open
        and policies.can_export_answers(request.actor),
    )


def _get(request: DeskRequest, checklist_id: UUID) -> Checklist:
    return checklists.get_checklist(actor=request.actor, checklist_id=checklist_id)


def _here(request: DeskRequest, checklist: Checklist) -> str:
    return address(chosen_path(request), "checklists:questions", checklist.id)


def _file(name: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content, content_type=CONTENT_TYPES[FileFormat.XLSX], headers=attachment(name)
    )
