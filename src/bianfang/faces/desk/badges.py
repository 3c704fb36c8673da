"""How a state looks: one kind of badge for one meaning, everywhere."""

from dataclasses import dataclass
from typing import Literal

from django.utils.functional import Promise

Kind = Literal[
    "plain", "waiting", "active", "review", "soon", "late",
    "done", "explained", "moved", "carried", "void",
    "red", "orange", "yellow", "green", "blue",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Badge:
    """A word with a shape and a colour."""

    text: str | Promise
    kind: Kind = "plain"

    @property
    def css(self) -> str:
        """The classes of the style sheet."""
        return "is-plain" if self.kind == "plain" else f"state-{self.kind}"
