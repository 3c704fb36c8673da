"""People of a household: adding, changing, moving, leaving; facts; the full numbers."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms.households import (
    EditResidentForm,
    EndResidentForm,
    FactForm,
    HeadForm,
    MoveResidentForm,
    ResidentForm,
    RevealForm,
)
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.register_badges import masked
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.register.households import policies, queries
from bianfang.register.households.actions import facts as fact_actions
from bianfang.register.households.actions import residents as actions
from bianfang.register.households.actions.residents import ResidentInput
from bianfang.register.households.enums import FactKind, FactSource, YesNo
from bianfang.register.households.models import Household, Resident
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Households")


@desk_page(Permission.EDIT_REGISTER)
def add(request: DeskRequest, household_id: UUID) -> HttpResponse:
    """Add a person to a household."""
    household = queries.get_household(actor=request.actor, household_id=household_id)
    policies.check_can_edit_register(request.actor, household.area_path)
    form = ResidentForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.add_resident(
            actor=request.actor, household_id=household.id, person=_typed(form.cleaned_data)
        ),
    ):
        return done(request, _("Added."), _home(request, household.id))
    return show_form(
        request,
        form,
        title=_("Add a person"),
        button=_("Add"),
        back=_home(request, household.id),
        crumbs=_crumbs(request, household),
        explain=_("The identity number decides the date of birth and the sex."),
    )


@desk_page(Permission.EDIT_REGISTER)
def edit(request: DeskRequest, resident_id: UUID) -> HttpResponse:
    """Change what is known of a person; protected numbers stay unless typed anew."""
    person = _editable(request, resident_id)
    shown = ("name", "relation", "sex", "birth_date", "is_away", "away_place", "note")
    form = EditResidentForm(
        request.POST or None, initial={name: getattr(person, name) for name in shown}
    )
    for name, last in (("id_number", person.id_last4), ("phone", person.phone_last4)):
        form.fields[name].help_text = _("Now %(number)s. Type only to change it.") % {
            "number": masked(last)
        }
    if form.is_valid() and attempt(
        form,
        lambda: actions.edit_resident(
            actor=request.actor, resident_id=person.id, person=_retyped(form.cleaned_data)
        ),
    ):
        return done(request, _("Saved."), _home(request, person.household_id))
    return _form(request, form, person, title=_("Change: %(name)s"), button=_("Save"))


@desk_page(Permission.EDIT_REGISTER)
def move(request: DeskRequest, resident_id: UUID) -> HttpResponse:
    """Let a person join another household of the town."""
    person = _editable(request, resident_id)
    form = MoveResidentForm(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data
        target = queries.find_household(actor=request.actor, number=typed["number"])
        if target is None:
            form.add_error("number", _("There is no household %(number)s in your area.") % typed)
        elif attempt(
            form,
            lambda: actions.move_resident(
                actor=request.actor,
                resident_id=person.id,
                household_id=target.id,
                relation=typed["relation"],
            ),
        ):
            return done(request, _("Moved."), _home(request, target.id))
    return _form(request, form, person, title=_("Move: %(name)s"), button=_("Move"))


@desk_page(Permission.EDIT_REGISTER)
def end(request: DeskRequest, resident_id: UUID) -> HttpResponse:
    """Take a person off the register; the history stays."""
    person = _editable(request, resident_id)
    form = EndResidentForm(request.POST or None, initial={"on": clock.today()})
    if form.is_valid() and attempt(
        form,
        lambda: actions.end_resident(
            actor=request.actor, resident_id=person.id, **form.cleaned_data
        ),
    ):
        return done(
            request, _("The person has left the register."), _home(request, person.household_id)
        )
    return _form(
        request,
        form,
        person,
        title=_("Take off the register: %(name)s"),
        button=_("Take off the register"),
        is_serious=True,
    )


@desk_page(Permission.EDIT_REGISTER)
def make_head(request: DeskRequest, resident_id: UUID) -> HttpResponse:
    """Make a member the head of the household."""
    person = _editable(request, resident_id)
    form = HeadForm(request.POST or None)
    if form.is_valid() and attempt(
        form,
        lambda: actions.set_head(actor=request.actor, resident_id=person.id, **form.cleaned_data),
    ):
        return done(request, _("The head has been changed."), _home(request, person.household_id))
    return _form(request, form, person, title=_("Make head: %(name)s"), button=_("Make head"))


@desk_page(Permission.EDIT_REGISTER)
def state_fact(request: DeskRequest, resident_id: UUID) -> HttpResponse:
    """Write down what holds for a person, and since when."""
    person = _editable(request, resident_id)
    form = FactForm(request.POST or None, initial={"as_of": clock.today(), "answer": YesNo.YES})
    if form.is_valid():
        typed = form.cleaned_data
        if attempt(
            form,
            lambda: fact_actions.state_fact(
                actor=request.actor,
                resident_id=person.id,
                kind=typed["kind"],
                value=_value(typed),
                source=FactSource.DESK,
                as_of=typed["as_of"],
            ),
        ):
            return done(request, _("Written down."), _home(request, person.household_id))
    return _form(
        request,
        form,
        person,
        title=_("State a fact: %(name)s"),
        button=_("Write down"),
        explain=_("Only facts of public assistance; they decide who is visited first."),
    )


@never_cache
@desk_page(Permission.REVEAL_IDENTITY)
def reveal(request: DeskRequest, resident_id: UUID) -> HttpResponse:
    """Show the full numbers once, for a reason that goes into the access log."""
    person = queries.get_resident(actor=request.actor, resident_id=resident_id)
    policies.check_can_reveal_identity(request.actor, person.area_path)
    form = RevealForm(request.POST or None)
    if form.is_valid():
        numbers = attempt(
            form,
            lambda: actions.reveal_identity(
                actor=request.actor, resident_id=person.id, reason=form.cleaned_data["reason"]
            ),
        )
        if numbers:
            return show(
                request,
                "desk/register/resident_revealed.html",
                title=_("Full numbers: %(name)s") % {"name": person.name},
                crumbs=_crumbs(request, person.household),
                numbers=numbers,
                back=_home(request, person.household_id),
            )
    return _form(
        request,
        form,
        person,
        title=_("Full numbers: %(name)s"),
        button=_("Show once"),
    )


def _editable(request: DeskRequest, resident_id: UUID) -> Resident:
    person = queries.get_resident(actor=request.actor, resident_id=resident_id)
    policies.check_can_edit_register(request.actor, person.area_path)
    return person


def _typed(data: dict[str, Any]) -> ResidentInput:
    return ResidentInput(**data)


def _retyped(data: dict[str, Any]) -> ResidentInput:
    """An empty number means: as it is; taken out only where that was ticked."""
    data = dict(data)
    for name in ("id_number", "phone"):
        forget = data.pop(f"forget_{name}")
        data[name] = "" if forget else data[name] or None
    return ResidentInput(**data)


def _value(typed: dict[str, Any]) -> str:
    """For a disability the kind and grade as on the certificate, and nothing for none."""
    if typed["kind"] != FactKind.DISABILITY:
        return str(typed["answer"])
    return typed["grade"].strip() if typed["answer"] == YesNo.YES else ""


def _form(
    request: DeskRequest, form: Any, person: Resident, *, title: str, **words: Any
) -> HttpResponse:
    return show_form(
        request,
        form,
        title=title % {"name": person.name},
        back=_home(request, person.household_id),
        crumbs=_crumbs(request, person.household),
        **words,
    )


def _home(request: DeskRequest, household_id: UUID) -> str:
    return address(chosen_path(request), "households:detail", household_id)


def _crumbs(request: DeskRequest, household: Household) -> list[Crumb]:
    top = Crumb(TITLE, address(chosen_path(request), "households:list"))
    return [top, Crumb(str(household), _home(request, household.id))]
