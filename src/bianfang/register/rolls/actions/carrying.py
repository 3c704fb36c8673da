"""Carrying out a comparison: what is written, who is moved, what is told."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel import bulk, events
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.numbering import actions as numbering
from bianfang.register.areas.models import Area
from bianfang.register.households.actions.summary import SUMMARY_FIELDS, refresh_summary
from bianfang.register.households.enums import HouseholdEnd, LivingStatus, ResidentEnd
from bianfang.register.households.events import ChangeKind, HouseholdChanged
from bianfang.register.households.models import Household, Resident
from bianfang.register.rolls.actions.checking import NEW_ONES_LISTED, Decided
from bianfang.register.rolls.actions.filling import Filling
from bianfang.register.rolls.actions.kept import Progress
from bianfang.register.rolls.actions.tables import insert_whole, load_locked, parts
from bianfang.register.rolls.enums import DiffDecision, DiffKind, Verb
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.plans import (
    Change,
    Comparison,
    DiffKey,
    HouseholdPlan,
    PersonPlan,
    key_from,
)
from bianfang.register.rolls.state import State

HOUSEHOLD_FIELDS = (
    "hamlet", "area_path", "door", "living_status", "status_reason", "version",
    "ended_on", "end_reason", *SUMMARY_FIELDS,
)  # fmt: skip
RESIDENT_FIELDS = (
    "household", "area_path", "name", "pinyin", "initials", "relation", "sex", "birth_date",
    "id_number", "id_key", "id_last4", "id_is_verified", "phone", "phone_key", "phone_last4",
    "is_away", "away_place", "dibao", "tekun", "disability", "facts_as_of", "note", "order",
    "ended_on", "end_reason",
)  # fmt: skip


@dataclass(kw_only=True)
class Merge:
    """One merging: what was decided, what is written, what was done."""

    actor: Actor
    roll: RollImport
    state: State
    decisions: dict[DiffKey, Decided]
    did: Counter[str] = field(default_factory=Counter)
    new_households: list[Household] = field(default_factory=list)
    new_residents: list[Resident] = field(default_factory=list)
    changed: set[UUID] = field(default_factory=set)
    touched: set[UUID] = field(default_factory=set)
    relocated: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    told: list[tuple[Household, ChangeKind, str]] = field(default_factory=list)

    def carry_out(self, comparison: Comparison, progress: Progress) -> None:
        """New households first, then what changed, who moved, who left; summaries last."""
        self.filling = Filling(
            town_id=self.roll.town_id, staff_id=self.actor.staff_id, as_of=self.roll.as_of
        )
        self.lists_new_ones = self.roll.counts.get(DiffKind.HOUSEHOLD_NEW, 0) <= NEW_ONES_LISTED
        self.numbers = self._free_numbers(comparison)
        self._load_old(comparison)
        for home in comparison.households:
            self._take_household(home)
        self._let_go(comparison)
        progress(30)
        insert_whole(self.new_households)
        bulk.update_rows(RESIDENT_FIELDS, [self.residents[each] for each in sorted(self.changed)])
        progress(40)
        insert_whole(self.new_residents)
        progress(80)
        insert_whole(self.filling.facts)
        self._confirm_answers(comparison)
        self._relocate()
        self._summarise_old()
        progress(95)
        if not self.state.is_empty:
            self._tell()

    def _free_numbers(self, comparison: Comparison) -> Iterator[str]:
        """Numbers of the town's own for households that come without, in one go."""
        wanted = sum(not home.number for home in comparison.households)
        used = {*self.state.numbers, *self.state.ended}
        used.update(home.number for home in comparison.households)
        while True:
            first = numbering.take(town_id=self.roll.town_id, series="household", count=wanted)
            numbers = (f"Z{number:06d}" for number in range(first, first + wanted))
            yield from (number for number in numbers if number not in used)

    def _load_old(self, comparison: Comparison) -> None:
        """Rows that may change, locked; on a first import there are none."""
        people: set[UUID] = {person.id for person in comparison.gone_residents}
        homes: set[UUID] = {household.id for household in comparison.gone_households}
        homes.update(household.id for household in comparison.empty_households)
        homes.update(person.household_id for person in comparison.gone_residents)
        for home in comparison.households:
            changed = [person for person in home.people if person.kind]
            homes.update(each for each in (home.returning,) if each)
            if home.known and (home.changes or changed):
                homes.add(home.known.id)
                people.update(self._heads_of(home.known.id))
            for person in changed:
                if known := person.known or person.returning:
                    people.add(known.id)
                    homes.add(known.household_id)
        self.residents: dict[UUID, Resident] = load_locked(Resident, self.roll.town_id, people)
        self.households: dict[UUID, Household] = load_locked(Household, self.roll.town_id, homes)

    def _heads_of(self, household_id: UUID) -> list[UUID]:
        members = self.state.members.get(household_id, ())
        return [each for each in members if self.state.residents[each].relation == Relation.HEAD]

    def _take_household(self, home: HouseholdPlan) -> None:
        if home.known is None:
            if home.kind is None or not self._is_accepted(home.kind, home, None):
                return
            household = self._new_household(home)
        elif home.known.id not in self.households:
            return
        else:
            household = self.households[home.known.id]
            if home.changes and self._is_accepted(DiffKind.HOUSEHOLD_CHANGED, home, None):
                self._change_household(household, home)
        members = [
            self._take_person(person, place, household, home)
            for place, person in enumerate(home.people)
        ]
        present = [person for person in members if person is not None]
        if home.known is None:
            refresh_summary(household, present, day=self.roll.as_of)
        else:
            self._leave_one_head(home.known.id, present)

    def _new_household(self, home: HouseholdPlan) -> Household:
        """A new one, or the one of this number that had left."""
        if home.returning is None:
            household = Household(
                town_id=self.roll.town_id,
                number=home.number or next(self.numbers),
                entered_on=self.roll.as_of,
            )
            self.new_households.append(household)
            self.did["households_new"] += 1
        else:
            household = self.households[home.returning]
            household.ended_on, household.end_reason = None, ""
            self.touched.add(household.id)
            self.did["households_returned"] += 1
        area = self._area(home)
        household.hamlet_id, household.area_path = area.id, area.path
        household.door = home.roll.door
        household.living_status = home.roll.status.value
        household.status_reason = _reason(home)
        if household.is_counted:
            self.told.append((household, ChangeKind.JOINED, ""))
        return household

    def _change_household(self, household: Household, home: HouseholdPlan) -> None:
        assert home.known is not None
        was_counted, old = household.is_counted, household.living_status
        if "hamlet" in home.changes:
            area = self._area(home)
            source = self._name_of(household.area_path)
            household.hamlet_id, household.area_path = area.id, area.path
            self.relocated[area.path].append(household.id)
            self.told.append((household, ChangeKind.MOVED, f"{source} → {area.name}"))
        if "door" in home.changes:
            household.door = home.roll.door
        if "living_status" in home.changes:
            household.living_status = home.roll.status.value
            household.status_reason = _reason(home)
            note = f"{old} → {household.living_status}"
            self.told.append((household, _change(was_counted, household), note))
        self.touched.add(household.id)
        self.did["households_changed"] += 1

    def _take_person(
        self, plan: PersonPlan, place: int, household: Household, home: HouseholdPlan
    ) -> Resident | None:
        """The person as far as it was touched and is present afterwards."""
        if plan.kind is None or not self._is_accepted(plan.kind, home, plan):
            return None
        known = plan.known or plan.returning
        if known is None:
            person = self.filling.new_person(plan, place, household)
            self.new_residents.append(person)
            self.did["residents_new"] += 1
            if home.known is not None:
                self.touched.add(household.id)
            return person
        person = self.residents[known.id]
        self.changed.add(person.id)
        self.touched.update({person.household_id, household.id} & self.households.keys())
        if plan.is_moved or plan.returning:
            person.household_id, person.area_path = household.id, household.area_path
            person.ended_on, person.end_reason = None, ""
        self.filling.change(person, plan, place)
        if plan.ends:
            self._end(person, plan.ends)
            return None
        self.did["residents_moved"] += plan.is_moved
        self.did["residents_returned"] += plan.returning is not None
        self.did["residents_changed"] += bool(plan.changes and plan.known)
        return person

    def _leave_one_head(self, household_id: UUID, present: list[Resident]) -> None:
        """Whom the roll makes head is the only one, also where the former head is missing."""
        if not any(person.relation == Relation.HEAD for person in present):
            return
        made = {person.id for person in present}
        for each in self._heads_of(household_id):
            person = self.residents[each]
            if each not in made and person.relation == Relation.HEAD:
                person.relation = Relation.OTHER
                self.changed.add(each)

    def _let_go(self, comparison: Comparison) -> None:
        """Who is missing leaves only where a person said so."""
        gone: dict[UUID, list[Resident]] = defaultdict(list)
        for known in comparison.gone_residents:
            person = self.residents[known.id]
            gone[known.household_id].append(person)
            number = self.state.households[known.household_id].number
            if self._is_told(DiffKind.RESIDENT_GONE, number, known.id, known.name):
                self._end(person, ResidentEnd.NOT_ON_ROLL)
                self.touched.add(known.household_id)
        for known_home in comparison.gone_households:
            number, head = known_home.number, known_home.head_name
            if self._is_told(DiffKind.HOUSEHOLD_GONE, number, None, head):
                household = self.households[known_home.id]
                self._end_household(household, gone[known_home.id], HouseholdEnd.NOT_ON_ROLL)
        for known_home in comparison.empty_households:
            number, head = known_home.number, known_home.head_name
            if self._is_told(DiffKind.HOUSEHOLD_EMPTY, number, None, head):
                self._end_household(self.households[known_home.id], [], HouseholdEnd.NOBODY_LEFT)

    def _end(self, person: Resident, reason: ResidentEnd) -> None:
        person.ended_on, person.end_reason = self.roll.as_of, reason.value
        self.changed.add(person.id)
        self.did["residents_ended"] += 1

    def _end_household(
        self, household: Household, gone: list[Resident], reason: HouseholdEnd
    ) -> None:
        """It ends with who is missing; where others stay, since no move was wanted, it stands."""
        for person in gone:
            if person.ended_on is None:
                self._end(person, ResidentEnd.NOT_ON_ROLL)
        self.touched.add(household.id)
        members = self.state.members.get(household.id, ())
        if any(self._stays(each, household.id) for each in members):
            return
        if household.is_counted:
            self.told.append((household, ChangeKind.LEFT, reason.value))
        household.ended_on, household.end_reason = self.roll.as_of, reason.value
        self.did["households_ended"] += 1

    def _stays(self, resident_id: UUID, household_id: UUID) -> bool:
        person = self.residents.get(resident_id)
        return person is None or (person.ended_on is None and person.household_id == household_id)

    def _confirm_answers(self, comparison: Comparison) -> None:
        """The roll of that day said the same as is known."""
        rows = Resident.objects.in_town(self.roll.town_id)
        for part in parts(sorted(comparison.confirmed(self.roll.as_of))):
            rows.filter(id__in=part).update(facts_as_of=self.roll.as_of)

    def _relocate(self) -> None:
        """Where a household is, its people are."""
        rows = Resident.objects.in_town(self.roll.town_id)
        for path, ids in self.relocated.items():
            for part in parts(ids):
                rows.filter(household__in=part).update(area_path=path)

    def _summarise_old(self) -> None:
        homes = [self.households[each] for each in sorted(self.touched)]
        rows = Resident.objects.in_town(self.roll.town_id).on_register()
        members: dict[UUID, list[Resident]] = defaultdict(list)
        for part in parts([home.id for home in homes]):
            for person in rows.filter(household__in=part).order_by("order", "id"):
                members[person.household_id].append(person)
        for household in homes:
            present = members[household.id]
            refresh_summary(household, present, day=self.roll.as_of)
            household.version += 1
            heads = [person.id for person in present if person.relation == Relation.HEAD]
            before = self._heads_of(household.id)
            self.did["heads_changed"] += bool(heads and before and heads[0] != before[0])
        bulk.update_rows(HOUSEHOLD_FIELDS, homes)
        facts = {"roll": str(self.roll.id)}
        journal.record_many(
            actor=self.actor,
            verb=Verb.HOUSEHOLD_CHANGED_BY_ROLL,
            targets=[(household, facts) for household in homes],
        )

    def _tell(self) -> None:
        for household, kind, note in self.told:
            events.emit(
                HouseholdChanged(
                    actor=self.actor,
                    town_id=household.town_id,
                    household_id=household.id,
                    kind=kind,
                    note=note,
                )
            )

    def _is_accepted(self, kind: DiffKind, home: HouseholdPlan, person: PersonPlan | None) -> bool:
        """Shown, and not left as it is; what is not listed one by one goes with its household."""
        if kind == DiffKind.RESIDENT_NEW and home.known is None:
            return True
        if kind == DiffKind.HOUSEHOLD_NEW and not self.lists_new_ones:
            return True
        return self._is_told(
            kind,
            home.number,
            person.resident if person else None,
            person.row.name if person else home.head_name,
            person.told if person else home.told,
        )

    def _is_told(
        self,
        kind: DiffKind,
        number: str,
        resident: UUID | None,
        name: str,
        told: dict[str, Change] | None = None,
    ) -> bool:
        """Whether just this difference was shown, and a person let it stand."""
        told = told or {}
        key = key_from(kind=kind, number=number, resident=resident, name=name, changes=told)
        decided = self.decisions.get(key)
        if decided is None or decided.told != told:
            self.did["waiting"] += 1
            return False
        return decided.decision == DiffDecision.APPLY

    def _area(self, home: HouseholdPlan) -> Area:
        assert home.roll.path is not None
        return self.state.hamlets[home.roll.path]

    def _name_of(self, area_path: str) -> str:
        names = (area.name for area in self.state.hamlets.values() if area.path == area_path)
        return next(names, "")


def _reason(home: HouseholdPlan) -> str:
    """A vacant house needs a reason: the first note, else that the roll says so."""
    if home.roll.status != LivingStatus.VACANT:
        return ""
    note = next((person.row.note for person in home.people if person.row.note), "")
    return note[:120] or _("Vacant on the roll")


def _change(was_counted: bool, household: Household) -> ChangeKind:  # noqa: FBT001  # a plain truth
    if was_counted == household.is_counted:
        return ChangeKind.STATUS
    return ChangeKind.JOINED if household.is_counted else ChangeKind.LEFT
