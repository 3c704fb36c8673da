"""One interface for all channels, and what each of them does with a message."""

import base64
import hashlib
import hmac
from collections.abc import Mapping
from smtplib import SMTPException, SMTPResponseException
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.mechanisms.channels import transport
from bianfang.mechanisms.channels.enums import ChannelKind
from bianfang.mechanisms.channels.errors import SendError
from bianfang.mechanisms.channels.models import Delivery, Robot
from bianfang.mechanisms.channels.queries import has_mail_server
from bianfang.mechanisms.channels.wording import Message

WECOM_BUSY = frozenset({-1, 45009})
DINGTALK_BUSY = frozenset({-1, 130101, 410100})
"""Answers of an overloaded server, and of a robot that was asked more than 20 times a minute."""
TEMPORARY_SMTP = range(400, 500)


class Channel(Protocol):
    """A way out. It sends, or raises SendError."""

    def send(self, message: Message) -> None:
        """Send the message once."""
        ...


class MailChannel:
    """E-mail to an address that its owner chose."""

    def __init__(self, address: str) -> None:
        self._address = address

    def send(self, message: Message) -> None:
        """By the server that the environment names."""
        if not has_mail_server():
            raise SendError(_("The environment names no mail server."))
        connection = get_connection()
        try:
            connection.open()
        except (OSError, SMTPException) as fault:
            raise SendError(_("The mail server cannot be reached."), may_retry=True) from fault
        try:
            EmailMessage(
                message.title, "\n".join(message.lines), to=[self._address], connection=connection
            ).send()
        except SMTPResponseException as fault:
            sentence = _("The mail server answered with %(code)d.") % {"code": fault.smtp_code}
            raise SendError(sentence, may_retry=fault.smtp_code in TEMPORARY_SMTP) from fault
        except (OSError, SMTPException) as fault:
            raise SendError(_("The mail server did not take the message.")) from fault
        finally:
            connection.close()


class WeComRobot:
    """A group robot of WeCom (企业微信): the key stands in the address, the answer has a code."""

    def __init__(self, webhook: str) -> None:
        self._webhook = webhook

    def send(self, message: Message) -> None:
        """As plain text, which every client shows."""
        _check(transport.post_json(self._webhook, _text(message)), WECOM_BUSY)


class DingTalkRobot:
    """A group robot of DingTalk (钉钉): each request is signed where a secret is set."""

    def __init__(self, webhook: str, secret: str = "") -> None:
        self._webhook, self._secret = webhook, secret

    def send(self, message: Message) -> None:
        """As plain text, signed for this moment."""
        url = f"{self._webhook}&{self._signature()}" if self._secret else self._webhook
        _check(transport.post_json(url, _text(message)), DINGTALK_BUSY)

    def _signature(self) -> str:
        stamp = str(int(clock.now().timestamp() * 1000))
        signed = f"{stamp}\n{self._secret}".encode()
        digest = hmac.new(self._secret.encode(), signed, hashlib.sha256).digest()
        return urlencode({"timestamp": stamp, "sign": base64.b64encode(digest).decode()})


def channel_of(delivery: Delivery, address: str) -> Channel:
    """The way out of a delivery; `address` is of its person, where it goes by mail."""
    robot: Robot | None = delivery.robot
    if robot is None:
        return MailChannel(address)
    if robot.kind == ChannelKind.DINGTALK:
        return DingTalkRobot(robot.webhook, robot.secret)
    return WeComRobot(robot.webhook)


def _text(message: Message) -> Mapping[str, Any]:
    return {"msgtype": "text", "text": {"content": message.text}}


def _check(answer: Mapping[str, Any], busy: frozenset[int]) -> None:
    """The code alone is kept: the words beside it come from outside."""
    code = answer.get("errcode")
    if code == 0:
        return
    if not isinstance(code, int):
        raise SendError(_("The answer cannot be read; the message may have arrived."))
    sentence = _("The robot answered with code %(code)d.") % {"code": code}
    raise SendError(sentence, may_retry=code in busy)
