"""Ordering a phone to be emptied."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms.base import DeskForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.register.phones import policies, queries
from bianfang.register.phones.actions import ask_to_empty
from bianfang.register.phones.models import FieldPhone


@desk_page()
def empty(request: DeskRequest, phone_id: UUID) -> HttpResponse:
    """Say what is lost, then order it."""
    phone = queries.get_phone(actor=request.actor, phone_id=phone_id)
    policies.check_can_empty_phone(request.actor, phone)
    form, back = DeskForm(request.POST or None), _back(request, phone)
    if request.method == "POST" and attempt(
        form, lambda: ask_to_empty(actor=request.actor, phone_id=phone.id)
    ):
        return done(request, _("The phone empties itself at its next contact."), back)
    return show_form(
        request,
        form,
        title=_("Empty this phone: %(name)s") % {"name": phone.name},
        button=_("Empty this phone"),
        back=back,
        crumbs=[_crumb(request, phone, back)],
        explain=_(
            "At its next contact the phone removes all that it has taken along. Visits on it that "
            "were not sent yet are lost. Do this when a phone is lost or given away."
        ),
        is_serious=True,
    )


def _back(request: DeskRequest, phone: FieldPhone) -> str:
    path = chosen_path(request)
    if phone.staff_id == request.actor.staff_id:
        return address(path, "desk:account")
    return address(path, "staff:detail", phone.staff_id)


def _crumb(request: DeskRequest, phone: FieldPhone, back: str) -> Crumb:
    is_own = phone.staff_id == request.actor.staff_id
    return Crumb(_("My account") if is_own else phone.staff.name, back)
