"""Spots: lists, forms, an office's workbook, and what is found there."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.faces.desk import campaign_page
from bianfang.faces.desk.addresses import PAGE, address
from bianfang.faces.desk.area_choice import chosen_path, chosen_range, place
from bianfang.faces.desk.campaign_page import SEEING
from bianfang.faces.desk.filters import FilterForm, OptionField, SearchField
from bianfang.faces.desk.forms.campaigns import FindingForm, SpotForm, SpotsFileForm
from bianfang.faces.desk.pages import attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest, words_sought
from bianfang.faces.desk.roll_page import attachment
from bianfang.faces.desk.views.lookbacks import listing
from bianfang.faces.desk.visits_part import TITLE, part_tabs, short_place
from bianfang.kernel.paging import take_page
from bianfang.mechanisms.ledger.enums import FileFormat
from bianfang.mechanisms.ledger.exports import CONTENT_TYPES
from bianfang.outreach.campaigns import definition, exports, policies, workflow
from bianfang.outreach.campaigns.actions import spots as actions
from bianfang.outreach.campaigns.actions import visiting
from bianfang.outreach.campaigns.actions.spots import ImportReport
from bianfang.outreach.campaigns.models import Campaign, Definition, Spot
from bianfang.outreach.campaigns.queries import campaigns, findings, spots
from bianfang.outreach.campaigns.queries.spots import NOT_LOOKED_AT, PLACE_ORDER, SpotFilter
from bianfang.outreach.campaigns.workflow import Move
from bianfang.register.people.enums import Permission

YES, NO = "yes", "no"


class DoneFilters(FilterForm):
    """By number; settled or not."""

    text = SearchField(gettext_lazy("Number"))
    done = OptionField(
        gettext_lazy("Settled"),
        [(YES, gettext_lazy("Nothing left to do")), (NO, gettext_lazy("Still to do"))],
    )


class SpotFilters(DoneFilters):
    """By status as well, in the words of the campaign."""

    status = OptionField(
        gettext_lazy("Status"), [(NOT_LOOKED_AT, gettext_lazy("Not looked at yet"))]
    )

    def __init__(self, request: DeskRequest, asked: Definition) -> None:
        super().__init__(request)
        field = self.fields["status"]
        assert isinstance(field, OptionField)
        first: Any = field.choices
        choices = definition.status_choices(asked.fields)
        field.choices = [*first, *((one.value, one.name) for one in choices)]
        self.full_clean()


@desk_page(SEEING)
def all_spots(request: DeskRequest) -> HttpResponse:
    """The spots of all campaigns in one's areas."""
    filters = DoneFilters(request)
    rows = spots.list_spots(actor=request.actor, campaign=None, filters=_wanted(request, filters))
    page = take_page(rows, order=PLACE_ORDER, token=request.GET.get(PAGE, ""))
    asked = campaigns.list_definitions(
        actor=request.actor, campaigns=[one.campaign for one in page.rows]
    )
    return show(
        request,
        "desk/campaigns/spots.html",
        title=TITLE,
        region="rows",
        tabs=part_tabs(request, "campaigns:list"),
        lists=campaign_page.list_tabs(request, "campaigns:all_spots"),
        filters=filters,
        listing=listing(request, page),
        lines=[_line(request, one, asked.get(one.campaign_id)) for one in page.rows],
    )


