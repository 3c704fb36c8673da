"""Sending one message: claimed, tried once, and its end written down; never twice.

The claim is committed before anything leaves. What a dead worker left claimed may have arrived, so
it is given up. A refusal that surely did not arrive is tried again some minutes later.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.jobs import actions as jobs
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.mechanisms.channels import adapters, queries, workflow
from bianfang.mechanisms.channels.actions.telling import JOB
from bianfang.mechanisms.channels.errors import SendError
from bianfang.mechanisms.channels.models import Delivery, OwnAddress
from bianfang.mechanisms.channels.wording import word
from bianfang.mechanisms.channels.workflow import DeliveryState, Move

LANGUAGE = "zh-hans"
"""Of all messages: a group has no language of its own to ask for."""


def deliver(*, town_id: UUID, delivery_id: UUID) -> str:
    """Try to send the message; tells its state afterwards. Safe to be run again."""
    delivery = _claim(town_id, delivery_id)
    if delivery.state != DeliveryState.SENDING:
        return delivery.state
    rules = queries.rules_of(town_id)
    try:
        with translation.override(LANGUAGE):
            message = word(delivery.counts, base_url=rules.base_url)
            adapters.channel_of(delivery, _address(delivery)).send(message)
    except SendError as refused:
        _postpone_or_give_up(delivery, refused)
    else:
        _end(delivery, Move.CONFIRM)
    return delivery.state


@transaction.atomic
def _claim(town_id: UUID, delivery_id: UUID) -> Delivery:
    """The message, being sent by this worker alone if its state says so."""
    rows = Delivery.objects.in_town(town_id).select_for_update(of=("self",), no_key=True)
    delivery: Delivery = rows.select_related("robot").get(id=delivery_id)
    state = DeliveryState(delivery.state)
    if state is DeliveryState.SENDING:
        _end(delivery, Move.GIVE_UP, _("The worker ended while sending; it may have arrived."))
    elif state is DeliveryState.QUEUED:
        reason, later = _hindrance(delivery), _later(delivery)
        if reason:
            _end(delivery, Move.GIVE_UP, reason)
        elif later:
            _wait(delivery, later)
        else:
            delivery.state = workflow.after(state, Move.CLAIM)
            delivery.attempts += 1
            delivery.save(update_fields=["state", "attempts"])
    return delivery


def _hindrance(delivery: Delivery) -> str:
    """Why it does not leave any more: its channel was switched off since it was queued."""
    if delivery.robot is None:
        is_off = not (queries.rules_of(delivery.town_id).mail_on and _address(delivery))
    else:
        is_off = delivery.waits_for_switch and not delivery.robot.is_on
    return _("The channel was switched off.") if is_off else ""


def _later(delivery: Delivery) -> datetime | None:
    """When it may leave, if not now: in work time, and not too many by one robot in a minute."""
    now = clock.local(clock.now())
    if delivery.robot and queries.count_of_last_minute(delivery.robot) >= workflow.MOST_A_MINUTE:
        return now + workflow.WAITS[0]
    if delivery.is_digest:
        window = queries.rules_of(delivery.town_id).window
        opening = window.next_moment(now, load_calendar())
        return opening if opening > now else None
    return None


def _address(delivery: Delivery) -> str:
    rows = OwnAddress.objects.in_town(delivery.town_id)
    own = rows.filter(staff=delivery.staff_id, is_on=True).first() if delivery.staff_id else None
    return own.address if own else ""


@transaction.atomic
def _postpone_or_give_up(delivery: Delivery, refused: SendError) -> None:
    wait = workflow.wait_after(delivery.attempts) if refused.may_retry else None
    if wait is None:
        _end(delivery, Move.GIVE_UP, str(refused))
        return
    delivery.state = workflow.after(DeliveryState(delivery.state), Move.POSTPONE)
    delivery.reason = str(refused)
    delivery.save(update_fields=["state", "reason"])
    _wait(delivery, clock.now() + wait)


def _wait(delivery: Delivery, until: datetime) -> None:
    delivery.not_before = until
    delivery.save(update_fields=["not_before"])
    payload = {"delivery": str(delivery.id)}
    jobs.enqueue(kind=JOB, town_id=delivery.town_id, actor=None, payload=payload, run_at=until)


def _end(delivery: Delivery, move: Move, reason: str = "") -> None:
    delivery.state = workflow.after(DeliveryState(delivery.state), move)
    delivery.reason, delivery.ended_at = reason, clock.now()
    delivery.save(update_fields=["state", "reason", "ended_at"])
