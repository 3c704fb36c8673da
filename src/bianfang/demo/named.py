"""A code with its Chinese and English name: the shape of every small list of the town."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Named:
    """A stable lower-case code and what people read."""

    code: str
    zh: str
    en: str
