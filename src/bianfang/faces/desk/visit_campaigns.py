"""What campaigns ask in the form of a visit, and what the form says about them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.functional import Promise

from bianfang.faces.desk.campaign_page import village_of
from bianfang.faces.desk.forms import demand_rows
from bianfang.faces.desk.forms.campaigns import FindingForm
from bianfang.kernel.actor import Actor
from bianfang.outreach.campaigns.actions.inputs import FindingInput
from bianfang.outreach.campaigns.models import Campaign, Finding
from bianfang.outreach.campaigns.queries import campaigns, findings, spots
from bianfang.register.households.models import Household

FINDING, DEMAND, CAMPAIGN = "findings", "demands", "campaign-"


@dataclass(kw_only=True, slots=True)
class Part:
    """A running campaign: its questions as a form, and what was found last."""

    campaign: Campaign
    form: FindingForm
    last: Finding | None = None
    is_kept: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something was answered or has to be mended."""
        return bool(self.is_kept or self.form.errors)

    @property
    def is_filled(self) -> bool:
        """Whether the visit brings a finding; asked for once the form is valid."""
        return not self.form.is_empty

    def to_input(self) -> FindingInput:
        """The finding as the domain takes it."""
        return self.form.to_input(self.campaign)


def read_parts(
    actor: Actor, household: Household, data: QueryDict | None, sent: QueryDict | None
) -> list[Part]:
    """The campaigns that a visit there carries, each by the questions that it asks now."""
    if sent is not None and not any(key.startswith(CAMPAIGN) for key in sent):
        return []  # drawn where no campaign was running
    running = campaigns.list_running(actor=actor, area_path=household.area_path)
    if not running:
        return []
    asked = campaigns.list_definitions(actor=actor, campaigns=running)
    last: Mapping[UUID, Finding] = {}
    if sent is None:
        last = findings.last_of_household(actor=actor, household_id=household.id, campaigns=running)
    parts = []
    for campaign in running:
        prefix = f"{CAMPAIGN}{campaign.id.hex}"
        typed = demand_rows.typed(data, before=prefix) if data is not None else {}
        kept: dict[str, Any] = {name: value for name, value in typed.items() if name != "version"}
        form = FindingForm(
            sent,
            prefix=prefix,
            asked=asked[campaign.id],
            spot_word=campaign.spot_word,
            spots=partial(_near, actor, campaign, household) if campaign.has_spots else None,
            initial=kept,
        )
        parts.append(
            Part(
                campaign=campaign,
                form=form,
                last=last.get(campaign.id),
                is_kept=any(kept.values()),
            )
        )
    return parts


def refuse(
    parts: Sequence[Part], errors: Mapping[str, str | Promise], demand_count: int
) -> dict[str, str | Promise]:
    """Put each sentence about a finding beside its question; gives back what is left.

    A demand that a finding raised has no row in the form: its sentence stands above all.
    """
    left: dict[str, str | Promise] = {}
    for key, sentence in errors.items():
        what, _dash, rest = key.partition("-")
        place, _dash, name = rest.partition("-")
        if what == FINDING and place.isdigit():
            form = parts[int(place)].form
            form.add_error(name if name in form.fields else None, str(sentence))
        elif what == DEMAND and place.isdigit() and int(place) >= demand_count:
            left[""] = sentence
        else:
            left[key] = sentence
    return left


def _near(actor: Actor, campaign: Campaign, household: Household) -> list[tuple[UUID, str]]:
    """Spots of the household's village by number and place."""
    found = spots.list_near(
        actor=actor, campaign=campaign, village_path=village_of(household.area_path)
    )
    return [(one.id, f"{one.number} {one.place}".strip()) for one in found]
