"""Every change of the tree."""

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.area_codes import AreaCodeError, AreaLevel, parse_area_code
from bianfang.kernel.errors import DomainError, FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.tenancy.models import Town
from bianfang.kernel.tenancy.paths import STEP, child
from bianfang.register.areas import policies, queries
from bianfang.register.areas.enums import AreaKind, kind_below
from bianfang.register.areas.models import Area

Branch = tuple[str, str, str]
"""Community, village, hamlet, by name."""

CODE_LEVELS = {
    AreaKind.TOWN: AreaLevel.TOWN,
    AreaKind.VILLAGE: AreaLevel.VILLAGE,
    AreaKind.HAMLET: AreaLevel.HAMLET,
}
"""The level that the code of an area has to name; a rural community has no national level."""


@transaction.atomic
def create_town(
    *, name: str, county_name: str = "", slug: str = "", code: str = "", is_demo: bool = False
) -> Town:
    """Found a town with its county above it: a step of installation, before anybody can act."""
    name, slug = name.strip(), slug or f"town-{Town.objects.count() + 1}"
    if not name:
        raise FieldError("name", _("A town needs a name."))
    if Town.objects.filter(name=name).exists():
        raise FieldError("name", _("There is a town %(name)s here already.") % {"name": name})
    if Town.objects.filter(slug=slug).exists():
        raise FieldError("slug", _("The short name %(slug)s is in use.") % {"slug": slug})
    town = Town.objects.create(name=name, county_name=county_name, slug=slug, is_demo=is_demo)
    county = _county(county_name or _("County"))
    top = Area.objects.create(
        town=town,
        kind=AreaKind.TOWN,
        name=name,
        code=_checked_code(AreaKind.TOWN, code),
        parent=county,
        path=child(county.path, _next_number(county)),
    )
    founder = Actor(town_id=town.id, name="bianfang")
    _changed()
    journal.record(actor=founder, verb="town_founded", target=top, facts={"name": name})
    return town


@transaction.atomic
def create_area(
    *, actor: Actor, parent_id: UUID, name: str, code: str = "", valid_from: date | None = None
) -> Area:
    """Add an area under another; its kind follows from the level above."""
    parent = queries.get_area_for_update(actor=actor, area_id=parent_id)
    policies.check_can_manage_area(actor, parent)
    kind = kind_below(AreaKind(parent.kind))
    if kind is None:
        raise DomainError(_("Nothing lies below a natural village."))
    if parent.valid_to is not None:
        raise DomainError(_("%(area)s has ended; choose its successor.") % {"area": parent.name})
    area = Area.objects.create(
        town_id=actor.town_id,
        kind=kind,
        name=_free_name(parent, name),
        code=_free_code(actor.town_id, kind, code),
        parent=parent,
        path=child(parent.path, _next_number(parent)),
        valid_from=valid_from,
    )
    _changed()
    journal.record(actor=actor, verb="area_created", target=area, facts={"name": area.name})
    return area


@transaction.atomic
def create_tree(
    *, actor: Actor, tree: Iterable[Branch], codes: Mapping[tuple[str, ...], str] | None = None
) -> int:
    """Add every community, village and hamlet of `tree` that is not there yet; gives how many.

    `codes` maps (community,), (community, village) or a whole branch to an area code.
    Used when a first roll founds the register: the names are the office's own, numbers of paths
    follow the order of the tree. Since when an area exists is not known: `valid_from` stays empty.
    """
    top = queries.get_town_area(actor.town_id)
    policies.check_can_manage_area(actor, top)
    known = {
        (area.parent_id, area.name): area
        for area in Area.objects.in_town(actor.town_id).filter(valid_to__isnull=True)
    }
    added: list[Area] = []
    numbers = {area.path: 0 for area in (top, *known.values())}
    for area in Area.objects.in_town(actor.town_id).order_by("path"):
        numbers[area.path[:-STEP]] = int(area.path[-STEP:])
    for branch in tree:
        parent = top
        for level, name in enumerate(branch, start=1):
            found = known.get((parent.id, name))
            if found is None:
                numbers[parent.path] = numbers.get(parent.path, 0) + 1
                code = (codes or {}).get(branch[:level], "")
                found = _new_area(actor, parent, name, numbers[parent.path], code)
                known[parent.id, name] = found
                added.append(found)
            parent = found
    Area.objects.bulk_create(added)
    if added:
        facts = {"areas": len(added)}
        _changed()
        journal.record(actor=actor, verb="areas_created_from_roll", target=top, facts=facts)
    return len(added)


