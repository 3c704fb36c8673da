"""The one clock: every module asks here what time it is, so that time can be travelled in.

The demo town is built by the same actions as staff use, at the dates its story gives; tests freeze
the day. Both do so by `at`, which holds for the current context only.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TOWN_ZONE = ZoneInfo("Asia/Shanghai")
_travelled: ContextVar[datetime | None] = ContextVar("bianfang_clock", default=None)


def now() -> datetime:
    """This moment, aware, in UTC."""
    return _travelled.get() or datetime.now(tz=UTC)


def today() -> date:
    """The calendar day in the town (China has one time zone)."""
    return local(now()).date()


def local(moment: datetime) -> datetime:
    """The same moment on the town's clock."""
    return moment.astimezone(TOWN_ZONE)


def in_town(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment given by the town's calendar and clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=TOWN_ZONE)


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Let the clock stand at `moment` (aware) inside the block."""
    if moment.tzinfo is None:
        msg = "clock.at needs an aware datetime"
        raise ValueError(msg)
    token = _travelled.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _travelled.reset(token)
