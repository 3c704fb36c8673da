"""Pinyin keys of names. ü is written v, as people type it.

Only the table of single characters is read, on first use (15 ms, once per process): names hold
no phrases, and the phrase tables would cost every process a tenth of a second and 30 MB.
"""

import json
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import islice, product
from pathlib import Path

from bianfang.kernel.codes.digits import to_half_width
from bianfang.kernel.names.surnames import (
    COMPOUND_SURNAME_READINGS,
    GIVEN_NAME_READINGS,
    MIDDLE_DOTS,
    SURNAME_READINGS,
    split_name,
)

_DIAERESIS = "\u0308"
_SILENT = frozenset(MIDDLE_DOTS) | frozenset(" \u3000'-")
_INVISIBLE = frozenset({"Cc", "Cf", "Mn"})
_MOST_INITIALS = 8

# All readings of one character; none for a sign that is not spoken.
_Syllable = tuple[str, ...]


def full(name: str) -> str:
    """The whole spelling without blanks: 曾长生 → zengchangsheng."""
    return "".join(syllables[0] for syllables in _readings(name))


def sort_key(name: str) -> str:
    """Spelling with blanks between syllables, so that 李 stays together; then the name itself."""
    return f"{' '.join(syllables[0] for syllables in _readings(name))} {name}"


def initials(name: str) -> str:
    """The first letters of the usual reading: 欧阳修 → oyx."""
    return next(_spell_initials(name), "")


def all_initials(name: str) -> tuple[str, ...]:
    """Every plausible row of first letters, the usual one first: 盖乐 → gl, gy."""
    return tuple(islice(dict.fromkeys(_spell_initials(name)), _MOST_INITIALS))


def _spell_initials(name: str) -> Iterator[str]:
    letters = [dict.fromkeys(reading[0] for reading in syllable) for syllable in _readings(name)]
    return map("".join, product(*letters)) if letters else iter(())


def _readings(name: str) -> list[_Syllable]:
    """One tuple of readings per syllable; the first is the usual one."""
    surname, given = split_name(to_half_width(name).strip())
    return [*_surname_readings(surname), *_given_name_readings(given)]


@lru_cache(maxsize=4096)
def _surname_readings(surname: str) -> tuple[_Syllable, ...]:
    if surname in COMPOUND_SURNAME_READINGS:
        return tuple((syllable,) for syllable in COMPOUND_SURNAME_READINGS[surname])
    if surname in SURNAME_READINGS:
        return (tuple(dict.fromkeys((*SURNAME_READINGS[surname], _plain_reading(surname)))),)
    return tuple(_given_name_readings(surname))


def _given_name_readings(text: str) -> list[_Syllable]:
    return [syllable for syllable in map(_character_readings, text) if syllable]


@lru_cache(maxsize=8192)
def _character_readings(sign: str) -> _Syllable:
    if sign in _SILENT or unicodedata.category(sign) in _INVISIBLE:
        return ()
    return GIVEN_NAME_READINGS.get(sign) or (_plain_reading(sign),)


def _plain_reading(sign: str) -> str:
    """The first reading in the dictionary; a sign without one stands for itself."""
    marked = _dictionary().get(str(ord(sign)), sign).split(",")[0]
    decomposed = unicodedata.normalize("NFD", marked).replace(f"u{_DIAERESIS}", "v")
    return "".join(c for c in decomposed if not unicodedata.combining(c)).lower() or sign


@cache
def _dictionary() -> dict[str, str]:
    spec = find_spec("pypinyin")
    assert spec is not None
    assert spec.origin is not None
    table = Path(spec.origin).with_name("pinyin_dict.json")
    loaded: dict[str, str] = json.loads(table.read_text(encoding="utf-8"))
    return loaded
