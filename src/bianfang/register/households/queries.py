"""Scoped reads of households and residents."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.identity import IdentityError, parse_identity
from bianfang.kernel.codes.phones import PhoneError, parse_phone
from bianfang.kernel.crypto.current import blind_index
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.tenancy.paths import PathRange, within
from bianfang.register.households.enums import COUNTED_STATUSES
from bianfang.register.households.models import Fact, Household, Resident

ID_PURPOSE = "resident.id_number"
PHONE_PURPOSE = "resident.phone"
PLACE_ORDER = ("area_path", "number")


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
    members = Resident.objects.in_town(town_id).on_register().filter(household=OuterRef("pk"))
    keys = _keys_of(text)
    if keys is not None:
        return Q(Exists(members.filter(keys)))
    if text.isascii() and text.isalpha():
        letters = text.lower()
        named = Q(initials__startswith=letters) | Q(pinyin__startswith=letters)
        return Q(head_initials__startswith=letters) | Q(Exists(members.filter(named)))
    if text.isdigit():
        return Q(number__startswith=text) | Q(door__startswith=text)
    return (
        Q(head_name__startswith=text)
        | Q(door__contains=text)
        | Q(Exists(members.filter(name__startswith=text)))
    )


def _keys_of(text: str) -> Q | None:
    try:
        number = parse_identity(text).number
        return Q(id_key=blind_index(number, purpose=ID_PURPOSE))
    except IdentityError:
        pass
    try:
        phone = parse_phone(text, allow_invented=True).number
        return Q(phone_key=blind_index(phone, purpose=PHONE_PURPOSE))
    except PhoneError:
        return None


def list_residents(*, actor: Actor, household: Household) -> "QuerySet[Resident]":
    """The people of a household in the order of the roll, those who left behind."""
    rows = Resident.objects.visible_to(actor).filter(household=household)
    return rows.order_by("ended_on", "order", "id")


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
