"""Who sets up what; secrets go in and do not come out."""

from datetime import time

import pytest
from django.db import connection

from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.channels import queries
from bianfang.mechanisms.channels.actions import setting
from bianfang.mechanisms.channels.actions.setting import RobotInput
from bianfang.mechanisms.channels.enums import ChannelKind
from bianfang.mechanisms.channels.models import OwnAddress, Robot
from bianfang.mechanisms.channels.tests import factories
from bianfang.mechanisms.channels.tests.factories import BASE, DINGTALK, WECOM
from bianfang.outreach.demands.tests.factories import SmallTown, make_town, some_id


def test_everything_is_off_until_switched_on(town: SmallTown) -> None:
    rules = queries.rules_of(town.town.id)

    assert not rules.mail_on
    assert (rules.opens, rules.closes) == (time(8, 30), time(17, 30))
    assert str(rules) == "08:30-17:30"
    assert not Robot(is_on=False).is_on
    assert queries.find_own_address(actor=town.handler) is None


def test_rules_are_set_again_and_journaled(town: SmallTown) -> None:
    factories.rules(town)
    factories.rules(town, opens=9)

    assert queries.rules_of(town.town.id).opens == time(9)
    entries = Entry.objects.in_town(town.town.id).filter(verb="channel_rules_set").order_by("id")
    assert entries[1].facts == {"hours": "09:00-18:00", "address": BASE, "mail": 0}


@pytest.mark.parametrize(
    ("base_url", "opens", "closes", "mail_on", "fields"),
    [
        ("bianfang", time(8), time(18), False, {"base_url"}),
        ("ftp://bianfang.example", time(8), time(18), False, {"base_url"}),
        (BASE, time(18), time(18), False, {"closes"}),
        (BASE, None, time(18), False, {"closes"}),
        ("", time(8), time(18), True, {"base_url", "mail_on"}),
    ],
)
def test_wrong_rules_are_refused_by_field(
    town: SmallTown,
    base_url: str,
    opens: time | None,
    closes: time,
    mail_on: bool,
    fields: set[str],
) -> None:
    with pytest.raises(FieldErrors) as refused:
        setting.set_rules(
            actor=town.admin, base_url=base_url, opens=opens, closes=closes, mail_on=mail_on
        )

    assert set(refused.value.errors) == fields


def test_only_the_administrator_sets_them_up(town: SmallTown) -> None:
    robot = factories.robot(town)
    given = RobotInput(webhook=WECOM)

    with pytest.raises(NotAllowedError):
        setting.set_rules(
            actor=town.clerk, base_url=BASE, opens=time(8), closes=time(9), mail_on=False
        )
    with pytest.raises(NotAllowedError):
        setting.change_robot(actor=town.clerk, robot_id=robot.id, given=given)
    with pytest.raises(NotAllowedError):
        setting.add_robot(
            actor=town.clerk,
            unit_id=town.units["roads"].id,
            kind=ChannelKind.WECOM,
            given=given,
        )


def test_address_and_secret_are_sealed_and_stay_out_of_the_journal(town: SmallTown) -> None:
    robot = factories.robot(town, kind=ChannelKind.DINGTALK, secret="SECret")

    with connection.cursor() as cursor:
        cursor.execute("SELECT webhook, secret FROM channels_robot")
        [(webhook, secret)] = cursor.fetchall()
    assert b"t-o-k" not in bytes(webhook)
    assert b"SECret" not in bytes(secret)
    stored = queries.get_robot(actor=town.admin, robot_id=robot.id)
    assert (stored.webhook, stored.secret) == (DINGTALK, "SECret")
    entry = Entry.objects.in_town(town.town.id).filter(verb="channel_robot_set").get()
    assert entry.facts == {"unit": town.units["civil"].name, "channel": "dingtalk", "is_on": 1}


def test_what_is_left_empty_stays_sealed_as_it_was(town: SmallTown) -> None:
    robot = factories.robot(town, kind=ChannelKind.DINGTALK, secret="SECret")

    setting.change_robot(actor=town.admin, robot_id=robot.id, given=RobotInput())

    stored = queries.get_robot(actor=town.admin, robot_id=robot.id)
    assert (stored.webhook, stored.secret, stored.is_on) == (DINGTALK, "SECret", False)
    assert str(stored) == "dingtalk"


def test_a_robot_is_refused_by_field(town: SmallTown) -> None:
    unit = town.units["civil"].id

    def refused(**given: object) -> set[str]:
        wanted = {"unit_id": unit, "kind": ChannelKind.WECOM, "given": RobotInput()} | given
        with pytest.raises(FieldErrors) as error:
            setting.add_robot(actor=town.admin, **wanted)  # type: ignore[arg-type]  # names are checked by the action
        return set(error.value.errors)

    assert refused(unit_id=None) == {"unit"}
    assert refused(kind=ChannelKind.MAIL) == {"kind"}
    assert refused() == {"webhook"}
    assert refused(given=RobotInput(webhook="https://example.org", is_on=True)) == {
        "webhook",
        "is_on",
    }
    factories.robot(town)
    assert refused(given=RobotInput(webhook=WECOM)) == {"unit"}


def test_robots_of_another_town_do_not_exist(town: SmallTown) -> None:
    robot = factories.robot(town)
    other = make_town("second", code="0002")

    assert list(queries.list_robots(actor=other.admin)) == []
    with pytest.raises(NotFoundError):
        queries.get_robot(actor=other.admin, robot_id=robot.id)
    with pytest.raises(NotFoundError):
        queries.get_robot(actor=town.admin, robot_id=some_id())


def test_an_own_address_is_chosen_and_changed(town: SmallTown) -> None:
    factories.wishes_mail(town, "handler")
    setting.set_own_address(actor=town.handler, address=" b@town.example ", is_on=False)

    own = queries.find_own_address(actor=town.handler)
    assert own is not None
    assert (own.address, own.is_on, str(own)) == ("b@town.example", False, "off")
    assert OwnAddress.objects.in_town(town.town.id).count() == 1
    setting.set_own_address(actor=town.handler, address="", is_on=False)
    for address in ("", "nobody"):
        with pytest.raises(FieldErrors) as refused:
            setting.set_own_address(actor=town.handler, address=address, is_on=True)
        assert set(refused.value.errors) == {"address"}
