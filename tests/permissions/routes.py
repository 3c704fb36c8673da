"""The shape of the table: an address, what stands in its path, and who may open it."""

from dataclasses import dataclass

PEOPLE = ("clerk", "leader", "worker", "secretary", "head", "handler", "officer", "admin")
"""Everybody of the town in whose area or unit the things of the table lie."""

EVERYBODY = frozenset(PEOPLE)
READERS = frozenset({"clerk", "leader", "worker", "secretary"})
EDITORS = frozenset({"clerk", "worker", "secretary"})
CLERK = frozenset({"clerk"})
ADMIN = frozenset({"admin"})
OFFICER = frozenset({"officer"})

FAR = "far_secretary"
"""Serves in another community: the right role in the wrong area."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Route:
    """One row of the table.

    `things` names what `world` puts into the path; a word that begins with "=" stands for itself.
    Whoever is not named in `may` gets 403, or 404 if named in `hidden`. Things out of scope are 404
    for the right role in the wrong area, unless `far` says otherwise, and for the same role of
    another town. A row with `post` is a button without a page of its own; `gives` is what comes of
    it where that is neither a page nor, after a button, the way back.
    """

    name: str
    things: tuple[str, ...] = ()
    may: frozenset[str] = EVERYBODY
    hidden: frozenset[str] = frozenset()
    far: int | None = None
    stranger: int | None = None
    post: bool = False
    gives: int | None = None
    nobody: int = 302

    @property
    def label(self) -> str:
        """The row by its name and what stands for itself in its path."""
        return " ".join([self.name, *(thing for thing in self.things if thing.startswith("="))])

    @property
    def done(self) -> int:
        """What those get who may."""
        if self.gives is not None:
            return self.gives
        return 302 if self.post else 200

    def of(self, name: str) -> int:
        """What this person of the town gets."""
        if name in self.may:
            return self.done
        return 404 if name in self.hidden else 403

    def of_far(self) -> int:
        """What the secretary of a village elsewhere gets."""
        if self.far is not None:
            return self.far
        return self._without_scope("secretary")

    def of_stranger(self) -> int:
        """What the clerk of another town gets."""
        if self.stranger is not None:
            return self.stranger
        return self._without_scope("clerk")

    def _without_scope(self, role: str) -> int:
        if role not in self.may:
            return 403
        has_things = any(not thing.startswith("=") for thing in self.things)
        return 404 if has_things else self.done
