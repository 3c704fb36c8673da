"""Leader groups: who sits in them, which villages they answer for."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import choices
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.forms.assignments import EndForm, MembersForm, NewGroupForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.assignments import MAY_SEE, crumbs, section_tabs
from bianfang.kernel import clock
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.actions import groups as actions
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.assignments.models import GroupMember, LeaderGroup
from bianfang.outreach.assignments.queries import one, tables
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission, Role

LEADING = (Role.PRINCIPAL_LEADER, Role.LEADER)


@desk_page(*MAY_SEE)
def groups(request: DeskRequest) -> HttpResponse:
    """All groups of today with their members and villages."""
    rows = tables.list_groups(actor=request.actor, day=clock.today())
    return show(
        request,
        "desk/assignments/groups.html",
        title=_("Leader groups"),
        crumbs=crumbs(request),
        rows=rows,
        may_manage=policies.can_manage_groups(request.actor),
        tabs=section_tabs(request, "assignments:groups"),
    )


@desk_page(*MAY_SEE)
def detail(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """One group."""
    group = one.get_group(actor=request.actor, group_id=group_id)
    today = clock.today()
    rows = tables.list_groups(actor=request.actor, day=today)
    return show(
        request,
        "desk/assignments/group.html",
        title=group.name,
        crumbs=_crumbs(request),
        group=group,
        state=Badge(_("Ended"), "void") if group.ended_on and group.ended_on < today else None,
        members=one.list_members(group=group, day=today),
        areas=next((row.areas for row in rows if row.group.id == group.id), ()),
        may_manage=policies.can_manage_groups(request.actor) and group.ended_on is None,
    )


@desk_page(Permission.MANAGE_ASSIGNMENTS)
def add(request: DeskRequest) -> HttpResponse:
    """Form a group; its members are set on the next page."""
    form = NewGroupForm(request.POST or None)
    if form.is_valid():
        name = form.cleaned_data["name"]
        group = attempt(form, lambda: actions.create_group(actor=request.actor, name=name))
        if group:
            said = _("%(group)s has been formed. Now name its members.") % {"group": group.name}
            return done(
                request, said, address(chosen_path(request), "assignments:members", group.id)
            )
    return show_form(
        request,
        form,
        title=_("Form a leader group"),
        button=_("Form the group"),
        back=address(chosen_path(request), "assignments:groups"),
        crumbs=_crumbs(request),
    )


@desk_page(Permission.MANAGE_ASSIGNMENTS)
def members(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """Set who sits in the group from a day on."""
    group = one.get_group(actor=request.actor, group_id=group_id)
    form = _members_form(request, group)
    if form.is_valid():
        given = form.cleaned_data
        sitting = attempt(
            form,
            lambda: actions.set_members(
                actor=request.actor,
                group_id=group.id,
                members=_named(form),
                valid_from=given["valid_from"],
            ),
        )
        if sitting is not None:
            return done(request, _("The members are set."), _here(request, group))
    return show_form(
        request,
        form,
        title=_("Members of %(group)s") % {"group": group.name},
        button=_("Save"),
        back=_here(request, group),
        crumbs=_crumbs(request, group),
        explain=_("Who is not ticked leaves the group the day before; the history keeps both."),
    )


@desk_page(Permission.MANAGE_ASSIGNMENTS)
def end(request: DeskRequest, group_id: UUID) -> HttpResponse:
    """Dissolve a group."""
    group = one.get_group(actor=request.actor, group_id=group_id)
    form = EndForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: actions.end_group(actor=request.actor, group_id=group.id, on=on)):
            said = _("%(group)s ends on %(day)s.") % {"group": group.name, "day": on}
            return done(request, said, address(chosen_path(request), "assignments:gaps"))
    return show_form(
        request,
        form,
        title=_("End %(group)s") % {"group": group.name},
        button=_("End the group"),
        back=_here(request, group),
        crumbs=_crumbs(request, group),
        explain=_(
            "That day is the last for its members and for every village it answers for. Those "
            "villages then need another group."
        ),
        is_serious=True,
    )


def _members_form(request: DeskRequest, group: LeaderGroup) -> MembersForm:
    today = clock.today()
    sitting: list[GroupMember] = list(one.list_members(group=group, day=today))
    usual = {member.staff_id: member.staff.name for member in sitting}
    for role in LEADING:
        posts = people.current_posts(town_id=request.actor.town_id, day=today, role=role)
        usual |= {
            post.staff_id: f"{post.staff.name}（{post.title or post.get_role_display()}）"
            for post in posts
        }
    return MembersForm(
        request.POST or None,
        usual=usual.items(),
        people=choices.staff(request),
        initial={
            "members": [str(member.staff_id) for member in sitting],
            "head": next((member.staff_id for member in sitting if member.is_head), None),
            "valid_from": today,
        },
    )


def _named(form: MembersForm) -> list[MemberInput]:
    """Those ticked, somebody else, and the head, who is a member whether ticked or not."""
    given = form.cleaned_data
    named = [UUID(key) for key in given["members"]]
    wanted = dict.fromkeys([*named, *filter(None, [given["other"], given["head"]])])
    return [MemberInput(staff_id=key, is_head=key == given["head"]) for key in wanted]


def _here(request: DeskRequest, group: LeaderGroup) -> str:
    return address(chosen_path(request), "assignments:group", group.id)


def _crumbs(request: DeskRequest, group: LeaderGroup | None = None) -> list[Crumb]:
    top = Crumb(_("Leader groups"), address(chosen_path(request), "assignments:groups"))
    own = [Crumb(group.name, _here(request, group))] if group else []
    return [*crumbs(request), top, *own]
