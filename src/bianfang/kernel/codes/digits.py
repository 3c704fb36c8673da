"""Typed digits and letters brought to one form: half-width, no blanks, no invisible signs."""

import re
import unicodedata

# Spaces, controls and format signs (zero-width, byte-order mark) that offices paste along.
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u180e\ufe00-\ufe0f\ufeff]+")
_QUOTES = "'`\u2018\u2019\u2032\""


def without_unseen(text: str) -> str:
    """The text with every blank and invisible character taken out."""
    return _UNSEEN.sub("", text)


def to_half_width(text: str) -> str:
    """The compatibility form (NFKC): full-width digits and letters become plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def code_text(raw: str) -> str:
    """A typed code in plain capitals, without blanks or the apostrophe typed to keep it text."""
    return without_unseen(to_half_width(raw)).strip(_QUOTES).upper()
