"""Robots and addresses, made by the actions that staff use."""

from datetime import time

from bianfang.kernel.jobs import worker
from bianfang.kernel.jobs.models import Job
from bianfang.mechanisms.channels.actions import setting
from bianfang.mechanisms.channels.actions.setting import RobotInput
from bianfang.mechanisms.channels.enums import ChannelKind
from bianfang.mechanisms.channels.models import Delivery, OwnAddress, Robot
from bianfang.outreach.demands.tests.factories import SmallTown

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k-e-y"
DINGTALK = "https://oapi.dingtalk.com/robot/send?access_token=t-o-k"
BASE = "https://bianfang.example"


def rules(town: SmallTown, *, mail_on: bool = False, opens: int = 8, closes: int = 18) -> None:
    setting.set_rules(
        actor=town.admin, base_url=BASE, opens=time(opens), closes=time(closes), mail_on=mail_on
    )


def robot(
    town: SmallTown,
    *,
    unit: str = "civil",
    kind: ChannelKind = ChannelKind.WECOM,
    is_on: bool = True,
    secret: str = "",
) -> Robot:
    rules(town)
    webhook = DINGTALK if kind is ChannelKind.DINGTALK else WECOM
    given = RobotInput(webhook=webhook, secret=secret, is_on=is_on)
    return setting.add_robot(actor=town.admin, unit_id=town.units[unit].id, kind=kind, given=given)


def wishes_mail(town: SmallTown, name: str) -> OwnAddress:
    return setting.set_own_address(
        actor=town.actors[name], address=f"{name}@town.example", is_on=True
    )


def deliveries(town: SmallTown) -> list[Delivery]:
    return list(Delivery.objects.in_town(town.town.id).order_by("id"))


def run_jobs() -> int:
    """Run what is due; tells how many jobs ran."""
    ran = 0
    while worker.run_next():
        ran += 1
    return ran


def next_job() -> Job:
    return Job.objects.filter(state="queued").order_by("run_at").get()
