"""What a document for reading consists of, whichever file it becomes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class Heading:
    """A heading; level 1 stands over parts, level 2 over what is in them."""

    text: str
    level: int = 1


@dataclass(frozen=True, kw_only=True, slots=True)
class Paragraph:
    """A paragraph; a `label` stands in front of it, such as the chair's before a name."""

    text: str
    label: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Grid:
    """A table of texts; `widths` are shares of the line, one for each column."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[int]


Block = Heading | Paragraph | Grid


@dataclass(frozen=True, kw_only=True, slots=True)
class Report:
    """A titled document: its blocks from the first to the last; `made_at` goes into the file."""

    title: str
    blocks: Sequence[Block]
    made_at: datetime