@transaction.atomic
def rename_area(*, actor: Actor, area_id: UUID, name: str) -> Area:
    """Give an area another name; the journal keeps the old one. A town's name goes with it."""
    area = queries.get_area_for_update(actor=actor, area_id=area_id)
    policies.check_can_manage_area(actor, area)
    if area.valid_to is not None:
        raise DomainError(_("%(area)s has ended already.") % {"area": area.name})
    old = area.name
    area.name = _free_name(area.parent, name, except_for=area)
    area.save(update_fields=["name"])
    if area.kind == AreaKind.TOWN:
        Town.objects.filter(id=actor.town_id).update(name=area.name)
    _changed()
    journal.record(
        actor=actor, verb="area_renamed", target=area, facts={"old": old, "new": area.name}
    )
    return area


@transaction.atomic
def close_area(*, actor: Actor, area_id: UUID, successor_id: UUID, on: date) -> Area:
    """End an area that was merged into another of its kind. Its households are moved apart.

    What was recorded under its path stays there. Open areas below have to be ended first.
    """
    area = queries.get_area_for_update(actor=actor, area_id=area_id)
    policies.check_can_manage_area(actor, area)
    successor = queries.get_area(actor=actor, area_id=successor_id)
    if successor.id == area.id or successor.kind != area.kind or successor.valid_to is not None:
        raise FieldError(
            "successor", _("The successor must be another open area of the same kind.")
        )
    if area.valid_to is not None:
        raise DomainError(_("%(area)s has ended already.") % {"area": area.name})
    below = Area.objects.in_town(actor.town_id).filter(parent=area, valid_to__isnull=True)
    if below.exists():
        raise DomainError(
            _("%(area)s still has open areas below it; end or move those first.")
            % {"area": area.name}
        )
    if area.valid_from is not None and on <= area.valid_from:
        raise FieldError("on", _("The end must lie behind the beginning."))
    if on > clock.today():
        raise FieldError("on", _("End it on the day itself, or later."))
    area.valid_to, area.successor = on, successor
    area.save(update_fields=["valid_to", "successor"])
    facts = {"successor": successor.name, "on": on.isoformat()}
    _changed()
    journal.record(actor=actor, verb="area_closed", target=area, facts=facts)
    return area


def _county(name: str) -> Area:
    county = Area.objects.filter(kind=AreaKind.COUNTY, name=name).first()
    if county is not None:
        return county
    last = Area.objects.filter(kind=AreaKind.COUNTY).aggregate(last=Max("path"))["last"]
    return Area.objects.create(
        kind=AreaKind.COUNTY, name=name, path=child("", int(last or "0") + 1)
    )


def _new_area(actor: Actor, parent: Area, name: str, number: int, code: str) -> Area:
    kind = kind_below(AreaKind(parent.kind))
    assert kind is not None, "a branch ends with a hamlet"
    return Area(
        town_id=actor.town_id,
        kind=kind,
        name=name,
        code=_checked_code(kind, code),
        parent=parent,
        path=child(parent.path, number),
    )


def _next_number(parent: Area) -> int:
    """One more than the highest ever given: numbers of ended areas are not used again."""
    last = Area.objects.filter(parent=parent).aggregate(last=Max("path"))["last"]
    return int(last[-STEP:]) + 1 if last else 1


def _free_name(parent: Area | None, name: str, *, except_for: Area | None = None) -> str:
    name = name.strip()
    if not name:
        raise FieldError("name", _("An area needs a name."))
    rows = Area.objects.filter(parent=parent, name=name, valid_to__isnull=True)
    if except_for is not None:
        rows = rows.exclude(id=except_for.id)
    if rows.exists():
        raise FieldError(
            "name",
            _("%(parent)s has an area %(name)s already.") % {"parent": parent, "name": name},
        )
    return name


def _free_code(town_id: UUID, kind: AreaKind, code: str) -> str:
    code = _checked_code(kind, code)
    rows = Area.objects.in_town(town_id).filter(code=code, valid_to__isnull=True)
    holder = rows.order_by("path").first() if code else None
    if holder is not None:
        raise FieldError("code", _("%(area)s has this code already.") % {"area": holder.name})
    return code


def _checked_code(kind: AreaKind, code: str) -> str:
    if not code.strip():
        return ""
    try:
        read = parse_area_code(code)
    except AreaCodeError as error:
        raise FieldError("code", error.message) from error
    if read.level != CODE_LEVELS.get(kind, read.level):
        raise FieldError(
            "code",
            _("This code names another level of area, not: %(kind)s.") % {"kind": kind.label},
        )
    return read.code


def _changed() -> None:
    """Pages read the tree anew, now and once others can see the change."""
    queries.forget_areas()
    transaction.on_commit(queries.forget_areas)
