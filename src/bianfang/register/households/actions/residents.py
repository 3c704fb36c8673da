"""Changes of people."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.identity import IdentityError, parse_identity
from bianfang.kernel.codes.people_codes import Relation, Sex
from bianfang.kernel.codes.phones import PhoneError, parse_phone
from bianfang.kernel.crypto.current import blind_index
from bianfang.kernel.errors import ChangedError, DomainError, FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.register.households import policies, queries
from bianfang.register.households.actions.households import check_version, load_for_edit
from bianfang.register.households.actions.summary import SUMMARY_FIELDS, refresh_summary, spell
from bianfang.register.households.enums import ResidentEnd
from bianfang.register.households.models import Household, Resident

LEAST_REASON = 4


@dataclass(frozen=True, kw_only=True, slots=True)
class ResidentInput:
    """What a form tells of a person; an identity number decides birth date and sex."""

    name: str
    relation: str = ""
    sex: str = Sex.UNKNOWN
    birth_date: date | None = None
    id_number: str | None = None  # None: as it is; "": not known
    phone: str | None = None
    is_away: bool = False
    away_place: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RevealedIdentity:
    """Protected numbers in full, to be shown once."""

    id_number: str
    phone: str


@transaction.atomic
def add_resident(*, actor: Actor, household_id: UUID, person: ResidentInput) -> Resident:
    """Add a person to a household."""
    household = load_for_edit(actor, household_id)
    members = queries.list_members(town_id=actor.town_id, household_id=household.id)
    resident = Resident(
        town_id=actor.town_id,
        household=household,
        area_path=household.area_path,
        entered_on=clock.today(),
        order=max((member.order for member in members), default=0) + 1,
    )
    _fill(resident, person)
    _check_one_head(resident, members)
    resident.save(force_insert=True)
    _summarise(household, [*members, resident])
    journal.record(actor=actor, verb="resident_added", target=resident)
    return resident


@transaction.atomic
def edit_resident(
    *, actor: Actor, resident_id: UUID, person: ResidentInput, version: int | None = None
) -> Resident:
    """Change what is known of a person.

    With the household's version as the form showed it, a change in between is not overwritten.
    """
    resident, household = load_person(actor, resident_id)
    if version is not None:
        check_version(household, version)
    before = {name: getattr(resident, name) for name in EDITABLE}
    _fill(resident, person)
    members = queries.list_members(town_id=actor.town_id, household_id=household.id)
    others = [member for member in members if member.id != resident.id]
    _check_one_head(resident, others)
    resident.save()
    _summarise(household, sorted([*others, resident], key=lambda member: member.order))
    changed = [name for name in EDITABLE if getattr(resident, name) != before[name]]
    journal.record(actor=actor, verb="resident_edited", target=resident, facts={"fields": changed})
    return resident


def change_phone(*, actor: Actor, resident_id: UUID, phone: str) -> Resident:
    """Change the phone of a person and nothing else."""
    resident = queries.get_resident(actor=actor, resident_id=resident_id)
    person = ResidentInput(
        name=resident.name,
        relation=resident.relation,
        sex=resident.sex,
        birth_date=resident.birth_date,
        phone=phone,
        is_away=resident.is_away,
        away_place=resident.away_place,
        note=resident.note,
    )
    return edit_resident(actor=actor, resident_id=resident.id, person=person)


@transaction.atomic
def move_resident(
    *, actor: Actor, resident_id: UUID, household_id: UUID, relation: Relation
) -> Resident:
    """Let a person live in another household of the town."""
    resident, source = load_person(actor, resident_id)
    target = load_for_edit(actor, household_id)
    if target.id == source.id:
        raise FieldError("household", _("The person lives in this household already."))
    members = queries.list_members(town_id=actor.town_id, household_id=target.id)
    resident.household, resident.area_path = target, target.area_path
    resident.relation = relation
    resident.order = max((member.order for member in members), default=0) + 1
    _check_one_head(resident, members)
    resident.save(update_fields=["household", "area_path", "relation", "order"])
    _summarise(target, [*members, resident])
    _summarise(source, queries.list_members(town_id=actor.town_id, household_id=source.id))
    facts = {"from": str(source.id), "to": str(target.id)}
    journal.record_many(
        actor=actor,
        verb="resident_moved",
        targets=[(source, facts), (target, facts), (resident, facts)],
    )
    return resident


@transaction.atomic
def end_resident(*, actor: Actor, resident_id: UUID, reason: ResidentEnd, on: date) -> Resident:
    """Take a person off the register. The household keeps its head open until one is set."""
    resident, household = load_person(actor, resident_id)
    policies.check_day(on)
    resident.ended_on, resident.end_reason = on, ResidentEnd(reason)
    resident.save(update_fields=["ended_on", "end_reason"])
    _summarise(household, queries.list_members(town_id=actor.town_id, household_id=household.id))
    journal.record(
        actor=actor, verb="resident_ended", target=resident, facts={"reason": resident.end_reason}
    )
    return resident


@transaction.atomic
def set_head(
    *, actor: Actor, resident_id: UUID, former_relation: Relation = Relation.OTHER
) -> Household:
    """Make a member the head; the former head gets the relation given, which is another one."""
    resident, household = load_person(actor, resident_id)
    if former_relation == Relation.HEAD:
        raise FieldError("former_relation", _("A household has one head; choose what he is now."))
    members = queries.list_members(town_id=actor.town_id, household_id=household.id)
    for member in members:
        if member.relation == Relation.HEAD and member.id != resident.id:
            member.relation = former_relation
            member.save(update_fields=["relation"])
        elif member.id == resident.id:
            member.relation = Relation.HEAD
            member.save(update_fields=["relation"])
    _summarise(household, members)
    journal.record(actor=actor, verb="head_set", target=household)
    return household


@transaction.atomic
def reveal_identity(*, actor: Actor, resident_id: UUID, reason: str) -> RevealedIdentity:
    """Show the full numbers of a person; the look and its reason are logged (domain rule 7.7)."""
    resident = queries.get_resident(actor=actor, resident_id=resident_id)
    policies.check_can_reveal_identity(actor, resident.area_path)
    if len(reason.strip()) < LEAST_REASON:
        raise FieldError("reason", _("Say in a few words what you need the numbers for."))
    journal.record_access(
        actor=actor, what="identity_number", target=resident, reason=reason.strip()
    )
    return RevealedIdentity(id_number=resident.id_number, phone=resident.phone)


EDITABLE = (
    "name",
    "relation",
    "sex",
    "birth_date",
    "id_last4",
    "phone_last4",
    "is_away",
    "away_place",
    "note",
)


def load_person(actor: Actor, resident_id: UUID) -> tuple[Resident, Household]:
    """A present person and the household, whose lock keeps both still; read after locking."""
    found = queries.get_resident(actor=actor, resident_id=resident_id)
    household = load_for_edit(actor, found.household_id)
    resident = queries.get_resident(actor=actor, resident_id=resident_id)
    if resident.household_id != household.id:
        raise ChangedError(_("The person was moved to another household just now; look again."))
    if resident.ended_on is not None:
        raise DomainError(_("This person has left the register already."))
    return resident, household


def _fill(resident: Resident, person: ResidentInput) -> None:
    if not person.name.strip():
        raise FieldError("name", _("A person needs a name."))
    if person.relation and person.relation not in Relation.values:
        raise FieldError("relation", _("Choose a relation from the list."))
    resident.name, resident.relation = person.name.strip(), person.relation
    resident.is_away, resident.away_place = person.is_away, person.away_place.strip()
    resident.note = person.note
    policies.check_lengths(resident, "name", "away_place")
    spell(resident)
    if person.id_number is not None:
        set_id_number(resident, person.id_number)
    if resident.id_key is None:
        resident.sex, resident.birth_date = person.sex or Sex.UNKNOWN, person.birth_date
    if resident.birth_date is not None and resident.birth_date > clock.today():
        field = "birth_date" if resident.id_key is None else "id_number"
        raise FieldError(field, _("The date of birth lies in the future."))
    if person.phone is not None:
        set_phone(resident, person.phone)


def set_id_number(resident: Resident, typed: str) -> None:
    """Seal the number with its key and last digits; it decides birth date and sex."""
    if not typed.strip():
        resident.id_number, resident.id_key, resident.id_last4 = "", None, ""
        return
    try:
        identity = parse_identity(typed)
    except IdentityError as error:
        raise FieldError("id_number", error.message) from error
    key = blind_index(identity.number, purpose=queries.ID_PURPOSE)
    others = Resident.objects.in_town(resident.town_id).on_register().filter(id_key=key)
    if others.exclude(id=resident.id).exists():
        raise FieldError(
            "id_number", _("Somebody on the register has this number; look for it in the search.")
        )
    resident.id_number, resident.id_key = identity.number, key
    resident.id_last4, resident.id_is_verified = identity.number[-4:], identity.is_verified
    resident.birth_date, resident.sex = identity.birth_date, identity.sex


def set_phone(resident: Resident, typed: str) -> None:
    """Seal the phone with its key and last digits."""
    if not typed.strip():
        resident.phone, resident.phone_key, resident.phone_last4 = "", None, ""
        return
    number = read_phone(typed)
    resident.phone, resident.phone_last4 = number, number[-4:]
    resident.phone_key = blind_index(number, purpose=queries.PHONE_PURPOSE)


def read_phone(typed: str) -> str:
    """The number in the one way of writing it, or what is wrong with it."""
    try:
        return parse_phone(typed, allow_invented=True).number
    except PhoneError as error:
        raise FieldError("phone", error.message) from error


def _check_one_head(resident: Resident, others: list[Resident]) -> None:
    if resident.relation == Relation.HEAD and any(o.relation == Relation.HEAD for o in others):
        raise FieldError("relation", _("The household has a head; use “make head” to change it."))


def _summarise(household: Household, members: list[Resident]) -> None:
    refresh_summary(household, members, day=clock.today())
    household.version += 1
    household.save(update_fields=[*SUMMARY_FIELDS, "version"])
