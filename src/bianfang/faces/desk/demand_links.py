"""What hangs together with a demand: what was merged, and what came again at its place."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import ngettext

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.mechanisms.ledger.rows import public_wording
from bianfang.mechanisms.longterm import policies as measure_policies
from bianfang.mechanisms.longterm import queries as measures
from bianfang.mechanisms.longterm.workflow import MeasureState
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.enums import PLACE_THEMES
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one, recurrence
from bianfang.outreach.demands.queries.recurrence import Recurrence
from bianfang.outreach.demands.workflow import ANSWERED


@dataclass(frozen=True, kw_only=True, slots=True)
class Merged:
    """A demand that was merged into this one: whose it is, and by which way it came."""

    demand: Demand
    href: str
    proposer: str
    phone_href: str
    asked: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Original:
    """The demand that this one was merged into, and what was answered there."""

    demand: Demand
    href: str
    asked: str
    state: Badge
    is_answered: bool
    reply: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Earlier:
    """An earlier demand that this one repeats."""

    demand: Demand
    href: str
    asked: str
    state: Badge


def absorbed(request: DeskRequest, demand: Demand) -> list[Merged]:
    """Every demand that was merged into this one: each proposer is owed the reply."""
    actor, path = request.actor, chosen_path(request)
    shown = []
    for each in one.list_absorbed(actor=actor, demand=demand):
        merged = each.demand
        sees = policies.can_see_proposer(actor, merged, demand)
        may_call = bool(merged.phone_key) and policies.can_reveal_phone(actor, merged, demand)
        shown.append(
            Merged(
                demand=merged,
                href=address(path, "demands:detail", merged.id) if each.is_in_scope else "",
                proposer=merged.proposer_name
                if sees
                else mask_name(merged.proposer_name, Level.L3),
                phone_href=address(path, "demands:phone", merged.id) if may_call else "",
                asked=merged.content
                if sees
                else public_wording(merged.content, merged.proposer_name),
            )
        )
    return shown


def original(request: DeskRequest, demand: Demand) -> Original | None:
    """Where a merged demand is handled, and the reply that is owed to its proposer as well."""
    into = demand.merged_into
    if into is None:
        return None
    actor = request.actor
    sees = policies.can_see_proposer(actor, into)
    href = address(chosen_path(request), "demands:detail", into.id)
    return Original(
        demand=into,
        href=href if one.is_in_scope(actor=actor, demand_id=into.id) else "",
        asked=content_for(actor, into),
        state=demand_badges.state(into, clock.today()),
        is_answered=into.state in ANSWERED,
        reply=into.reply if sees else public_wording(into.reply, into.proposer_name),
    )


def again(request: DeskRequest, demand: Demand) -> dict[str, Any]:
    """How often it came at this place, or that it came from this house before; what is done."""
    found = recurrence.find_recurrence(actor=request.actor, demand=demand)
    earlier = (
        found.earlier
        if found
        else recurrence.list_from_household(actor=request.actor, demand=demand)
    )
    is_of_place = demand.theme in PLACE_THEMES
    known = list(measures.list_of_demand(actor=request.actor, demand=demand)) if is_of_place else []
    may_raise = found is not None and measure_policies.can_raise_measure(
        request.actor, demand.area_path
    )
    has_open = any(each.state == MeasureState.OPEN for each in known)
    return {
        "again": times_here(found) if found else "",
        "earlier": [_earlier(request, each) for each in earlier],
        "measures": known,
        "raise_href": raise_href(request, demand) if may_raise and not has_open else "",
    }


def times_here(found: Recurrence) -> str:
    """How often it came, and since when."""
    words = ngettext(
        "%(times)d time here since %(day)s", "%(times)d times here since %(day)s", found.times
    )
    return words % {"times": found.times, "day": f"{found.since:%Y-%m-%d}"}


def raise_href(request: DeskRequest, demand: Demand) -> str:
    """The form of a long-term measure for a demand's place and problem; only ids in the address."""
    return address(
        chosen_path(request), "measures:add", place=demand.area_id, category=demand.category_id
    )


def _earlier(request: DeskRequest, demand: Demand) -> Earlier:
    today: date = clock.today()
    return Earlier(
        demand=demand,
        href=address(chosen_path(request), "demands:detail", demand.id),
        asked=content_for(request.actor, demand),
        state=demand_badges.state(demand, today),
    )
