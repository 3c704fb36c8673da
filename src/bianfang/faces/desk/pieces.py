"""Prepared values for the shared pieces of pages: tabs, steps of a life, lines of a history."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, kw_only=True, slots=True)
class Tab:
    """A page beside this one; `count` tells how much is on it."""

    label: Text
    href: str
    is_current: bool = False
    count: int | str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A state of a life: behind us, where we are, or still to come."""

    label: Text
    note: Text = ""
    is_past: bool = False
    is_now: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class HistoryLine:
    """One thing that happened."""

    at: datetime
    who: Text
    what: Text
    said: Text = ""
    css: str = ""
