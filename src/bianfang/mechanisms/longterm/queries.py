"""Long-term measures: one, those of a place, pages of them, and the demands behind them."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import ChangedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.paging import Page, take_page
from bianfang.kernel.tenancy.paths import PathRange, within_town
from bianfang.mechanisms.longterm.models import LongTermMeasure, MeasureDemand, MeasureQuerySet
from bianfang.mechanisms.longterm.workflow import MeasureState
from bianfang.outreach.demands.models import Demand

NOT_FOUND = _("There is no such long-term measure in your area.")
ORDERS = {MeasureState.OPEN: ("due_on", "id"), MeasureState.DONE: ("-done_on", "-id")}
Place = tuple[str, UUID]


def get_measure(*, actor: Actor, measure_id: UUID) -> LongTermMeasure:
    """The measure with what its page names; NotFoundError out of scope."""
    rows = _with_names(LongTermMeasure.objects.visible_to(actor))
    return _only(rows.filter(id=measure_id))


def get_measure_for_update(*, actor: Actor, measure_id: UUID, version: int) -> LongTermMeasure:
    """The measure, locked; refused if it is no longer at `version`."""
    rows = LongTermMeasure.objects.visible_to(actor).filter(id=measure_id)
    measure = _only(rows.select_for_update(of=("self",), no_key=True))
    if measure.version != version:
        raise ChangedError(
            _("Somebody else changed this measure meanwhile. Look at it anew, then try again.")
        )
    return measure


def page_measures(
    *, actor: Actor, state: MeasureState, area: PathRange | None = None, token: str = ""
) -> Page[LongTermMeasure]:
    """One page: open ones by deadline, done ones the latest first."""
    rows = _with_names(LongTermMeasure.objects.visible_to(actor).filter(state=state))
    if area:
        rows = rows.filter(within_town([area]))
    return take_page(rows, order=ORDERS[state], token=token)


def open_measures(*, actor: Actor, places: Iterable[Place]) -> dict[Place, LongTermMeasure]:
    """The open measure of each of these places and problems, where there is one.

    That there is one is told to whoever sees a demand of the place; its page keeps its own scope.
    """
    wanted = set(places)
    if not wanted:
        return {}
    rows = LongTermMeasure.objects.in_town(actor.town_id).filter(
        state=MeasureState.OPEN,
        area_path__in=sorted({path for path, _category in wanted}),
        category__in={category for _path, category in wanted},
    )
    found = {(row.area_path, row.category_id): row for row in rows.order_by("id")}
    return {place: row for place, row in found.items() if place in wanted}


def list_of_demand(*, actor: Actor, demand: Demand) -> "MeasureQuerySet":
    """The measures about a demand's place and problem that the actor may open, open ones first."""
    rows = LongTermMeasure.objects.visible_to(actor).select_related("owner", "unit")
    rows = rows.filter(area_path=demand.area_path, category=demand.category_id)
    return rows.order_by("-state", "-raised_on", "-id")


def list_linked(*, actor: Actor, measure: LongTermMeasure) -> "QuerySet[Demand]":
    """The demands for which it was raised that the actor may see, the latest first."""
    links = MeasureDemand.objects.in_town(actor.town_id).filter(measure=measure.id)
    rows = Demand.objects.visible_to(actor).filter(id__in=links.values("demand"))
    return rows.order_by("-registered_at", "-id")


def list_entries(*, actor: Actor, measure: LongTermMeasure) -> list[Entry]:
    """What the journal tells of a measure in scope, the oldest first."""
    rows = Entry.objects.about(town_id=actor.town_id, kind="longtermmeasure", target_id=measure.id)
    return list(rows)


def _with_names(rows: MeasureQuerySet) -> MeasureQuerySet:
    return rows.select_related("category", "unit", "owner", "area", "raised_by", "done_by")


def _only(rows: MeasureQuerySet) -> LongTermMeasure:
    found = rows.first()
    if found is None:
        raise NotFoundError(NOT_FOUND)
    return found
