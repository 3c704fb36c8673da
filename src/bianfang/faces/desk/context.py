"""What the frame of every page needs; made only when a template asks for it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from bianfang.faces.desk import area_choice, helptexts, navigation
from bianfang.faces.desk.addresses import AREA, PAGE
from bianfang.faces.desk.area_choice import Option
from bianfang.faces.desk.navigation import Shown
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.models import Town
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.register.people.enums import Permission, Role

NAMESPACES_WITH_DEADLINES = frozenset({"desk", "demands", "rounds", "calendar"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """Menu, area switcher, day, and what has to be said on top."""

    town: Town
    person: str
    role: str
    menu: list[Shown]
    areas: list[Option]
    kept: list[tuple[str, str]]
    as_of: date
    unknown_year: int | None
    may_fill_calendar: bool
    help_section: str


def frame(request: HttpRequest) -> dict[str, Any]:
    """The acting person and the frame; pages without a person have neither."""
    actor: Actor | None = getattr(request, "actor", None)
    size = "big" if request.COOKIES.get("bf_type") == "big" else "normal"
    shared = {"actor": actor, "is_demo": settings.DEMO, "type_size": size}
    if actor is None:
        return {**shared, "frame": None, "area_choice": ""}
    lazy = SimpleLazyObject(lambda: _frame(request, actor))
    return {**shared, "frame": lazy, "area_choice": area_choice.chosen_path(request)}


def _frame(request: HttpRequest, actor: Actor) -> Frame:
    path = area_choice.chosen_path(request)
    namespace = request.resolver_match.namespace if request.resolver_match else ""
    return Frame(
        town=area_choice.town(request),
        person=actor.name,
        role=str(Role(actor.role).label) if actor.role else "",
        menu=navigation.menu(request, actor, path),
        areas=area_choice.options(request, actor),
        kept=[
            (name, value)
            for name, values in request.GET.lists()
            for value in values
            if name not in {AREA, PAGE}
        ],
        as_of=clock.today(),
        unknown_year=_unknown_year() if namespace in NAMESPACES_WITH_DEADLINES else None,
        may_fill_calendar=actor.may(Permission.MANAGE_CALENDAR),
        help_section=helptexts.section_of(namespace),
    )


def _unknown_year() -> int | None:
    """The first year, this or the next, whose notice of days off is not known yet."""
    calendar = load_calendar()
    this_year = clock.today().year
    for year in (this_year, this_year + 1):
        if year not in calendar.years:
            return year
    return None
