"""Campaigns: the list, planning, one campaign with its progress, starting and closing."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import campaign_page, figures
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.campaign_page import SEEING
from bianfang.faces.desk.demand_counts import Tile
from bianfang.faces.desk.forms.campaigns import CampaignForm, first_values
from bianfang.faces.desk.forms.demand_rows import categories_offered
from bianfang.faces.desk.pages import attempt, attempt_and_tell, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import TITLE, part_tabs, reach_of_visits
from bianfang.kernel import clock
from bianfang.kernel.figures import FigureScope
from bianfang.outreach.campaigns import catalogue, definition, policies, workflow
from bianfang.outreach.campaigns.actions import planning
from bianfang.outreach.campaigns.queries import campaigns, leaflets, progress
from bianfang.outreach.campaigns.workflow import Move
from bianfang.outreach.demands.queries import categories
from bianfang.register.people.enums import Permission

ICONS = {
    "campaign_findings": "closed-list",
    "campaign_urgent": "overdue",
    "campaign_rechecks_due": "history",
    "campaign_spots_done": "area",
}


@desk_page(SEEING)
def campaign_list(request: DeskRequest) -> HttpResponse:
    """All campaigns of the town, the latest first, under the figures of one's areas."""
    scope = FigureScope(
        town_id=request.actor.town_id, ranges=reach_of_visits(request), as_of=clock.today()
    )
    cards = figures.read_cards(ICONS, scope, area_path=chosen_path(request))
    rows = list(campaigns.list_campaigns(actor=request.actor))
    return show(
        request,
        "desk/campaigns/list.html",
        title=TITLE,
        tabs=part_tabs(request, "campaigns:list"),
        lists=campaign_page.list_tabs(request, "campaigns:list"),
        tiles=[
            Tile(
                name=card.label,
                icon=ICONS[key],
                text=card.text,
                unit=card.unit,
                note="",
                formula=card.formula,
                href=card.href,
                width=card.width,
                is_full=card.is_full,
            )
            for key, card in cards.items()
        ],
        rows=[(one, campaign_page.state_badge(one)) for one in rows],
        may_manage=policies.can_manage_campaigns(request.actor),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def add(request: DeskRequest) -> HttpResponse:
    """Choose a template or none (GET), then plan the campaign."""
    key = request.GET.get("template", "")
    if not key:
        return show(
            request,
            "desk/campaigns/choose.html",
            title=_("Plan a campaign"),
            crumbs=campaign_page.crumbs(request),
            templates=list(catalogue.templates().values()),
        )
    template = catalogue.find_template(key)
    form = _form(request, initial=_of_template(request, template))
    if template is not None:
        form.keep_looks()
    if form.is_valid():
        made = attempt(
            form,
            lambda: planning.plan_campaign(
                actor=request.actor,
                campaign=form.to_input(),
                looks=form.looks(),
                template=template.key if template else "",
            ),
        )
        if made:
            words = _("%(name)s is planned. Look at its questions, then start it.")
            return done(request, words % {"name": made.name}, _here(request, made.id))
    return show_form(
        request,
        form,
        title=template.label if template else _("A campaign of one's own"),
        button=_("Plan"),
        back=address(chosen_path(request), "campaigns:list"),
        crumbs=campaign_page.crumbs(request),
    )


@desk_page(SEEING)
def detail(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """One campaign: how far it is by village, what it asks, where it goes on."""
    actor = request.actor
    campaign = campaigns.get_campaign(actor=actor, campaign_id=campaign_id)
    asked = campaigns.get_definition(actor=actor, campaign=campaign)
    rows = progress.progress(
        actor=actor,
        campaign=campaign,
        reach=reach_of_visits(request),
        level=campaign_page.progress_level(request),
    )
    may_manage = policies.can_manage_campaigns(actor)
    statuses = definition.status_choices(asked.fields)
    return show(
        request,
        "desk/campaigns/detail.html",
        title=campaign.name,
        crumbs=campaign_page.crumbs(request),
        campaign=campaign,
        state=campaign_page.state_badge(campaign),
        areas=[one.area.name for one in campaigns.list_areas(actor=actor, campaign=campaign)],
        asked=asked,
        statuses=statuses,
        total=progress.total(rows),
        lines=[
            (
                row,
                [
                    ("", row.statuses[""]),
                    *((one.name, row.statuses[one.value]) for one in statuses),
                ],
            )
            for row in rows
        ],
        leaflets=leaflets.leaflets_of(actor=actor, topics=[campaign.name]).get(campaign.name, []),
        may_change=may_manage and workflow.can_move(campaign.state, Move.CHANGE),
        may_start=may_manage and workflow.can_move(campaign.state, Move.START),
        may_close=may_manage and workflow.can_move(campaign.state, Move.CLOSE),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def edit(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Change the particulars; what it looks at is settled."""
    campaign = campaigns.get_campaign(actor=request.actor, campaign_id=campaign_id)
    covered = campaigns.list_areas(actor=request.actor, campaign=campaign)
    form = _form(request, initial=first_values(campaign, [one.area_id for one in covered]))
    form.keep_looks()
    if form.is_valid() and attempt(
        form,
        lambda: planning.change_campaign(
            actor=request.actor, campaign_id=campaign.id, campaign=form.to_input()
        ),
    ):
        return done(request, _("The campaign is changed."), _here(request, campaign.id))
    return show_form(
        request,
        form,
        title=_("Change the campaign"),
        button=_("Save"),
        back=_here(request, campaign.id),
        crumbs=campaign_page.crumbs(request, campaign),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def start(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Visits in its areas carry it from now on."""
    return attempt_and_tell(
        request,
        lambda: planning.start_campaign(actor=request.actor, campaign_id=campaign_id),
        done=_("Running: visits in its areas carry its questions."),
        back=_here(request, campaign_id),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def close(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Visits no longer carry it."""
    return attempt_and_tell(
        request,
        lambda: planning.close_campaign(actor=request.actor, campaign_id=campaign_id),
        done=_("The campaign is closed; its findings stay."),
        back=_here(request, campaign_id),
    )


def _form(request: DeskRequest, initial: dict[str, Any]) -> CampaignForm:
    return CampaignForm(
        request.POST or None,
        initial=initial,
        areas=list(campaign_page.areas_to_cover(request)),
        categories=categories_offered(categories.list_by_theme(actor=request.actor)),
    )


def _of_template(request: DeskRequest, template: catalogue.Template | None) -> dict[str, Any]:
    """What a template brings; the whole town, from today."""
    town = next(iter(campaign_page.areas_to_cover(request)))[0]
    first: dict[str, Any] = {"starts_on": clock.today(), "areas": [str(town)]}
    if template is None:
        return first
    category = categories.find_category(actor=request.actor, code=template.category_code)
    return first | {
        "name": template.name,
        "theme": template.theme,
        "purpose": template.purpose,
        "urgent_measures": template.urgent_measures,
        "category_id": category.id if category else None,
    }


def _here(request: DeskRequest, campaign_id: UUID) -> str:
    return address(chosen_path(request), "campaigns:detail", campaign_id)
