"""Numbers and names of people inside free text, found before it is released.

It finds too much rather than too little: a number of the right length counts even if its check
digit is wrong, and so does one broken by blanks, dashes or full-width digits.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.masking.masks import Level, mask_name

_GAP = "[\\s\\-_.\u00b7\u200b-\u200f\u2060\ufeff]{0,2}"
_SHORTEST_NAME = 2


def _digits(count: int, last: str = "[0-9]") -> str:
    return f"(?:[0-9]{_GAP}){{{count - 1}}}{last}"


_LOCAL_START = f"[02-8]{_GAP}"
_ALONE = "(?<![0-9])(?:{})(?![0-9])"
_PATTERNS = {
    "identity": re.compile(_ALONE.format(f"{_digits(18, '[0-9Xx]')}|{_digits(15)}")),
    "bank_card": re.compile(_ALONE.format(f"{_digits(19)}|{_digits(17)}|{_digits(16)}")),
    "phone": re.compile(
        _ALONE.format(f"1{_GAP}(?:[3-9]{_GAP}{_digits(9)}|(?:0{_GAP}){{6}}{_digits(4)})")
    ),
    # Three-digit area numbers have eight digits behind them, the others seven or eight.
    "landline": re.compile(
        _ALONE.format(
            rf"\(?0{_GAP}(?:(?:1{_GAP}0|2{_GAP}[0-9])[)\]]?{_GAP}{_LOCAL_START}{_digits(7)}"
            rf"|[3-9]{_GAP}[0-9]{_GAP}[0-9][)\]]?{_GAP}{_LOCAL_START}"
            f"(?:{_digits(7)}|{_digits(6)}))"
        )
    ),
}


class FindingKind(StrEnum):
    """What was found."""

    IDENTITY = "identity"
    BANK_CARD = "bank_card"
    PHONE = "phone"
    LANDLINE = "landline"
    NAME = "name"


FINDING_LABELS: Mapping[FindingKind, Promise] = MappingProxyType(
    {
        FindingKind.IDENTITY: _("identity number"),
        FindingKind.BANK_CARD: _("bank card number"),
        FindingKind.PHONE: _("mobile number"),
        FindingKind.LANDLINE: _("land line"),
        FindingKind.NAME: _("name"),
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """A place in the text: `text[start:end]` is what was found."""

    kind: FindingKind
    start: int
    end: int
    text: str


def scan_free_text(text: str, known_names: Iterable[str] = ()) -> list[Finding]:
    """All findings in their order, none inside another."""
    folded = _fold(text)
    spans = [
        (match.start(), match.end(), FindingKind(kind))
        for kind, pattern in _PATTERNS.items()
        for match in pattern.finditer(folded)
    ]
    spans += ((start, end, FindingKind.NAME) for start, end in _find_names(folded, known_names))
    findings = []
    reached = 0
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if start >= reached:
            findings.append(Finding(kind=kind, start=start, end=end, text=text[start:end]))
            reached = end
    return findings


def redact(text: str, findings: Sequence[Finding]) -> str:
    """The text with names masked as at L3 and every number replaced by what it was."""
    parts, reached = [], 0
    for finding in findings:
        parts += [text[reached : finding.start], _replacement(finding)]
        reached = finding.end
    return "".join([*parts, text[reached:]])


def _replacement(finding: Finding) -> str:
    if finding.kind is FindingKind.NAME:
        return mask_name(finding.text, Level.L3)
    return f"【{FINDING_LABELS[finding.kind]}】"


def _fold(text: str) -> str:
    """Half-width digits and letters, character by character, so that places stay the same."""
    return text if text.isascii() else "".join(map(_fold_sign, text))


def _fold_sign(sign: str) -> str:
    folded = unicodedata.normalize("NFKC", sign)
    return folded if len(folded) == 1 else sign


def _find_names(text: str, known_names: Iterable[str]) -> Iterator[tuple[int, int]]:
    """Look each place up in a set, longest names first: many names cost no more than few."""
    names = {folded for name in known_names if len(folded := _fold(name)) >= _SHORTEST_NAME}
    lengths = sorted({len(name) for name in names}, reverse=True)
    for start in range(len(text)):
        for length in lengths:
            if text[start : start + length] in names:
                yield start, start + length
                break
