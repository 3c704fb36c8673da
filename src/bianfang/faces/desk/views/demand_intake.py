"""A new demand that no visit brought."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from bianfang.faces.desk import alike, demand_intake
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.alike import Suggestion
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.demands import crumbs
from bianfang.outreach.demands.enums import Route
from bianfang.register.people.enums import Permission

AGAIN = "again"


@desk_page(Permission.REGISTER_DEMAND)
def add(request: DeskRequest) -> HttpResponse:
    """One form; looking for the household sends it without registering anything."""
    data = request.POST if request.method == "POST" else None
    desk = demand_intake.open_desk(request, data)
    shown: list[Suggestion] | None = None
    if alike.is_asked(request):
        said = demand_intake.said_so_far(request, desk)
        if request.htmx:
            return alike.part(request, said)
        shown = alike.look(request, said)
    if desk.form.is_valid():
        demand = demand_intake.hand_in(request, desk)
        if demand:
            path = chosen_path(request)
            words = _("Registered as %(number)s.")
            if demand.route == Route.ONSITE:
                words = _("Registered as %(number)s; a second person writes it off.")
            messages.success(request, words % {"number": demand.number})
            if AGAIN in request.POST:
                return HttpResponseRedirect(address(path, "demands:add"))
            return HttpResponseRedirect(address(path, "demands:detail", demand.id))
    return show(
        request,
        "desk/demands/add.html",
        title=_("New demand"),
        crumbs=crumbs(request),
        region="found",
        form=desk.form,
        desk=desk,
        shown=shown,
    )
