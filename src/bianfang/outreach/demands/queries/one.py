"""One demand, by its id; out of scope it does not exist."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import ChangedError, NotFoundError
from bianfang.outreach.demands.enums import ExtensionState
from bianfang.outreach.demands.models import CarryOver, Demand, Extension, HalfYearList, Return

NOT_FOUND = _("There is no such demand in your area.")
ON_THE_PAGE = (
    "area",
    "category",
    "due_rule",
    "unit",
    "owner",
    "round",
    "visit",
    "forum",
    "household",
    "registered_by",
    "handled_by",
    "reviewed_by",
    "merged_into",
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Absorbed:
    """A demand that was merged into another, and whether its own page is open to the reader."""

    demand: Demand
    is_in_scope: bool


def get_demand(*, actor: Actor, demand_id: UUID) -> Demand:
    """The demand with all that its page names, in one query; NotFoundError out of scope."""
    rows = Demand.objects.visible_to(actor).select_related(*ON_THE_PAGE)
    return _only(rows.filter(id=demand_id))


def get_demand_for_update(*, actor: Actor, demand_id: UUID, version: int | None = None) -> Demand:
    """The demand, locked, with category and round; refused if it is no longer at `version`."""
    rows = Demand.objects.visible_to(actor).select_related("category", "round", "merged_into")
    demand = _only(rows.select_for_update(of=("self",), no_key=True).filter(id=demand_id))
    if version is not None and demand.version != version:
        raise ChangedError(
            _("Somebody else changed this demand meanwhile. Look at it anew, then try again.")
        )
    return demand


def list_demands_for_update(*, actor: Actor, demand_ids: list[UUID]) -> list[Demand]:
    """Those of the demands that are in scope, locked in one order whoever asks."""
    rows = Demand.objects.visible_to(actor).filter(id__in=demand_ids).order_by("id")
    return list(rows.select_for_update(of=("self",), no_key=True))


def last_returns(*, actor: Actor, demands: Sequence[Demand]) -> dict[UUID, Return]:
    """The latest return of each of these demands that came back, in one query."""
    rows = Return.objects.in_town(actor.town_id).filter(demand__in=[each.id for each in demands])
    rows = rows.select_related("suggested_unit").order_by("id")
    return {each.demand_id: each for each in rows}


def find_own(*, actor: Actor, demand_id: UUID) -> Demand | None:
    """The demand under this id, if the actor registered it already (a repeated sending)."""
    found = Demand.objects.in_town(actor.town_id).filter(id=demand_id).first()
    if found and found.registered_by_id != actor.staff_id:
        raise NotFoundError(NOT_FOUND)
    return found


def list_of_visits(*, actor: Actor, visit_ids: Sequence[UUID]) -> "QuerySet[Demand]":
    """What these visits brought, in the order it was written down."""
    rows = Demand.objects.in_town(actor.town_id).filter(visit__in=visit_ids)
    return rows.select_related("category").order_by("id")


def list_of_forum(*, actor: Actor, forum_id: UUID) -> "QuerySet[Demand]":
    """What a group talk brought, in the order it was written down."""
    rows = Demand.objects.in_town(actor.town_id).filter(forum=forum_id)
    return rows.select_related("category").order_by("id")


def list_merged_into(*, actor: Actor, demand: Demand) -> "QuerySet[Demand]":
    """What was merged into a demand in scope, by number, wherever it came from.

    All of it is answered with the original, by whoever handles that.
    """
    rows = Demand.objects.in_town(actor.town_id).filter(merged_into=demand.id)
    return rows.order_by("number")


def list_absorbed(*, actor: Actor, demand: Demand) -> list[Absorbed]:
    """The demands that were merged into this one, and which of them the actor may open."""
    merged = list(list_merged_into(actor=actor, demand=demand).defer("proposer_phone"))
    if not merged:
        return []
    seen = Demand.objects.visible_to(actor).filter(merged_into=demand.id).order_by("id")
    open_to = set(seen.values_list("id", flat=True))
    return [Absorbed(demand=each, is_in_scope=each.id in open_to) for each in merged]


def is_in_scope(*, actor: Actor, demand_id: UUID) -> bool:
    """Whether the demand's page is open to the actor."""
    return Demand.objects.visible_to(actor).filter(id=demand_id).exists()


def get_with_original(*, actor: Actor, demand_id: UUID) -> tuple[Demand, Demand | None]:
    """The demand and the one it was merged into; in scope for whoever sees either of them."""
    merged = Demand.objects.in_town(actor.town_id).filter(id=demand_id, merged_into__isnull=False)
    found = merged.select_related(*ON_THE_PAGE).first()
    if found is None or found.merged_into_id is None:
        return get_demand(actor=actor, demand_id=demand_id), None
    both = Demand.objects.visible_to(actor).filter(id__in=[demand_id, found.merged_into_id])
    if not both.exists():
        raise NotFoundError(NOT_FOUND)
    return found, found.merged_into


def find_open_extension(*, actor: Actor, demand: Demand) -> Extension | None:
    """The extension that waits for a decision, if there is one."""
    rows = Extension.objects.in_town(actor.town_id).filter(demand=demand.id)
    return rows.filter(state=ExtensionState.ASKED).select_related("asked_by").first()


def get_extension_for_update(*, actor: Actor, extension_id: UUID) -> tuple[Extension, Demand]:
    """The extension and its demand, both locked, the demand first; NotFoundError out of scope."""
    rows = Extension.objects.in_town(actor.town_id).filter(id=extension_id)
    found = rows.values_list("demand_id", flat=True).first()
    if found is None:
        raise NotFoundError(NOT_FOUND)
    demand = get_demand_for_update(actor=actor, demand_id=found)
    return rows.select_for_update(of=("self",), no_key=True).get(), demand


def get_half_year_list(*, actor: Actor, list_id: UUID) -> HalfYearList:
    """A half-year list of the town."""
    found = HalfYearList.objects.in_town(actor.town_id).filter(id=list_id).first()
    if found is None:
        raise NotFoundError(_("There is no such half-year list."))
    assert isinstance(found, HalfYearList)
    return found


def list_half_year_lists(*, actor: Actor) -> "QuerySet[HalfYearList]":
    """All half-year lists of the town, the newest first."""
    return HalfYearList.objects.in_town(actor.town_id).order_by("-year", "-half")


def list_carry_overs(*, actor: Actor, demand: Demand) -> "QuerySet[CarryOver]":
    """The half-year lists that the demand stands on, the first one first."""
    rows = CarryOver.objects.in_town(actor.town_id).filter(demand=demand.id)
    return rows.select_related("half_year_list", "carried_by").order_by("id")


def _only(rows: "QuerySet[Demand]") -> Demand:
    found = rows.first()
    if found is None:
        raise NotFoundError(NOT_FOUND)
    return found
