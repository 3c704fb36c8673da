"""A lower room tells that something happened; who listens is connected in `config.wiring` alone.

Handlers run at once, in the transaction of the act: what they write stands or falls with it.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

Event = TypeVar("Event")
_handlers: dict[type, list[Callable[[Any], None]]] = defaultdict(list)


def connect(kind: type[Event], handler: Callable[[Event], None]) -> None:
    """Let `handler` hear every event of this kind; connecting twice is once."""
    if handler not in _handlers[kind]:
        _handlers[kind].append(handler)


def emit(event: object) -> None:
    """Tell everybody who listens, in the order of their connection."""
    if not transaction.get_connection().in_atomic_block:
        msg = f"{type(event).__name__} needs the transaction of the act it tells of"
        raise RuntimeError(msg)
    for handler in _handlers[type(event)]:
        handler(event)
