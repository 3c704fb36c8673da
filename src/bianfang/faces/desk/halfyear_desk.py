"""Items of half-year lists made ready for a page."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.demand_rows import content_for, short_place
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.outreach.halfyear import progress
from bianfang.outreach.halfyear.enums import COLOUR_LABELS
from bianfang.outreach.halfyear.progress import Colour
from bianfang.outreach.halfyear.queries import Item

_KINDS: dict[Colour, Kind] = {
    Colour.RED: "red",
    Colour.ORANGE: "orange",
    Colour.YELLOW: "yellow",
    Colour.GREEN: "green",
    Colour.BLUE: "blue",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class ItemRow:
    """An item in its list."""

    item: Item
    href: str
    title: str
    place: str
    colour: Badge
    state: Badge
    change: str


def colour_badge(colour: Colour) -> Badge:
    """Shape, word and colour."""
    return Badge(COLOUR_LABELS[colour], _KINDS[colour])


def item_rows(request: DeskRequest, items: Sequence[Item]) -> list[ItemRow]:
    """The rows of a list."""
    return [
        ItemRow(
            item=each,
            href=address(chosen_path(request), "halfyear:item", each.carry_over.id),
            title=title_for(request, each),
            place=short_place(request, each.demand.area_path),
            colour=colour_badge(each.colour),
            state=demand_badges.standing(each.demand),
            change=change_words(each),
        )
        for each in items
    ]


def count_colours(items: Sequence[Item]) -> list[tuple[Badge, int]]:
    """How many items have each colour, the most pressing first; none is left out."""
    return [
        (colour_badge(colour), sum(each.colour is colour for each in items)) for colour in Colour
    ]


def title_for(request: DeskRequest, item: Item) -> str:
    """What the item is called, for a reader who may not see who asks without names."""
    return item.plan.title or content_for(request.actor, item.demand)


def change_words(item: Item) -> str:
    """By how much last month moved it."""
    if item.change is not None:
        return f"{item.change:+d}" if item.change else "±0"
    is_entered = item.entry_of(progress.before(clock.today())) is not None
    return _("first entry") if is_entered else _("no entry")
