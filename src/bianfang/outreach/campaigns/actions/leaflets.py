"""Writing leaflets."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.masking.scan import FindingKind, scan_free_text
from bianfang.outreach.campaigns import policies
from bianfang.outreach.campaigns.actions.inputs import LeafletInput
from bianfang.outreach.campaigns.definition import Errors
from bianfang.outreach.campaigns.enums import Verb
from bianfang.outreach.campaigns.models import Leaflet
from bianfang.outreach.campaigns.queries import leaflets

LONGEST = {"topic": 60, "title": 60, "source": 120, "body": 4000}
PRIVATE = frozenset({FindingKind.IDENTITY, FindingKind.BANK_CARD, FindingKind.PHONE})
"""Numbers of people; the land line of an office may stand on a leaflet."""


@transaction.atomic
def save_leaflet(*, actor: Actor, leaflet: LeafletInput, leaflet_id: UUID | None = None) -> Leaflet:
    """Write a new leaflet or change one; it holds nothing about a person."""
    stored = (
        leaflets.get_leaflet(actor=actor, leaflet_id=leaflet_id)
        if leaflet_id
        else Leaflet(town_id=actor.town_id)
    )
    policies.check_can_manage_campaigns(actor)
    errors = _errors(leaflet)
    clash = Leaflet.objects.in_town(actor.town_id).filter(
        topic=leaflet.topic.strip(), title=leaflet.title.strip()
    )
    if clash.exclude(id=stored.id).exists():
        errors["title"] = _("This topic has a leaflet of this title.")
    if errors:
        raise FieldErrors(errors)
    assert leaflet.valid_from is not None
    stored.topic, stored.title = leaflet.topic.strip(), leaflet.title.strip()
    stored.body, stored.source = leaflet.body.strip(), leaflet.source.strip()
    stored.valid_from, stored.valid_to = leaflet.valid_from, leaflet.valid_to
    stored.changed_by_id, stored.changed_at = actor.person_id, clock.now()
    stored.save()
    facts = {"name": stored.title}
    journal.record(actor=actor, verb=Verb.LEAFLET_SAVED, target=stored, facts=facts)
    return stored


def _errors(given: LeafletInput) -> Errors:
    errors: Errors = {}
    for name, limit in LONGEST.items():
        text = str(getattr(given, name)).strip()
        if not text:
            errors[name] = _("Fill this in.")
        elif len(text) > limit:
            errors[name] = _("At most %(limit)d characters.") % {"limit": limit}
    if given.valid_from is None:
        errors["valid_from"] = _("From which day?")
    elif given.valid_to is not None and given.valid_to < given.valid_from:
        errors["valid_to"] = _("The end lies before the beginning.")
    kinds = {found.kind for found in scan_free_text(given.body, [])}
    if kinds & PRIVATE:
        errors["body"] = _("No number of a person on a leaflet: the service line is printed below.")
    return errors
