"""Messages on their way: numbers and a link only, once, in work time, hazards at once."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from bianfang.kernel import clock
from bianfang.kernel.errors import MoveError, NotAllowedError
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.channels import queries, workflow
from bianfang.mechanisms.channels.actions import delivering, setting, telling
from bianfang.mechanisms.channels.actions.setting import RobotInput
from bianfang.mechanisms.channels.enums import ChannelKind
from bianfang.mechanisms.channels.errors import SendError
from bianfang.mechanisms.channels.models import Delivery, Robot
from bianfang.mechanisms.channels.tests import factories
from bianfang.mechanisms.channels.tests.conftest import Post
from bianfang.mechanisms.channels.wording import Counts, inbox
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown

BUSY = SendError("busy", may_retry=True)


def at(hour: int, *, days: int = 0) -> datetime:
    return clock.in_town(MONDAY + timedelta(days=days), hour)


def digest(town: SmallTown, day: date = MONDAY, unit: str = "civil") -> int:
    return telling.tell_digests(
        town_id=town.town.id,
        day=day,
        staff={town.staff["handler"].id: Counts(near=2, late=1)},
        units={town.units[unit].id: Counts(near=2, late=1)},
    )


def states(town: SmallTown) -> list[str]:
    return [each.state for each in factories.deliveries(town)]


def test_a_group_is_told_numbers_and_a_link_once(town: SmallTown, post: Post) -> None:
    factories.robot(town)

    assert (digest(town), digest(town)) == (1, 0)
    factories.run_jobs()

    [(_url, body)] = post.sent
    assert body["text"]["content"] == (
        f"遍访：提醒\n有 2 件诉求临近期限。\n有 1 件诉求已超期。\nhttps://bianfang.example{inbox()}"
    )
    [sent] = factories.deliveries(town)
    assert (sent.state, sent.attempts, str(sent)) == ("sent", 1, "wecom sent")


def test_without_a_switch_nothing_is_even_queued(town: SmallTown, post: Post) -> None:
    factories.robot(town, is_on=False)
    factories.wishes_mail(town, "handler")
    factories.robot(town, unit="roads")

    assert digest(town) == 0
    assert post.sent == []


@pytest.mark.usefixtures("mail_server")
def test_who_wishes_mail_gets_the_own_numbers(town: SmallTown) -> None:
    factories.rules(town, mail_on=True)
    factories.wishes_mail(town, "handler")
    factories.wishes_mail(town, "head")

    assert digest(town) == 1
    factories.run_jobs()

    [sent] = mail.outbox
    assert sent.to == ["handler@town.example"]
    assert re.findall(r"\d+", str(sent.body)) == ["2", "1"]


@pytest.mark.usefixtures("mail_server")
def test_who_switched_mail_off_meanwhile_gets_none(town: SmallTown) -> None:
    factories.rules(town, mail_on=True)
    factories.wishes_mail(town, "handler")
    digest(town)
    setting.set_own_address(actor=town.handler, address="a@town.example", is_on=False)

    factories.run_jobs()

    assert mail.outbox == []
    assert states(town) == ["failed"]


def test_what_comes_in_the_evening_waits_for_the_morning(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    with clock.at(at(20)):
        digest(town)
        assert factories.run_jobs() == 0
    assert factories.next_job().run_at == at(8, days=1)

    with clock.at(at(9, days=1)):
        factories.run_jobs()
    assert len(post.sent) == 1


def test_a_job_that_comes_late_waits_as_well(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    digest(town)

    with clock.at(at(20)):
        factories.run_jobs()
        assert post.sent == []
        assert states(town) == ["queued"]
    assert factories.next_job().run_at == at(8, days=1)


def test_a_digest_that_still_waits_gives_way_to_the_newer_one(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    with clock.at(at(20)):
        digest(town)
    with clock.at(at(9, days=1)):
        digest(town, MONDAY + timedelta(days=1))
        factories.run_jobs()

    assert states(town) == ["replaced", "sent"]
    assert len(post.sent) == 1


def test_a_hazard_is_told_at_any_hour_and_once(town: SmallTown, post: Post) -> None:
    factories.robot(town)

    with clock.at(at(23, days=5)):
        for _again in range(2):
            telling.tell_hazard(
                town_id=town.town.id, subject="one", staff_ids=[], unit_id=town.units["civil"].id
            )
        factories.run_jobs()

    [(_url, body)] = post.sent
    assert "有 1 处安全隐患" in body["text"]["content"]
    assert telling.tell_hazard(town_id=town.town.id, subject="two", staff_ids=[], unit_id=None) == 0


def test_a_busy_robot_is_asked_again_later_and_then_no_more(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    post.answer = BUSY
    digest(town)

    moment = at(9)
    for wait in workflow.WAITS:
        with clock.at(moment):
            factories.run_jobs()
        assert states(town) == ["queued"]
        moment += wait
        assert factories.next_job().run_at == moment
    with clock.at(moment):
        factories.run_jobs()

    [failed] = factories.deliveries(town)
    assert (failed.state, failed.reason, failed.attempts) == ("failed", "busy", 4)
    for only_failed in (True, False):
        page = queries.page_deliveries(actor=town.admin, failed=only_failed)
        assert page.rows == [failed]


def test_what_may_have_arrived_is_not_sent_again(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    post.answer = SendError("silence")
    digest(town)

    factories.run_jobs()

    assert states(town) == ["failed"]
    assert len(post.sent) == 1


def test_what_a_dead_worker_was_sending_is_given_up(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    digest(town)
    [delivery] = factories.deliveries(town)
    Delivery.objects.in_town(town.town.id).filter(id=delivery.id).update(state="sending")

    state = delivering.deliver(town_id=town.town.id, delivery_id=delivery.id)

    assert state == "failed"
    assert post.sent == []


def test_a_job_that_runs_again_finds_its_work_done(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    digest(town)
    factories.run_jobs()
    [delivery] = factories.deliveries(town)

    assert delivering.deliver(town_id=town.town.id, delivery_id=delivery.id) == "sent"
    assert len(post.sent) == 1


def test_it_is_claimed_before_it_leaves(town: SmallTown, post: Post) -> None:
    factories.robot(town)
    digest(town)
    seen: list[str] = []
    post.before = lambda: seen.extend(states(town))

    factories.run_jobs()

    assert seen == ["sending"]


def test_a_robot_switched_off_meanwhile_sends_nothing(town: SmallTown, post: Post) -> None:
    robot = factories.robot(town)
    digest(town)
    setting.change_robot(actor=town.admin, robot_id=robot.id, given=RobotInput())

    factories.run_jobs()

    assert post.sent == []
    assert states(town) == ["failed"]


def test_no_more_than_twenty_a_minute(town: SmallTown, post: Post) -> None:
    robot = factories.robot(town)
    for number in range(workflow.MOST_A_MINUTE + 1):
        telling.tell_hazard(
            town_id=town.town.id, subject=f"{number}", staff_ids=[], unit_id=robot.unit_id
        )

    factories.run_jobs()
    assert len(post.sent) == workflow.MOST_A_MINUTE
    with clock.at(clock.now() + workflow.WAITS[0]):
        factories.run_jobs()
    assert len(post.sent) == workflow.MOST_A_MINUTE + 1


def test_a_test_is_sent_by_a_robot_that_is_off(town: SmallTown, post: Post) -> None:
    robot = factories.robot(town, is_on=False, kind=ChannelKind.DINGTALK)

    telling.send_test(actor=town.admin, robot_id=robot.id)
    factories.run_jobs()

    assert "测试" in post.sent[0][1]["text"]["content"]
    assert Entry.objects.in_town(town.town.id).filter(verb="channel_tested").count() == 1
    with pytest.raises(NotAllowedError):
        telling.send_test(actor=town.clerk, robot_id=robot.id)


def test_a_test_needs_the_address_of_the_link(town: SmallTown) -> None:
    given = RobotInput(webhook=factories.WECOM)
    robot: Robot = setting.add_robot(
        actor=town.admin, unit_id=town.units["civil"].id, kind=ChannelKind.WECOM, given=given
    )

    with pytest.raises(MoveError):
        telling.send_test(actor=town.admin, robot_id=robot.id)
