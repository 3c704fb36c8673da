"""Units: the bodies that take demands into their hands or send people out."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import choices
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.forms.people import DayForm, UnitForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.register.people import actions, policies, queries
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Units")


@desk_page()
def units(request: DeskRequest) -> HttpResponse:
    """All units that exist, by kind."""
    return show(
        request,
        "desk/register/unit_list.html",
        title=TITLE,
        units=queries.list_units(actor=request.actor).select_related("area"),
        may_manage=policies.can_manage_staff(request.actor),
    )


@desk_page()
def detail(request: DeskRequest, unit_id: UUID) -> HttpResponse:
    """One unit and who serves in it."""
    unit = queries.get_unit(actor=request.actor, unit_id=unit_id)
    posts = queries.current_posts(town_id=request.actor.town_id, day=clock.today(), unit_id=unit.id)
    return show(
        request,
        "desk/register/unit_detail.html",
        title=unit.name,
        crumbs=_crumbs(request),
        unit=unit,
        state=Badge(_("Closed"), "void") if unit.closed_on else None,
        posts=posts,
        may_manage=policies.can_manage_staff(request.actor) and unit.closed_on is None,
    )


@desk_page(Permission.MANAGE_STAFF)
def add(request: DeskRequest) -> HttpResponse:
    """Add a unit."""
    form = UnitForm(request.POST or None)
    form.fields["area_id"].offer(choices.areas(request))  # type: ignore[attr-defined]  # an IdChoice
    if form.is_valid():
        unit = attempt(form, lambda: actions.create_unit(actor=request.actor, **form.cleaned_data))
        if unit:
            here = address(chosen_path(request), "units:detail", unit.id)
            return done(request, _("%(name)s has been added.") % {"name": unit.name}, here)
    return show_form(
        request,
        form,
        title=_("Add a unit"),
        button=_("Add"),
        back=address(chosen_path(request), "units:list"),
        crumbs=_crumbs(request),
    )


@desk_page(Permission.MANAGE_STAFF)
def close(request: DeskRequest, unit_id: UUID) -> HttpResponse:
    """End a unit in which nobody serves any more."""
    unit = queries.get_unit(actor=request.actor, unit_id=unit_id)
    back = address(chosen_path(request), "units:detail", unit.id)
    form = DayForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid():
        on = form.cleaned_data["on"]
        if attempt(form, lambda: actions.close_unit(actor=request.actor, unit_id=unit.id, on=on)):
            return done(request, _("%(name)s has been closed.") % {"name": unit.name}, back)
    return show_form(
        request,
        form,
        title=_("Close %(name)s") % {"name": unit.name},
        button=_("Close this unit"),
        back=back,
        crumbs=_crumbs(request),
        is_serious=True,
    )


def _crumbs(request: DeskRequest) -> list[Crumb]:
    return [Crumb(TITLE, address(chosen_path(request), "units:list"))]
