"""Reads of phones."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.register.phones.models import FieldPhone


def list_phones(*, actor: Actor, staff_id: UUID) -> "QuerySet[FieldPhone]":
    """The phones of a person that the actor may know of, the one used last first."""
    rows = FieldPhone.objects.visible_to(actor).filter(staff=staff_id)
    return rows.select_related("wipe_asked_by").order_by("-last_day", "-id")


def get_phone(*, actor: Actor, phone_id: UUID) -> FieldPhone:
    """The phone of a person by its row, with the person; NotFoundError out of scope."""
    rows = FieldPhone.objects.visible_to(actor).select_related("staff")
    found = rows.filter(id=phone_id).first()
    if found is None:
        raise NotFoundError(_("There is no such phone."))
    return found


def get_phone_for_update(*, actor: Actor, phone_id: UUID) -> FieldPhone:
    """The same, locked."""
    rows = FieldPhone.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    found = rows.filter(id=phone_id).first()
    if found is None:
        raise NotFoundError(_("There is no such phone."))
    return found


def is_to_be_emptied(*, actor: Actor | None, phone_id: UUID) -> bool:
    """Whether a phone has to empty itself before it is told anything; one query.

    In somebody's hands his or her own row decides. Where nobody is signed in, as after an account
    was closed, the phone is emptied unless somebody else goes on using it.
    """
    if actor is not None:
        rows = FieldPhone.objects.in_town(actor.town_id).filter(phone_id=phone_id)
        return rows.filter(staff=actor.staff_id).to_be_emptied().exists()
    known = list(FieldPhone.objects.of_phone(phone_id).filter(wiped_on__isnull=True))
    return bool(known) and all(phone.is_to_be_emptied for phone in known)
