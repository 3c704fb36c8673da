"""Roll imports: sending, what was understood, problems, differences, decisions, merging."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import roll_page
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, chosen_range
from bianfang.faces.desk.filters import FilterForm, OptionField
from bianfang.faces.desk.forms.rolls import RollForm
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
    show_form,
)
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Column, take_listing
from bianfang.kernel import clock
from bianfang.register.areas import queries as areas
from bianfang.register.people.enums import Permission
from bianfang.register.rolls import exports, queries
from bianfang.register.rolls.actions import intake
from bianfang.register.rolls.enums import DiffDecision, DiffKind
from bianfang.register.rolls.models import RollImport

TITLE = gettext_lazy("Roll import")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
IMPORTS = (
    Column(key="new", label=gettext_lazy("File"), sort=("id",)),
    Column(label=gettext_lazy("As of")),
    Column(label=gettext_lazy("Sent by")),
    Column(label=gettext_lazy("People"), css="num"),
    Column(label=gettext_lazy("State")),
)
PROBLEMS = (
    Column(key="order", label=gettext_lazy("Cell"), sort=("order",)),
    Column(label=gettext_lazy("Column")),
    Column(label=gettext_lazy("What was read")),
    Column(label=gettext_lazy("What it means and how to mend it")),
    Column(label=gettext_lazy("Severity")),
)
DIFFS = (
    Column(label=""),
    Column(key="order", label=gettext_lazy("Household"), sort=("order",)),
    Column(label=gettext_lazy("Name")),
    Column(label=gettext_lazy("Difference")),
    Column(label=gettext_lazy("Before and after")),
    Column(label=gettext_lazy("Decision")),
)


class SeverityFilter(FilterForm):
    """Which problems."""

    severity = OptionField(gettext_lazy("Severity"), roll_page.SEVERITY_LABELS)


class KindFilter(FilterForm):
    """Which differences."""

    kind = OptionField(gettext_lazy("Difference"), DiffKind.choices)


@desk_page(Permission.IMPORT_ROLL)
def roll_list(request: DeskRequest) -> HttpResponse:
    """All imports, the latest first."""
    rows = queries.list_imports(actor=request.actor)
    listing = take_listing(request, rows, columns=IMPORTS, default="-new")
    return show(
        request,
        "desk/rolls/list.html",
        title=TITLE,
        listing=listing,
        rows=[roll_page.line(roll) for roll in listing.rows],
        may_export=request.actor.may(Permission.EXPORT_REGISTER),
    )


@desk_page(Permission.IMPORT_ROLL)
def send(request: DeskRequest) -> HttpResponse:
    """Send a workbook; a job reads it."""
    form = RollForm(request.POST or None, request.FILES or None, initial={"as_of": clock.today()})
    if form.is_valid():
        file = form.cleaned_data["file"]
        roll = attempt(
            form,
            lambda: intake.upload_and_check(
                actor=request.actor,
                file_name=file.name,
                content=file.read(),
                as_of=form.cleaned_data["as_of"],
            ),
        )
        if roll:
            return done(request, _("Sent. It is being read now."), _here(request, roll.id))
    return show_form(
        request,
        form,
        title=_("Send a roll"),
        button=_("Send"),
        back=address(chosen_path(request), "rolls:list"),
        crumbs=_crumbs(request),
        explain=_("Nothing enters the register before you have seen what would change."),
    )


@desk_page(Permission.IMPORT_ROLL)
def detail(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """What was understood and what merging would do; it looks again while a job is at work."""
    roll = queries.get_import(actor=request.actor, roll_id=roll_id)
    summary = roll_page.summary(request, roll)
    if request.htmx and not summary["is_working"]:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _show(request, roll, "detail", **summary)


@desk_page(Permission.IMPORT_ROLL)
def problems(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """What is odd, cell by cell."""
    roll = queries.get_import(actor=request.actor, roll_id=roll_id)
    filters = SeverityFilter(request)
    rows = queries.list_problems(actor=request.actor, roll=roll, severity=filters.value("severity"))
    listing = take_listing(request, rows, columns=PROBLEMS, default="order")
    lines = [roll_page.problem_line(problem) for problem in listing.rows]
    return _show(request, roll, "problems", filters=filters, listing=listing, lines=lines)


@desk_page(Permission.IMPORT_ROLL)
def differences(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """What differs from the register, with what becomes of it."""
    roll = queries.get_import(actor=request.actor, roll_id=roll_id)
    filters = KindFilter(request)
    rows = queries.list_diffs(actor=request.actor, roll=roll, kind=filters.value("kind"))
    listing = take_listing(request, rows, columns=DIFFS, default="order")
    return _show(
        request,
        roll,
        "differences",
        filters=filters,
        listing=listing,
        lines=[roll_page.diff_line(diff) for diff in listing.rows],
        decisions=DiffDecision.choices,
        kind=filters.value("kind"),
        kind_label=roll_page.KIND_LABELS.get(filters.value("kind"), ""),
        count=rows.count(),
        here=request.get_full_path(),
    )


class Decision(forms.Form):
    """The ticked differences, or all of a kind."""

    diffs = forms.Field(widget=forms.MultipleHiddenInput, required=False)
    decision = forms.ChoiceField(choices=DiffDecision.choices, required=False)
    kind = forms.ChoiceField(choices=DiffKind.choices, required=False)
    decision_of_all = forms.ChoiceField(choices=DiffDecision.choices, required=False)


@desk_page(Permission.IMPORT_ROLL)
def decide(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """Apply the ticked differences, or all of a kind; or leave them as they are."""
    roll = queries.get_import(actor=request.actor, roll_id=roll_id)
    form = Decision(request.POST)
    given = form.cleaned_data if form.is_valid() else {}
    kind = given.get("kind", "")
    back = address(chosen_path(request), "rolls:differences", roll.id, kind=kind)
    ids = [UUID(each) for each in given.get("diffs") or () if roll_page.is_uuid(each)]

    def act() -> int:
        if kind and given["decision_of_all"]:
            decision = DiffDecision(given["decision_of_all"])
            return intake.decide_all(
                actor=request.actor, roll_id=roll.id, kind=DiffKind(kind), decision=decision
            )
        decision = DiffDecision(given["decision"])
        return intake.decide_diffs(
            actor=request.actor, roll_id=roll.id, diff_ids=ids, decision=decision
        )

    if (kind and given["decision_of_all"]) or (ids and given["decision"]):
        return attempt_and_tell(request, act, done=_("Noted."), back=back)
    messages.error(request, _("Tick at least one line first."))
    return HttpResponseRedirect(back)


@desk_page(Permission.IMPORT_ROLL)
def check_again(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """Compare once more with the register as it is now."""
    return attempt_and_tell(
        request,
        lambda: intake.request_check(actor=request.actor, roll_id=roll_id),
        done=_("It is being compared again."),
        back=_here(request, roll_id),
    )


@desk_page(Permission.IMPORT_ROLL)
def merge(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """Put it into the register."""
    return attempt_and_tell(
        request,
        lambda: intake.request_merge(actor=request.actor, roll_id=roll_id),
        done=_("It is being merged."),
        back=_here(request, roll_id),
    )


@desk_page(Permission.IMPORT_ROLL)
def discard(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """Give it up."""
    return attempt_and_tell(
        request,
        lambda: intake.discard_roll(actor=request.actor, roll_id=roll_id),
        done=_("Discarded; the workbook is not kept."),
        back=_here(request, roll_id),
    )


@desk_page(Permission.IMPORT_ROLL)
def marked(request: DeskRequest, roll_id: UUID) -> HttpResponse:
    """The office's own workbook with its bad cells marked."""
    roll = queries.get_import(actor=request.actor, roll_id=roll_id)
    content = exports.marked_workbook(actor=request.actor, roll_id=roll.id)
    return _download(content, _("%(name)s, marked.xlsx") % {"name": roll.file_name[:-5]})


