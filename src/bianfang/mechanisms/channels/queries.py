"""Rules in force, robots, addresses and messages."""

from collections.abc import Collection
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.paging import Page, take_page
from bianfang.mechanisms.channels.models import ChannelRules, Delivery, OwnAddress, Robot
from bianfang.mechanisms.channels.workflow import DeliveryState


def rules_of(town_id: UUID) -> ChannelRules:
    """The rules of the town; without a row the usual ones, by which nothing leaves by mail."""
    found = ChannelRules.objects.in_town(town_id).first() or ChannelRules(town_id=town_id)
    assert isinstance(found, ChannelRules)
    return found


def has_mail_server() -> bool:
    """Whether the environment names a mail server."""
    return bool(settings.BIANFANG_MAIL_SERVER)


def list_robots(*, actor: Actor) -> "QuerySet[Robot]":
    """All robots of the town by unit."""
    rows = Robot.objects.in_town(actor.town_id).select_related("unit")
    return rows.order_by("unit__name", "kind")


def get_robot(*, actor: Actor, robot_id: UUID) -> Robot:
    """A robot of the town."""
    rows = Robot.objects.in_town(actor.town_id).select_related("unit")
    found = rows.filter(id=robot_id).first()
    if found is None:
        raise NotFoundError(_("There is no such robot in your town."))
    assert isinstance(found, Robot)
    return found


def robots_on(*, town_id: UUID, unit_ids: Collection[UUID]) -> "QuerySet[Robot]":
    """The robots of these units that are switched on."""
    return Robot.objects.in_town(town_id).filter(unit__in=unit_ids, is_on=True).order_by("id")


def addresses_on(*, town_id: UUID, staff_ids: Collection[UUID]) -> "QuerySet[OwnAddress]":
    """Who of these people wishes e-mail and still serves."""
    rows = OwnAddress.objects.in_town(town_id).filter(is_on=True, staff__is_active=True)
    return rows.filter(staff__in=staff_ids).order_by("id")


def find_own_address(*, actor: Actor) -> OwnAddress | None:
    """What the actor chose."""
    found: OwnAddress | None = (
        OwnAddress.objects.in_town(actor.town_id).filter(staff=actor.staff_id).first()
    )
    return found


def page_deliveries(*, actor: Actor, failed: bool = False, token: str = "") -> Page[Delivery]:
    """The last messages of the town, or only those that failed; whose address is not shown."""
    rows = Delivery.objects.in_town(actor.town_id).select_related("robot__unit", "staff")
    if failed:
        rows = rows.filter(state=DeliveryState.FAILED)
    return take_page(rows, order=("-queued_at", "-id"), token=token)


def count_of_last_minute(robot: Robot) -> int:
    """How many messages the robot took in the last minute."""
    since = clock.now() - timedelta(minutes=1)
    rows = Delivery.objects.in_town(robot.town_id).filter(robot=robot.id, ended_at__gt=since)
    return rows.filter(state=DeliveryState.SENT).count()
