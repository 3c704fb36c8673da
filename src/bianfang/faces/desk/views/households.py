"""Households: the list with its search, one household, and what changes it as a whole."""

import re
from uuid import UUID

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import choices, household_page, register_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, chosen_range, place
from bianfang.faces.desk.changed import ChangedField, show_what_changed
from bianfang.faces.desk.filters import FilterForm, OptionField, SearchField
from bianfang.faces.desk.forms.households import (
    EndHouseholdForm,
    FindForm,
    HouseholdForm,
    LivingStatusForm,
    NewHouseholdForm,
)
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Column, take_listing
from bianfang.kernel import clock
from bianfang.kernel.errors import ChangedError
from bianfang.register.households import policies, queries
from bianfang.register.households.actions import households as actions
from bianfang.register.households.enums import LivingStatus, Priority
from bianfang.register.households.models import Household
from bianfang.register.households.queries import HouseholdFilter
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Households")
COUNTED = "counted"
_PROTECTED = re.compile(r"\s*(1\d{10}|\d{15}|\d{17}[\dXx])\s*")
"""A phone or an identity number, which do not belong into an address."""
_NOBODY = gettext_lazy("Nobody in your areas has this number.")
COLUMNS = (
    Column(key="number", label=gettext_lazy("Number"), sort=("number",)),
    Column(key="head", label=gettext_lazy("Head"), sort=("head_pinyin", "number")),
    Column(key="place", label=gettext_lazy("Place"), sort=("area_path", "number")),
    Column(label=gettext_lazy("House number")),
    Column(label=gettext_lazy("Members"), css="num"),
    Column(label=gettext_lazy("Best time")),
    Column(label=gettext_lazy("Order of visits")),
    Column(label=gettext_lazy("Living status")),
)


class HouseholdFilterForm(FilterForm):
    """Which households."""

    text = SearchField(gettext_lazy("Name, pinyin, household number, house number"))
    status = OptionField(
        gettext_lazy("Living status"),
        [(COUNTED, gettext_lazy("Resident households")), *LivingStatus.choices],
    )
    priority = OptionField(gettext_lazy("Order of visits"), Priority.choices)
    ended = forms.BooleanField(label=gettext_lazy("Left the register"))


@desk_page(Permission.VIEW_REGISTER)
def household_list(request: DeskRequest) -> HttpResponse:
    """The households of one's areas."""
    filters = HouseholdFilterForm(request)
    words = filters.value("text")
    is_protected = bool(_PROTECTED.fullmatch(words))
    wanted = HouseholdFilter(
        text="" if is_protected else words,
        reach=chosen_range(request, request.actor, Permission.VIEW_REGISTER),
        living_status=filters.value("status"),
        priority=filters.value("priority"),
        is_ended=bool(filters.value("ended")),
    )
    rows = queries.list_households(actor=request.actor, filters=wanted)
    listing = take_listing(request, rows, columns=COLUMNS, default="place")
    return show(
        request,
        "desk/register/household_list.html",
        title=TITLE,
        region="rows",
        filters=filters,
        listing=listing,
        count=rows.count(),
        rows=[_row(request, household) for household in listing.rows],
        may_add=request.actor.may(Permission.EDIT_REGISTER),
        is_protected=is_protected,
    )


@desk_page(Permission.VIEW_REGISTER)
def find(request: DeskRequest) -> HttpResponse:
    """Find a household by the whole identity number or phone of one of its people."""
    form = FindForm(request.POST or None)
    if form.is_valid():
        wanted = HouseholdFilter(text=form.cleaned_data["number"])
        found = queries.list_households(actor=request.actor, filters=wanted)[:2]
        if len(found) == 1:
            return HttpResponseRedirect(_here(request, found[0]))
        sentence = _("Several households have this number; search by name.") if found else _NOBODY
        form.add_error("number", sentence)
    return show_form(
        request,
        form,
        title=_("Find by number"),
        button=_("Find"),
        back=address(chosen_path(request), "households:list"),
        crumbs=_crumbs(request),
    )


