"""Who visits: the chain from the town down to the natural village, and where it is broken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, chosen_reach, exists_on, place
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.filters import FilterForm, OptionField, SearchField
from bianfang.faces.desk.pages import Crumb, desk_page, show
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.tenancy.paths import PathRange, parents
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.enums import PLACES, Duty
from bianfang.outreach.assignments.models import Responsibility
from bianfang.outreach.assignments.queries import chain, tables
from bianfang.outreach.assignments.queries import gaps as gap_queries
from bianfang.outreach.assignments.queries.chain import ChainLink
from bianfang.outreach.assignments.queries.tables import VillageRow
from bianfang.register.areas import queries as area_queries
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Who visits")
MAY_SEE = (Permission.VIEW_VISITS, Permission.MANAGE_ASSIGNMENTS)
OF_VILLAGES = (Duty.LEADER_GROUP, Duty.VILLAGE_CADRE, Duty.VILLAGE_HEAD)


class OverviewFilter(FilterForm):
    """Which villages, and which duty."""

    text = SearchField(gettext_lazy("Village or person"))
    duty = OptionField(gettext_lazy("Duty"), [(duty.value, duty.label) for duty in OF_VILLAGES])
    gaps = forms.BooleanField(label=gettext_lazy("Only where somebody is missing"))


@dataclass(frozen=True, kw_only=True, slots=True)
class Cell:
    """Who has a duty in a village; `assign_href` leads to the form where nobody has."""

    label: str
    links: tuple[ChainLink, ...]
    village: Area
    duty: Duty
    may_assign: bool

    @property
    def own_links(self) -> tuple[ChainLink, ...]:
        """Those held in the village itself; what the community has stands in its heading."""
        return tuple(link for link in self.links if link.area.path == self.village.path)

    @property
    def is_missing(self) -> bool:
        """Whether nobody answers in person."""
        return not any(link.holders or link.substitute for link in self.links)


@dataclass(frozen=True, kw_only=True, slots=True)
class VillageLine:
    """A village with its cells and the number of its natural villages."""

    village: Area
    hamlets: int
    cells: list[Cell]

    @property
    def is_broken(self) -> bool:
        """Whether a duty is missing."""
        return any(cell.is_missing for cell in self.cells)

    def names(self, text: str) -> bool:
        """Whether the village or somebody who answers for it is called so."""
        people_named = [
            name
            for cell in self.cells
            for link in cell.links
            for name in (link.group_name, *[holder.name for holder in link.holders])
        ]
        return any(text in name for name in (self.village.name, *people_named))


@dataclass(frozen=True, kw_only=True, slots=True)
class CommunityBlock:
    """A community, the group that answers for all of it, and its villages."""

    area: Area
    group: ChainLink | None = None
    lines: list[VillageLine] = field(default_factory=list)

    @property
    def hamlets(self) -> int:
        """How many natural villages it has."""
        return sum(line.hamlets for line in self.lines)


@desk_page(*MAY_SEE)
def overview(request: DeskRequest) -> HttpResponse:
    """Every village with who answers for it, community by community."""
    actor, today = request.actor, clock.today()
    filters = OverviewFilter(request)
    rows = tables.list_villages(actor=actor, area_map=request.town_areas, day=today)
    duties = [Duty(filters.value("duty"))] if filters.value("duty") else list(OF_VILLAGES)
    top = next(area for area in request.town_areas.values() if area.kind == AreaKind.TOWN)
    return show(
        request,
        "desk/assignments/overview.html",
        title=TITLE,
        region="rows",
        filters=filters,
        duties=[duty.label for duty in duties],
        blocks=_blocks(request, _in_reach(rows, _reach(request)), duties, filters),
        leaders=rows[0].links[Duty.PRINCIPAL_LEADER] if rows else (),
        top=top,
        may_lead=policies.can_assign(actor, top.path),
        may_manage=policies.can_manage_groups(actor),
        tabs=section_tabs(request, "assignments:list"),
    )


@desk_page(*MAY_SEE)
def gaps(request: DeskRequest) -> HttpResponse:
    """Where nobody answers; a round cannot start before this list is empty."""
    actor = request.actor
    reach = _reach(request)
    found = gap_queries.list_gaps(actor=actor, day=clock.today())
    shown = [gap for gap in found if any(part.holds(gap.area.path) for part in reach)]
    return show(
        request,
        "desk/assignments/gaps.html",
        title=_("Where somebody is missing"),
        crumbs=crumbs(request),
        gaps=[
            {
                "gap": gap,
                "place": place(request, gap.area.path) or gap.area.name,
                "duty": None if gap.duty == gap_queries.HOUSEHOLD else Duty(gap.duty),
                "may_assign": policies.can_assign(actor, gap.area.path),
            }
            for gap in shown
        ],
        elsewhere=len(found) - len(shown),
        tabs=section_tabs(request, "assignments:gaps", gap_count=len(found)),
    )


@desk_page(*MAY_SEE)
def area(request: DeskRequest, area_id: UUID) -> HttpResponse:
    """One place: the chain that ends there, who had which duty when, what lies below."""
    actor, today = request.actor, clock.today()
    here = area_queries.get_area(actor=actor, area_id=area_id)
    history = chain.list_for_area(actor=actor, area_id=here.id)
    fitting = [duty for duty in Duty if here.kind in PLACES[duty]]
    may_assign = policies.can_assign(actor, here.path) and exists_on(here, today)
    return show(
        request,
        "desk/assignments/area.html",
        title=here.name,
        crumbs=crumbs(
            request,
            [request.town_areas[path] for path in parents(here.path) if path in request.town_areas],
        ),
        area=here,
        links=chain.who_answers(town_id=actor.town_id, area_path=here.path, day=today),
        terms=[(row, term_badge(row.valid_from, row.valid_to, today)) for row in history],
        today=today,
        can_have=bool(fitting),
        fitting=fitting if may_assign else [],
        may_assign=may_assign,
        children=[
            child for child in _children(request.town_areas, here) if exists_on(child, today)
        ],
    )


@desk_page(*MAY_SEE)
def person(request: DeskRequest, staff_id: UUID) -> HttpResponse:
    """What one person answers for today: alone, in a group, or standing in."""
    actor = request.actor
    staff = people.get_staff(actor=actor, staff_id=staff_id)
    rows = chain.list_for_staff(actor=actor, staff_id=staff.id, day=clock.today())
    return show(
        request,
        "desk/assignments/person.html",
        title=_("What %(name)s answers for") % {"name": staff.name},
        crumbs=crumbs(request),
        staff=staff,
        rows=[
            (row, place(request, row.area_path) or row.area.name, _way(row, staff.id))
            for row in rows
        ],
        may_manage=policies.can_manage_groups(actor),
    )


def section_tabs(request: DeskRequest, current: str, gap_count: int | None = None) -> list[Tab]:
    """The pages of this part of the menu."""
    path = chosen_path(request)
    pages = (
        ("assignments:list", _("Villages"), None),
        ("assignments:groups", _("Leader groups"), None),
        ("assignments:gaps", _("Somebody missing"), gap_count),
    )
    return [
        Tab(label=label, href=address(path, name), is_current=name == current, count=count)
        for name, label, count in pages
    ]


def crumbs(request: DeskRequest, above: Iterable[Area] = ()) -> list[Crumb]:
    """The way back to the overview, through the areas above."""
    path = chosen_path(request)
    higher = [one for one in above if one.kind != AreaKind.COUNTY]
    return [
        Crumb(TITLE, address(path, "assignments:list")),
        *[Crumb(one.name, address(path, "assignments:area", one.id)) for one in higher],
    ]


def term_badge(first: date, last: date | None, today: date) -> Badge:
    """Where a term stands today."""
    if first > today:
        return Badge(_("Not yet"), "waiting")
    if last is not None and last < today:
        return Badge(_("Over"), "void")
    return Badge(_("In force"), "active")


def _reach(request: DeskRequest) -> tuple[PathRange, ...]:
    """The chosen area, or all of one's own; 404 outside it."""
    seen = next(right for right in MAY_SEE if request.actor.may(right))
    return chosen_reach(request, request.actor, seen)


