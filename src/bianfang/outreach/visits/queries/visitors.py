"""Who took part: the name, role and unit that staff had on the day of a visit."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bianfang.outreach.visits.queries.prepared import PreparedRead
from bianfang.register.people.enums import Role
from bianfang.register.people.models import Post, Staff
from bianfang.register.people.queries import RANK


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitorSnapshot:
    """A member of the staff as he or she was on a day; the role is the highest held then."""

    staff_id: UUID
    name: str
    role: str = ""
    unit_name: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class _Term:
    role: str
    unit_name: str
    valid_from: date
    valid_to: date | None

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, kw_only=True, slots=True)
class VisitorBook:
    """The posts of some staff over some days, read in one query."""

    names: Mapping[UUID, str]
    terms: Mapping[UUID, list[_Term]]

    def find(self, staff_id: UUID, day: date) -> VisitorSnapshot | None:
        """How the person served on that day; None for somebody who is not of the town's staff."""
        name = self.names.get(staff_id)
        if name is None:
            return None
        held = [term for term in self.terms.get(staff_id, ()) if term.holds_on(day)]
        if not held:
            return VisitorSnapshot(staff_id=staff_id, name=name)
        first = min(held, key=lambda term: RANK.index(Role(term.role)))
        return VisitorSnapshot(
            staff_id=staff_id, name=name, role=first.role, unit_name=first.unit_name
        )


def _posts(
    *, town_id: UUID, first_day: date, last_day: date, **staff: UUID
) -> "QuerySet[Post, tuple[Any, ...]]":
    posts = Post.objects.in_town(town_id).filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=first_day),
        staff__in=list(staff.values()),
        valid_from__lte=last_day,
    )
    return posts.order_by().values_list(
        "staff_id", "staff__name", "role", "unit__name", "valid_from", "valid_to"
    )


_POSTS = PreparedRead(_posts)


def read_visitors(
    *, town_id: UUID, ids: Iterable[UUID], first_day: date, last_day: date
) -> VisitorBook:
    """The book of these people for these days; a second query only for who has no post then."""
    wanted = set(ids)
    if not wanted:
        return VisitorBook(names={}, terms={})
    names: dict[UUID, str] = {}
    terms: dict[UUID, list[_Term]] = defaultdict(list)
    posts = _POSTS.rows(
        town_id=town_id,
        first_day=first_day,
        last_day=last_day,
        **{f"staff_{place}": staff_id for place, staff_id in enumerate(sorted(wanted))},
    )
    for staff_id, name, role, unit_name, valid_from, valid_to in posts:
        names[staff_id] = name
        terms[staff_id].append(
            _Term(role=role, unit_name=unit_name or "", valid_from=valid_from, valid_to=valid_to)
        )
    if without_post := wanted - names.keys():
        rows = Staff.objects.in_town(town_id).filter(id__in=without_post)
        names.update(rows.values_list("id", "name"))
    return VisitorBook(names=names, terms=terms)
