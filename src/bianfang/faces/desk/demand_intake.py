"""The form of a new demand: finding the household, and handing the demand in."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from bianfang.faces.desk import choices
from bianfang.faces.desk.alike import ALIKE, Said, village_of
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms import new_demand
from bianfang.faces.desk.forms.base import IdChoice
from bianfang.faces.desk.forms.demand_rows import categories_offered, refuse_rows
from bianfang.faces.desk.forms.new_demand import NewDemandForm
from bianfang.faces.desk.forms.offers import offer, offer_grouped
from bianfang.faces.desk.requests import DeskRequest, words_sought
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.visits_part import short_place
from bianfang.kernel.errors import DomainError, FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.outreach.demands.actions import intake
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import categories
from bianfang.register.households import queries as households
from bianfang.register.households.models import Household
from bianfang.register.households.queries import HouseholdFilter
from bianfang.register.people.enums import Permission

SEARCH = "search"
MOST_FOUND = 8


@dataclass(frozen=True, kw_only=True, slots=True)
class IntakeDesk:
    """The form, and the households that were found for what was typed."""

    form: NewDemandForm
    found: list[Household]
    has_more: bool
    is_search: bool
    is_kept: bool


def open_desk(request: DeskRequest, data: QueryDict | None) -> IntakeDesk:
    """An empty form, one for a household whose page was left for it, or what was typed."""
    is_search = data is not None and SEARCH in data
    is_asking = is_search or (data is not None and ALIKE in data)
    initial: dict[str, object] = {"demand_id": new_id()}
    if is_asking and data is not None:
        initial |= {name: data.get(name, "") for name in NewDemandForm.base_fields if name in data}
    form = NewDemandForm(None if is_asking else data, initial=initial)
    offer(form, "area_id", lambda: choices.hamlets(request, Permission.REGISTER_DEMAND))
    by_theme = categories.list_by_theme(actor=request.actor)
    offer_grouped(form, "category_id", categories_offered(by_theme))
    source = data if data is not None else request.GET
    found = _found(request, source)
    field = form.fields["household_id"]
    assert isinstance(field, IdChoice)
    field.choices = [(str(one.id), _words(request, one)) for one in found[:MOST_FOUND]]
    if data is None and found:
        form.initial["household_id"] = str(found[0].id)
    return IntakeDesk(
        form=form,
        found=found[:MOST_FOUND],
        has_more=len(found) > MOST_FOUND,
        is_search=is_search,
        is_kept=data is not None,
    )


def said_so_far(request: DeskRequest, desk: IntakeDesk) -> Said:
    """What was typed, and of which household or place, as far as that is clear."""
    data = request.POST
    said = Said(
        category=data.get("category_id", ""),
        phone=data.get("proposer_phone", ""),
        content=data.get("content", ""),
    )
    if data.get("who") == new_demand.OTHER:
        areas = {str(area.id): path for path, area in request.town_areas.items()}
        return replace(said, village_path=village_of(areas.get(data.get("area_id", ""), "")))
    ticked = [one for one in desk.found if str(one.id) == data.get("household_id")]
    fitting = ticked or desk.found
    if len(fitting) != 1:
        return said
    return replace(said, village_path=village_of(fitting[0].area_path), household_id=fitting[0].id)


def hand_in(request: DeskRequest, desk: IntakeDesk) -> Demand | None:
    """Register it; what is refused is put beside its field."""
    form = desk.form
    is_other = form.cleaned_data["who"] == new_demand.OTHER
    household_id = None if is_other else _chosen(desk)
    if form.errors:
        return None
    try:
        said = form.to_input(household_id)
        if form.cleaned_data["route"] == Route.ONSITE:
            return intake.register_solved(actor=request.actor, demand=said, **form.ending())
        return intake.register(actor=request.actor, demand=said)
    except (NotFoundError, NotAllowedError):
        raise
    except FieldErrors as error:
        _refuse(form, error, is_other=is_other)
    except DomainError as error:
        form.add_error(None, str(error))
    return None


def _found(request: DeskRequest, source: QueryDict) -> list[Household]:
    """The household already chosen, then what fits the words."""
    chosen = source.get("household_id") or source.get("household", "")
    first: list[Household] = []
    if chosen and is_uuid(chosen):
        first = [households.get_household(actor=request.actor, household_id=UUID(chosen))]
    text = words_sought(source.get("household_number"))
    if not text:
        return first
    path = chosen_path(request)
    wanted = HouseholdFilter(text=text, reach=PathRange.under(path) if path else None)
    rows = households.list_households(actor=request.actor, filters=wanted)[: MOST_FOUND + 1]
    return [*first, *(one for one in rows if one not in first)]


def _chosen(desk: IntakeDesk) -> UUID | None:
    """The ticked household, the one of that very number, or the only one that fits."""
    form = desk.form
    ticked: UUID | None = form.cleaned_data["household_id"]
    text = form.cleaned_data["household_number"].strip()
    if ticked or not text:
        return ticked
    exact = [one for one in desk.found if one.number == text]
    fitting = exact or desk.found
    if len(fitting) == 1:
        return fitting[0].id
    if fitting:
        form.add_error("household_number", _("Several households fit; choose one of them."))
    else:
        form.add_error(
            "household_number",
            _("No household of your areas fits. Try other words, or “Not on the register”."),
        )
    return None


def _refuse(form: NewDemandForm, error: FieldErrors, *, is_other: bool) -> None:
    errors = dict(error.errors)
    if not is_other and "place" in errors:
        errors.pop("proposer_name", None)
    names = {"place": "area_id" if is_other else "household_number", "category": "category_id"}
    refuse_rows(form, [], errors, names)


def _words(request: DeskRequest, household: Household) -> str:
    parts = (
        household.head_name or "—",
        household.number,
        short_place(request, household.area_path),
        household.door,
    )
    return " · ".join(part for part in parts if part)
