"""The phones of a person, as the account page and the page of a staff member show them."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge
from bianfang.faces.desk.requests import DeskRequest
from bianfang.register.phones import policies, queries
from bianfang.register.phones.models import FieldPhone


@dataclass(frozen=True, kw_only=True, slots=True)
class PhoneLine:
    """A phone, where it stands, and the page on which it is ordered to be emptied."""

    phone: FieldPhone
    state: Badge
    href: str


def phone_lines(request: DeskRequest, staff_id: UUID) -> list[PhoneLine]:
    """The phones that the actor may know of; one query."""
    found = queries.list_phones(actor=request.actor, staff_id=staff_id)
    return [PhoneLine(phone=one, state=_state(one), href=_href(request, one)) for one in found]


def _state(phone: FieldPhone) -> Badge:
    if phone.wiped_on is not None:
        words = _("Emptied on %(day)s") % {"day": phone.wiped_on.isoformat()}
        return Badge(words, "void")
    if phone.wipe_asked_on is not None:
        return Badge(_("Waits to be emptied"), "waiting")
    return Badge(_("In use"), "active")


def _href(request: DeskRequest, phone: FieldPhone) -> str:
    is_done = phone.wiped_on is not None or phone.wipe_asked_on is not None
    if is_done or not policies.can_empty_phone(request.actor, phone):
        return ""
    return address(chosen_path(request), "phones:empty", phone.id)
