"""Questions of a campaign, one by one; once it runs, each change makes a new version."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, MoveError, NotFoundError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.campaigns import definition, policies, workflow
from bianfang.outreach.campaigns.definition import Field
from bianfang.outreach.campaigns.enums import Verb
from bianfang.outreach.campaigns.models import Campaign, Definition
from bianfang.outreach.campaigns.queries import campaigns
from bianfang.outreach.campaigns.workflow import Move


@transaction.atomic
def put_field(*, actor: Actor, campaign_id: UUID, field: Field, version: int) -> Definition:
    """Add a question (without a key), or put it in the place of the one that has its key.

    `version` is the one that was looked at; after somebody else's change it is refused.
    """
    campaign, stored = _begin(actor, campaign_id, version)
    others = [one for one in stored.fields if one.key != field.key]
    definition.check_field(field, others)
    _check_urgent(campaign, field)
    field = replace(field, label=field.label.strip())
    if not field.key:
        new = replace(field, key=_free_key([one.key for one in stored.fields]))
        return _save(actor, campaign, stored, [*stored.fields, new], added=new.label)
    if len(others) == len(stored.fields):
        raise NotFoundError(_("The campaign does not ask this."))
    fields = [field if one.key == field.key else one for one in stored.fields]
    return _save(actor, campaign, stored, fields, edited=field.label)


@transaction.atomic
def remove_field(*, actor: Actor, campaign_id: UUID, key: str, version: int) -> Definition:
    """No longer ask this; what was answered to earlier versions stays."""
    campaign, stored = _begin(actor, campaign_id, version)
    gone = next((one for one in stored.fields if one.key == key), None)
    if gone is None:
        raise NotFoundError(_("The campaign does not ask this."))
    kept = [one for one in stored.fields if one.key != key]
    if campaign.is_running and not kept:
        raise MoveError(_("A running campaign asks at least one question; close it instead."))
    return _save(actor, campaign, stored, kept, removed=gone.label)


def _begin(actor: Actor, campaign_id: UUID, version: int) -> tuple[Campaign, Definition]:
    campaign = campaigns.get_campaign_for_update(actor=actor, campaign_id=campaign_id)
    policies.check_can_manage_campaigns(actor)
    workflow.check_move(campaign.state, Move.ASK)
    if campaign.version != version:
        raise MoveError(_("Somebody else has changed the questions meanwhile; look at them again."))
    return campaign, campaigns.get_definition(actor=actor, campaign=campaign)


def _check_urgent(campaign: Campaign, field: Field) -> None:
    """While it runs an urgent answer needs its category and measures at once."""
    is_ready = campaign.category_id and campaign.urgent_measures
    if campaign.is_running and not is_ready and definition.has_urgent([field]):
        raise FieldError(
            "choices",
            _("Urgent answers need a category and what is to be done; change the campaign first."),
        )


def _save(
    actor: Actor, campaign: Campaign, stored: Definition, fields: Sequence[Field], **told: str
) -> Definition:
    """A version that may have been answered stays as it is and is followed by a new one."""
    asks = definition.write_fields(fields)
    if campaign.is_running:
        campaign.version += 1
        campaign.save(update_fields=["version"])
        stored = Definition.objects.create(
            town_id=campaign.town_id,
            campaign=campaign,
            version=campaign.version,
            asks=asks,
            made_by_id=actor.person_id,
            made_at=clock.now(),
        )
    else:
        stored.asks = asks
        stored.save(update_fields=["asks"])
    facts = {"name": campaign.name, "version": campaign.version, **told}
    journal.record(actor=actor, verb=Verb.ASKED, target=campaign, facts=facts)
    return stored


def _free_key(taken: Sequence[str]) -> str:
    """A short key; those of earlier versions may come again, for each answer knows its version."""
    number = 1
    while f"q{number}" in taken:
        number += 1
    return f"q{number}"
