"""Suppression of small cells in published statistics: a count of one or two points at somebody."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

SMALLEST_SHOWN = 3

K = TypeVar("K", bound=Hashable)


def suppress_small(count: int) -> int | None:
    """The count, or None when it is below three; nought is hidden too, or it would tell which."""
    return count if count >= SMALLEST_SHOWN else None


def suppress_cells(counts: Mapping[K, int]) -> dict[K, int | None]:
    """The cells of one published sum; a lone hidden cell gets company, or it could be computed."""
    shown = {key: suppress_small(count) for key, count in counts.items()}
    visible = [key for key, count in shown.items() if count is not None]
    if len(counts) - len(visible) == 1 and visible:
        shown[min(visible, key=counts.__getitem__)] = None
    return shown
