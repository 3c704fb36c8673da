"""What a household row repeats of its members, and the order of visits that follows from it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import accumulate, takewhile

from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.names import spelling
from bianfang.register.households.enums import Priority, YesNo
from bianfang.register.households.models import Household, Resident

OLD_AGE = 70
FULL_AGE = 18
PINYIN_WIDTH = 120
INITIALS_WIDTH = 20
SEVERE = ("一级", "二级")
SUMMARY_FIELDS = ("head_name", "head_pinyin", "head_initials", "member_count", "priority")


def refresh_summary(household: Household, members: Sequence[Resident], *, day: date) -> None:
    """Set the summary on the row (not saved) from its present members."""
    head = next((person for person in members if person.relation == Relation.HEAD), None)
    household.head_name = head.name if head else ""
    household.head_pinyin = head.pinyin if head else ""
    household.head_initials = head.initials if head else ""
    household.member_count = len(members)
    household.priority = priority_of(members, day=day)


def priority_of(members: Sequence[Resident], *, day: date) -> Priority:
    """Hardship first, then care; from public-assistance facts and ages alone, never a score."""
    if any(YesNo.YES in (person.dibao, person.tekun) for person in members):
        return Priority.HARDSHIP
    if any(person.disability.endswith(SEVERE) for person in members):
        return Priority.CARE
    at_home = [person for person in members if not person.is_away] or members
    ages = [_age(person.birth_date, day) for person in at_home if person.birth_date]
    is_known = 0 < len(ages) == len(at_home)
    if is_known and (min(ages) >= OLD_AGE or max(ages) < FULL_AGE):
        return Priority.CARE
    return Priority.COMMON


def is_child(person: Resident, *, day: date) -> bool:
    """Whether somebody is not of age; whose birthday is not known counts as grown up."""
    return person.birth_date is not None and _age(person.birth_date, day) < FULL_AGE


def spell(person: Resident) -> None:
    """Set the search keys of the name (not saved)."""
    person.pinyin = spelling.full(person.name)[:PINYIN_WIDTH]
    person.initials = all_initials(person.name)


@lru_cache(maxsize=20_000)
def all_initials(name: str) -> str:
    """The first letters by every reading of the name, the usual one first, as many as fit."""
    readings = spelling.all_initials(name)
    fitting = takewhile(
        lambda text: len(text) <= INITIALS_WIDTH, accumulate(readings, "{} {}".format)
    )
    return max(fitting, key=len, default=readings[0][:INITIALS_WIDTH] if readings else "")


def _age(birth: date, day: date) -> int:
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
