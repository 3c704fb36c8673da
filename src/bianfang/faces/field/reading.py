"""Small strict readers of JSON: each wrong field is named by its path, all of them at once."""

import json
import math
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Self, TypeVar
from uuid import UUID

from django.db.models import TextChoices
from django.http import HttpRequest
from django.utils.translation import gettext as _

from bianfang.faces.field.api import bad_request, too_large
from bianfang.kernel import clock

E = TypeVar("E", bound=TextChoices)
T = TypeVar("T")
Errors = dict[str, str]

MOST_BYTES = 2_000_000
"""Two hundred visits with long notes are a tenth of it."""
DEEPEST = 12
LARGEST = 2**31
ESCAPED = "\\u"
UNTYPED = re.compile("[\0\ud800-\udfff]")
"""Only written so, a NUL sign or half of a pair of code units gets into a text of JSON."""


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The body as an object; whatever else came is refused with a sentence, never an error."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise too_large()
    if request.content_type != "application/json":
        raise bad_request(_("What was sent is not JSON."))
    try:
        text = request.body.decode("utf-8")
        found = json.loads(text, parse_constant=_refuse_constant, parse_float=_finite)
    except UnicodeDecodeError as error:
        raise bad_request(_("What was sent is not text in UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise bad_request(_("What was sent is not JSON.")) from error
    if not isinstance(found, dict):
        raise bad_request(_("What was sent is not a JSON object."))
    if _is_deep(found) or (ESCAPED in text and not _is_typed(found)):
        raise bad_request(_("What was sent holds signs or numbers that nobody can type."))
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse_constant(digits)


def _is_deep(value: object) -> bool:
    """Whether brackets lie in brackets deeper than anything that the contract has."""
    level = [value]
    for _depth in range(DEEPEST):
        level = [each for one in level for each in _inside(one) if isinstance(each, dict | list)]
    return bool(level)


def _inside(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _is_typed(value: object) -> bool:
    """No NUL sign and no half of a pair of code units, in any text or name."""
    waiting: list[object] = [value]
    while waiting:
        one = waiting.pop()
        waiting += [*one, *one.values()] if isinstance(one, dict) else _inside(one)
        if isinstance(one, str) and UNTYPED.search(one):
            return False
    return True


class Part:
    """An object of what was sent, under its path; `errors` is shared with the parts inside it.

    A wrong field is noted and read as something harmless: nothing is carried out while there is a
    note.
    """

    def __init__(self, value: object, *, path: str = "", errors: Errors | None = None) -> None:
        self.path = path
        self.errors: Errors = {} if errors is None else errors
        self._is_object = isinstance(value, dict)
        self._left: dict[str, Any] = dict(value) if isinstance(value, dict) else {}
        if not self._is_object:
            self._note("", _("This has to be an object."))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        """What nobody asked for is named as well: it would be lost in silence."""
        for name in self._left:
            self._note(name, _("This server does not know this field; update it."))

    def text(self, name: str, *, most: int = 4_000) -> str:
        """A text; an empty one is one."""
        found = self._take(name)
        if not isinstance(found, str):
            return self._wrong(name, _("This has to be a text."), "")
        if len(found) > most:
            return self._wrong(name, _("At most %(limit)d characters.") % {"limit": most}, "")
        return found

    def flag(self, name: str) -> bool:
        """Yes or no."""
        found = self._take(name)
        if not isinstance(found, bool):
            self._note(name, _("This has to be yes or no."))
            return False
        return found

    def count(self, name: str) -> int:
        """A whole number that fits in a column."""
        found = self._take(name)
        if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < LARGEST:
            return self._wrong(name, _("This has to be a whole number."), 0)
        return found

    def key(self, name: str) -> UUID:
        """An id."""
        return self._uuid(name, self._take(name))

    def key_or_none(self, name: str) -> UUID | None:
        """An id, or null."""
        found = self._take(name)
        return None if found is None else self._uuid(name, found)

    def keys(self, name: str, *, most: int = 200) -> tuple[UUID, ...]:
        """Several ids."""
        return tuple(self._uuid(name, one) for one in self._list(name, most))

    def choice(
        self, name: str, kind: type[E], *, of: Sequence[E] = (), empty: E | None = None
    ) -> E:
        """One of the words of a list; `empty` is what an empty text stands for, if one may come."""
        found = self._take(name)
        offered = list(of or kind)
        if found == "" and empty is not None:
            return empty
        for one in offered:
            if found == one:
                return one
        return self._wrong(name, _("Choose one of the list."), offered[0])

    def choice_or_none(self, name: str, kind: type[E]) -> E | None:
        """One of the words of a list, or nothing where the text is empty."""
        if self._left.get(name) == "":
            del self._left[name]
            return None
        return self.choice(name, kind)

    def moment(self, name: str) -> datetime:
        """A moment with its distance from UTC, in years that both databases know."""
        found = self._take(name)
        try:
            read = datetime.fromisoformat(found) if isinstance(found, str) else None
        except ValueError:
            read = None
        if read is None or read.tzinfo is None or not 2000 <= read.year < 2100:
            return self._wrong(name, _("This has to be a moment with its time zone."), clock.now())
        return read

    def parts(self, name: str, *, most: int) -> list["Part"]:
        """Several objects."""
        return [
            self._part(f"{name}-{place}", one) for place, one in enumerate(self._list(name, most))
        ]

    def part_or_none(self, name: str) -> "Part | None":
        """An object, or null."""
        found = self._take(name)
        return None if found is None else self._part(name, found)

    def texts(self, name: str, *, most: int = 60) -> dict[str, str]:
        """An object of texts by names that nobody here knows."""
        found = self._take(name)
        if not isinstance(found, dict) or len(found) > most:
            return self._wrong(name, _("This has to be an object."), {})
        with self._part(name, found) as inner:
            return {each: inner.text(each) for each in found}

    def mapping(self, name: str) -> dict[str, object]:
        """An object whose content is looked at elsewhere."""
        found = self._take(name)
        if not isinstance(found, dict):
            return self._wrong(name, _("This has to be an object."), {})
        return found

    def apart(self) -> "Part":
        """What was not read so far, with notes and paths of its own."""
        rest, self._left = self._left, {}
        return Part(rest)

    def raw(self, name: str) -> object:
        """As it was sent."""
        return self._take(name)

    def _take(self, name: str) -> object:
        if self._is_object and name not in self._left:
            self._note(name, _("This is missing."))
        return self._left.pop(name, None)

    def _list(self, name: str, most: int) -> list[object]:
        found = self._take(name)
        if not isinstance(found, list):
            return self._wrong(name, _("This has to be a list."), [])
        if len(found) > most:
            return self._wrong(name, _("At most %(most)d of them.") % {"most": most}, [])
        return found

    def _uuid(self, name: str, value: object) -> UUID:
        try:
            return UUID(value if isinstance(value, str) else "")
        except ValueError:
            return self._wrong(name, _("This has to be an id."), UUID(int=0))

    def _part(self, name: str, value: object) -> "Part":
        return Part(value, path=self._named(name), errors=self.errors)

    def _named(self, name: str) -> str:
        return "-".join(filter(None, (self.path, name)))

    def _note(self, name: str, sentence: str) -> None:
        self.errors.setdefault(self._named(name), sentence)

    def _wrong(self, name: str, sentence: str, instead: T) -> T:
        self._note(name, sentence)
        return instead
