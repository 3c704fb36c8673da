"""Making the digests of a day, and choosing the steps of the ladder."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.mechanisms.channels.actions import telling
from bianfang.mechanisms.channels.wording import Counts
from bianfang.mechanisms.reminders import policies, queries, workflow
from bianfang.mechanisms.reminders.enums import Verb
from bianfang.mechanisms.reminders.models import (
    Digest,
    DigestLine,
    LadderSetting,
    UrgentNotice,
)
from bianfang.mechanisms.reminders.workflow import Ladder
from bianfang.outreach.demands.events import UrgentDemandPlaced
from bianfang.outreach.demands.models import Demand
from bianfang.register.areas import queries as areas

Lines = dict[UUID, dict[UUID, tuple[int, bool]]]
"""By person, then by demand: the step, and whether it is as the head of the unit."""


@transaction.atomic
def make_digests(*, town_id: UUID, day: date | None = None) -> int:
    """One digest for everybody whom a step of the ladder names that day; tells how many.

    Nothing on days off, and never a second one for the same person and day, however often the job
    runs. Who is in charge but no longer serves is spoken for by the head of the unit.
    """
    today = day or clock.today()
    calendar = load_calendar()
    if not calendar.is_workday(today):
        return 0
    ladder = queries.ladder_of(town_id)
    pressing = queries.list_pressing(town_id=town_id, day=today, ladder=ladder, calendar=calendar)
    heads = queries.heads_of_units(town_id=town_id, day=today)
    told = Digest.objects.in_town(town_id).filter(day=today)
    done = set(told.order_by().values_list("staff_id", flat=True))
    lines = _share_out(pressing, ladder, heads)
    new = {staff_id: of_staff for staff_id, of_staff in lines.items() if staff_id not in done}
    _store(town_id, today, new)
    staff = {staff_id: _count(step for step, _for in of.values()) for staff_id, of in new.items()}
    units = _count_units(pressing)
    telling.tell_digests(town_id=town_id, day=today, staff=staff, units=units)
    return len(new)


@transaction.atomic
def note_urgent(placed: UrgentDemandPlaced) -> None:
    """Tell of a safety hazard at once, at any hour: once for each pair of hands it is put into.

    The inbox first; the channels that are switched on follow by a job of their own.
    """
    told = UrgentNotice.objects.in_town(placed.town_id).filter(
        demand=placed.demand_id, owner=placed.owner_id
    )
    if told.exists():
        return
    staff_ids = queries.list_told(
        town_id=placed.town_id,
        unit_id=placed.unit_id,
        owner_id=placed.owner_id,
        day=clock.today(),
    )
    UrgentNotice.objects.bulk_create(
        UrgentNotice(
            town_id=placed.town_id,
            demand_id=placed.demand_id,
            owner_id=placed.owner_id,
            staff_id=staff_id,
            at=clock.now(),
        )
        for staff_id in sorted(staff_ids)
    )
    subject = f"{placed.demand_id}:{placed.owner_id or ''}"
    telling.tell_hazard(
        town_id=placed.town_id, subject=subject, staff_ids=staff_ids, unit_id=placed.unit_id
    )


@transaction.atomic
def set_ladder(
    *, actor: Actor, owner_steps: Sequence[int], head_steps: Sequence[int]
) -> LadderSetting:
    """Choose the steps; both lists may be empty: then nobody is reminded."""
    policies.check_can_set_ladder(actor)
    given = {"owner_steps": owner_steps, "head_steps": head_steps}
    sentence = _("Whole numbers between -%(most)d and %(most)d.") % {"most": workflow.LONGEST}
    errors = {name: sentence for name, steps in given.items() if not workflow.are_steps(steps)}
    if errors:
        raise FieldErrors(errors)
    written = {name: workflow.written(set(steps)) for name, steps in given.items()}
    setting = LadderSetting(town_id=actor.town_id, **written)
    LadderSetting.objects.bulk_create(
        [setting], update_conflicts=True, unique_fields=["town"], update_fields=list(written)
    )
    town_area = areas.get_town_area(actor.town_id)
    journal.record(actor=actor, verb=Verb.LADDER_SET, target=town_area, facts=written)
    return setting


def _share_out(
    pressing: Iterable[tuple[Demand, int]], ladder: Ladder, heads: Mapping[UUID, set[UUID]]
) -> Lines:
    lines: Lines = defaultdict(dict)
    for demand, step in pressing:
        leads = heads.get(demand.unit_id, set()) if demand.unit_id else set()
        serves = demand.owner is not None and demand.owner.is_active
        if step in ladder.head or not serves:
            for staff_id in leads:
                lines[staff_id][demand.id] = (step, True)
        if step in ladder.owner and serves and demand.owner_id:
            lines[demand.owner_id][demand.id] = (step, False)
    return lines


def _count(steps: Iterable[int]) -> Counts:
    found = list(steps)
    late = sum(step > 0 for step in found)
    return Counts(near=len(found) - late, late=late)


def _count_units(pressing: Iterable[tuple[Demand, int]]) -> dict[UUID, Counts]:
    """Of each unit as a whole: a group is told numbers, never whose they are."""
    steps: dict[UUID, list[int]] = defaultdict(list)
    for demand, step in pressing:
        if demand.unit_id:
            steps[demand.unit_id].append(step)
    return {unit_id: _count(of_unit) for unit_id, of_unit in steps.items()}


def _store(town_id: UUID, day: date, lines: Lines) -> None:
    digests = {staff_id: Digest(town_id=town_id, staff_id=staff_id, day=day) for staff_id in lines}
    Digest.objects.bulk_create(digests.values())
    DigestLine.objects.bulk_create(
        DigestLine(
            town_id=town_id,
            digest=digests[staff_id],
            demand_id=demand_id,
            step=step,
            for_unit=for_unit,
        )
        for staff_id, of_staff in lines.items()
        for demand_id, (step, for_unit) in of_staff.items()
    )
