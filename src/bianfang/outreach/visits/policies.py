"""Who may plan rounds, and who may write down a visit where."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.visits.enums import EntryChannel
from bianfang.outreach.visits.models import Visit
from bianfang.register.people.enums import Permission

CHANNEL_RIGHTS = {
    EntryChannel.DESK: Permission.RECORD_VISIT,
    EntryChannel.SHEET: Permission.ENTER_SHEETS,
    EntryChannel.FIELD: Permission.RECORD_VISIT,
}
"""The right that each way into the system asks for."""


def can_manage_rounds(actor: Actor) -> bool:
    """Rounds and checklists are the town's: the visiting office plans them."""
    return actor.may(Permission.MANAGE_ROUNDS)


def check_can_manage_rounds(actor: Actor) -> None:
    """Refuse whoever does not plan rounds."""
    if not can_manage_rounds(actor):
        raise NotAllowedError(_("Rounds and checklists are kept by the visiting office."))


def can_record_visit(
    actor: Actor, area_path: str, channel: EntryChannel = EntryChannel.DESK
) -> bool:
    """A person with the right of the channel in that place; whatever the hour of the visit."""
    return actor.staff_id is not None and actor.may_at(CHANNEL_RIGHTS[channel], area_path)


def check_can_record_visit(
    actor: Actor, area_path: str, channel: EntryChannel = EntryChannel.DESK
) -> None:
    """Refuse outside the places where the actor may write down visits in this way."""
    if not can_record_visit(actor, area_path, channel):
        raise NotAllowedError(_("You may not write down visits of this place."))


def can_correct_visit(actor: Actor, visit: Visit) -> bool:
    """Whoever wrote it down, or types in sheets for the place."""
    own = actor.staff_id is not None and visit.recorded_by_id == actor.staff_id
    may_record = own and actor.may_at(Permission.RECORD_VISIT, visit.area_path)
    return may_record or actor.may_at(Permission.ENTER_SHEETS, visit.area_path)


def check_can_correct_visit(actor: Actor, visit: Visit) -> None:
    """Refuse everybody else."""
    if not can_correct_visit(actor, visit):
        raise NotAllowedError(
            _("A visit is corrected by whoever wrote it down, or by the office that enters sheets.")
        )


def can_export_answers(actor: Actor) -> bool:
    """Whoever may take away ledgers takes away the answers of the same areas."""
    return actor.staff_id is not None and actor.may(Permission.EXPORT_LEDGER)


def check_can_export_answers(actor: Actor) -> None:
    """Refuse whoever may not take away ledgers."""
    if not can_export_answers(actor):
        raise NotAllowedError(_("You may not take away the answers."))
