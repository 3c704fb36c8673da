"""Small strict readers of JSON: each wrong field is named by its path, all of them at once."""

import json
import math
from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from bianfang.faces.field.api import bad_request, too_large

MOST_BYTES = 2_000_000
"""Two hundred visits with long notes are a tenth of it."""
DEEPEST = 12


def read_json(request: HttpRequest) -> dict[str, Any]:
    """The body as an object; whatever else came is refused with a sentence, never an error."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        raise too_large()
    try:
        found = json.loads(request.body.decode("utf-8"), parse_constant=_refuse_constant)
    except UnicodeDecodeError as error:
        raise bad_request(_("What was sent is not text in UTF-8.")) from error
    except (ValueError, RecursionError) as error:
        raise bad_request(_("What was sent is not JSON.")) from error
    if not isinstance(found, dict):
        raise bad_request(_("What was sent is not a JSON object."))
    if not all(_is_plain(one, depth) for one, depth in _walk(found)):
        raise bad_request(_("What was sent holds signs or numbers that nobody can type."))
    return found


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _walk(value: object) -> Iterator[tuple[object, int]]:
    """Every value and key in it, with how deep it lies."""
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        one, depth = waiting.pop()
        yield one, depth
        if isinstance(one, dict):
            waiting += [(each, depth + 1) for pair in one.items() for each in pair]
        elif isinstance(one, list):
            waiting += [(each, depth + 1) for each in one]


def _is_plain(value: object, depth: int) -> bool:
    """No NUL sign, no half of a pair of code units, no number without end, no well of brackets."""
    if depth > DEEPEST:
        return False
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, str) or not any(
        sign == "\0" or "\ud800" <= sign <= "\udfff" for sign in value
    )
