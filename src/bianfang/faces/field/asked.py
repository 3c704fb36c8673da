"""Single things that a phone asks with."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.faces.field.api import bad_request

MOST_KNOWN = 5_000
"""Households of one natural village that a phone may say it knows."""


def key_of(asked: Mapping[str, Any], name: str) -> UUID:
    """An id, or a refusal that names it."""
    found = asked.get(name)
    try:
        return UUID(found)
    except (AttributeError, TypeError, ValueError) as error:
        raise bad_request(_("%(name)s is not an id.") % {"name": name}) from error


def known_marks(asked: Mapping[str, Any]) -> dict[str, str]:
    """Which rows the phone has, by id with the mark of each."""
    known = asked.get("known", {})
    if not isinstance(known, dict) or len(known) > MOST_KNOWN:
        raise bad_request(_("“known” has to name the marks of households by their ids."))
    return {key: mark if isinstance(mark, str) else "" for key, mark in known.items()}