@desk_page(Permission.IMPORT_ROLL)
def template(request: DeskRequest) -> HttpResponse:
    """The empty template."""
    content = exports.template_workbook(actor=request.actor)
    return _download(content, _("Household roll template.xlsx"))


@desk_page(Permission.EXPORT_REGISTER)
def export(request: DeskRequest) -> HttpResponse:
    """The roll of the chosen area, as it is imported; a POST, since it is logged."""
    if request.method != "POST":
        return HttpResponseRedirect(address(chosen_path(request), "rolls:list"))
    reach = chosen_range(request, request.actor, Permission.EXPORT_REGISTER)
    area = areas.get_area_at(actor=request.actor, reach=reach)
    content = exports.export_roll(actor=request.actor, area_id=area.id)
    name = _("Household roll of %(area)s, %(day)s.xlsx")
    return _download(content, name % {"area": area.name, "day": clock.today().isoformat()})


def _show(request: DeskRequest, roll: RollImport, page: str, **context: Any) -> HttpResponse:
    return show(
        request,
        f"desk/rolls/{page}.html",
        title=roll.file_name,
        crumbs=_crumbs(request),
        region="rows",
        roll=roll,
        badge_of_roll=roll_page.state_badge(roll),
        tabs=roll_page.tabs(request, roll, page),
        **context,
    )


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(TITLE, address(chosen_path(request), "rolls:list"))]


def _here(request: DeskRequest, roll_id: UUID) -> str:
    return address(chosen_path(request), "rolls:detail", roll_id)


def _download(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers=roll_page.attachment(name))
