"""Short texts that a column holds: filled in, and not longer than the column."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.kernel.errors import FieldError


def checked(field: str, text: str, *, limit: int, empty: str | Promise) -> str:
    """The text without blanks around it; refused with `empty` if nothing is left."""
    text = text.strip()
    if not text:
        raise FieldError(field, empty)
    return fitting(field, text, limit=limit)


def fitting(field: str, text: str, *, limit: int) -> str:
    """The text without blanks around it, which may be empty."""
    text = text.strip()
    if len(text) > limit:
        facts = {"limit": limit, "length": len(text)}
        raise FieldError(field, _("At most %(limit)d characters; there are %(length)d.") % facts)
    return text
