"""Changes that met another one in the register: both values, and the two buttons that decide."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bianfang.faces.desk import held_page
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, chosen_range
from bianfang.faces.desk.pages import Crumb, attempt_and_tell, desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.tables import Column, take_listing
from bianfang.register.households import queries
from bianfang.register.households.actions import held as actions
from bianfang.register.people.enums import Permission

TITLE = _("Changes to be decided")
HOME = "household"
"""Says in an address from which household's page a button was pressed."""
COLUMNS = (
    Column(label=_("Household")),
    Column(label=_("What")),
    Column(label=_("Register now")),
    Column(label=_("Found at the visit")),
    Column(key="when", label=_("Found by"), sort=("reported_at", "id")),
    Column(label=""),
)


@desk_page(Permission.EDIT_REGISTER)
def held_list(request: DeskRequest) -> HttpResponse:
    """What waits for my decision, the newest first."""
    reach = chosen_range(request, request.actor, Permission.EDIT_REGISTER)
    rows = queries.list_held(actor=request.actor, reach=reach)
    listing = take_listing(request, rows, columns=COLUMNS, default="-when")
    return show(
        request,
        "desk/register/held_list.html",
        title=TITLE,
        crumbs=[Crumb(_("Households"), address(chosen_path(request), "households:list"))],
        listing=listing,
        rows=held_page.rows_of(request, listing.rows),
    )


@require_POST
@desk_page(Permission.EDIT_REGISTER)
def take(request: DeskRequest, held_id: UUID) -> HttpResponse:
    """Write what was found into the register."""
    return attempt_and_tell(
        request,
        lambda: actions.take_over(actor=request.actor, held_id=held_id),
        done=_("The register says now what was found."),
        back=_back(request),
    )


@require_POST
@desk_page(Permission.EDIT_REGISTER)
def drop(request: DeskRequest, held_id: UUID) -> HttpResponse:
    """Leave the register as it is."""
    return attempt_and_tell(
        request,
        lambda: actions.drop(actor=request.actor, held_id=held_id),
        done=_("The register stays as it is."),
        back=_back(request),
    )


def _back(request: DeskRequest) -> str:
    home = request.GET.get(HOME, "")
    if is_uuid(home):
        return address(chosen_path(request), "households:detail", UUID(home))
    return address(chosen_path(request), "households:held")
