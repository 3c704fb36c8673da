"""Putting a checked roll into the register: all of it in one transaction, or nothing."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock, events, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.numbering import actions as numbering
from bianfang.register.areas import actions as areas
from bianfang.register.areas.models import Area
from bianfang.register.households.actions.summary import SUMMARY_FIELDS, refresh_summary, spell
from bianfang.register.households.enums import (
    FactKind,
    FactSource,
    HouseholdEnd,
    LivingStatus,
    ResidentEnd,
    YesNo,
)
from bianfang.register.households.events import ChangeKind, HouseholdChanged
from bianfang.register.households.models import Fact, Household, Resident
from bianfang.register.rolls import policies, queries
from bianfang.register.rolls.actions.checking import Progress, key_of, read_stored
from bianfang.register.rolls.comparing import (
    Comparison,
    DiffKey,
    HouseholdPlan,
    PersonPlan,
    compare,
)
from bianfang.register.rolls.enums import LEFT_TO_PEOPLE, DiffDecision, DiffKind
from bianfang.register.rolls.models import RollDiff, RollImport
from bianfang.register.rolls.state import State, load_state
from bianfang.register.rolls.workflow import RollState

BATCH = 1000
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


@transaction.atomic
def merge_roll(*, actor: Actor, roll_id: UUID, progress: Progress | None = None) -> RollImport:
    """Read the workbook once more, compare with the register of this moment, and carry it out.

    Nobody is removed unless a person decided so; a person found elsewhere is moved, never doubled.
    """
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    policies.check_can_import_roll(actor)
    if roll.state not in {RollState.CHECKED, RollState.MERGING}:
        raise MoveError(_("This import cannot be merged now; check it again first."))
    state = load_state(roll.town_id)
    reading = read_stored(roll, state, progress)
    if not state.hamlets:
        tree = [tuple(path) for path in reading.areas.paths]
        areas.create_tree(actor=actor, tree=tree)
        state = load_state(roll.town_id)
    work = Merge(actor=actor, roll=roll, state=state, decisions=_decisions(roll))
    work.carry_out(compare(reading, state))
    roll.state, roll.merged_at = RollState.MERGED, clock.now()
    roll.merged_by_id = actor.staff_id
    roll.counts = {**roll.counts, **{f"did_{name}": n for name, n in work.did.items()}}
    roll.save(update_fields=["state", "merged_at", "merged_by", "counts"])
    journal.record(actor=actor, verb="roll_merged", target=roll, facts=dict(work.did))
    transaction.on_commit(lambda: storage.remove(roll.file_key))
    return roll


@transaction.atomic
def give_back(*, actor: Actor, roll_id: UUID, reason: str) -> RollImport:
    """A merge that was refused waits for a person again, with the reason."""
    roll = queries.get_import_for_update(actor=actor, roll_id=roll_id)
    if roll.state == RollState.MERGING:
        roll.state, roll.failure = RollState.CHECKED, reason
        roll.save(update_fields=["state", "failure"])
        journal.record(actor=actor, verb="roll_merge_refused", target=roll)
    return roll


def _decisions(roll: RollImport) -> dict[DiffKey, str]:
    rows = RollDiff.objects.in_town(roll.town_id).filter(roll=roll).order_by("order", "id")
    return {key_of(diff): diff.decision for diff in rows}


@dataclass(kw_only=True)
class Merge:
    """One merging: what was decided, what is written, what was done."""

    actor: Actor
    roll: RollImport
    state: State
    decisions: dict[DiffKey, str]
    did: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    new_households: list[Household] = field(default_factory=list)
    new_residents: list[Resident] = field(default_factory=list)
    facts: list[Fact] = field(default_factory=list)
    touched: set[UUID] = field(default_factory=set)
    told: list[tuple[Household, ChangeKind, str]] = field(default_factory=list)

    def carry_out(self, comparison: Comparison) -> None:
        """New households first, then what changed, who moved, who left; summaries last."""
        self._load_old(comparison)
        for home in comparison.households:
            self._take_household(home)
        self._let_go(comparison)
        Household.objects.bulk_create(self.new_households, batch_size=BATCH)
        Resident.objects.bulk_create(self.new_residents, batch_size=BATCH)
        self._save_old()
        Fact.objects.bulk_create(self.facts, batch_size=BATCH)
        self._summarise_old()
        if not self.state.is_empty:
            self._tell()

    def _load_old(self, comparison: Comparison) -> None:
        """Rows that may change, as instances; on a first import there are none."""
        people: set[UUID] = {person.id for person in comparison.gone_residents}
        homes: set[UUID] = {household.id for household in comparison.gone_households}
        for home in comparison.households:
            changed = [person for person in home.people if person.kind]
            people.update(person.known.id for person in changed if person.known)
            homes.update(person.known.household_id for person in changed if person.known)
            if home.known and (home.changes or changed):
                homes.add(home.known.id)
        homes.update(person.household_id for person in comparison.gone_residents)
        self.residents = _by_id(Resident, self.roll.town_id, people)
        self.households = _by_id(Household, self.roll.town_id, homes)

    def _take_household(self, home: HouseholdPlan) -> None:
        if home.known is None:
            if self._skips(DiffKind.HOUSEHOLD_NEW, home, None, _head_name(home)):
                return
            household = self._new_household(home)
        else:
            household = self.households.get(home.known.id) or Household(
                id=home.known.id, town_id=self.roll.town_id, area_path=home.known.area_path
            )
            if home.changes and not self._skips(
                DiffKind.HOUSEHOLD_CHANGED, home, None, _head_name(home)
            ):
                self._change_household(household, home)
        members = [self._take_person(person, place, household, home)
                   for place, person in enumerate(home.people)]  # fmt: skip
        if home.known is None:
            present = [person for person in members if person is not None]
            refresh_summary(household, present, day=self.roll.as_of)

    def _new_household(self, home: HouseholdPlan) -> Household:
        area = self._area(home)
        note = next((person.row.note for person in home.people if person.row.note), "")
        household = Household(
            town_id=self.roll.town_id,
            hamlet=area,
            area_path=area.path,
            number=home.roll.household_no or self._next_number(),
            door=home.roll.door,
            living_status=home.roll.status,
            status_reason=_reason(home.roll.status, note),
            entered_on=self.roll.as_of,
        )
        self.new_households.append(household)
        self.did["households_new"] += 1
        if household.is_counted:
            self.told.append((household, ChangeKind.JOINED, ""))
        return household

    def _change_household(self, household: Household, home: HouseholdPlan) -> None:
        was_counted = household.is_counted
        if "hamlet" in home.changes:
            area = self._area(home)
            household.hamlet, household.area_path = area, area.path
        if "door" in home.changes:
            household.door = home.roll.door
        if "living_status" in home.changes:
            note = next((person.row.note for person in home.people if person.row.note), "")
            household.living_status = home.roll.status
            household.status_reason = _reason(home.roll.status, note)
            self.told.append((household, _change(was_counted, household), ""))
        self.touched.add(household.id)
        self.did["households_changed"] += 1

    def _take_person(
        self, plan: PersonPlan, place: int, household: Household, home: HouseholdPlan
    ) -> Resident | None:
        if plan.known is None:
            return self._take_new_person(plan, place, household, home)
        if plan.kind is None:
            return None
        if self._skips(plan.kind, home, plan.known.id, plan.row.name):
            return None
        person = self.residents[plan.known.id]
        self.touched.update({person.household_id, household.id})
        if plan.is_moved:
            person.household, person.area_path = household, household.area_path
            self.did["residents_moved"] += 1
        self._fill(person, plan, place)
        if plan.ends:
            person.ended_on, person.end_reason = self.roll.as_of, plan.ends
            self.did["residents_ended"] += 1
            return None
        self.did["residents_changed"] += bool(plan.changes)
        return person

    def _take_new_person(
        self, plan: PersonPlan, place: int, household: Household, home: HouseholdPlan
    ) -> Resident | None:
        kind = plan.kind
        if kind is None:
            return None
        other = plan.namesake if kind == DiffKind.POSSIBLE_DUPLICATE else None
        if self._skips(kind, home, other, plan.row.name):
            return None
        person = Resident(
            town_id=self.roll.town_id,
            household=household,
            area_path=household.area_path,
            entered_on=self.roll.as_of,
        )
        self._fill(person, plan, place)
        self.new_residents.append(person)
        self.did["residents_new"] += 1
        if home.known is not None:
            self.touched.add(household.id)
        return person

    def _fill(self, person: Resident, plan: PersonPlan, place: int) -> None:
        row = plan.row
        person.name, person.order = row.name, place
        person.relation = row.relation.value if row.relation else ""
        person.sex, person.birth_date = row.sex, row.birth_date
        person.away_place, person.is_away = row.away_place, bool(row.away_place)
        person.note, person.facts_as_of = row.note, self.roll.as_of
        spell(person)
        if plan.id_key is not None:
            person.id_number, person.id_key = row.id_number, plan.id_key
            person.id_last4, person.id_is_verified = row.id_number[-4:], row.id_is_verified
        if plan.phone_key is not None:
            person.phone, person.phone_key = row.phone, plan.phone_key
            person.phone_last4 = row.phone[-4:]
        self._state_facts(person, plan)

    def _state_facts(self, person: Resident, plan: PersonPlan) -> None:
        """A first "no" leaves no row; a "yes" and every later change do (ADR 7)."""
        row, is_new = plan.row, plan.known is None
        for kind, answer in ((FactKind.DIBAO, row.dibao), (FactKind.TEKUN, row.tekun)):
            old = getattr(person, kind.value)
            if answer != YesNo.UNKNOWN and answer != old:
                setattr(person, kind.value, answer)
                if answer == YesNo.YES or not is_new:
                    self._add_fact(person, kind, answer.value)
        if row.disability != person.disability:
            person.disability = row.disability
            self._add_fact(person, FactKind.DISABILITY, row.disability)

    def _add_fact(self, person: Resident, kind: FactKind, value: str) -> None:
        self.facts.append(
            Fact(
                town_id=self.roll.town_id,
                resident=person,
                kind=kind,
                value=value,
                source=FactSource.ROLL,
                as_of=self.roll.as_of,
                recorded_at=clock.now(),
                recorded_by_id=self.actor.staff_id,
            )
        )

    def _let_go(self, comparison: Comparison) -> None:
        """Who is missing leaves only where a person said so."""
        for known in comparison.gone_residents:
            number = self.state.households[known.household_id].number
            if self._is_decided(DiffKind.RESIDENT_GONE, number, known.id, known.name):
                person = self.residents[known.id]
                person.ended_on, person.end_reason = self.roll.as_of, ResidentEnd.NOT_ON_ROLL
                self.touched.add(known.household_id)
                self.did["residents_ended"] += 1
        for household in comparison.gone_households:
            if self._is_decided(
                DiffKind.HOUSEHOLD_GONE, household.number, None, household.head_name
            ):
                self._end_household(self.households[household.id])

    def _end_household(self, household: Household) -> None:
        for member_id in self.state.members.get(household.id, ()):
            person = self.residents[member_id]
            person.ended_on, person.end_reason = self.roll.as_of, ResidentEnd.NOT_ON_ROLL
        if household.is_counted:
            self.told.append((household, ChangeKind.LEFT, HouseholdEnd.NOT_ON_ROLL.value))
        household.ended_on, household.end_reason = self.roll.as_of, HouseholdEnd.NOT_ON_ROLL
        self.touched.add(household.id)
        self.did["households_ended"] += 1

    def _save_old(self) -> None:
        changed = [
            person for person in self.residents.values() if person.household_id in self.touched
        ]
        Resident.objects.in_town(self.roll.town_id).bulk_update(
            changed, RESIDENT_FIELDS, batch_size=200
        )

    def _summarise_old(self) -> None:
        homes = [self.households[each] for each in self.touched if each in self.households]
        rows = Resident.objects.in_town(self.roll.town_id).on_register()
        members: dict[UUID, list[Resident]] = defaultdict(list)
        for start in range(0, len(homes), 500):
            part = [home.id for home in homes[start : start + 500]]
            for person in rows.filter(household__in=part).order_by("order", "id"):
                members[person.household_id].append(person)
        for household in homes:
            heads = household.head_name
            refresh_summary(household, members[household.id], day=self.roll.as_of)
            household.version += 1
            self.did["heads_renamed"] += heads != household.head_name
        Household.objects.in_town(self.roll.town_id).bulk_update(
            homes, HOUSEHOLD_FIELDS, batch_size=200
        )
        facts = {"roll": str(self.roll.id)}
        journal.record_many(
            actor=self.actor,
            verb="household_changed_by_roll",
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

    def _skips(self, kind: DiffKind, home: HouseholdPlan, resident: UUID | None, name: str) -> bool:
        default = DiffDecision.SKIP if kind in LEFT_TO_PEOPLE else DiffDecision.APPLY
        key = DiffKey(kind.value, home.number, str(resident or ""), name)
        return self.decisions.get(key, default) == DiffDecision.SKIP

    def _is_decided(self, kind: DiffKind, number: str, resident: UUID | None, name: str) -> bool:
        key = DiffKey(kind.value, number, str(resident or ""), name)
        return self.decisions.get(key) == DiffDecision.APPLY

    def _area(self, home: HouseholdPlan) -> Area:
        assert home.roll.path is not None
        return self.state.hamlets[home.roll.path]

    def _next_number(self) -> str:
        number = numbering.take(town_id=self.roll.town_id, series="household")
        return f"Z{number:06d}"


def _by_id(model: Any, town_id: UUID, ids: set[UUID]) -> dict[UUID, Any]:
    found: dict[UUID, Any] = {}
    wanted = sorted(ids)
    for start in range(0, len(wanted), 500):
        rows = model.objects.in_town(town_id).filter(id__in=wanted[start : start + 500])
        found.update({row.id: row for row in rows.order_by("id")})
    return found


def _head_name(home: HouseholdPlan) -> str:
    return home.roll.head_name or (home.people[0].row.name if home.people else "")


def _reason(status: LivingStatus, note: str) -> str:
    return note[:120] or str(_("Vacant on the roll")) if status == LivingStatus.VACANT else ""


def _change(was_counted: bool, household: Household) -> ChangeKind:  # noqa: FBT001  # a plain truth
    if was_counted == household.is_counted:
        return ChangeKind.STATUS
    return ChangeKind.JOINED if household.is_counted else ChangeKind.LEFT
