"""Scoped reads of households and residents."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.identity import IdentityError, parse_identity
from bianfang.kernel.codes.phones import PhoneError, parse_phone
from bianfang.kernel.crypto.current import blind_index
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.journal.queries import list_about
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.register.households.enums import COUNTED_STATUSES
from bianfang.register.households.models import Fact, HeldChange, Household, Resident
from bianfang.register.households.workflow import HeldState

ID_PURPOSE = "resident.id_number"
PHONE_PURPOSE = "resident.phone"
PLACE_ORDER = ("area_path", "number")
HELD_ORDER = ("-reported_at", "-id")


def get_household(*, actor: Actor, household_id: UUID) -> Household:
    """The household with its hamlet, or NotFoundError."""
    rows = Household.objects.visible_to(actor).select_related("hamlet")
    household = rows.filter(id=household_id).first()
    if household is None:
        raise NotFoundError(_("There is no such household in your area."))
    return household


def get_household_for_update(*, actor: Actor, household_id: UUID) -> Household:
    """The household, locked until the transaction ends."""
    rows = Household.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    household = rows.filter(id=household_id).first()
    if household is None:
        raise NotFoundError(_("There is no such household in your area."))
    return household


def find_household(*, actor: Actor, number: str) -> Household | None:
    """The household of this number, if it is on the register and in scope."""
    return Household.objects.visible_to(actor).on_register().filter(number=number.strip()).first()


def has_households(*, town_id: UUID, hamlet_id: UUID) -> bool:
    """Whether any household on the register lives there, whoever asks."""
    return Household.objects.in_town(town_id).on_register().filter(hamlet=hamlet_id).exists()


def list_of_place(*, actor: Actor, area_path: str) -> "QuerySet[Household]":
    """The households on the register of one natural village, by number."""
    rows = Household.objects.visible_to(actor).on_register().filter(area_path=area_path)
    return rows.order_by("number", "id")


def list_members_of_place(*, actor: Actor, area_path: str) -> "QuerySet[Resident]":
    """Who lives in a natural village, by household, in order; nothing encrypted is read."""
    rows = (
        Resident.objects.visible_to(actor)
        .on_register()
        .filter(household__area_path=area_path, household__ended_on__isnull=True)
    )
    return rows.defer("id_number", "phone").order_by("household", "order", "id")


def count_by_place(*, actor: Actor) -> dict[str, int]:
    """Households on the register by natural village, in one query."""
    rows = Household.objects.visible_to(actor).on_register().order_by().values_list("area_path")
    counted: Any = rows.annotate(n=Count("id"))
    return dict(counted)


def get_resident(*, actor: Actor, resident_id: UUID) -> Resident:
    """The resident with the household, or NotFoundError."""
    rows = Resident.objects.visible_to(actor).select_related("household")
    resident = rows.filter(id=resident_id).first()
    if resident is None:
        raise NotFoundError(_("There is no such person in your area."))
    return resident


@dataclass(frozen=True, kw_only=True, slots=True)
class HouseholdFilter:
    """What a list of households may be narrowed to."""

    text: str = ""
    reach: PathRange | None = None
    living_status: str = ""
    priority: str = ""
    is_ended: bool = False


def list_households(*, actor: Actor, filters: HouseholdFilter) -> "QuerySet[Household]":
    """Households in scope, in the order of place and number; with hamlet names."""
    rows = Household.objects.visible_to(actor).filter(ended_on__isnull=not filters.is_ended)
    if filters.reach is not None:
        rows = rows.filter(within([filters.reach]))
    if filters.living_status == "counted":
        rows = rows.filter(living_status__in=COUNTED_STATUSES)
    elif filters.living_status:
        rows = rows.filter(living_status=filters.living_status)
    if filters.priority:
        rows = rows.filter(priority=filters.priority)
    if filters.text.strip():
        rows = rows.filter(_matches(actor.town_id, filters.text.strip()))
    return rows.select_related("hamlet").order_by(*PLACE_ORDER)


def _matches(town_id: UUID, text: str) -> Q:
    """By number, door, name or pinyin of anybody; by a whole phone or identity number."""
    people = Resident.objects.in_town(town_id).on_register().order_by()
    if text.isascii() and text.isalpha():
        members = people.filter(_spelt(text.lower(), ""))
        return _spelt(text.lower(), "head_") | Q(id__in=members.values("household_id"))
    found = Q(number__startswith=text) | Q(door__contains=text)
    keys = _keys_of(text)
    if keys:
        found |= Q(id__in=people.filter(keys).values("household_id"))
    if not text.isascii():
        members = people.filter(name__contains=text)
        found |= Q(head_name__contains=text) | Q(id__in=members.values("household_id"))
    return found


def _spelt(letters: str, prefix: str) -> Q:
    """By the beginning of the pinyin, or of the first letters in any reading of the name."""
    return (
        Q(**{f"{prefix}pinyin__startswith": letters})
        | Q(**{f"{prefix}initials__startswith": letters})
        | Q(**{f"{prefix}initials__contains": f" {letters}"})
    )


def _keys_of(text: str) -> Q:
    """By blind index where the text is a whole identity number or phone; a number may be both."""
    found = Q()
    try:
        number = parse_identity(text).number
        found |= Q(id_key=blind_index(number, purpose=ID_PURPOSE))
    except IdentityError:
        pass
    try:
        phone = parse_phone(text, allow_invented=True).number
        found |= Q(phone_key=blind_index(phone, purpose=PHONE_PURPOSE))
    except PhoneError:
        pass
    return found


def list_residents(*, actor: Actor, household: Household) -> "QuerySet[Resident]":
    """The people of a household in the order of the roll, those who left behind."""
    rows = Resident.objects.visible_to(actor).filter(household=household)
    return rows.order_by(F("ended_on").asc(nulls_first=True), "order", "id")


def find_last_change(household: Household) -> Entry | None:
    """The latest entry of the journal about a household or its people."""
    people = Resident.objects.in_town(household.town_id).filter(household=household)
    ids = [household.id, *people.order_by("id").values_list("id", flat=True)]
    rows = Entry.objects.in_town(household.town_id).filter(target_id__in=ids)
    found: Entry | None = (
        rows.filter(target_kind__in=["household", "resident"]).order_by("id").last()
    )
    return found


def list_members(*, town_id: UUID, household_id: UUID) -> list[Resident]:
    """The present people of a household, in order."""
    rows = Resident.objects.in_town(town_id).on_register().filter(household=household_id)
    return list(rows.order_by("order", "id"))


def list_facts(*, actor: Actor, resident_ids: Iterable[UUID]) -> "QuerySet[Fact]":
    """Statements about these people, the latest first."""
    rows = Fact.objects.in_town(actor.town_id).filter(resident__in=list(resident_ids))
    return rows.select_related("recorded_by").order_by("-as_of", "-id")


def find_resident_by_id_number(*, actor: Actor, id_number: str) -> Resident | None:
    """The present person with this identity number, if in scope."""
    try:
        number = parse_identity(id_number).number
    except IdentityError:
        return None
    key = blind_index(number, purpose=ID_PURPOSE)
    return Resident.objects.visible_to(actor).on_register().filter(id_key=key).first()


def count_by_status(*, actor: Actor, reach: PathRange | None = None) -> dict[str, int]:
    """Households in scope by living status."""
    rows = Household.objects.visible_to(actor).on_register()
    if reach is not None:
        rows = rows.filter(within([reach]))
    counted: Any = rows.order_by().values_list("living_status").annotate(n=Count("id"))
    return dict(counted)


def list_held(*, actor: Actor, reach: PathRange | None = None) -> "QuerySet[HeldChange]":
    """Held changes that wait for the actor's decision, the newest first (`HELD_ORDER`)."""
    rows = HeldChange.objects.to_be_decided_by(actor)
    if reach is not None:
        rows = rows.filter(within([reach], "household__area_path"))
    return _with_names(rows).order_by(*HELD_ORDER)


