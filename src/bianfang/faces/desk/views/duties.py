"""Giving and ending duties, standing in, handing over."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bianfang.faces.desk import choices
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, exists_on, place
from bianfang.faces.desk.forms.assignments import AssignForm, EndForm, HandOverForm, StandInForm
from bianfang.faces.desk.forms.offers import Groups
from bianfang.faces.desk.pages import attempt, attempt_and_tell, desk_page, done, show, show_form
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.assignments import crumbs
from bianfang.kernel import clock
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.actions import duties, handover
from bianfang.outreach.assignments.enums import PLACES, Duty
from bianfang.outreach.assignments.models import Responsibility
from bianfang.outreach.assignments.queries import chain, tables
from bianfang.register.areas import queries as areas
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission, Role

ROLES: dict[Duty, Role] = {
    Duty.PRINCIPAL_LEADER: Role.PRINCIPAL_LEADER,
    Duty.VILLAGE_CADRE: Role.VILLAGE_CADRE,
    Duty.VILLAGE_HEAD: Role.VILLAGE_SECRETARY,
}
"""Holders of the role are offered first; others may have the duty too."""


@desk_page(Permission.MANAGE_ASSIGNMENTS)
def give(request: DeskRequest) -> HttpResponse:
    """Let somebody answer for a place. The address may name duty and place."""
    duty = _asked_duty(request)
    form = AssignForm(
        request.POST or None,
        duty=duty,
        areas=_places(request, duty),
        holders=_holders(request, duty),
        initial={"area": request.GET.get("to", ""), "valid_from": clock.today()},
    )
    if form.is_valid():
        given = form.cleaned_data
        row = attempt(
            form,
            lambda: duties.assign(
                actor=request.actor,
                area_id=given["area"],
                duty=duty,
                staff_id=given.get("staff"),
                group_id=given.get("group"),
                valid_from=given["valid_from"],
                valid_to=given["valid_to"],
            ),
        )
        if row:
            said = _("%(duty)s of %(area)s: this is now set.") % {
                "duty": duty.label,
                "area": row.area.name,
            }
            return done(request, said, _after_giving(request, row))
    return show(
        request,
        "desk/assignments/give.html",
        title=_("Let somebody answer for a place"),
        crumbs=crumbs(request),
        form=form,
        duty=duty,
        tabs=_duty_tabs(request, duty),
        back=address(chosen_path(request), "assignments:list"),
    )


@desk_page(Permission.MANAGE_ASSIGNMENTS)
def end(request: DeskRequest, area_id: UUID, responsibility_id: UUID) -> HttpResponse:
    """Let a duty end."""
    row = _get(request, area_id, responsibility_id)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(
            form,
            lambda: duties.end_assignment(actor=request.actor, responsibility_id=row.id, on=on),
        ):
            return done(request, _("It ends on %(day)s.") % {"day": on}, _here(request, row))
    return show_form(
        request,
        form,
        title=_("End: %(duty)s of %(area)s")
        % {"duty": row.get_duty_display(), "area": row.area.name},
        button=_("End it"),
        back=_here(request, row),
        crumbs=crumbs(request, [row.area]),
        explain=_(
            "%(holder)s answers until the end of that day. Name a successor so that no gap is left."
        )
        % {"holder": row.staff or row.group},
        is_serious=True,
    )


@desk_page(Permission.MANAGE_ASSIGNMENTS)
def substitute(request: DeskRequest, area_id: UUID, responsibility_id: UUID) -> HttpResponse:
    """Name who stands in for some days."""
    row = _get(request, area_id, responsibility_id)
    now = {"from_": row.substitute_from or clock.today(), "to": row.substitute_to}
    form = StandInForm(
        request.POST or None,
        people=[pair for pair in choices.staff(request) if pair[0] != row.staff_id],
        initial={**now, "substitute": row.substitute_id},
    )
    if form.is_valid():
        given = form.cleaned_data
        if attempt(
            form,
            lambda: duties.set_substitute(
                actor=request.actor,
                responsibility_id=row.id,
                substitute_id=given["substitute"],
                from_=given["from_"],
                to=given["to"],
            ),
        ):
            return done(request, _("The substitute is named."), _here(request, row))
    return show_form(
        request,
        form,
        title=_("Substitute: %(duty)s of %(area)s")
        % {"duty": row.get_duty_display(), "area": row.area.name},
        button=_("Save"),
        back=_here(request, row),
        crumbs=crumbs(request, [row.area]),
        explain=_("During these days the place counts as answered for, whoever is away."),
    )


@require_POST
@desk_page(Permission.MANAGE_ASSIGNMENTS)
def end_substitute(request: DeskRequest, area_id: UUID, responsibility_id: UUID) -> HttpResponse:
    """The holder is back."""
    row = _get(request, area_id, responsibility_id)
    return attempt_and_tell(
        request,
        lambda: duties.clear_substitute(actor=request.actor, responsibility_id=row.id),
        done=_("Nobody stands in any more."),
        back=_here(request, row),
    )


@desk_page(Permission.MANAGE_ASSIGNMENTS)
def hand_over(request: DeskRequest) -> HttpResponse:
    """Pass on all that a person answers for, as when somebody changes posts."""
    form = HandOverForm(
        request.POST or None,
        people=choices.staff(request),
        initial={"from_staff": request.GET.get("from", ""), "on": clock.today()},
    )
    if form.is_valid():
        given = form.cleaned_data
        rows = attempt(
            form,
            lambda: handover.hand_over(
                actor=request.actor,
                from_staff_id=given["from_staff"],
                to_staff_id=given["to_staff"],
                on=given["on"],
            ),
        )
        if rows is not None:
            here = address(chosen_path(request), "assignments:person", given["to_staff"])
            return done(request, _("Everything has been handed over."), here)
    return show_form(
        request,
        form,
        title=_("Hand over to somebody else"),
        button=_("Hand over"),
        back=address(chosen_path(request), "assignments:list"),
        crumbs=crumbs(request),
        explain=_(
            "Every duty, every seat in a leader group and every standing-in passes on; the first "
            "person's days stay in the history."
        ),
        is_serious=True,
    )


def _asked_duty(request: DeskRequest) -> Duty:
    asked = request.GET.get("duty", "")
    return Duty(asked) if asked in Duty.values else Duty.VILLAGE_CADRE


def _duty_tabs(request: DeskRequest, current: Duty) -> list[Tab]:
    to, path = request.GET.get("to", ""), chosen_path(request)
    return [
        Tab(
            label=duty.label,
            href=address(path, "assignments:give", duty=duty.value, to=to),
            is_current=duty == current,
        )
        for duty in Duty
    ]


def _places(request: DeskRequest, duty: Duty) -> list[tuple[UUID, str]]:
    today = clock.today()
    return [
        (area.id, place(request, area.path) or area.name)
        for area in request.town_areas.values()
        if area.kind in PLACES[duty]
        and exists_on(area, today)
        and policies.can_assign(request.actor, area.path)
    ]


def _holders(request: DeskRequest, duty: Duty) -> Groups:
    today = clock.today()
    if duty == Duty.LEADER_GROUP:
        rows = tables.list_groups(actor=request.actor, day=today)
        return [(_("Leader groups"), [(row.group.id, row.group.name) for row in rows])]
    posts = people.current_posts(town_id=request.actor.town_id, day=today, role=ROLES[duty])
    first = {post.staff_id: f"{post.staff.name}（{post.area or post.unit}）" for post in posts}
    others = [pair for pair in choices.staff(request) if pair[0] not in first]
    return [(ROLES[duty].label, first.items()), (_("Others"), others)]


def _get(request: DeskRequest, area_id: UUID, responsibility_id: UUID) -> Responsibility:
    """The duty of the area, for whoever manages assignments there."""
    area = areas.get_area(actor=request.actor, area_id=area_id)
    rows = chain.list_for_area(actor=request.actor, area_id=area.id)
    row = rows.filter(id=responsibility_id).first()
    if row is None:
        raise NotFoundError(_("There is no such duty in this place."))
    policies.check_can_assign(request.actor, area.path)
    return row


def _here(request: DeskRequest, row: Responsibility) -> str:
    return address(chosen_path(request), "assignments:area", row.area_id)


def _after_giving(request: DeskRequest, row: Responsibility) -> str:
    """Back to the gaps where one has been closed, else to the place."""
    if request.GET.get("gap"):
        return address(chosen_path(request), "assignments:gaps")
    return _here(request, row)
