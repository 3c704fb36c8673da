"""Setting up channels; secrets go in and never come out."""

from dataclasses import dataclass
from datetime import time
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, FieldErrors
from bianfang.kernel.journal import actions as journal
from bianfang.mechanisms.channels import policies, queries, transport
from bianfang.mechanisms.channels.enums import ROBOTS, ChannelKind, Verb
from bianfang.mechanisms.channels.models import ChannelRules, OwnAddress, Robot
from bianfang.register.areas import queries as areas
from bianfang.register.people import queries as people


@dataclass(frozen=True, kw_only=True, slots=True)
class RobotInput:
    """A robot as it is typed; an empty webhook or secret keeps what is sealed already."""

    webhook: str = ""
    secret: str = ""
    is_on: bool = False


@transaction.atomic
def set_rules(
    *, actor: Actor, base_url: str, opens: time | None, closes: time | None, mail_on: bool
) -> ChannelRules:
    """Choose hours, address of the link, and whether e-mail is used; nothing is on by itself."""
    policies.check_can_manage_channels(actor)
    errors = {}
    url = base_url.strip().rstrip("/")
    if url and (urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname):
        errors["base_url"] = _("Write the whole address, as https://bianfang.example.")
    if opens is None or closes is None or opens >= closes:
        errors["closes"] = _("Work time ends after it begins.")
    if mail_on and not queries.has_mail_server():
        errors["mail_on"] = _("The environment names no mail server.")
    if mail_on and not url:
        errors["base_url"] = _("Without the address of this system nothing can be sent.")
    if errors:
        raise FieldErrors(errors)
    assert opens is not None
    assert closes is not None
    rules = ChannelRules(
        town_id=actor.town_id, base_url=url, opens=opens, closes=closes, mail_on=mail_on
    )
    names = ["base_url", "opens", "closes", "mail_on"]
    ChannelRules.objects.bulk_create(
        [rules], update_conflicts=True, unique_fields=["town"], update_fields=names
    )
    facts = {"hours": f"{opens:%H:%M}-{closes:%H:%M}", "address": url, "mail": int(mail_on)}
    town_area = areas.get_town_area(actor.town_id)
    journal.record(actor=actor, verb=Verb.RULES_SET, target=town_area, facts=facts)
    return rules


@transaction.atomic
def add_robot(*, actor: Actor, unit_id: UUID | None, kind: ChannelKind, given: RobotInput) -> Robot:
    """Name the robot of a unit's group, one of a kind for each unit."""
    policies.check_can_manage_channels(actor)
    if unit_id is None:
        raise FieldError("unit", _("Choose the unit whose group it is."))
    unit = people.get_unit(actor=actor, unit_id=unit_id)
    if kind not in ROBOTS:
        raise FieldError("kind", _("Choose the kind of robot."))
    if Robot.objects.in_town(actor.town_id).filter(unit=unit, kind=kind).exists():
        raise FieldError("unit", _("This unit has such a robot already."))
    robot = Robot(town_id=actor.town_id, unit=unit, kind=kind)
    _fill(robot, given)
    robot.save(force_insert=True)
    _tell(actor, robot)
    return robot


@transaction.atomic
def change_robot(*, actor: Actor, robot_id: UUID, given: RobotInput) -> Robot:
    """Switch it on or off, or seal another address or secret."""
    policies.check_can_manage_channels(actor)
    robot = queries.get_robot(actor=actor, robot_id=robot_id)
    _fill(robot, given)
    robot.save(update_fields=["webhook", "secret", "is_on"])
    _tell(actor, robot)
    return robot


@transaction.atomic
def set_own_address(*, actor: Actor, address: str, is_on: bool) -> OwnAddress:
    """One's own choice, told to nobody: an address, and whether the digest goes there too."""
    address = address.strip()
    if is_on and not address:
        raise FieldError("address", _("Write the address, or leave e-mail switched off."))
    if address:
        try:
            validate_email(address)
        except ValidationError as fault:
            raise FieldError("address", _("This is not an e-mail address.")) from fault
    own = OwnAddress(town_id=actor.town_id, staff_id=actor.person_id, address=address, is_on=is_on)
    OwnAddress.objects.bulk_create(
        [own],
        update_conflicts=True,
        unique_fields=["town", "staff"],
        update_fields=["address", "is_on"],
    )
    return own


def _fill(robot: Robot, given: RobotInput) -> None:
    errors = {}
    webhook = given.webhook.strip() or robot.webhook
    if not webhook:
        errors["webhook"] = _("Write the webhook address of the robot.")
    elif not transport.is_permitted(webhook):
        errors["webhook"] = _("The address is not https or not of a permitted host.")
    if given.is_on and not queries.rules_of(robot.town_id).base_url:
        errors["is_on"] = _("First write the address of this system under “Hours and address”.")
    if errors:
        raise FieldErrors(errors)
    robot.webhook, robot.secret = webhook, given.secret.strip() or robot.secret
    robot.is_on = given.is_on


def _tell(actor: Actor, robot: Robot) -> None:
    facts = {"unit": robot.unit.name, "channel": robot.kind, "is_on": int(robot.is_on)}
    town_area = areas.get_town_area(actor.town_id)
    journal.record(actor=actor, verb=Verb.ROBOT_SET, target=town_area, facts=facts)
