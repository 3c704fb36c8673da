"""Names put together from a surname and the characters of a generation."""

import random
from typing import Literal

from bianfang.demo.texts import names as pools

Sex = Literal["男", "女"]

_GENERATION_STARTS = (1955, 1975, 1995)
_SINGLE_SHARE = (0.08, 0.14, 0.22, 0.08)
_RARE_SHARE = 0.004
_SURNAMES = tuple(surname for surname, _ in pools.SURNAMES)
_CUMULATED = tuple(
    sum(weight for _, weight in pools.SURNAMES[: place + 1]) for place in range(len(_SURNAMES))
)


def generation_of(year: int) -> int:
    """Which of the four generations of names a birth year belongs to."""
    return sum(year >= start for start in _GENERATION_STARTS)


def draw_surname(rng: random.Random) -> str:
    """A surname of the region, the frequent ones more often."""
    return rng.choices(_SURNAMES, cum_weights=_CUMULATED)[0]


def draw_given(rng: random.Random, *, sex: Sex, year: int, shared: str = "") -> str:
    """A given name that fits the birth year; `shared` is the character brothers have in common."""
    generation = generation_of(year)
    male = sex == "男"
    seconds = (pools.MALE_SECOND if male else pools.FEMALE_SECOND)[generation]
    if shared:
        return shared + rng.choice(seconds)
    if rng.random() < _RARE_SHARE:
        return rng.choice(pools.RARE_MALE if male else pools.RARE_FEMALE)
    if rng.random() < _SINGLE_SHARE[generation]:
        return rng.choice((pools.MALE_SINGLE if male else pools.FEMALE_SINGLE)[generation])
    firsts = (pools.MALE_FIRST if male else pools.FEMALE_FIRST)[generation]
    first = rng.choice(firsts)
    second = rng.choice(seconds)
    return first + second if first != second else second


def draw_shared(rng: random.Random, *, sex: Sex, year: int) -> str:
    """The character that a family gives to all its children of one sex."""
    firsts = pools.MALE_FIRST if sex == "男" else pools.FEMALE_FIRST
    return rng.choice(firsts[generation_of(year)])
