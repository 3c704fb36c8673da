from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.mail.utils import DNS_NAME
from pytest_django import Settings

from bianfang.mechanisms.channels import transport
from bianfang.mechanisms.channels.errors import SendError
from bianfang.outreach.demands.tests.conftest import (
    key_file,
    keys_of_the_tests,
    monday_morning,
    town,
)

__all__ = ["key_file", "keys_of_the_tests", "monday_morning", "town"]


@dataclass
class Post:
    """Stands in for the network: what was sent, and what is answered."""

    sent: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    answer: dict[str, Any] | SendError = field(default_factory=lambda: {"errcode": 0})
    before: Callable[[], None] | None = None

    def __call__(self, url: str, body: dict[str, Any], **_more: Any) -> dict[str, Any]:
        self.sent.append((url, body))
        if self.before:
            self.before()
        if isinstance(self.answer, SendError):
            raise self.answer
        return self.answer


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Post:
    fake = Post()
    monkeypatch.setattr(transport, "post_json", fake)
    return fake


@pytest.fixture
def mail_server(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(DNS_NAME, "_fqdn", "localhost", raising=False)
    settings.BIANFANG_MAIL_SERVER = {"host": "localhost"}
