"""Names that a worksheet may carry."""

import re
from collections.abc import Collection

_FORBIDDEN = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_LONGEST = 31


def free_sheet_name(wanted: str, taken: Collection[str]) -> str:
    """The wanted name, cut and cleaned as Excel demands, numbered when it is taken already."""
    clean = _FORBIDDEN.sub(" ", wanted).strip().strip("'")[:_LONGEST].strip() or "1"
    used = {name.casefold() for name in taken}
    name, number = clean, 1
    while name.casefold() in used:
        number += 1
        suffix = f" {number}"
        name = clean[: _LONGEST - len(suffix)] + suffix
    return name
