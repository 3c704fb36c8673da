"""Long-term measures and recurring places as pages show them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bianfang.faces.desk import choices, demand_badges, demand_links, demand_people, verbs
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.demand_page import category_name
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.forms.base import DeskForm
from bianfang.faces.desk.forms.demand_rows import categories_offered
from bianfang.faces.desk.forms.offers import offer, offer_grouped
from bianfang.faces.desk.pieces import HistoryLine, Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import short_place
from bianfang.kernel import clock
from bianfang.mechanisms.longterm import policies, queries
from bianfang.mechanisms.longterm.models import LongTermMeasure
from bianfang.mechanisms.longterm.workflow import MeasureState
from bianfang.outreach.demands.enums import PLACE_THEMES
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.demands.queries import categories, recurrence
from bianfang.outreach.demands.queries.recurrence import RecurringPlace
from bianfang.register.people.enums import Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class DemandLine:
    """A demand in a list of few."""

    demand: Demand
    href: str
    asked: str
    state: Badge


@dataclass(frozen=True, kw_only=True, slots=True)
class PlaceRow:
    """A place and a problem that came again there."""

    place: str
    category: str
    times: int
    since: date
    last: DemandLine
    open_ones: list[DemandLine]
    measure: LongTermMeasure | None
    raise_href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class MeasureRow:
    """A measure in a list."""

    measure: LongTermMeasure
    href: str
    place: str
    category: str
    state: Badge


def tabs(request: DeskRequest, current: str) -> list[Tab]:
    """The three lists of this part."""
    path = chosen_path(request)
    return [
        Tab(
            label=_("Recurring places"),
            href=address(path, "recurring:list"),
            is_current=current == "recurring",
        ),
        Tab(
            label=_("Open measures"),
            href=address(path, "measures:list"),
            is_current=current == MeasureState.OPEN,
        ),
        Tab(
            label=_("Done measures"),
            href=address(path, "measures:list", state=MeasureState.DONE.value),
            is_current=current == MeasureState.DONE,
        ),
    ]


def place_rows(request: DeskRequest, places: list[RecurringPlace]) -> list[PlaceRow]:
    """Recurring places with what is done about them."""
    keys = [(each.area_path, each.category.id) for each in places]
    known = queries.open_measures(actor=request.actor, places=keys)
    return [
        _place_row(request, each, known.get(key)) for each, key in zip(places, keys, strict=True)
    ]


def _place_row(
    request: DeskRequest, each: RecurringPlace, measure: LongTermMeasure | None
) -> PlaceRow:
    last = each.recurrence.last
    may_raise = measure is None and policies.can_raise_measure(request.actor, each.area_path)
    return PlaceRow(
        place=short_place(request, each.area_path),
        category=category_name(each.category),
        times=each.recurrence.times,
        since=each.recurrence.since,
        last=demand_line(request, last),
        open_ones=[demand_line(request, one) for one in each.open_demands],
        measure=measure,
        raise_href=demand_links.raise_href(request, last) if may_raise else "",
    )


def measure_rows(request: DeskRequest, found: list[LongTermMeasure]) -> list[MeasureRow]:
    """Measures made ready for a list."""
    today, path = clock.today(), chosen_path(request)
    return [
        MeasureRow(
            measure=each,
            href=address(path, "measures:detail", each.id),
            place=short_place(request, each.area_path),
            category=category_name(each.category),
            state=standing(each, today),
        )
        for each in found
    ]


def standing(measure: LongTermMeasure, today: date) -> Badge:
    """Done, overdue, or open."""
    if measure.state == MeasureState.DONE:
        return Badge(measure.get_state_display(), "done")
    if measure.is_overdue(today):
        days = (today - measure.due_on).days
        return Badge(
            ngettext("%(days)d day overdue", "%(days)d days overdue", days) % {"days": days}, "late"
        )
    return Badge(measure.get_state_display(), "active")


def demand_line(request: DeskRequest, demand: Demand) -> DemandLine:
    """One demand by number, what is asked, and where it stands."""
    return DemandLine(
        demand=demand,
        href=address(chosen_path(request), "demands:detail", demand.id),
        asked=content_for(request.actor, demand),
        state=demand_badges.state(demand, clock.today()),
    )


def linked(request: DeskRequest, measure: LongTermMeasure) -> list[DemandLine]:
    """For the sake of which demands it was raised."""
    rows = queries.list_linked(actor=request.actor, measure=measure)
    return [demand_line(request, each) for each in rows]


def came_since(request: DeskRequest, measure: LongTermMeasure) -> list[DemandLine]:
    """What was asked at the place about the problem since it was raised: whether it helps."""
    rows = recurrence.list_since(
        actor=request.actor,
        area_path=measure.area_path,
        category_id=measure.category_id,
        since=measure.raised_on,
    )
    return [demand_line(request, each) for each in rows[:10]]


def history(request: DeskRequest, measure: LongTermMeasure) -> list[HistoryLine]:
    """Who did what when, the latest first."""
    entries = queries.list_entries(actor=request.actor, measure=measure)
    return [
        HistoryLine(
            at=clock.local(entry.at),
            who=entry.actor_name,
            what=verbs.verb_label(entry.verb),
            said=" · ".join(filter(None, [verbs.facts_line(entry.facts), entry.reason])),
        )
        for entry in reversed(entries)
    ]


def offer_hands(
    request: DeskRequest, form: DeskForm, area_path: str, category: Category | None
) -> None:
    """Who may be in charge: at the place first, then the unit that usually handles the problem."""
    usual_id = category.usual_unit_id if category else None
    offer(form, "unit_id", choices.units(request))
    groups = demand_people.people_offered(request.actor, area_path, usual_id)
    offer_grouped(form, "owner_id", groups)


def offer_place(request: DeskRequest, form: DeskForm) -> None:
    """Natural villages, and the problems that belong to places."""
    offer(form, "area_id", choices.hamlets(request, Permission.ACCEPT_DEMAND))
    by_theme = categories.list_by_theme(actor=request.actor)
    of_places = {theme: found for theme, found in by_theme.items() if theme in PLACE_THEMES}
    offer_grouped(form, "category_id", categories_offered(of_places))


def path_of(request: DeskRequest, area_id: UUID | None) -> str:
    """The path of an area of the town, the town's own where it is not known."""
    paths = {area.id: path for path, area in request.town_areas.items()}
    return paths.get(area_id, "") if area_id else ""
