"""Who keeps campaigns and leaflets, and who may write down a finding where."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.campaigns.models import Campaign, Spot
from bianfang.register.people.enums import Permission


def can_manage_campaigns(actor: Actor) -> bool:
    """Campaigns and leaflets are the town's: the visiting office keeps them, as a person."""
    return actor.staff_id is not None and actor.may(Permission.MANAGE_ROUNDS)


def check_can_manage_campaigns(actor: Actor) -> None:
    """Refuse whoever does not keep campaigns."""
    if not can_manage_campaigns(actor):
        raise NotAllowedError(_("Campaigns and leaflets are kept by the visiting office."))


def can_record_finding(actor: Actor, area_path: str) -> bool:
    """Whoever may record a visit in that place, as a person."""
    return actor.staff_id is not None and actor.may_at(Permission.RECORD_VISIT, area_path)


def check_can_record_finding(actor: Actor, area_path: str) -> None:
    """Refuse where the actor may not record visits."""
    if not can_record_finding(actor, area_path):
        raise NotAllowedError(_("You may not write down findings of this place."))


def can_record_spot(actor: Actor, campaign: Campaign, spot: Spot) -> bool:
    """The same, while the campaign is running."""
    return campaign.is_running and can_record_finding(actor, spot.area_path)


def can_export_spots(actor: Actor) -> bool:
    """Whoever may take away ledgers takes away the spots of the same areas."""
    return actor.staff_id is not None and actor.may(Permission.EXPORT_LEDGER)


def check_can_export_spots(actor: Actor) -> None:
    """Refuse whoever may not take away ledgers."""
    if not can_export_spots(actor):
        raise NotAllowedError(_("You may not take away the spots."))
