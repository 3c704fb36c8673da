"""Staff: who serves in the town, with which posts and accounts."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_POST

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.filters import FilterForm, OptionField, SearchField
from bianfang.faces.desk.forms.people import NewStaffForm, PasswordForm, StaffForm
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show,
    show_form,
)
from bianfang.faces.desk.phone_lines import phone_lines
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Column, take_listing
from bianfang.kernel import clock
from bianfang.register.people import actions, policies, queries
from bianfang.register.people.enums import Permission, Role
from bianfang.register.people.models import Post, Staff

TITLE = gettext_lazy("Staff and posts")
COLUMNS = (
    Column(label=pgettext_lazy("of a person", "Name")),
    Column(key="username", label=gettext_lazy("Sign-in name"), sort=("username",)),
    Column(label=gettext_lazy("Posts")),
    Column(label=gettext_lazy("Phone")),
    Column(label=gettext_lazy("Account")),
)


class StaffFilter(FilterForm):
    """Whom to list."""

    text = SearchField(gettext_lazy("Name or sign-in name"))
    role = OptionField(gettext_lazy("Role"), Role.choices)
    closed = forms.BooleanField(label=gettext_lazy("Closed accounts too"))


@dataclass(frozen=True, slots=True)
class Row:
    """A person with the posts of today."""

    staff: Staff
    posts: list[Post] = field(default_factory=list)
    state: Badge | None = None


@desk_page()
def staff_list(request: DeskRequest) -> HttpResponse:
    """Who serves in the town today."""
    filters = StaffFilter(request)
    active = None if filters.value("closed") else True
    rows = queries.list_staff(actor=request.actor, text=filters.value("text"), active=active)
    role = filters.value("role")
    if role:
        holders = queries.current_posts(
            town_id=request.actor.town_id, day=clock.today(), role=Role(role)
        )
        rows = rows.filter(id__in=[post.staff_id for post in holders])
    listing = take_listing(request, rows, columns=COLUMNS, default="username")
    return show(
        request,
        "desk/register/staff_list.html",
        title=TITLE,
        region="rows",
        filters=filters,
        listing=listing,
        people=_with_posts(request, listing.rows),
        may_manage=policies.can_manage_staff(request.actor),
    )


@desk_page()
def detail(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """One person: how to reach, posts now and before."""
    staff = queries.get_staff(actor=request.actor, staff_id=staff_id)
    posts = queries.list_posts(town_id=request.actor.town_id, staff_id=staff.id)
    today = clock.today()
    may_manage = policies.can_manage_staff(request.actor)
    return show(
        request,
        "desk/register/staff_detail.html",
        title=staff.name,
        crumbs=_crumbs(request),
        staff=staff,
        state=_account_state(staff),
        posts=[
            (post, post_state(post), post.valid_to is None or post.valid_to >= today)
            for post in posts
        ],
        phones=phone_lines(request, staff.id) if may_manage else [],
        may_manage=may_manage,
        is_self=staff.id == request.actor.staff_id,
    )


@desk_page(Permission.MANAGE_STAFF)
def add(request: DeskRequest) -> HttpResponse:
    """Make an account; posts follow on the person's page."""
    form = NewStaffForm(request.POST or None)
    if form.is_valid():
        staff = attempt(
            form, lambda: actions.create_staff(actor=request.actor, **form.cleaned_data)
        )
        if staff:
            return done(
                request, _("The account exists. Now give it a post."), _here(request, staff)
            )
    return show_form(
        request,
        form,
        title=_("Add a person"),
        button=_("Add"),
        back=address(chosen_path(request), "staff:list"),
        crumbs=_crumbs(request),
    )


@desk_page(Permission.MANAGE_STAFF)
def edit(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """Change the name or how the person is reached."""
    staff = queries.get_staff(actor=request.actor, staff_id=staff_id)
    now = {"name": staff.name, "phone": staff.phone, "email": staff.email}
    form = StaffForm(request.POST or None, initial=now)
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_staff(actor=request.actor, staff_id=staff.id, **form.cleaned_data),
    ):
        return done(request, _("Saved."), _here(request, staff))
    return show_form(
        request,
        form,
        title=_("Change: %(name)s") % {"name": staff.name},
        button=_("Save"),
        back=_here(request, staff),
        crumbs=_crumbs(request, staff),
    )


@desk_page(Permission.MANAGE_STAFF)
def password(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """Set a forgotten password anew."""
    staff = queries.get_staff(actor=request.actor, staff_id=staff_id)
    form = PasswordForm(request.POST or None)
    if form.is_valid():
        word = form.cleaned_data["password"]
        if attempt(
            form,
            lambda: actions.set_password(actor=request.actor, staff_id=staff.id, password=word),
        ):
            return done(request, _("The new password is set."), _here(request, staff))
    return show_form(
        request,
        form,
        title=_("New password for %(name)s") % {"name": staff.name},
        button=_("Set the password"),
        back=_here(request, staff),
        crumbs=_crumbs(request, staff),
    )


@require_POST
@desk_page(Permission.MANAGE_STAFF)
def close_account(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """Let nobody sign in to it any more; what the person did stays."""
    return _set_active(request, staff_id, _("The account is closed."), active=False)


@require_POST
@desk_page(Permission.MANAGE_STAFF)
def open_account(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """Let the person sign in again."""
    return _set_active(request, staff_id, _("The account is open again."), active=True)


def _set_active(
    request: DeskRequest, staff_id: UUID, sentence: str, *, active: bool
) -> HttpResponse:
    return attempt_and_tell(
        request,
        lambda: actions.set_active(actor=request.actor, staff_id=staff_id, active=active),
        done=sentence,
        back=address(chosen_path(request), "staff:detail", staff_id),
    )


def post_state(post: Post) -> Badge:
    """Whether the post is held today."""
    today = clock.today()
    if post.valid_to is not None and post.valid_to < today:
        return Badge(_("Ended"), "void")
    if post.valid_from > today:
        return Badge(_("Not yet"), "waiting")
    return Badge(_("In force"), "done")


def _with_posts(request: DeskRequest, people: Iterable[Staff]) -> list[Row]:
    people = list(people)
    posts = queries.current_posts(town_id=request.actor.town_id, day=clock.today())
    held: dict[UUID, list[Post]] = defaultdict(list)
    for post in posts.filter(staff__in=[person.id for person in people]):
        held[post.staff_id].append(post)
    return [Row(person, held[person.id], _account_state(person)) for person in people]


def _account_state(staff: Staff) -> Badge | None:
    return None if staff.is_active else Badge(_("Closed"), "void")


def _here(request: DeskRequest, staff: Staff) -> str:
    return address(chosen_path(request), "staff:detail", staff.id)


def _crumbs(request: DeskRequest, staff: Staff | None = None) -> list[Crumb]:
    top = Crumb(TITLE, address(chosen_path(request), "staff:list"))
    return [top, Crumb(staff.name, _here(request, staff))] if staff else [top]