@desk_page(SEEING)
def spot_list(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The spots of one campaign."""
    campaign = campaigns.get_campaign(actor=request.actor, campaign_id=campaign_id)
    asked = campaigns.get_definition(actor=request.actor, campaign=campaign)
    filters = SpotFilters(request, asked)
    rows = spots.list_spots(
        actor=request.actor, campaign=campaign, filters=_wanted(request, filters)
    )
    page = take_page(rows, order=PLACE_ORDER, token=request.GET.get(PAGE, ""))
    return show(
        request,
        "desk/campaigns/spots.html",
        title=_("Spots"),
        region="rows",
        crumbs=campaign_page.crumbs(request, campaign),
        campaign=campaign,
        filters=filters,
        listing=listing(request, page),
        lines=[_line(request, one, asked) for one in page.rows],
        may_take=_may_take(request, campaign),
        may_export=policies.can_export_spots(request.actor),
    )


@desk_page(SEEING)
def spot(request: DeskRequest, spot_id: UUID) -> HttpResponse:
    """One spot: what was found there so far, and a form for what is found now."""
    actor = request.actor
    stored = spots.get_spot(actor=actor, spot_id=spot_id)
    campaign = stored.campaign
    asked = campaigns.get_definition(actor=actor, campaign=campaign)
    form = FindingForm(request.POST or None, asked=asked)
    if (
        request.method == "POST"
        and form.is_valid()
        and attempt(
            form,
            lambda: visiting.record_spot(
                actor=actor,
                spot_id=stored.id,
                version=form.cleaned_data["version"] or 0,
                answers=form.answers(),
            ),
        )
    ):
        here = address(chosen_path(request), "campaigns:spot", stored.id)
        return done(request, _("The finding is written down."), here)
    found = findings.list_of_spot(actor=actor, spot=stored)
    return show(
        request,
        "desk/campaigns/spot.html",
        title=f"{campaign.spot_word} {stored.number}",
        crumbs=campaign_page.crumbs(request, campaign),
        campaign=campaign,
        spot=stored,
        place=place(request, stored.area_path),
        status=campaign_page.status_badge(stored, asked),
        lines=[campaign_page.finding_line(request, one) for one in found],
        form=form if policies.can_record_spot(actor, campaign, stored) else None,
        may_edit=_may_take(request, campaign),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def add(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Write down one spot."""
    campaign = campaigns.get_campaign(actor=request.actor, campaign_id=campaign_id)
    return _show_form(request, campaign, None)


@desk_page(Permission.MANAGE_ROUNDS)
def edit(request: DeskRequest, spot_id: UUID) -> HttpResponse:
    """Change one spot."""
    stored = spots.get_spot(actor=request.actor, spot_id=spot_id)
    return _show_form(request, stored.campaign, stored)


@desk_page(Permission.MANAGE_ROUNDS)
def take_in(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """Take in an office's workbook; with a wrong row nothing is stored and each is told."""
    campaign = campaigns.get_campaign(actor=request.actor, campaign_id=campaign_id)
    form = SpotsFileForm(request.POST or None, request.FILES or None)
    report: ImportReport | None = None
    if form.is_valid():
        content = form.cleaned_data["file"].read()
        report = attempt(
            form,
            lambda: actions.import_spots(
                actor=request.actor, campaign_id=campaign.id, content=content
            ),
        )
    if report is not None and not report.errors:
        words = _("Taken in: %(created)d new, %(changed)d changed, %(same)d as before.")
        facts = {"created": report.created, "changed": report.changed, "same": report.same}
        back = address(chosen_path(request), "campaigns:spots", campaign.id)
        return done(request, words % facts, back)
    return show(
        request,
        "desk/campaigns/take_in.html",
        title=_("Spots from a workbook"),
        crumbs=campaign_page.crumbs(request, campaign),
        campaign=campaign,
        form=form,
        errors=report.errors if report else (),
    )


@desk_page(Permission.MANAGE_ROUNDS)
def template(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The empty workbook, to be filled in."""
    campaign = campaigns.get_campaign(actor=request.actor, campaign_id=campaign_id)
    content = exports.spots_template(actor=request.actor, campaign=campaign)
    return _file(exports.file_name(campaign), content)


@desk_page(Permission.EXPORT_LEDGER)
def export(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """The spots in scope as a workbook; who took it is kept."""
    name, content = actions.export_spots(
        actor=request.actor,
        campaign_id=campaign_id,
        filters=SpotFilter(reach=chosen_range(request, request.actor, SEEING)),
    )
    return _file(name, content)


def _file(name: str, content: bytes) -> HttpResponse:
    return HttpResponse(
        content,
        content_type=CONTENT_TYPES[FileFormat.XLSX],
        headers=attachment(name),
    )


def _show_form(request: DeskRequest, campaign: Campaign, stored: Spot | None) -> HttpResponse:
    covered = campaigns.list_areas(actor=request.actor, campaign=campaign)
    paths = [one.area_path for one in covered]
    initial: dict[str, Any] = {}
    if stored is not None:
        names = ("number", "area_id", "place", "size")
        initial = {name: getattr(stored, name) for name in names}
    form = SpotForm(
        request.POST or None,
        initial=initial,
        areas=list(campaign_page.places_of(request, paths)),
        size_unit=campaign.size_unit,
    )
    path = chosen_path(request)
    if form.is_valid():
        made = attempt(
            form,
            lambda: actions.save_spot(
                actor=request.actor,
                campaign_id=campaign.id,
                spot=form.to_input(),
                spot_id=stored.id if stored else None,
            ),
        )
        if made:
            here = address(path, "campaigns:spot", made.id)
            return done(request, _("The spot is written down."), here)
    return show_form(
        request,
        form,
        title=_("Change the spot") if stored else _("Write down a spot"),
        button=_("Save"),
        back=address(path, "campaigns:spots", campaign.id),
        crumbs=campaign_page.crumbs(request, campaign),
    )


def _wanted(request: DeskRequest, filters: DoneFilters) -> SpotFilter:
    done_ = filters.value("done")
    return SpotFilter(
        status=filters.value("status"),
        done=done_ == YES if done_ else None,
        text=words_sought(filters.value("text")),
        reach=chosen_range(request, request.actor, SEEING),
    )


def _line(request: DeskRequest, one: Spot, asked: Definition | None) -> dict[str, object]:
    return {
        "spot": one,
        "place": short_place(request, one.area_path),
        "status": campaign_page.status_badge(one, asked),
    }


def _may_take(request: DeskRequest, campaign: Campaign) -> bool:
    is_possible = campaign.has_spots and workflow.can_move(campaign.state, Move.TAKE_SPOTS)
    return is_possible and policies.can_manage_campaigns(request.actor)
