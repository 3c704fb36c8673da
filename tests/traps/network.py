"""Tests reach this machine only."""

import ipaddress
import sys
from typing import Any

_REACHING = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_NAMING = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
_LOCAL_NAMES = {None, "", "localhost"}


class NetworkError(AssertionError):
    """Something reached out of this machine."""


def lay() -> None:
    """Look at every connection and every look-up of a name, from whatever library."""
    sys.addaudithook(_audit)


def _audit(event: str, args: tuple[Any, ...]) -> None:
    if event in _REACHING and isinstance(args[1], tuple):
        _check(args[1][0])
    elif event in _NAMING:
        _check(args[0])


def _check(host: Any) -> None:
    name = host.decode() if isinstance(host, bytes) else host
    if name not in _LOCAL_NAMES and not _is_loopback(str(name)):
        msg = f"a test reaches for {name}; only this machine may be spoken to"
        raise NetworkError(msg)


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False
