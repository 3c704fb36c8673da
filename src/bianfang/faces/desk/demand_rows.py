"""Demands as rows of a list: every word made once, so that a hundred rows are drawn quickly."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.tables import Head, Listing
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.paging import Page
from bianfang.mechanisms.ledger.rows import public_wording
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.enums import DemandSort, Route
from bianfang.outreach.demands.models import Demand
from bianfang.register.areas import queries as areas

ROWS = 50
EXCERPT = 46
NOTHING = "—"
HEADS: tuple[tuple[str | Promise, tuple[DemandSort, ...]], ...] = (
    (_("Number"), (DemandSort.NEWEST, DemandSort.OLDEST)),
    (_("Demand content"), ()),
    (_("Place"), ()),
    (_("Category"), ()),
    (_("Handling"), ()),
    (_("Person in charge"), ()),
    (_("Deadline"), (DemandSort.DUE,)),
    (_("State"), ()),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A demand in a list: what it says, whose it is, how near the deadline is, where it stands."""

    demand: Demand
    href: str
    excerpt: str
    place: str
    category: str
    route: str
    owner: str
    unit: str
    due_on: str
    pressing: Badge | None
    urgency: Badge | None
    state: Badge


def rows_of(request: DeskRequest, demands: Sequence[Demand]) -> list[Row]:
    """Demands, with the names that `lists.with_names` puts beside them, made ready for a list."""
    today, path = clock.today(), chosen_path(request)
    is_english = (get_language() or "").startswith("en")
    routes = {"": NOTHING, **{route.value: str(route.label) for route in Route}}
    place = lru_cache(maxsize=None)(lambda area_path: short_place(request, area_path))
    return [
        Row(
            demand=demand,
            href=address(path, "demands:detail", demand.id),
            excerpt=_excerpt(content_for(request.actor, demand)),
            place=place(demand.area_path),
            category=demand.category_name_en if is_english else demand.category_name,  # type: ignore[attr-defined]  # annotated by the query
            route=routes[demand.route],
            owner=demand.owner_name or NOTHING,  # type: ignore[attr-defined]  # annotated by the query
            unit=demand.unit_name or "",  # type: ignore[attr-defined]  # annotated by the query
            due_on=demand.due_on.isoformat() if demand.due_on else NOTHING,
            pressing=demand_badges.deadline(demand, today),
            urgency=demand_badges.urgency(demand),
            state=demand_badges.standing(demand),
        )
        for demand in demands
    ]


def listing(request: DeskRequest, page: Page[Demand], heads: list[Head]) -> Listing[Demand]:
    """A page of rows with the links to the pages beside it."""
    return Listing(
        rows=page.rows,
        heads=heads,
        next_href=same_page(request, **{PAGE: page.next_token}) if page.next_token else "",
        previous_href=(
            same_page(request, **{PAGE: page.previous_token}) if page.previous_token else ""
        ),
    )


def plain_heads() -> list[Head]:
    """The columns of a list that has one order."""
    return [Head(label=label, css="", href="", direction="") for label, _sorts in HEADS]


def content_for(actor: Actor, demand: Demand) -> str:
    """What is asked; for readers who do not see who asks, without name and numbers of people."""
    if policies.can_see_proposer(actor, demand):
        return demand.content
    return public_wording(demand.content, demand.proposer_name)


def _excerpt(content: str) -> str:
    return content if len(content) <= EXCERPT else f"{content[: EXCERPT - 1]}…"


def short_place(request: DeskRequest, path: str) -> str:
    """Village and natural village, once where they have one name."""
    return " · ".join(dict.fromkeys(areas.names_above(path, request.town_areas)[-2:]))
