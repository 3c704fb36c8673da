"""Who works in the invented town: leaders in groups, contact cadres, villages, communities, units.

Every village has one secretary and one contact cadre, every community its leader group and
workers; everybody whose absence would leave a place without a name has a substitute.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bianfang.demo.names import Sex, draw_given, draw_surname
from bianfang.demo.texts.areas import CommunityText
from bianfang.demo.texts.units import (
    LEADER_TITLES,
    LEADERS_PER_GROUP,
    LEADERSHIP,
    PRINCIPAL_TITLES,
    UNITS,
)

_COMMUNITIES_PER_GROUP = 2
_PAIRED_IN_EVERY_COMMUNITY = 1
_MORE_PAIRS = 2  # in the first communities that have six villages
_LARGE_COMMUNITY = 6
_THREE_WORKERS_EVERY = 2
_POST_DAYS = 1500
_FIRST_PHONE = 10000000000


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoStaff:
    """A person who signs in; `area_keys` is what the post answers for, `since` when it began."""

    username: str
    name: str
    sex: Sex
    phone: str
    role: str
    unit: str
    title_zh: str
    title_en: str
    area_keys: tuple[str, ...]
    group: int  # leader group, 0 for none
    substitute: str  # user name, or empty
    since: date


@dataclass(frozen=True, kw_only=True, slots=True)
class LeaderGroup:
    """Leaders who together answer for their communities and every village in them."""

    number: int
    zh: str
    en: str
    area_keys: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(kw_only=True, slots=True)
class _Hiring:
    """Gives everybody an own name, telephone and first day."""

    rng: random.Random
    since: date
    names: set[str] = field(default_factory=set)
    phones: Iterator[int] = field(
        default_factory=lambda: iter(range(_FIRST_PHONE, _FIRST_PHONE + 300))
    )

    def hire(
        self,
        username: str,
        role: str,
        unit: str,
        title: tuple[str, str],
        area_keys: tuple[str, ...],
        *,
        born: tuple[int, int] = (1970, 1998),
        women: float = 0.4,
        surname: str = "",
        group: int = 0,
        substitute: str = "",
    ) -> DemoStaff:
        sex: Sex = "女" if self.rng.random() < women else "男"
        return DemoStaff(
            username=username,
            name=self._name(sex, surname, self.rng.randint(*born)),
            sex=sex,
            phone=str(next(self.phones)),
            role=role,
            unit=unit,
            title_zh=title[0],
            title_en=title[1],
            area_keys=area_keys,
            group=group,
            substitute=substitute,
            since=self.since - timedelta(days=self.rng.randrange(_POST_DAYS)),
        )

    def _name(self, sex: Sex, surname: str, year: int) -> str:
        while True:
            family = surname or draw_surname(self.rng)
            name = family + draw_given(self.rng, sex=sex, year=year)
            if name not in self.names:
                self.names.add(name)
                return name


def build_staff(
    *, communities: Sequence[CommunityText], since: date, rng: random.Random
) -> tuple[tuple[LeaderGroup, ...], tuple[DemoStaff, ...]]:
    """The leader groups and the whole staff; every substitute is a user name of the same list."""
    hiring = _Hiring(rng=rng, since=since)
    leaders = list(_leaders(hiring))
    cadres = list(_cadres(hiring, communities))
    workers = list(_workers(hiring, len(communities)))
    secretaries = list(_secretaries(hiring, communities))
    staff = (
        *_principals(hiring),
        *leaders,
        *_with_next_as_substitute(cadres),
        *workers,
        *secretaries,
        *_unit_staff(hiring),
        *_office_staff(hiring),
    )
    return tuple(_groups(leaders)), staff


def _principals(hiring: _Hiring) -> Iterator[DemoStaff]:
    usernames = ("secretary", "mayor")
    for username, other, title in zip(
        usernames, reversed(usernames), PRINCIPAL_TITLES, strict=True
    ):
        yield hiring.hire(
            username,
            "principal_leader",
            LEADERSHIP.code,
            title,
            ("town",),
            born=(1974, 1982),
            women=0.3,
            substitute=other,
        )


def _leaders(hiring: _Hiring) -> Iterator[DemoStaff]:
    groups = [number for number, size in enumerate(LEADERS_PER_GROUP, start=1) for _ in range(size)]
    last = len(groups)
    for place, (group, title) in enumerate(zip(groups, LEADER_TITLES, strict=True), start=1):
        yield hiring.hire(
            f"leader{place:02}",
            "leader",
            LEADERSHIP.code,
            title,
            _group_areas(group),
            born=(1973, 1988),
            women=0.3,
            group=group,
            substitute=f"leader{place % last + 1:02}",
        )


def _group_areas(group: int) -> tuple[str, ...]:
    first = (group - 1) * _COMMUNITIES_PER_GROUP + 1
    return tuple(f"c{place:02}" for place in range(first, first + _COMMUNITIES_PER_GROUP))


def _groups(leaders: Sequence[DemoStaff]) -> Iterator[LeaderGroup]:
    for number in range(1, len(LEADERS_PER_GROUP) + 1):
        yield LeaderGroup(
            number=number,
            zh=f"第{'一二三四五六'[number - 1]}包靠组",
            en=f"Leaders' group {number}",
            area_keys=_group_areas(number),
            members=tuple(person.username for person in leaders if person.group == number),
        )


def _cadres(hiring: _Hiring, communities: Sequence[CommunityText]) -> Iterator[DemoStaff]:
    offices = [unit.code for unit in UNITS if unit.kind != "partner"]
    title = ("包村干部", "Village-contact cadre")
    for place, villages in enumerate(_beats(communities), start=1):
        yield hiring.hire(
            f"cadre{place:02}",
            "village_cadre",
            offices[place % len(offices)],
            title,
            villages,
            born=(1975, 2001),
        )


def _beats(communities: Sequence[CommunityText]) -> Iterator[tuple[str, ...]]:
    """One village each; the last two (or two pairs) of a community share a cadre."""
    more = _MORE_PAIRS
    for place, community in enumerate(communities, start=1):
        keys = [f"v{place:02}{number:02}" for number in range(1, len(community.villages) + 1)]
        pairs = _PAIRED_IN_EVERY_COMMUNITY
        if more and len(keys) == _LARGE_COMMUNITY:
            pairs, more = pairs + 1, more - 1
        while pairs:
            yield (keys.pop(-2), keys.pop())
            pairs -= 1
        yield from ((key,) for key in keys)


def _with_next_as_substitute(cadres: Sequence[DemoStaff]) -> Iterator[DemoStaff]:
    """A cadre of the same community stands in, so that he or she knows the lanes."""
    for cadre in cadres:
        community = cadre.area_keys[0][:3]
        mates = [other.username for other in cadres if other.area_keys[0][:3] == community]
        following = mates[(mates.index(cadre.username) + 1) % len(mates)]
        yield replace(cadre, substitute=following)


def _workers(hiring: _Hiring, communities: int) -> Iterator[DemoStaff]:
    for place in range(1, communities + 1):
        count = 3 if place % _THREE_WORKERS_EVERY else 2
        for number in range(1, count + 1):
            yield hiring.hire(
                f"worker{place:02}{number}",
                "community_worker",
                f"community_{place:02}",
                ("社区工作者", "Community worker"),
                (f"c{place:02}",),
                born=(1980, 2001),
                women=0.6,
                substitute=f"worker{place:02}{number % count + 1}",
            )


def _secretaries(hiring: _Hiring, communities: Sequence[CommunityText]) -> Iterator[DemoStaff]:
    for place, community in enumerate(communities, start=1):
        for number, village in enumerate(community.villages, start=1):
            digits = f"{place:02}{number:02}"
            yield hiring.hire(
                f"village{digits}",
                "village_secretary",
                f"village_{digits}",
                ("村党支部书记", "Village Party secretary"),
                (f"v{digits}",),
                born=(1964, 1990),
                women=0.15,
                surname=hiring.rng.choice(village.clans),
                substitute=f"worker{place:02}1",
            )


def _unit_staff(hiring: _Hiring) -> Iterator[DemoStaff]:
    for unit in UNITS:
        yield hiring.hire(
            f"{unit.code}.head",
            "unit_head",
            unit.code,
            (f"{unit.zh}负责人", f"Head, {unit.en}"),
            ("town",),
            born=(1970, 1988),
            women=0.3,
            substitute=f"{unit.code}.1" if unit.handlers else "",
        )
        for number in range(1, unit.handlers + 1):
            yield hiring.hire(
                f"{unit.code}.{number}",
                "unit_handler",
                unit.code,
                (f"{unit.zh}经办人", f"Handler, {unit.en}"),
                ("town",),
            )


def _office_staff(hiring: _Hiring) -> Iterator[DemoStaff]:
    town = ("town",)
    clerk = ("遍访办工作人员", "Visiting Office clerk")
    for number, other in ((1, 2), (2, 1)):
        yield hiring.hire(
            f"visits.{number}",
            "town_clerk",
            "visits_office",
            clerk,
            town,
            substitute=f"visits.{other}",
        )
    administrator = ("系统管理员", "System administrator")
    yield hiring.hire("admin", "system_admin", "party_office", administrator, town)
    protection = ("个人信息保护负责人", "Data protection officer")
    yield hiring.hire("privacy", "data_officer", "party_office", protection, town)
