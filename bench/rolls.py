"""What the measurement of imports does with the project itself; imported behind setup only."""

from datetime import date

from bianfang.config.commands import ready
from bianfang.kernel.ids import new_id
from bianfang.register.areas import actions as areas
from bianfang.register.households.models import Household, Resident
from bianfang.register.people import queries as people
from bianfang.register.rolls.actions import checking, intake, merging

HOUSEHOLD, RESIDENT = Household, Resident


def prepare() -> None:
    """Tables and keys."""
    ready.prepare()


class Roll:
    """One roll on its way into a town without a register."""

    def __init__(self, content: bytes, as_of: date) -> None:
        name = new_id().hex
        town = areas.create_town(name=name, county_name=name, slug=name)
        self.actor = people.system_actor(town_id=town.id, name="bench")
        self.roll = intake.upload_roll(
            actor=self.actor, file_name="roll.xlsx", content=content, as_of=as_of
        )

    def check(self) -> None:
        self.roll = checking.check_roll(actor=self.actor, roll_id=self.roll.id)

    def merge(self) -> None:
        self.roll = merging.merge_roll(actor=self.actor, roll_id=self.roll.id)

    @property
    def people(self) -> int:
        return int(self.roll.counts["did_residents_new"])

    @property
    def households(self) -> int:
        return int(self.roll.counts["did_households_new"])
