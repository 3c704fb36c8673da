"""The pages of “what is asked”: how they hang together, and which part of the town they show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, chosen_reach
from bianfang.faces.desk.pages import Crumb
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.outreach.visits.models import Round
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import LEVELS, AreaKind
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("What is asked")


def part_tabs(request: DeskRequest, current: str) -> list[Tab]:
    """The lists of this part, those that the actor may open."""
    pages = (
        ("visits:list", _("Visits")),
        ("rounds:list", _("Rounds")),
        ("forums:list", _("Group talks")),
        ("checklists:list", _("Checklists")),
        ("sheets:list", _("Paper sheets")),
        ("campaigns:list", _("Campaigns")),
    )
    path = chosen_path(request)
    return [
        Tab(label=label, href=address(path, name), is_current=name == current)
        for name, label in pages
    ]


def round_tabs(request: DeskRequest, round_: Round, current: str) -> list[Tab]:
    """The pages of one round that has begun."""
    pages = (
        ("rounds:detail", _("Progress")),
        ("rounds:left", _("Who is left")),
        ("rounds:households", _("All households")),
        ("rounds:changes", _("Register changes")),
    )
    path = chosen_path(request)
    return [
        Tab(label=label, href=address(path, name, round_.id), is_current=name == current)
        for name, label in pages
    ]


def round_crumbs(request: DeskRequest, round_: Round | None = None) -> list[Crumb]:
    """The way back to the rounds."""
    path = chosen_path(request)
    top = Crumb(_("Rounds"), address(path, "rounds:list"))
    if round_ is None:
        return [top]
    return [top, Crumb(round_.name, address(path, "rounds:detail", round_.id))]


def reach_of_visits(request: DeskRequest) -> tuple[PathRange, ...]:
    """The chosen area, or all where the actor may read visits; 404 outside it."""
    return chosen_reach(request, request.actor, Permission.VIEW_VISITS)


def short_place(request: DeskRequest, path: str) -> str:
    """Village and natural village: what tells places apart inside a community."""
    return " · ".join(areas.names_above(path, request.town_areas)[-2:])


def level_below(reach: Sequence[PathRange]) -> AreaKind:
    """The level that a table of this part of the town counts by."""
    depth = min((len(part.lower) for part in reach), default=0) // STEP
    return LEVELS[min(depth if len(reach) == 1 else depth - 1, len(LEVELS) - 1)]
