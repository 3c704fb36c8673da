"""What is known while responsibilities are given: read once, for one line or a hundred."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, NotFoundError
from bianfang.outreach.assignments import policies
from bianfang.outreach.assignments.actions.terms import check_order, day_before, overlap
from bianfang.outreach.assignments.enums import EXCLUSIVE, PLACES, Duty
from bianfang.outreach.assignments.models import LeaderGroup, Responsibility
from bianfang.outreach.assignments.queries import one
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area
from bianfang.register.people import queries as people
from bianfang.register.people.models import Staff


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignmentInput:
    """A duty in an area, given to a person or, for a leader group, to a group."""

    area_id: UUID
    duty: Duty
    valid_from: date
    valid_to: date | None = None
    staff_id: UUID | None = None
    group_id: UUID | None = None


@dataclass(kw_only=True, slots=True)
class Book:
    """Areas, people and groups of the town, and who answers for what, old and newly given."""

    actor: Actor
    areas: Mapping[UUID, Area]
    staff: Mapping[UUID, Staff]
    groups: Mapping[UUID, LeaderGroup]
    rows: list[Responsibility]
    added: list[Responsibility] = field(default_factory=list)
    ended: list[Responsibility] = field(default_factory=list)

    @classmethod
    def open(cls, *, actor: Actor, given: Sequence[AssignmentInput]) -> "Book":
        """Read what the lines name, and lock the groups: two givers take turns."""
        groups = one.groups_for_update(actor=actor)
        named = {line.staff_id for line in given if line.staff_id}
        serving = people.list_staff(actor=actor, active=True).filter(id__in=named)
        rows = Responsibility.objects.in_town(actor.town_id)
        if given:
            rows = rows.not_over(min(line.valid_from for line in given))
        return cls(
            actor=actor,
            areas={area.id: area for area in areas.area_map(town_id=actor.town_id).values()},
            staff={person.id: person for person in serving},
            groups={group.id: group for group in groups},
            rows=list(rows.filter(duty__in={line.duty for line in given}).order_by("id")),
        )

    def give(self, line: AssignmentInput) -> Responsibility:
        """Check one line against everything in the book and write it in."""
        area = self._area(line)
        policies.check_can_assign(self.actor, area.path)
        row = Responsibility(
            town_id=self.actor.town_id,
            area=area,
            area_path=area.path,
            duty=line.duty,
            staff=self._person(line),
            group=self._group(line),
            valid_from=line.valid_from,
            valid_to=line.valid_to,
        )
        check_order(row.valid_from, row.valid_to, field="valid_to")
        self._make_room(row, area)
        self.added.append(row)
        return row

    def _area(self, line: AssignmentInput) -> Area:
        area = self.areas.get(line.area_id)
        if area is None:
            raise NotFoundError(_("There is no such area in your town."))
        if area.kind not in PLACES[line.duty]:
            kinds = ", ".join(str(kind.label) for kind in PLACES[line.duty])
            facts = {"duty": line.duty.label, "kinds": kinds, "area": area.name}
            sentence = _("%(area)s cannot have it: the duty “%(duty)s” is held in a %(kinds)s.")
            raise FieldError("area", sentence % facts)
        if area.valid_to and area.valid_to <= line.valid_from:
            facts = {"area": area.name, "day": area.valid_to}
            sentence = _("%(area)s was closed on %(day)s; choose its successor.")
            raise FieldError("area", sentence % facts)
        return area

    def _person(self, line: AssignmentInput) -> Staff | None:
        if line.duty == Duty.LEADER_GROUP:
            return None
        found = self.staff.get(line.staff_id) if line.staff_id else None
        if found is None:
            raise FieldError("staff", _("Choose somebody who works in the town."))
        return found

    def _group(self, line: AssignmentInput) -> LeaderGroup | None:
        if line.duty != Duty.LEADER_GROUP:
            return None
        found = self.groups.get(line.group_id) if line.group_id else None
        if found is None or found.ended_on:
            raise FieldError("group", _("Choose a leader group that has not ended."))
        return found

    def _make_room(self, new: Responsibility, area: Area) -> None:
        """Refuse what contradicts the book; a previous sole holder ends the day before."""
        for old in [row for row in self._same_duty(new) if overlap(row, new)]:
            if old.area_id == new.area_id and _holder(old) == _holder(new):
                raise FieldError(_holder_field(new), self._sentence(_ALREADY, old))
            if new.duty not in EXCLUSIVE or not _on_one_line(old.area_path, new.area_path):
                continue
            if old.area_id != new.area_id:
                raise FieldError("area", self._sentence(_OTHER_LEVEL, old))
            if old.valid_from >= new.valid_from:
                raise FieldError("valid_from", self._sentence(_LATER, old))
            old.valid_to = day_before(new.valid_from)
            self.ended.append(old)

    def _same_duty(self, new: Responsibility) -> Iterable[Responsibility]:
        return [row for row in (*self.rows, *self.added) if row.duty == new.duty]

    def _sentence(self, name: str, old: Responsibility) -> str:
        group = self.groups.get(old.group_id) if old.group_id else None
        facts = {
            "area": self.areas[old.area_id].name,
            "group": group.name if group else "",
            "day": old.valid_from,
        }
        return _sentences()[name] % facts


_ALREADY, _OTHER_LEVEL, _LATER = "already", "other level", "later"


def _sentences() -> Mapping[str, str]:
    return {
        _ALREADY: _("This is so already: for %(area)s since %(day)s."),
        _OTHER_LEVEL: _(
            "%(area)s belongs to %(group)s from %(day)s on, and a village has one group "
            "at a time; end that first."
        ),
        _LATER: _(
            "For %(area)s %(group)s begins on %(day)s; choose a last day before it, or end it."
        ),
    }


def _holder(row: Responsibility) -> UUID | None:
    holder: UUID | None = row.group_id or row.staff_id
    return holder


def _holder_field(row: Responsibility) -> str:
    return "group" if row.group_id else "staff"


def _on_one_line(one: str, other: str) -> bool:
    """Whether one area lies in the other."""
    return one.startswith(other) or other.startswith(one)
