"""The tree of areas: looking around, adding, renaming, ending with a successor."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, exists_on, place
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.forms.areas import CloseAreaForm, NewAreaForm, RenameAreaForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.kernel.tenancy.paths import STEP, parents
from bianfang.register.areas import actions, policies, queries
from bianfang.register.areas.enums import AreaKind, kind_below
from bianfang.register.areas.models import Area
from bianfang.register.households.actions import areas as households

TITLE = gettext_lazy("Areas")


@dataclass(frozen=True, slots=True)
class Village:
    """A village with its natural villages."""

    area: Area
    hamlets: list[Area] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Community:
    """A community with its villages."""

    area: Area
    villages: list[Village] = field(default_factory=list)

    @property
    def hamlet_count(self) -> int:
        """How many natural villages belong to it."""
        return sum(len(village.hamlets) for village in self.villages)


@desk_page()
def tree(request: DeskRequest) -> HttpResponse:
    """The town's tree as it stands today, or the chosen part of it."""
    path, today = chosen_path(request), clock.today()
    everything = request.town_areas.values()
    top = next(area for area in everything if area.kind == AreaKind.TOWN)
    shown = [area for area in everything if exists_on(area, today) and _concerns(area, path)]
    return show(
        request,
        "desk/register/area_tree.html",
        title=TITLE,
        top=top,
        communities=_grouped(shown),
        is_narrowed=bool(path),
        may_manage=policies.can_manage_area(request.actor, top),
    )


@desk_page()
def detail(request: DeskRequest, area_id: UUID) -> HttpResponse:
    """One area: what it is, what lies below, what may be done."""
    area = queries.get_area(actor=request.actor, area_id=area_id)
    children = list(queries.list_children(actor=request.actor, area_id=area.id))
    above = request.town_areas
    today = clock.today()
    return show(
        request,
        "desk/register/area_detail.html",
        title=area.name,
        crumbs=_crumbs(request, [above[path] for path in parents(area.path) if path in above]),
        area=area,
        state=_state(area, today),
        children=[(child, _state(child, today)) for child in children],
        kind_below=_kind_below(area),
        may_manage=policies.can_manage_area(request.actor, area) and area.valid_to is None,
        may_close=area.kind != AreaKind.TOWN,
    )


@desk_page()
def add(request: DeskRequest, area_id: UUID) -> HttpResponse:
    """Add an area below this one."""
    parent = queries.get_area(actor=request.actor, area_id=area_id)
    policies.check_can_manage_area(request.actor, parent)
    form = NewAreaForm(request.POST or None)
    if form.is_valid():
        area = attempt(
            form,
            lambda: actions.create_area(
                actor=request.actor, parent_id=parent.id, **form.cleaned_data
            ),
        )
        if area:
            return done(
                request, _("%(name)s has been added.") % {"name": area.name}, _here(request, parent)
            )
    kind = _kind_below(parent)
    return show_form(
        request,
        form,
        title=_("Add: %(kind)s") % {"kind": kind},
        button=_("Add"),
        back=_here(request, parent),
        crumbs=_crumbs(request, [parent]),
        explain=_("Below %(parent)s. The kind follows from the level above.")
        % {"parent": parent.name},
    )


@desk_page()
def rename(request: DeskRequest, area_id: UUID) -> HttpResponse:
    """Another name; the old one stays in the journal."""
    area = queries.get_area(actor=request.actor, area_id=area_id)
    policies.check_can_manage_area(request.actor, area)
    form = RenameAreaForm(request.POST or None, initial={"name": area.name})
    if form.is_valid():
        name = form.cleaned_data["name"]
        if attempt(
            form,
            lambda: actions.rename_area(actor=request.actor, area_id=area.id, name=name),
        ):
            return done(request, _("The name has been changed."), _here(request, area))
    return show_form(
        request,
        form,
        title=_("Rename %(name)s") % {"name": area.name},
        button=_("Rename"),
        back=_here(request, area),
        crumbs=_crumbs(request, [area]),
    )


@desk_page()
def close(request: DeskRequest, area_id: UUID) -> HttpResponse:
    """End an area in favour of another of its kind."""
    area = queries.get_area(actor=request.actor, area_id=area_id)
    policies.check_can_manage_area(request.actor, area)
    form = CloseAreaForm(request.POST or None, initial={"on": clock.today()})
    form.fields["successor"].offer(_successors(request, area))  # type: ignore[attr-defined]  # an IdChoice
    if form.is_valid() and attempt(
        form,
        lambda: households.close_area(
            actor=request.actor,
            area_id=area.id,
            successor_id=form.cleaned_data["successor"],
            on=form.cleaned_data["on"],
        ),
    ):
        return done(request, _("%(name)s has ended.") % {"name": area.name}, _here(request, area))
    return show_form(
        request,
        form,
        title=_("End %(name)s") % {"name": area.name},
        button=_("End this area"),
        back=_here(request, area),
        crumbs=_crumbs(request, [area]),
        explain=_(
            "Visits and demands recorded here stay here. Its households move to the successor "
            "with it."
        ),
        is_serious=True,
    )


def _successors(request: DeskRequest, area: Area) -> list[tuple[UUID, str]]:
    others = queries.list_open(
        town_id=request.actor.town_id, kind=AreaKind(area.kind), day=clock.today()
    )
    return [(other.id, place(request, other.path)) for other in others if other.id != area.id]


def _concerns(area: Area, path: str) -> bool:
    """Whether the area lies in the chosen part or above it."""
    return area.path.startswith(path) or path.startswith(area.path)


def _grouped(areas: Iterable[Area]) -> list[Community]:
    communities: dict[str, Community] = {}
    villages: dict[str, Village] = {}
    for area in sorted(areas, key=lambda one: one.path):
        above = area.path[:-STEP]
        if area.kind == AreaKind.COMMUNITY:
            communities[area.path] = Community(area)
        elif area.kind == AreaKind.VILLAGE and above in communities:
            villages[area.path] = Village(area)
            communities[above].villages.append(villages[area.path])
        elif area.kind == AreaKind.HAMLET and above in villages:
            villages[above].hamlets.append(area)
    return list(communities.values())


def _state(area: Area, day: date) -> Badge | None:
    if area.valid_to is not None:
        return Badge(_("Ended"), "void")
    return None if exists_on(area, day) else Badge(_("Not yet"), "waiting")


def _kind_below(area: Area) -> str:
    kind = kind_below(AreaKind(area.kind))
    return str(kind.label) if kind else ""


def _here(request: DeskRequest, area: Area) -> str:
    return address(chosen_path(request), "areas:detail", area.id)


def _crumbs(request: DeskRequest, above: Iterable[Area]) -> list[Crumb]:
    top = Crumb(TITLE, address(chosen_path(request), "areas:tree"))
    return [top, *[Crumb(area.name, _here(request, area)) for area in above]]