def _in_reach(rows: Iterable[VillageRow], reach: Iterable[PathRange]) -> list[VillageRow]:
    """Villages of these parts; a natural village shows its village."""
    parts = tuple(reach)
    return [row for row in rows if any(PathRange.under(row.village.path) & part for part in parts)]


def _blocks(
    request: DeskRequest, rows: Iterable[VillageRow], duties: list[Duty], filters: OverviewFilter
) -> list[CommunityBlock]:
    counts = _hamlet_counts(request.town_areas)
    text = str(filters.value("text")).strip()
    blocks: dict[str, CommunityBlock] = {}
    for row in rows:
        line = _line(request, row, duties, counts)
        if (text and not line.names(text)) or (filters.value("gaps") and not line.is_broken):
            continue
        group = next(
            (one for one in row.links[Duty.LEADER_GROUP] if one.area == row.community), None
        )
        block = blocks.setdefault(
            row.community.path, CommunityBlock(area=row.community, group=group)
        )
        block.lines.append(line)
    return list(blocks.values())


def _line(
    request: DeskRequest, row: VillageRow, duties: list[Duty], counts: Mapping[str, int]
) -> VillageLine:
    may_assign = policies.can_assign(request.actor, row.village.path)
    return VillageLine(
        village=row.village,
        hamlets=counts.get(row.village.path, 0),
        cells=[
            Cell(
                label=str(duty.label),
                links=row.links[duty],
                village=row.village,
                duty=duty,
                may_assign=may_assign,
            )
            for duty in duties
        ],
    )


def _hamlet_counts(areas: Mapping[str, Area]) -> dict[str, int]:
    """Natural villages that exist, by the path of their village."""
    today = clock.today()
    counts: dict[str, int] = {}
    for path, one in areas.items():
        if one.kind == AreaKind.HAMLET and exists_on(one, today):
            above = parents(path)[-1]
            counts[above] = counts.get(above, 0) + 1
    return counts


def _children(areas: Mapping[str, Area], here: Area) -> list[Area]:
    return [one for one in areas.values() if one.parent_id == here.id]


def _way(row: Responsibility, staff_id: UUID) -> str:
    """In which way the person comes to answer."""
    if row.staff_id == staff_id:
        return _("in person")
    if row.substitute_id == staff_id:
        return _("standing in until %(day)s") % {"day": row.substitute_to}
    return _("in %(group)s") % {"group": row.group}
