"""Identity numbers that no living person can have: their area does not exist."""

import random
from dataclasses import dataclass, field
from datetime import date

from bianfang.demo.names import Sex
from bianfang.demo.town import COUNTY_DIGITS
from bianfang.kernel.codes.identity import check_digit

_SERIALS = 1000


@dataclass(kw_only=True, slots=True)
class IdentityNumbers:
    """Gives every number once."""

    rng: random.Random
    _given: set[str] = field(default_factory=set)

    def draw(self, *, birth_date: date, sex: Sex) -> str:
        """A number with the right date, an odd serial for men and the right check digit."""
        while True:
            serial = self.rng.randrange(1 if sex == "男" else 0, _SERIALS, 2)
            digits = f"{COUNTY_DIGITS}{birth_date:%Y%m%d}{serial:03}"
            if digits not in self._given:
                self._given.add(digits)
                return digits + check_digit(digits)
