"""A town with the tree of `workbooks.TREE`, and rolls on their way into its register."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bianfang.kernel.actor import Actor
from bianfang.kernel.crypto.current import blind_index
from bianfang.kernel.jobs.models import Job
from bianfang.kernel.tenancy.models import Town
from bianfang.register.areas import actions as areas
from bianfang.register.areas import queries as area_queries
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household, Resident
from bianfang.register.households.queries import ID_PURPOSE
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Role
from bianfang.register.people.models import Post, Staff
from bianfang.register.rolls.actions import checking, intake, merging
from bianfang.register.rolls.models import RollDiff, RollImport
from bianfang.register.rolls.tests.workbooks import COLUMNS, TREE, Line, make_book

TODAY = date(2026, 7, 1)
ROLL_DAY = date(2026, 3, 31)
NEXT_DAY = date(2026, 6, 30)


@dataclass(frozen=True, kw_only=True, slots=True)
class RollTown:
    """A town and who acts in it."""

    town: Town
    clerk: Actor
    secretary: Actor
    staff: dict[str, Staff]

    def area(self, name: str, kind: str = "hamlet") -> Area:
        return Area.objects.in_town(self.town.id).get(name=name, kind=kind)

    def household(self, number: str) -> Household:
        return Household.objects.in_town(self.town.id).get(number=number)

    def households(self) -> list[Household]:
        rows = Household.objects.in_town(self.town.id).on_register()
        return list(rows.order_by("number"))

    def resident(self, id_number: str) -> Resident:
        key = blind_index(id_number, purpose=ID_PURPOSE)
        rows = Resident.objects.in_town(self.town.id).select_related("household")
        return rows.get(id_key=key)

    def names(self, number: str) -> list[str]:
        """The present people of a household."""
        rows = Resident.objects.in_town(self.town.id).on_register()
        return [person.name for person in rows.filter(household__number=number).order_by("order")]


def make_town(slug: str = "first", *, has_tree: bool = True) -> RollTown:
    town = areas.create_town(name=f"试验镇{slug}", county_name=f"试验县{slug}", slug=slug)
    system = people.system_actor(town_id=town.id, name="tests")
    if has_tree:
        areas.create_tree(actor=system, tree=TREE.paths)
    top = area_queries.get_town_area(town.id)
    staff = {}
    for name, role in (("clerk", Role.TOWN_CLERK), ("secretary", Role.VILLAGE_SECRETARY)):
        staff[name] = Staff.objects.create(town=town, username=f"{name}-{slug}", name=name)
        Post.objects.create(
            town=town, staff=staff[name], role=role, area=top, valid_from=date(2026, 1, 1)
        )
    actors = {name: people.load_actor(one) for name, one in staff.items()}
    return RollTown(town=town, staff=staff, **actors)


def book(*lines: Line, columns: Sequence[str] = COLUMNS) -> bytes:
    return make_book({"花名册": [columns, *lines]})


def sent(town: RollTown, content: bytes, *, as_of: date = ROLL_DAY) -> RollImport:
    return intake.upload_roll(
        actor=town.clerk, file_name="花名册.xlsx", content=content, as_of=as_of
    )


def checked(town: RollTown, content: bytes, *, as_of: date = ROLL_DAY) -> RollImport:
    roll = sent(town, content, as_of=as_of)
    return checking.check_roll(actor=town.clerk, roll_id=roll.id)


def merged(town: RollTown, content: bytes, *, as_of: date = ROLL_DAY) -> RollImport:
    roll = checked(town, content, as_of=as_of)
    return merging.merge_roll(actor=town.clerk, roll_id=roll.id)


def merge(town: RollTown, roll: RollImport) -> RollImport:
    return merging.merge_roll(actor=town.clerk, roll_id=roll.id)


def diffs(roll: RollImport) -> list[RollDiff]:
    return list(RollDiff.objects.in_town(roll.town_id).filter(roll=roll).order_by("order"))


def did(roll: RollImport) -> dict[str, Any]:
    return {name[4:]: n for name, n in roll.counts.items() if name.startswith("did_")}


def job_of(roll: RollImport) -> Job:
    assert roll.job_id is not None
    return Job.objects.get(id=roll.job_id)
