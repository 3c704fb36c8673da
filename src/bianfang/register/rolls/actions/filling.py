"""From a row of a roll to a person of the register, with the statements that follow from it."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from bianfang.kernel import clock
from bianfang.register.households.actions.summary import spell
from bianfang.register.households.enums import FactKind, FactSource, YesNo
from bianfang.register.households.models import Fact, Household, Resident
from bianfang.register.rolls.plans import PersonPlan
from bianfang.register.rolls.reading.rows import RollRow

_ANSWERS = (FactKind.DIBAO, FactKind.TEKUN)


@dataclass(kw_only=True)
class Filling:
    """Writes rows into people (not saved) and gathers what is stated of them."""

    town_id: UUID
    staff_id: UUID | None
    as_of: date
    facts: list[Fact] = field(default_factory=list)

    def new_person(self, plan: PersonPlan, place: int, household: Household) -> Resident:
        """A person as the row says. A first "no" leaves no statement, a "yes" does (ADR 7)."""
        row = plan.row
        person = Resident(
            town_id=self.town_id,
            household_id=household.id,
            area_path=household.area_path,
            name=row.name,
            order=place,
            relation=_relation(row),
            sex=row.sex.value,
            birth_date=row.birth_date,
            is_away=bool(row.away_place),
            away_place=row.away_place,
            dibao=row.dibao.value,
            tekun=row.tekun.value,
            disability=row.disability,
            facts_as_of=self.as_of,
            note=row.note,
            entered_on=self.as_of,
        )
        spell(person)
        _set_numbers(person, plan)
        for kind in _ANSWERS:
            if getattr(person, kind.value) == YesNo.YES:
                self._state(person, kind, YesNo.YES.value)
        if row.disability:
            self._state(person, FactKind.DISABILITY, row.disability)
        return person

    def change(self, person: Resident, plan: PersonPlan, place: int) -> None:
        """What the roll says otherwise, and nothing else; every changed answer is stated."""
        row, changed = plan.row, plan.changes.keys()
        plain: dict[str, object] = {
            "name": row.name,
            "relation": _relation(row),
            "sex": row.sex.value,
            "birth_date": row.birth_date,
            "away_place": row.away_place,
            "note": row.note,
        }
        for name in plain.keys() & changed:
            setattr(person, name, plain[name])
        person.order = place
        person.facts_as_of = max(self.as_of, person.facts_as_of or self.as_of)
        person.is_away = bool(person.away_place)
        spell(person)
        _set_numbers(person, plan)
        answers = {
            FactKind.DIBAO: row.dibao.value,
            FactKind.TEKUN: row.tekun.value,
            FactKind.DISABILITY: row.disability,
        }
        for kind, answer in answers.items():
            if kind.value in changed:
                setattr(person, kind.value, answer)
                self._state(person, kind, answer)

    def _state(self, person: Resident, kind: FactKind, value: str) -> None:
        self.facts.append(
            Fact(
                town_id=self.town_id,
                resident_id=person.id,
                kind=kind.value,
                value=value,
                source=FactSource.ROLL.value,
                as_of=self.as_of,
                recorded_at=clock.now(),
                recorded_by_id=self.staff_id,
            )
        )


def _relation(row: RollRow) -> str:
    return row.relation.value if row.relation else ""


def _set_numbers(person: Resident, plan: PersonPlan) -> None:
    """An empty cell takes no number away."""
    row = plan.row
    if plan.id_key is not None and plan.id_key != person.id_key:
        person.id_number, person.id_key = row.id_number, plan.id_key
        person.id_last4, person.id_is_verified = row.id_number[-4:], row.id_is_verified
    if plan.phone_key is not None and plan.phone_key != person.phone_key:
        person.phone, person.phone_key = row.phone, plan.phone_key
        person.phone_last4 = row.phone[-4:]
