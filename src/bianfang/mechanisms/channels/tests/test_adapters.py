"""What each channel makes of a message, and of an answer."""

import base64
import hashlib
import hmac
import smtplib
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail

from bianfang.kernel import clock
from bianfang.mechanisms.channels import adapters
from bianfang.mechanisms.channels.adapters import DingTalkRobot, MailChannel, WeComRobot
from bianfang.mechanisms.channels.errors import SendError
from bianfang.mechanisms.channels.tests.conftest import Post
from bianfang.mechanisms.channels.tests.factories import DINGTALK, WECOM
from bianfang.mechanisms.channels.wording import Message

SAID = Message("提醒", ("2 件", "https://bianfang.example/inbox/"))
TEXT = "提醒\n2 件\nhttps://bianfang.example/inbox/"


def test_wecom_gets_plain_text(post: Post) -> None:
    WeComRobot(WECOM).send(SAID)

    assert post.sent == [(WECOM, {"msgtype": "text", "text": {"content": TEXT}})]
    assert len(TEXT.encode()) < 2048


def test_dingtalk_is_signed_for_the_moment(post: Post) -> None:
    DingTalkRobot(DINGTALK, "SECret").send(SAID)

    [(url, body)] = post.sent
    asked = parse_qs(urlsplit(url).query)
    stamp = str(int(clock.now().timestamp() * 1000))
    digest = hmac.new(b"SECret", f"{stamp}\nSECret".encode(), hashlib.sha256).digest()
    assert asked["access_token"] == ["t-o-k"]
    assert asked["timestamp"] == [stamp]
    assert asked["sign"] == [base64.b64encode(digest).decode()]
    assert body["text"]["content"] == TEXT


def test_dingtalk_without_a_secret_is_not_signed(post: Post) -> None:
    DingTalkRobot(DINGTALK).send(SAID)

    assert post.sent[0][0] == DINGTALK


@pytest.mark.parametrize(
    ("channel", "answer", "may_retry"),
    [
        (WeComRobot(WECOM), {"errcode": 93000, "errmsg": "invalid webhook url"}, False),
        (WeComRobot(WECOM), {"errcode": 45009, "errmsg": "freq out of limit"}, True),
        (WeComRobot(WECOM), {"errcode": -1}, True),
        (DingTalkRobot(DINGTALK), {"errcode": 310000, "errmsg": "sign not match"}, False),
        (DingTalkRobot(DINGTALK), {"errcode": 130101}, True),
        (DingTalkRobot(DINGTALK), {}, False),
        (DingTalkRobot(DINGTALK), {"errcode": "0"}, False),
    ],
)
def test_codes_tell_whether_to_try_again_and_their_words_stay_outside(
    post: Post, channel: adapters.Channel, answer: dict[str, Any], may_retry: bool
) -> None:
    post.answer = answer

    with pytest.raises(SendError) as refused:
        channel.send(SAID)

    assert refused.value.may_retry is may_retry
    assert answer.get("errmsg", "?") not in str(refused.value)


@pytest.mark.usefixtures("mail_server")
def test_mail_goes_to_the_own_address() -> None:
    MailChannel("a@town.example").send(SAID)

    [sent] = mail.outbox
    assert sent.to == ["a@town.example"]
    assert (sent.subject, sent.body) == (SAID.title, "\n".join(SAID.lines))


def test_without_a_mail_server_nothing_is_sent() -> None:
    with pytest.raises(SendError) as refused:
        MailChannel("a@town.example").send(SAID)

    assert not refused.value.may_retry


class Broken:
    """A mail server that fails at one of its steps."""

    def __init__(self, opening: Exception | None, sending: Exception | None) -> None:
        self._opening, self._sending = opening, sending

    def open(self) -> None:
        if self._opening:
            raise self._opening

    def send_messages(self, _messages: object) -> int:
        assert self._sending
        raise self._sending

    def close(self) -> None:
        return


@pytest.mark.usefixtures("mail_server")
@pytest.mark.parametrize(
    ("opening", "sending", "may_retry"),
    [
        (ConnectionRefusedError(), None, True),
        (smtplib.SMTPServerDisconnected(), None, True),
        (None, smtplib.SMTPDataError(451, b"later"), True),
        (None, smtplib.SMTPDataError(550, b"never"), False),
        (None, smtplib.SMTPRecipientsRefused({}), False),
        (None, TimeoutError(), False),
    ],
)
def test_a_broken_mail_server_is_told_apart(
    monkeypatch: pytest.MonkeyPatch,
    opening: Exception | None,
    sending: Exception | None,
    may_retry: bool,
) -> None:
    monkeypatch.setattr(adapters, "get_connection", lambda: Broken(opening, sending))

    with pytest.raises(SendError) as refused:
        MailChannel("a@town.example").send(SAID)

    assert refused.value.may_retry is may_retry
