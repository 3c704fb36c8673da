"""Codes that a camera reads, as one path of a drawing: no picture file, no style, any size."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

KEPT = 512
MASK = 3
"""Any of the eight masks is right; trying them all for the prettiest takes eight times as long."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Code:
    """A square of `size` modules a side; `path` draws the dark ones. Leave four modules around."""

    size: int
    path: str


@lru_cache(maxsize=KEPT)
def draw(text: str) -> Code:
    """The code of an address, readable with a seventh of it dirty (level M)."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=MASK)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = [run for y, row in enumerate(rows) for run in _runs(y, row)]
    return Code(size=len(rows), path="".join(runs))


def _runs(y: int, row: list[bool]) -> list[str]:
    """Dark modules that stand side by side are drawn as one."""
    found, x = [], 0
    for is_dark, same in groupby(row):
        width = len(list(same))
        if is_dark:
            found.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return found
