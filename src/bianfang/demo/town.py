"""The area tree, the units and the staff of the invented town."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bianfang.demo import staffing
from bianfang.demo.seeds import DEFAULT_SEED, stream
from bianfang.demo.staffing import DemoStaff, LeaderGroup
from bianfang.demo.texts.areas import COMMUNITIES, COUNTY, TOWN, CommunityText
from bianfang.demo.texts.units import LEADERSHIP, UNITS, UnitKind
from bianfang.demo.timeline import build_timeline

AreaKind = Literal["county", "town", "community", "village", "hamlet"]

# No county has this number, so that no code, and no identity number, can be anybody's.
COUNTY_DIGITS = "999999"
_TOWN_DIGITS = "100"
_FIRST_VILLAGE_COMMITTEE = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoArea:
    """A place; `code` is the area code of 12 (hamlets: 15) digits, empty for communities.

    Keys tell the place in the tree: c02 > v0201 > h020101, whose digits begin household numbers.
    """

    key: str
    kind: AreaKind
    zh: str
    en: str  # empty for hamlets
    code: str
    parent_key: str
    clans: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoUnit:
    """A station, an office, a community's office or the committees of a village."""

    code: str
    kind: UnitKind
    zh: str
    en: str
    area_key: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoTown:
    """Everything that stands before the first round begins."""

    areas: tuple[DemoArea, ...]
    units: tuple[DemoUnit, ...]
    groups: tuple[LeaderGroup, ...]
    staff: tuple[DemoStaff, ...]

    def of_kind(self, kind: AreaKind) -> tuple[DemoArea, ...]:
        """The areas of one level, in the order of the tree."""
        return tuple(area for area in self.areas if area.kind == kind)

    def of_role(self, role: str) -> tuple[DemoStaff, ...]:
        """The staff of one role, in the order of their user names."""
        return tuple(person for person in self.staff if person.role == role)

    def of_unit(self, code: str) -> tuple[DemoStaff, ...]:
        """The staff of one unit, its head first."""
        return tuple(person for person in self.staff if person.unit == code)


def build_town(*, as_of: date, seed: int = DEFAULT_SEED) -> DemoTown:
    """The town as it stood when the roll was drawn up; only the days depend on `as_of`."""
    areas = build_areas()
    units = tuple(_build_units(areas))
    groups, staff = staffing.build_staff(
        communities=COMMUNITIES,
        since=build_timeline(as_of=as_of).staff_since,
        rng=stream(seed, "staff"),
    )
    return DemoTown(areas=areas, units=units, groups=groups, staff=staff)


def build_areas() -> tuple[DemoArea, ...]:
    """The area tree from the county down; it is the same for every seed and day."""
    return tuple(_walk_areas())


def _walk_areas() -> Iterator[DemoArea]:
    county, town = COUNTY_DIGITS, COUNTY_DIGITS + _TOWN_DIGITS
    yield _area("county", "county", *COUNTY, f"{county}000000", "")
    yield _area("town", "town", *TOWN, f"{town}000", "county")
    village_number = _FIRST_VILLAGE_COMMITTEE
    for place, community in enumerate(COMMUNITIES, start=1):
        name = f"{community.en} Community"
        yield _area(f"c{place:02}", "community", community.zh, name, "", "town")
        yield from _build_villages(community, place, f"{town}", village_number)
        village_number += len(community.villages)


def _build_villages(
    community: CommunityText, place: int, prefix: str, numbered: int
) -> Iterator[DemoArea]:
    for number, village in enumerate(community.villages, start=1):
        digits = f"{place:02}{number:02}"
        code = f"{prefix}{numbered + number:03}"
        yield _area(
            f"v{digits}",
            "village",
            village.zh,
            f"{village.en} Village",
            code,
            f"c{place:02}",
            village.clans,
        )
        for order, hamlet in enumerate(village.hamlets, start=1):
            yield _area(
                f"h{digits}{order:02}",
                "hamlet",
                hamlet,
                "",
                f"{code}{order:03}",
                f"v{digits}",
                village.clans,
            )


def _area(
    key: str,
    kind: AreaKind,
    zh: str,
    en: str,
    code: str,
    parent_key: str,
    clans: tuple[str, ...] = (),
) -> DemoArea:
    return DemoArea(key=key, kind=kind, zh=zh, en=en, code=code, parent_key=parent_key, clans=clans)


def _build_units(areas: tuple[DemoArea, ...]) -> Iterator[DemoUnit]:
    for unit in (LEADERSHIP, *UNITS):
        yield DemoUnit(code=unit.code, kind=unit.kind, zh=unit.zh, en=unit.en, area_key="town")
    for area in areas:
        if area.kind == "community":
            yield DemoUnit(
                code=f"community_{area.key[1:]}",
                kind="community_office",
                zh=f"{area.zh}党群服务中心",
                en=f"{area.en} Service Centre",
                area_key=area.key,
            )
        elif area.kind == "village":
            yield DemoUnit(
                code=f"village_{area.key[1:]}",
                kind="village_committees",
                zh=f"{area.zh}两委",
                en=f"Committees of {area.en}",
                area_key=area.key,
            )
