"""The questions of a campaign, a form for each: no code, and no file."""

from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import campaign_page
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.forms.campaigns import QuestionForm, question_values
from bianfang.faces.desk.pages import attempt, attempt_and_tell, desk_page, done, show
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.campaigns.actions import asking
from bianfang.outreach.campaigns.definition import Field
from bianfang.outreach.campaigns.models import Campaign
from bianfang.outreach.campaigns.queries import campaigns
from bianfang.register.people.enums import Permission


@desk_page(Permission.MANAGE_ROUNDS)
def add(request: DeskRequest, campaign_id: UUID) -> HttpResponse:
    """One more question."""
    campaign = campaigns.get_campaign(actor=request.actor, campaign_id=campaign_id)
    return _show(request, campaign, None)


@desk_page(Permission.MANAGE_ROUNDS)
def edit(request: DeskRequest, campaign_id: UUID, key: str) -> HttpResponse:
    """Put a question into other words, or change its answers."""
    campaign = campaigns.get_campaign(actor=request.actor, campaign_id=campaign_id)
    asked = campaigns.get_definition(actor=request.actor, campaign=campaign)
    field = next((one for one in asked.fields if one.key == key), None)
    if field is None:
        raise NotFoundError(_("The campaign does not ask this."))
    return _show(request, campaign, field)


@desk_page(Permission.MANAGE_ROUNDS)
def remove(request: DeskRequest, campaign_id: UUID, key: str) -> HttpResponse:
    """No longer ask it."""
    version = request.POST.get("version", "")
    return attempt_and_tell(
        request,
        lambda: asking.remove_field(
            actor=request.actor,
            campaign_id=campaign_id,
            key=key,
            version=int(version) if version.isascii() and version.isdigit() else 0,
        ),
        done=_("The question is taken off; what was answered stays."),
        back=address(chosen_path(request), "campaigns:detail", campaign_id),
    )


def _show(request: DeskRequest, campaign: Campaign, field: Field | None) -> HttpResponse:
    back = address(chosen_path(request), "campaigns:detail", campaign.id)
    form = QuestionForm(request.POST or None, initial=question_values(field, campaign.version))
    if form.is_valid() and attempt(
        form,
        lambda: asking.put_field(
            actor=request.actor,
            campaign_id=campaign.id,
            field=form.to_field(field),
            version=form.cleaned_data["version"],
        ),
    ):
        return done(request, _("The questions are changed."), back)
    return show(
        request,
        "desk/campaigns/question.html",
        title=_("Change a question") if field else _("Add a question"),
        crumbs=campaign_page.crumbs(request, campaign),
        campaign=campaign,
        form=form,
        back=back,
    )
