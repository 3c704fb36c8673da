"""What the pages of campaigns show, made ready for the templates."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import OFFERED, chosen_path, exists_on, town_areas
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.pages import Crumb
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import short_place
from bianfang.kernel import clock
from bianfang.kernel.tenancy.paths import STEP, PathRange
from bianfang.outreach.campaigns import definition
from bianfang.outreach.campaigns.enums import STATE_LABELS
from bianfang.outreach.campaigns.models import Campaign, Definition, Finding, Spot
from bianfang.outreach.campaigns.queries import findings
from bianfang.outreach.campaigns.workflow import CampaignState
from bianfang.outreach.demands.models import Demand
from bianfang.register.areas.enums import AreaKind
from bianfang.register.people.enums import Permission

TITLE = gettext_lazy("Campaigns")
STATES: dict[str, Kind] = {
    CampaignState.DRAFT: "waiting",
    CampaignState.RUNNING: "active",
    CampaignState.CLOSED: "done",
}
URGENT = Badge(gettext_lazy("Urgent"), "late")


@dataclass(frozen=True, kw_only=True, slots=True)
class FindingLine:
    """A finding in a list."""

    finding: Finding
    what: str
    href: str
    place: str
    text: str
    urgent: Badge | None
    recheck: Badge | None


def crumbs(request: DeskRequest, campaign: Campaign | None = None) -> list[Crumb]:
    """The way back to the campaigns."""
    path = chosen_path(request)
    top = Crumb(TITLE, address(path, "campaigns:list"))
    if campaign is None:
        return [top]
    return [top, Crumb(campaign.name, address(path, "campaigns:detail", campaign.id))]


def list_tabs(request: DeskRequest, current: str) -> list[Tab]:
    """The lists over all campaigns."""
    pages = (
        ("campaigns:list", TITLE),
        ("campaigns:findings", _("Findings")),
        ("campaigns:rechecks", _("Another look")),
        ("campaigns:all_spots", _("Spots")),
        ("leaflets:list", _("Leaflets")),
    )
    path = chosen_path(request)
    return [
        Tab(label=label, href=address(path, name), is_current=name == current)
        for name, label in pages
    ]


def state_badge(campaign: Campaign) -> Badge:
    """Where the campaign stands."""
    return Badge(STATE_LABELS[campaign.state], STATES[campaign.state])


def status_badge(spot: Spot, asked: Definition | None) -> Badge:
    """Where a spot stands, in the words of the questions asked now."""
    if not spot.status:
        return Badge(_("Not looked at yet"), "waiting")
    choices = definition.status_choices(asked.fields) if asked else ()
    words = {one.value: one.name for one in choices}
    return Badge(words.get(spot.status, spot.status), "done" if spot.is_done else "active")


def finding_line(request: DeskRequest, finding: Finding) -> FindingLine:
    """One finding as lists show it."""
    path = chosen_path(request)
    if finding.spot is not None:
        what = f"{finding.campaign.spot_word} {finding.spot.number}"
        href = address(path, "campaigns:spot", finding.spot_id)
    else:
        assert finding.household is not None
        what = finding.household.head_name or finding.household.number
        href = address(path, "households:detail", finding.household_id)
    return FindingLine(
        finding=finding,
        what=what,
        href=href,
        place=short_place(request, finding.area_path),
        text=finding.text,
        urgent=URGENT if finding.urgent else None,
        recheck=recheck_badge(finding),
    )


def findings_of_demand(request: DeskRequest, demand: Demand) -> list[FindingLine]:
    """The findings that an urgent demand comes from, for those who read visits there."""
    if not demand.urgent:
        return []
    found = findings.list_of_demand(actor=request.actor, demand_id=demand.id)
    return [finding_line(request, one) for one in found]


def recheck_badge(finding: Finding) -> Badge | None:
    """When somebody has to look again, as long as nobody has."""
    day = finding.recheck_on
    if day is None or not finding.is_last:
        return None
    words = _("Look again by %(day)s") % {"day": f"{day:%m-%d}"}
    return Badge(words, "late" if day < clock.today() else "soon")


def areas_to_cover(request: DeskRequest) -> Iterator[tuple[UUID, str]]:
    """The town, its communities and villages."""
    today = clock.today()
    for area in town_areas(request).values():
        if area.kind in OFFERED and exists_on(area, today):
            yield area.id, area.name


def places_of(request: DeskRequest, covered: Iterable[str]) -> Iterator[tuple[UUID, str]]:
    """Villages and natural villages in the areas covered, those inside moved in."""
    today, tops = clock.today(), [PathRange.under(path) for path in covered]
    for path, area in town_areas(request).items():
        is_place = area.kind in {AreaKind.VILLAGE, AreaKind.HAMLET}
        if is_place and exists_on(area, today) and any(top.holds(path) for top in tops):
            yield area.id, f"{'　' if area.kind == AreaKind.HAMLET else ''}{area.name}"


def village_of(path: str) -> str:
    """The path of the village in which a natural village lies."""
    return path[: 4 * STEP]


def progress_level(request: DeskRequest) -> AreaKind:
    """By village; inside a village by natural village."""
    return AreaKind.HAMLET if len(chosen_path(request)) >= 4 * STEP else AreaKind.VILLAGE


SEEING = Permission.VIEW_VISITS