@desk_page(Permission.VIEW_REGISTER)
def detail(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """One household with everything that is known of it."""
    household = queries.get_household(actor=request.actor, household_id=household_id)
    return show(
        request,
        "desk/register/household_detail.html",
        title=_("Household %(number)s %(head)s")
        % {"number": household.number, "head": household.head_name},
        crumbs=_crumbs(request),
        **household_page.prepare(request, household),
    )


@desk_page(Permission.EDIT_REGISTER)
def add(request: DeskRequest) -> HttpResponse:
    """Put a household on the register."""
    form = NewHouseholdForm(request.POST or None)
    form.fields["hamlet_id"].offer(choices.hamlets(request, Permission.EDIT_REGISTER))  # type: ignore[attr-defined]  # an IdChoice
    if form.is_valid():
        household = attempt(
            form, lambda: actions.create_household(actor=request.actor, **form.cleaned_data)
        )
        if household:
            return done(request, _("Added. Now name the people."), _here(request, household))
    return show_form(
        request,
        form,
        title=_("Add a household"),
        button=_("Add"),
        back=address(chosen_path(request), "households:list"),
        crumbs=_crumbs(request),
        draft="household-new",
    )


@desk_page(Permission.EDIT_REGISTER)
def edit(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Change door, best time and note; what somebody else changed meanwhile is shown."""
    household = queries.get_household(actor=request.actor, household_id=household_id)
    policies.check_can_edit_register(request.actor, household.area_path)
    now = {name: getattr(household, name) for name in HouseholdForm.base_fields}
    form = HouseholdForm(request.POST or None, initial=now)
    conflict, changed = "", list[ChangedField]()
    if form.is_valid():
        try:
            if attempt(
                form,
                lambda: actions.edit_household(
                    actor=request.actor, household_id=household.id, **form.cleaned_data
                ),
                passing=ChangedError,
            ):
                return done(request, _("Saved."), _here(request, household))
        except ChangedError as error:
            conflict = str(error)
            form, changed = show_what_changed(form, now)
    return show_form(
        request,
        form,
        title=_("Change: household %(number)s") % {"number": household.number},
        button=_("Save"),
        back=_here(request, household),
        crumbs=_crumbs(request, household),
        draft=f"household-{household.id}",
        conflict=conflict,
        changed=changed,
    )


@desk_page(Permission.EDIT_REGISTER)
def status(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Say whether people live there; an active round is told."""
    household = queries.get_household(actor=request.actor, household_id=household_id)
    policies.check_can_edit_register(request.actor, household.area_path)
    now = {"status": household.living_status, "status_reason": household.status_reason}
    form = LivingStatusForm(request.POST or None, initial=now)
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_living_status(
            actor=request.actor,
            household_id=household.id,
            status=form.cleaned_data["status"],
            reason=form.cleaned_data["status_reason"],
        ),
    ):
        return done(request, _("Saved."), _here(request, household))
    return show_form(
        request,
        form,
        title=_("Living status: household %(number)s") % {"number": household.number},
        button=_("Save"),
        back=_here(request, household),
        crumbs=_crumbs(request, household),
        explain=_(
            "Households that live here or work away count as resident households. A round that has "
            "started keeps its list; the change is noted beside it."
        ),
    )


@desk_page(Permission.EDIT_REGISTER)
def end(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Take a household off the register; its history stays."""
    household = queries.get_household(actor=request.actor, household_id=household_id)
    policies.check_can_edit_register(request.actor, household.area_path)
    form = EndHouseholdForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_household(
            actor=request.actor, household_id=household.id, **form.cleaned_data
        ),
    ):
        return done(request, _("The household has left the register."), _here(request, household))
    return show_form(
        request,
        form,
        title=_("Take off the register: household %(number)s") % {"number": household.number},
        button=_("Take off the register"),
        back=_here(request, household),
        crumbs=_crumbs(request, household),
        is_serious=True,
    )


def _row(request: DeskRequest, household: Household) -> dict[str, object]:
    return {
        "household": household,
        "place": place(request, household.area_path),
        "status": register_badges.living_status(household),
        "priority": register_badges.priority(household),
    }


def _here(request: DeskRequest, household: Household) -> str:
    return address(chosen_path(request), "households:detail", household.id)


def _crumbs(request: DeskRequest, household: Household | None = None) -> list[Crumb]:
    top = Crumb(TITLE, address(chosen_path(request), "households:list"))
    return [top, Crumb(str(household), _here(request, household))] if household else [top]
