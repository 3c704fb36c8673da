"""The dispatcher's queue: hazards, then the oldest demands, given out several at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bianfang.faces.desk import choices, demand_people
from bianfang.faces.desk.addresses import PAGE, address
from bianfang.faces.desk.area_choice import chosen_path, chosen_range
from bianfang.faces.desk.demand_rows import ROWS, Row, listing, plain_heads, rows_of
from bianfang.faces.desk.forms.dispatch import DispatchForm
from bianfang.faces.desk.forms.offers import offer, offer_grouped
from bianfang.faces.desk.pages import attempt, desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.roll_page import is_uuid
from bianfang.faces.desk.views.demands import crumbs
from bianfang.kernel import clock
from bianfang.outreach.demands.actions import dispatch
from bianfang.outreach.demands.models import Demand, Return
from bianfang.outreach.demands.queries import lists, one
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("To be given out")


@dataclass(frozen=True, kw_only=True, slots=True)
class Waiting:
    """A new demand, how many days it has waited, and who sent it back, if anybody did."""

    row: Row
    days: int
    returned: Return | None


@desk_page(Permission.ACCEPT_DEMAND)
def queue(request: DeskRequest) -> HttpResponse:
    """Tick, name the hands, give out; what cannot be given out is named with the reason."""
    form = DispatchForm(request.POST or None)
    offer_grouped(form, "owner_id", demand_people.owners_by_unit(request.actor))
    offer(form, "unit_id", choices.units(request))
    ticked = [UUID(value) for value in request.POST.getlist("demand") if is_uuid(value)]
    if form.is_bound and not ticked:
        form.add_error(None, _("Tick what is to be given out."))
    if form.is_valid() and give_out(request, form, ticked):
        return HttpResponseRedirect(address(chosen_path(request), "demands:dispatch"))
    wanted = DemandFilter(area=chosen_range(request, request.actor, Permission.ACCEPT_DEMAND))
    page = lists.page_waiting(
        actor=request.actor,
        filters=wanted,
        token=request.GET.get(PAGE, ""),
        size=ROWS,
    )
    return show(
        request,
        "desk/demands/dispatch.html",
        title=TITLE,
        crumbs=crumbs(request),
        listing=listing(request, page, plain_heads()),
        form=form,
        ticked={str(each) for each in ticked},
        waiting=waiting_of(request, page.rows),
    )


def waiting_of(request: DeskRequest, demands: Sequence[Demand]) -> list[Waiting]:
    """New demands as rows to be ticked; a single query tells who sent which back."""
    returned = one.last_returns(actor=request.actor, demands=demands)
    today = clock.today()
    return [
        Waiting(
            row=row,
            days=(today - row.demand.registered_on).days,
            returned=returned.get(row.demand.id),
        )
        for row in rows_of(request, demands)
    ]


def give_out(request: DeskRequest, form: Form, ticked: list[UUID], **more: UUID) -> bool:
    """Put the ticked demands into the hands of the form; tell what came of each."""
    given_hands = {**form.cleaned_data, **more}
    results = attempt(
        form,
        lambda: dispatch.accept_many(actor=request.actor, demand_ids=ticked, **given_hands),
    )
    if results is None:
        return False
    given = sum(not result.refusal for result in results)
    if given:
        words = ngettext("%(count)d demand given out.", "%(count)d demands given out.", given)
        messages.success(request, words % {"count": given})
    for result in results:
        if result.refusal:
            messages.error(request, f"{result.number} {result.refusal}".strip())
    return True