def list_held_of(*, actor: Actor, household: Household) -> "QuerySet[HeldChange]":
    """What is to be decided about one household, the newest first."""
    rows = HeldChange.objects.visible_to(actor).filter(household=household, state=HeldState.OPEN)
    return _with_names(rows).order_by(*HELD_ORDER)


def get_held_for_update(*, actor: Actor, held_id: UUID) -> HeldChange:
    """A held change in scope with its household, locked."""
    rows = HeldChange.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    held = rows.select_related("household").filter(id=held_id).first()
    if held is None:
        raise NotFoundError(_("There is no such change in your area."))
    return held


def find_held(*, town_id: UUID, visit_id: UUID, field: str) -> list[HeldChange]:
    """What was held of one visit for this field, decided or not."""
    rows = HeldChange.objects.in_town(town_id).filter(visit_id=visit_id, field=field)
    return list(rows.order_by("id"))


def _with_names(rows: "QuerySet[HeldChange]") -> "QuerySet[HeldChange]":
    return rows.select_related("household", "resident", "reported_by")


def was_phone_changed(*, resident: Resident, since: datetime) -> bool:
    """Whether somebody wrote down another phone of this person after that moment."""
    told = list_about(town_id=resident.town_id, kind="resident", target_id=resident.id)
    return any(
        "phone_last4" in entry.facts.get("fields", ()) for entry in told.filter(at__gt=since)
    )
