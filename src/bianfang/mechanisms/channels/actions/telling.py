"""Queuing messages in the transaction of what they tell of; sending is the job's."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.kernel.ids import new_id
from bianfang.kernel.jobs import actions as jobs
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.tenancy.models import TownQuerySet
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.mechanisms.channels import policies, queries, workflow
from bianfang.mechanisms.channels.enums import ChannelKind, Occasion, Verb
from bianfang.mechanisms.channels.models import ChannelRules, Delivery, Robot
from bianfang.mechanisms.channels.wording import Counts
from bianfang.mechanisms.channels.workflow import DeliveryState
from bianfang.register.areas import queries as areas

JOB = "channels.deliver"


@transaction.atomic
def tell_digests(
    *, town_id: UUID, day: date, staff: Mapping[UUID, Counts], units: Mapping[UUID, Counts]
) -> int:
    """Queue the digest of a day for who wishes mail, and one for each unit with a robot.

    They leave in work time. An older one that still waits is replaced: nobody gets two in a day.
    """
    rules = queries.rules_of(town_id)
    made = _to_robots(rules, Occasion.DIGEST, f"{day}", units)
    made += _by_mail(rules, Occasion.DIGEST, f"{day}", staff)
    return _queue(rules, made)


@transaction.atomic
def tell_hazard(
    *, town_id: UUID, subject: str, staff_ids: Collection[UUID], unit_id: UUID | None
) -> int:
    """Queue one message that a safety hazard needs handling; it leaves at once, at any hour."""
    rules, one = queries.rules_of(town_id), Counts(hazards=1)
    units = {unit_id: one} if unit_id else {}
    made = _to_robots(rules, Occasion.URGENT, subject, units)
    made += _by_mail(rules, Occasion.URGENT, subject, dict.fromkeys(staff_ids, one))
    return _queue(rules, made)


@transaction.atomic
def send_test(*, actor: Actor, robot_id: UUID) -> Robot:
    """Queue a test by a robot, switched on or not."""
    policies.check_can_manage_channels(actor)
    robot = queries.get_robot(actor=actor, robot_id=robot_id)
    rules = queries.rules_of(actor.town_id)
    if not rules.base_url:
        raise MoveError(_("First write the address of this system under “Hours and address”."))
    _queue(rules, [_delivery(robot, Occasion.TEST, f"{new_id()}", Counts())])
    facts = {"unit": robot.unit.name, "channel": robot.kind}
    town_area = areas.get_town_area(actor.town_id)
    journal.record(actor=actor, verb=Verb.TESTED, target=town_area, facts=facts)
    return robot


def _to_robots(
    rules: ChannelRules, occasion: Occasion, subject: str, units: Mapping[UUID, Counts]
) -> list[Delivery]:
    robots = queries.robots_on(town_id=rules.town_id, unit_ids=units.keys()) if units else []
    return [_delivery(each, occasion, subject, units[each.unit_id]) for each in robots]


def _delivery(robot: Robot, occasion: Occasion, subject: str, counts: Counts) -> Delivery:
    return Delivery(
        town_id=robot.town_id,
        kind=robot.kind,
        robot=robot,
        occasion=occasion,
        subject=subject,
        near=counts.near,
        late=counts.late,
        hazards=counts.hazards,
    )


def _by_mail(
    rules: ChannelRules, occasion: Occasion, subject: str, staff: Mapping[UUID, Counts]
) -> list[Delivery]:
    if not (rules.mail_on and staff):
        return []
    wished = queries.addresses_on(town_id=rules.town_id, staff_ids=staff.keys())
    return [
        Delivery(
            town_id=rules.town_id,
            kind=ChannelKind.MAIL,
            staff_id=each.staff_id,
            occasion=occasion,
            subject=subject,
            near=staff[each.staff_id].near,
            late=staff[each.staff_id].late,
            hazards=staff[each.staff_id].hazards,
        )
        for each in wished
    ]


def _queue(rules: ChannelRules, made: list[Delivery]) -> int:
    """Store what is not there yet, with a job for each; a repetition adds nothing."""
    now = clock.now()
    opening = rules.window.next_moment(clock.local(now), load_calendar())
    new = [each for each in made if not _same(each).exists()]
    for each in new:
        each.queued_at, each.not_before = now, opening if each.is_digest else now
        if each.is_digest:
            _replace_older(each)
    Delivery.objects.bulk_create(new)
    for each in new:
        payload = {"delivery": str(each.id)}
        jobs.enqueue(
            kind=JOB, town_id=rules.town_id, actor=None, payload=payload, run_at=each.not_before
        )
    return len(new)


def _same(delivery: Delivery) -> "TownQuerySet[Any]":
    return _of_recipient(delivery).filter(subject=delivery.subject)


def _replace_older(delivery: Delivery) -> None:
    waiting = _of_recipient(delivery).filter(state=DeliveryState.QUEUED)
    replaced = workflow.after(DeliveryState.QUEUED, workflow.Move.REPLACE)
    waiting.update(state=replaced, ended_at=delivery.queued_at)


def _of_recipient(delivery: Delivery) -> "TownQuerySet[Any]":
    rows = Delivery.objects.in_town(delivery.town_id).filter(occasion=delivery.occasion)
    return rows.filter(robot=delivery.robot_id, staff=delivery.staff_id)
