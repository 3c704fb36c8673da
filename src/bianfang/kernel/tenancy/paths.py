"""Area paths: fixed-width digits per level, so that a subtree is a range of strings.

A `LIKE 'x%'` scans on SQLite; `path >= p AND path < next(p)` uses the index on both databases.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

STEP = 4
LAST = 10**STEP - 2
TOWN_LENGTH = 2 * STEP
"""A town's path: its county, itself; everything in the town lies below."""


class PathError(ValueError):
    """A path that no area can have."""


def child(parent: str, number: int) -> str:
    """The path of the `number`-th child (1-based) under `parent`."""
    if not 1 <= number <= LAST:
        msg = f"an area has at most {LAST} children, got number {number}"
        raise PathError(msg)
    return f"{parent}{number:0{STEP}d}"


def upper(path: str) -> str:
    """The first path behind the subtree of `path`."""
    return f"{int(path) + 1:0{len(path)}d}"


def parents(path: str) -> list[str]:
    """The paths of all areas above, nearest last."""
    return [path[:end] for end in range(STEP, len(path), STEP)]


@dataclass(frozen=True, slots=True)
class PathRange:
    """A subtree: all paths from `lower` up to but not including `upper`."""

    lower: str
    upper: str

    @classmethod
    def under(cls, path: str) -> "PathRange":
        """The subtree of one area, itself included."""
        return cls(path, upper(path))

    def holds(self, path: str) -> bool:
        """Whether the path lies in the subtree."""
        return self.lower <= path < self.upper

    def __and__(self, other: "PathRange") -> "PathRange | None":
        lower, end = max(self.lower, other.lower), min(self.upper, other.upper)
        return PathRange(lower, end) if lower < end else None


def within(ranges: Iterable[PathRange], field: str = "area_path") -> Q:
    """A condition: the field lies in one of the ranges; no range at all means nothing."""
    condition = Q(pk__in=[])
    for reach in merged(ranges):
        condition |= Q(**{f"{field}__gte": reach.lower, f"{field}__lt": reach.upper})
    return condition


def within_town(ranges: Iterable[PathRange], field: str = "area_path") -> Q:
    """The same for rows that are of one town already: the whole town needs no condition.

    A planner takes town and path for independent and expects far too few rows; without the
    condition it reads a town's list in the order of an index.
    """
    joined = merged(ranges)
    if any(len(reach.lower) <= TOWN_LENGTH for reach in joined):
        return Q()
    return within(joined, field)


def merged(ranges: Iterable[PathRange]) -> list[PathRange]:
    """The same places with overlapping and touching ranges joined: fewer conditions in SQL."""
    joined: list[PathRange] = []
    for reach in sorted(ranges, key=lambda r: (r.lower, r.upper)):
        if joined and reach.lower <= joined[-1].upper:
            last = joined.pop()
            joined.append(PathRange(last.lower, max(last.upper, reach.upper)))
        else:
            joined.append(reach)
    return joined
