"""What changes in the register while a round goes on: recorded beside it, the denominator stays."""

from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.outreach.visits.actions import drafts
from bianfang.outreach.visits.enums import RoundChangeKind, TargetOutcome
from bianfang.outreach.visits.models import Round, RoundChange, Target
from bianfang.outreach.visits.queries.grounds import lock_targets
from bianfang.outreach.visits.queries.rounds import active_round
from bianfang.outreach.visits.queries.standings import read_standings
from bianfang.register.households.events import ChangeKind, HouseholdChanged
from bianfang.register.households.models import Household

NOTE_LIMIT = 120


@transaction.atomic(savepoint=False)
def note_register_change(event: HouseholdChanged) -> None:
    """Keep a change of a household beside the round that is going on; without a round, nothing.

    Who joins gets a target outside the frozen denominator; who leaves while still to be visited is
    settled as having left; who comes back is to be visited again.
    """
    round_ = active_round(event.town_id)
    if round_ is None:
        return
    household = Household.objects.in_town(event.town_id).get(id=event.household_id)
    RoundChange.objects.create(
        town_id=event.town_id,
        round=round_,
        household=household,
        area_path=household.area_path,
        kind=RoundChangeKind(event.kind),
        note=event.note[:NOTE_LIMIT],
        at=clock.now(),
    )
    targets = lock_targets(town_id=event.town_id, round_id=round_.id, household_ids={household.id})
    target = targets.get(household.id)
    if target is not None:
        _settle_anew(target)
    elif event.kind == ChangeKind.JOINED:
        _join(round_, household)


def _settle_anew(target: Target) -> None:
    """By its visits and its leaving and coming back; moving and other statuses change nothing."""
    standing = read_standings([target])[target.id]
    if standing.outcome != target.outcome:
        drafts.set_standing(target, standing)
        drafts.save_targets([target])


def _join(round_: Round, household: Household) -> None:
    Target.objects.create(
        id=new_id(),
        town_id=household.town_id,
        round=round_,
        household=household,
        area_path=household.area_path,
        priority=household.priority,
        living_status=household.living_status,
        in_denominator=False,
        outcome=TargetOutcome.OPEN,
    )
