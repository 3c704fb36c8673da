"""Posts: giving, ending, standing in."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bianfang.faces.desk import choices
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms.people import DayForm, PostForm, SubstituteForm
from bianfang.faces.desk.pages import (
    Crumb,
    attempt,
    attempt_and_tell,
    desk_page,
    done,
    show_form,
)
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.register.people import actions, queries
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff

STAFF = gettext_lazy("Staff and posts")


@desk_page(Permission.MANAGE_STAFF)
def give(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """Give a person a role in an area or a unit."""
    staff = queries.get_staff(actor=request.actor, staff_id=staff_id)
    form = PostForm(request.POST or None, initial={"valid_from": clock.today()})
    form.fields["area_id"].offer(choices.areas(request))  # type: ignore[attr-defined]  # an IdChoice
    form.fields["unit_id"].offer(choices.units(request))  # type: ignore[attr-defined]  # an IdChoice
    if form.is_valid() and attempt(
        form,
        lambda: actions.give_post(actor=request.actor, staff_id=staff.id, **form.cleaned_data),
    ):
        return done(request, _("The post is given."), _here(request, staff.id))
    return show_form(
        request,
        form,
        title=_("Give a post to %(name)s") % {"name": staff.name},
        button=_("Give the post"),
        back=_here(request, staff.id),
        crumbs=_crumbs(request, staff),
        explain=_(
            "A post gives its rights from its first to its last day, and no right without one."
        ),
    )


@desk_page(Permission.MANAGE_STAFF)
def end(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """Let a post end."""
    post = queries.get_post(actor=request.actor, post_id=post_id)
    form = DayForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: actions.end_post(actor=request.actor, post_id=post.id, on=on)):
            return done(
                request, _("The post ends on %(day)s.") % {"day": on}, _here(request, post.staff_id)
            )
    return show_form(
        request,
        form,
        title=_("End: %(role)s") % {"role": post.get_role_display()},
        button=_("End the post"),
        back=_here(request, post.staff_id),
        crumbs=_crumbs(request, post.staff),
        explain=_(
            "Its rights end with that day. What the person answers for should be handed over first."
        ),
        is_serious=True,
    )


@desk_page(Permission.MANAGE_STAFF)
def substitute(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """Name who stands in for some days."""
    post = queries.get_post(actor=request.actor, post_id=post_id)
    now = {"from_": post.substitute_from or clock.today(), "to": post.substitute_to}
    form = SubstituteForm(
        request.POST or None, initial={**now, "substitute_id": post.substitute_id}
    )
    others = [pair for pair in choices.staff(request) if pair[0] != post.staff_id]
    form.fields["substitute_id"].offer(others)  # type: ignore[attr-defined]  # an IdChoice
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_substitute(actor=request.actor, post_id=post.id, **form.cleaned_data),
    ):
        return done(request, _("The substitute is named."), _here(request, post.staff_id))
    return show_form(
        request,
        form,
        title=_("Substitute: %(role)s") % {"role": post.get_role_display()},
        button=_("Save"),
        back=_here(request, post.staff_id),
        crumbs=_crumbs(request, post.staff),
        explain=_("During these days both have the rights of the post."),
    )


@require_POST
@desk_page(Permission.MANAGE_STAFF)
def end_substitute(request: DeskRequest, post_id: UUID) -> HttpResponse:
    """The holder is back."""
    post = queries.get_post(actor=request.actor, post_id=post_id)
    return attempt_and_tell(
        request,
        lambda: actions.clear_substitute(actor=request.actor, post_id=post.id),
        done=_("Nobody stands in any more."),
        back=_here(request, post.staff_id),
    )


def _here(request: DeskRequest, staff_id: UUID) -> str:
    return address(chosen_path(request), "staff:detail", staff_id)


def _crumbs(request: DeskRequest, staff: Staff) -> list[Crumb]:
    top = Crumb(STAFF, address(chosen_path(request), "staff:list"))
    return [top, Crumb(staff.name, _here(request, staff.id))]
