"""The only door to the network: JSON over https, to hosts that the environment names."""

import json
import ssl
from collections.abc import Mapping
from http.client import HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import SplitResult, urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from bianfang.mechanisms.channels.errors import SendError

TIMEOUT = 10
MOST_BYTES = 64 * 1024
BUSY = frozenset({429, 503})


def is_permitted(url: str) -> bool:
    """Https, to a host that is configured, without a name and password in front of it."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return False
    place = parts.hostname or ""
    named = place if port in {None, 443} else f"{place}:{port}"
    is_plain = parts.scheme == "https" and parts.username is None and parts.password is None
    return is_plain and url.isascii() and named in settings.BIANFANG_ROBOT_HOSTS


def post_json(
    url: str, body: Mapping[str, Any], *, context: ssl.SSLContext | None = None
) -> Mapping[str, Any]:
    """Send and read the answer; SendError tells whether it may be tried again.

    It may where the message surely did not arrive. A redirect is never followed.
    """
    if not is_permitted(url):
        raise SendError(_("The address is not https or not of a permitted host."))
    parts = urlsplit(url)
    connection = HTTPSConnection(parts.hostname or "", parts.port, timeout=TIMEOUT, context=context)
    try:
        _open(connection)
        return _read(*_exchange(connection, parts, body))
    finally:
        connection.close()


def _open(connection: HTTPSConnection) -> None:
    try:
        connection.connect()
    except OSError as fault:
        raise SendError(_("The server cannot be reached."), may_retry=True) from fault


def _exchange(
    connection: HTTPSConnection, parts: SplitResult, body: Mapping[str, Any]
) -> tuple[int, bytes]:
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    sent = json.dumps(body, ensure_ascii=False).encode()
    headers = {"Content-Type": "application/json; charset=utf-8"}
    try:
        connection.request("POST", path, body=sent, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(MOST_BYTES)
    except (OSError, HTTPException) as fault:
        raise SendError(_("No answer came; the message may have arrived.")) from fault


def _read(status: int, content: bytes) -> Mapping[str, Any]:
    if status != 200:
        sentence = _("The server answered with status %(status)d.") % {"status": status}
        raise SendError(sentence, may_retry=status in BUSY)
    try:
        answer = json.loads(content)
    except ValueError as fault:
        raise SendError(_("The answer cannot be read; the message may have arrived.")) from fault
    if not isinstance(answer, dict):
        raise SendError(_("The answer cannot be read; the message may have arrived."))
    return answer
