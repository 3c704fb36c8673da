"""In session: minutes, resolutions, what is put off; and correcting minutes afterwards."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.meetings import policies, workflow
from bianfang.outreach.meetings.actions import checks
from bianfang.outreach.meetings.actions.inputs import ResolutionInput
from bianfang.outreach.meetings.enums import ItemOutcome, Verb
from bianfang.outreach.meetings.models import AgendaItem, FormerMinutes, Meeting, Resolution
from bianfang.outreach.meetings.queries import one
from bianfang.outreach.meetings.workflow import MeetingState, Move


@transaction.atomic
def write_minutes(
    *,
    actor: Actor,
    item_id: UUID,
    version: int,
    minutes: str,
    outcome: ItemOutcome | None = None,
    reason: str = "",
) -> AgendaItem:
    """Write what was said; put off or withdrawn is told with its reason.

    That an item is resolved follows from its resolutions; such an item is neither put off nor
    withdrawn. What the minutes said before is kept.
    """
    item, meeting = checks.begin_item(actor, item_id, Move.RECORD, version=version)
    has_resolutions = _has_resolutions(item)
    errors: checks.Errors = checks.too_long(reason=(reason, 200))
    if outcome in {ItemOutcome.PUT_OFF, ItemOutcome.WITHDRAWN}:
        errors |= checks.missing(reason=reason)
        if has_resolutions:
            errors["outcome"] = _("There are resolutions on this item; remove them first.")
    elif outcome is ItemOutcome.RESOLVED and not has_resolutions:
        errors["outcome"] = _("Nothing was resolved yet; add a resolution.")
    checks.refuse_if(errors)
    _keep_former(actor, item, minutes)
    item.minutes, item.outcome = minutes.strip(), outcome or ""
    item.reason = reason.strip() if outcome and outcome is not ItemOutcome.RESOLVED else ""
    if has_resolutions:
        item.outcome = ItemOutcome.RESOLVED
    _save(item, "minutes", "outcome", "reason")
    _tell(actor, Verb.MINUTES_WRITTEN, meeting, item, outcome=item.outcome)
    return item


@transaction.atomic
def add_resolution(*, actor: Actor, item_id: UUID, given: ResolutionInput) -> Resolution:
    """What was resolved, by whom, until when; an item that was put off is so no longer."""
    item, meeting = checks.begin_item(actor, item_id, Move.RECORD)
    owner, unit = checks.read_resolution(actor, given)
    assert given.due_on is not None
    made = Resolution.objects.create(
        town_id=item.town_id,
        item=item,
        text=given.text.strip(),
        owner=owner,
        unit=unit,
        due_on=given.due_on,
    )
    item.outcome, item.reason = ItemOutcome.RESOLVED, ""
    _save(item, "outcome", "reason")
    _tell(actor, Verb.RESOLUTION_ADDED, meeting, item, owner=owner.name, due_on=f"{given.due_on}")
    assert isinstance(made, Resolution)
    return made


@transaction.atomic
def change_resolution(*, actor: Actor, resolution_id: UUID, given: ResolutionInput) -> Resolution:
    """Word it anew while the meeting sits."""
    resolution, meeting = _begin_resolution(actor, resolution_id)
    owner, unit = checks.read_resolution(actor, given)
    assert given.due_on is not None
    resolution.text, resolution.due_on = given.text.strip(), given.due_on
    resolution.owner, resolution.unit = owner, unit
    resolution.save(update_fields=["text", "due_on", "owner", "unit"])
    facts = {"owner": owner.name, "due_on": f"{given.due_on}"}
    _tell(actor, Verb.RESOLUTION_CHANGED, meeting, resolution.item, **facts)
    return resolution


@transaction.atomic
def remove_resolution(*, actor: Actor, resolution_id: UUID) -> AgendaItem:
    """Take it back while the meeting sits; an item without any is open again."""
    resolution, meeting = _begin_resolution(actor, resolution_id)
    item = resolution.item
    resolution.delete()
    if not _has_resolutions(item):
        item.outcome = ""
        _save(item, "outcome")
    _tell(actor, Verb.RESOLUTION_REMOVED, meeting, item)
    assert isinstance(item, AgendaItem)
    return item


@transaction.atomic
def correct_minutes(
    *, actor: Actor, item_id: UUID, version: int, minutes: str, reason: str
) -> AgendaItem:
    """Put minutes right after the meeting, for a reason that is kept with their former wording.

    What was resolved is not touched: it stands in the demand's history.
    """
    item, meeting = checks.begin_item(actor, item_id, Move.CORRECT, version=version)
    checks.refuse_if(checks.missing(minutes=minutes, reason=reason))
    if minutes.strip() == item.minutes:
        raise FieldError("minutes", _("Nothing was changed."))
    _keep_former(actor, item, minutes, reason=reason)
    item.minutes = minutes.strip()
    _save(item, "minutes")
    _tell(actor, Verb.MINUTES_CORRECTED, meeting, item, why=reason.strip())
    return item


def _begin_resolution(actor: Actor, resolution_id: UUID) -> tuple[Resolution, Meeting]:
    resolution, meeting = one.get_resolution_for_update(actor=actor, resolution_id=resolution_id)
    policies.check_can_manage_meetings(actor)
    workflow.check_move(MeetingState(meeting.state), Move.RECORD)
    return resolution, meeting


def _keep_former(actor: Actor, item: AgendaItem, minutes: str, *, reason: str = "") -> None:
    """Nothing that minutes once said gets lost; what nobody wrote is nothing."""
    if not item.minutes or minutes.strip() == item.minutes:
        return
    FormerMinutes.objects.create(
        town_id=item.town_id,
        item=item,
        minutes=item.minutes,
        replaced_at=clock.now(),
        replaced_by_id=actor.person_id,
        reason=reason.strip(),
    )


def _has_resolutions(item: AgendaItem) -> bool:
    return Resolution.objects.in_town(item.town_id).filter(item=item.id).exists()


def _save(item: AgendaItem, *fields: str) -> None:
    item.version += 1
    item.save(update_fields=[*fields, "version"])


def _tell(
    actor: Actor, verb: Verb, meeting: Meeting, item: AgendaItem, *, why: str = "", **facts: str
) -> None:
    known = {"number": meeting.number, "demand": item.demand.number}
    journal.record(actor=actor, verb=verb, target=meeting, facts=known | facts, reason=why)
