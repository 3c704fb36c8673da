"""What campaigns found, and what waits for another look."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import campaign_page
from bianfang.faces.desk.addresses import PAGE
from bianfang.faces.desk.area_choice import chosen_range
from bianfang.faces.desk.campaign_page import SEEING
from bianfang.faces.desk.filters import FilterForm, OptionField
from bianfang.faces.desk.pages import desk_page, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.lookbacks import listing
from bianfang.faces.desk.visits_part import TITLE, part_tabs
from bianfang.kernel import clock
from bianfang.kernel.paging import Page, take_page
from bianfang.outreach.campaigns.models import Finding
from bianfang.outreach.campaigns.queries import campaigns, findings
from bianfang.outreach.campaigns.queries.findings import NEWEST, SOONEST, FindingFilter

YES = "yes"


class OfCampaign(FilterForm):
    """Which campaign; which ones there are is read for the page."""

    campaign = OptionField(gettext_lazy("Campaign"), [])

    def __init__(self, request: DeskRequest) -> None:
        super().__init__(request)
        field = self.fields["campaign"]
        assert isinstance(field, OptionField)
        first: Any = field.choices
        rows = campaigns.list_campaigns(actor=request.actor)
        field.choices = [*first, *((str(one.id), one.name) for one in rows)]
        self.full_clean()

    @property
    def campaign_id(self) -> UUID | None:
        """The campaign asked for."""
        value = self.value("campaign")
        return UUID(value) if value else None


class FindingFilters(OfCampaign):
    """Which campaign, urgent ones only."""

    urgent = OptionField(gettext_lazy("Urgency"), [(YES, gettext_lazy("Urgent"))])


class RecheckFilters(OfCampaign):
    """Which campaign, those only whose day has come."""

    due = OptionField(gettext_lazy("Day"), [(YES, gettext_lazy("Day has come"))])


@desk_page(SEEING)
def finding_list(request: DeskRequest) -> HttpResponse:
    """All findings of one's areas, the newest first."""
    filters = FindingFilters(request)
    wanted = FindingFilter(
        campaign_id=filters.campaign_id,
        urgent=True if filters.value("urgent") else None,
        reach=chosen_range(request, request.actor, SEEING),
    )
    rows = findings.list_findings(actor=request.actor, filters=wanted)
    page = take_page(rows, order=NEWEST, token=request.GET.get(PAGE, ""))
    return _show(request, filters, page, "campaigns:findings")


@desk_page(SEEING)
def recheck_list(request: DeskRequest) -> HttpResponse:
    """What waits for another look, the soonest first."""
    filters = RecheckFilters(request)
    rows = findings.list_rechecks(
        actor=request.actor,
        reach=chosen_range(request, request.actor, SEEING),
        campaign_id=filters.campaign_id,
        due_by=clock.today() if filters.value("due") else None,
    )
    page = take_page(rows, order=SOONEST, token=request.GET.get(PAGE, ""))
    return _show(request, filters, page, "campaigns:rechecks")


def _show(
    request: DeskRequest, filters: OfCampaign, page: Page[Finding], current: str
) -> HttpResponse:
    return show(
        request,
        "desk/campaigns/findings.html",
        title=TITLE,
        region="rows",
        tabs=part_tabs(request, "campaigns:list"),
        lists=campaign_page.list_tabs(request, current),
        filters=filters,
        listing=listing(request, page),
        lines=[campaign_page.finding_line(request, one) for one in page.rows],
        is_rechecks=current == "campaigns:rechecks",
    )
