"""Earlier demands that may be about the same matter, with enough to decide; people decide.

While a demand is being typed they are asked for by POST to the form's own address: that writes
nothing, and neither words nor a phone ever stand in an address or in a log of addresses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpResponse, QueryDict

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.pages import show
from bianfang.faces.desk.requests import DeskRequest, words_sought
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.visits_part import short_place
from bianfang.kernel import clock
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import similar
from bianfang.outreach.demands.queries.similar import Similar

ALIKE = "alike"


@dataclass(frozen=True, kw_only=True, slots=True)
class Suggestion:
    """What is needed to decide: what was asked when and where, how it stands, in whose hands."""

    demand: Demand
    href: str
    asked: str
    place: str
    owner: str
    why: str
    state: Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """A demand as far as it was typed; `village_path` is its village, once that is clear."""

    village_path: str = ""
    household_id: UUID | None = None
    category: str = ""
    phone: str = ""
    content: str = ""


def is_asked(request: DeskRequest) -> bool:
    """Whether the form was sent only to look for the same; nothing is written then."""
    return request.method == "POST" and ALIKE in request.POST


def look(request: DeskRequest, said: Said) -> list[Suggestion]:
    """At most five earlier demands for what was typed so far."""
    found = similar.list_similar(
        actor=request.actor,
        village=PathRange.under(said.village_path) if said.village_path else None,
        category_id=UUID(said.category) if is_uuid(said.category) else None,
        household_id=said.household_id,
        phone=similar.phone_key_typed(said.phone),
        content=words_sought(said.content),
    )
    return suggestions(request, found)


def suggestions(request: DeskRequest, found: Sequence[Similar]) -> list[Suggestion]:
    """Made ready to be shown; who asked is left out where the reader need not know."""
    today, path = clock.today(), chosen_path(request)
    return [
        Suggestion(
            demand=each.demand,
            href=address(path, "demands:detail", each.demand.id),
            asked=content_for(request.actor, each.demand),
            place=short_place(request, each.demand.area_path),
            owner=each.demand.owner_name or "",  # type: ignore[attr-defined]  # annotated by the query
            why=" · ".join(map(str, each.reasons)),
            state=demand_badges.state(each.demand, today),
        )
        for each in found
    ]


def part(request: DeskRequest, said: Said) -> HttpResponse:
    """Only the suggestions, for the page that asks while somebody types."""
    return show(request, "desk/demands/alike.html", title="", alike=look(request, said))


def village_of(hamlet_path: str) -> str:
    """The village of a natural village, by their paths."""
    return hamlet_path[:-STEP]


def row_asked(request: DeskRequest) -> int:
    """Which row of a visit's or group talk's form looks for the same; the first unless told."""
    number = request.POST[ALIKE]
    return int(number) if number.isascii() and number.isdigit() else 0


def of_row(village_path: str, household_id: UUID | None, data: QueryDict, prefix: str) -> Said:
    """What one row of demands says, of a household or only of a village."""
    return Said(
        village_path=village_path,
        household_id=household_id,
        category=data.get(f"{prefix}-category", ""),
        content=data.get(f"{prefix}-content", ""),
    )
