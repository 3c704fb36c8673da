"""The side menu: the founding text's frame, as far as pages exist and the actor may use them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.faces.desk.addresses import address
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.enums import Theme
from bianfang.register.people.enums import Permission

_P = Permission


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A page that the menu may offer; `may` lists permissions of which one is enough."""

    label: str | Promise
    icon: str
    page: str
    may: tuple[Permission, ...] = ()
    key: str = ""
    query: tuple[tuple[str, str], ...] = ()
    covers: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """A group of entries under one heading."""

    title: str | Promise = ""
    entries: tuple[Entry, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Link:
    """An entry as one person sees it on one page."""

    label: str | Promise
    icon: str
    href: str
    key: str
    is_current: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class Shown:
    """A part as one person sees it."""

    title: str | Promise
    links: list[Link] = field(default_factory=list)


THEME_ICONS = {
    Theme.ENVIRONMENT: "environment",
    Theme.PETITIONS: "petitions",
    Theme.ASSISTANCE: "assistance",
    Theme.PROJECTS: "projects",
    Theme.LIVELIHOODS: "livelihoods",
}
_DEMANDS = (_P.VIEW_DEMANDS, _P.HANDLE_DEMAND)

PARTS = (
    Part(
        entries=(
            Entry(label=_("Overview"), icon="home", page="desk:home", key="h"),
            Entry(label=_("My work"), icon="check", page="desk:work", key="w"),
            Entry(
                label=_("Visits by phone page"), icon="mobile", page="field:page",
                may=(_P.RECORD_VISIT,),
            ),
        )
    ),
    Part(
        title=_("Three clarities"),
        entries=(
            Entry(
                label=_("Who visits"), icon="assignment", page="assignments:list", key="a",
                may=(_P.VIEW_VISITS, _P.MANAGE_ASSIGNMENTS),
            ),
            Entry(
                label=_("What is asked"), icon="visit", page="visits:list", key="v",
                may=(_P.VIEW_VISITS,),
                covers=("rounds", "checklists", "forums", "sheets", "campaigns", "leaflets"),
            ),
            Entry(
                label=_("How it is handled"), icon="demand", page="demands:list", key="d",
                may=_DEMANDS,
                covers=("meetings", "halfyear", "categories", "lookbacks", "confirmations"),
            ),
        ),
    ),
    Part(
        title=_("Five themes"),
        entries=tuple(
            Entry(
                label=theme.label, icon=THEME_ICONS[theme], page="demands:list",
                may=_DEMANDS, query=(("theme", theme.value),),
            )
            for theme in Theme
        ),
    ),
    Part(
        title=_("Three mechanisms"),
        entries=(
            Entry(
                label=_("Visit filing ledger"), icon="ledger", page="ledger:visits", key="l",
                may=(_P.VIEW_VISITS,),
            ),
            Entry(
                label=_("Demand list"), icon="list", page="ledger:demands",
                may=(_P.VIEW_DEMANDS,),
            ),
            Entry(
                label=_("Closed list"), icon="closed-list", page="ledger:closed",
                may=(_P.VIEW_DEMANDS,),
            ),
            Entry(
                label=_("Long-term measures"), icon="longterm", page="recurring:list",
                may=_DEMANDS, covers=("measures",),
            ),
        ),
    ),
    Part(
        title=_("The town"),
        entries=(
            Entry(
                label=_("Households"), icon="household", page="households:list", key="r",
                may=(_P.VIEW_REGISTER,), covers=("residents",),
            ),
            Entry(label=_("Areas"), icon="area", page="areas:tree"),
            Entry(label=_("Units"), icon="unit", page="units:list"),
            Entry(label=_("Staff and posts"), icon="staff", page="staff:list"),
            Entry(
                label=_("Roll import"), icon="import", page="rolls:list",
                may=(_P.IMPORT_ROLL,),
            ),
        ),
    ),
    Part(
        title=_("Running the system"),
        entries=(
            Entry(
                label=_("Work calendar"), icon="calendar", page="calendar:year",
                may=(_P.MANAGE_CALENDAR,),
            ),
            Entry(
                label=_("Deadline rules"), icon="timed", page="deadlinerules:list",
                may=(_P.MANAGE_CALENDAR,),
            ),
            Entry(
                label=_("Channels"), icon="send", page="channels:list",
                may=(_P.MANAGE_CHANNELS,),
            ),
            Entry(
                label=_("Journal"), icon="history", page="journal:changes",
                may=(_P.VIEW_JOURNAL,),
            ),
            Entry(
                label=_("Access log"), icon="eye", page="journal:access",
                may=(_P.VIEW_JOURNAL,),
            ),
        ),
    ),
)  # fmt: skip


def menu(request: HttpRequest, actor: Actor, area_path: str) -> list[Shown]:
    """What this person's menu holds; parts without an entry are left out."""
    shown = [
        Shown(title=part.title, links=list(_links(part, request, actor, area_path)))
        for part in PARTS
    ]
    return [part for part in shown if part.links]


def _links(part: Part, request: HttpRequest, actor: Actor, area_path: str) -> Iterator[Link]:
    for entry in part.entries:
        if not may_use(entry, actor):
            continue
        yield Link(
            label=entry.label,
            icon=entry.icon,
            href=address(area_path, entry.page, **dict(entry.query)),
            key=entry.key,
            is_current=_is_current(entry, request),
        )


def may_use(entry: Entry, actor: Actor) -> bool:
    """Whether one of the entry's permissions is held anywhere, or none is asked for."""
    return not entry.may or any(actor.may(permission) for permission in entry.may)


def _is_current(entry: Entry, request: HttpRequest) -> bool:
    match = request.resolver_match
    if match is None:
        return False
    theme = request.GET.get("theme", "") if match.view_name == "demands:list" else ""
    if entry.query:
        return match.view_name == entry.page and ("theme", theme) in entry.query
    if theme:
        return False
    namespace = entry.page.partition(":")[0]
    if namespace in {"desk", "ledger", "journal"}:
        return match.view_name == entry.page
    return match.namespace == namespace or match.namespace in entry.covers
