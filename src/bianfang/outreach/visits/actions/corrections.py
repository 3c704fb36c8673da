"""Correcting a visit: the whole of it as it should have been; the journal keeps what it was."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, FieldErrors, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import checks, drafts, texts
from bianfang.outreach.visits.actions.inputs import VisitCorrection, VisitInput
from bianfang.outreach.visits.enums import EntryChannel, TargetOutcome, Verb, VisitOutcome
from bianfang.outreach.visits.models import Target, TopicTold, Visit, Visitor
from bianfang.outreach.visits.queries.forms import has_answers
from bianfang.outreach.visits.queries.grounds import (
    Grounds,
    grounds_of,
    lock_households,
    lock_targets,
)
from bianfang.outreach.visits.queries.rounds import active_round
from bianfang.outreach.visits.queries.standings import read_standings
from bianfang.outreach.visits.queries.visits import get_visit_for_update
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.models import Household

FREE_TEXTS = ("village_facts", "note")
"""May hold personal data: the journal tells that they were changed, not what they were."""


@transaction.atomic
def correct_visit(
    *, actor: Actor, visit_id: UUID, correction: VisitCorrection, reason: str
) -> Visit:
    """Put a visit right and settle its household anew, also one it was wrongly written down for.

    A finished round stays finished: a correction that would open a household of it is refused.
    """
    visit = get_visit_for_update(actor=actor, visit_id=visit_id)
    policies.check_can_correct_visit(actor, visit)
    reason = texts.checked("reason", reason, limit=400, empty=_("Give the reason."))
    given = _as_input(visit, correction)
    grounds = _read(actor, visit, given)
    household = _checked_household(actor, visit, given, grounds)
    was = _facts(visit)
    _rewrite(visit, household, given, grounds)
    _resettle(grounds.targets.values())
    facts = _told(was, _facts(visit))
    journal.record(actor=actor, verb=Verb.VISIT_CORRECTED, target=visit, facts=facts, reason=reason)
    return visit


def _as_input(visit: Visit, correction: VisitCorrection) -> VisitInput:
    return VisitInput(
        household_id=correction.household_id or visit.household_id,
        mode=correction.mode,
        outcome=correction.outcome,
        happened_at=correction.happened_at,
        visitor_ids=correction.visitor_ids,
        topic_ids=correction.topic_ids,
        respondent_relation=correction.respondent_relation,
        village_facts=correction.village_facts,
        note=correction.note,
        demand_count=visit.demand_count,
        channel=EntryChannel(visit.channel),
        forum_id=visit.forum_id,
        visit_id=visit.id,
    )


def _read(actor: Actor, visit: Visit, given: VisitInput) -> Grounds:
    targets = lock_targets(
        town_id=actor.town_id,
        round_id=_round_id(visit, given),
        household_ids={visit.household_id, given.household_id},
    )
    return grounds_of(
        town_id=actor.town_id,
        visits=[given],
        households=lock_households(actor.town_id, [given], targets),
        targets=targets,
        stored={},
    )


def _round_id(visit: Visit, given: VisitInput) -> UUID | None:
    """The round the visit was made in, even if it is finished.

    A visit outside of any round stays outside, unless another household is named: that one may
    belong to the round that is going on.
    """
    if visit.round_id is not None or given.household_id == visit.household_id:
        return visit.round_id
    round_ = active_round(visit.town_id)
    if round_ is None or checks.moment_errors("happened_at", given.happened_at, round_):
        return None
    return round_.id


def _checked_household(
    actor: Actor, visit: Visit, given: VisitInput, grounds: Grounds
) -> Household:
    household = drafts.reachable_household(actor, given.household_id, grounds)
    if household.id != visit.household_id:
        policies.check_can_record_visit(actor, household.area_path, EntryChannel(visit.channel))
        if visit.demand_count:
            raise FieldError(
                "household", _("Demands came out of this visit; the household cannot be changed.")
            )
    errors = checks.visit_errors(given, household, grounds)
    if given.outcome != VisitOutcome.MET and has_answers(visit=visit):
        errors["outcome"] = _("Questions of the checklist were answered in this visit.")
    if errors:
        raise FieldErrors(errors)
    return household


def _facts(visit: Visit) -> dict[str, object]:
    return {
        "household": f"{visit.household_id}",
        "mode": visit.mode,
        "outcome": visit.outcome,
        "happened_at": clock.local(visit.happened_at).isoformat(),
        "visitors": visit.visitor_names,
        "topics": visit.topic_names,
        "respondent_relation": visit.respondent_relation,
        **{name: getattr(visit, name) for name in FREE_TEXTS},
    }


def _told(was: Mapping[str, object], is_now: Mapping[str, object]) -> dict[str, object]:
    """Old values of what changed; of free texts only the names of the fields."""
    changed = [name for name in was if was[name] != is_now[name]]
    old = {name: was[name] for name in changed if name not in FREE_TEXTS}
    return {"was": old, "texts": [name for name in changed if name in FREE_TEXTS]}


def _rewrite(visit: Visit, household: Household, given: VisitInput, grounds: Grounds) -> None:
    target = grounds.targets.get(household.id)
    snapshots = drafts.snapshots_of(given.visitor_ids, given.happened_at, grounds.visitors)
    visit.household, visit.area_path = household, household.area_path
    visit.target, visit.round = target, target.round if target else None
    visit.mode, visit.outcome, visit.happened_at = given.mode, given.outcome, given.happened_at
    visit.respondent_relation = given.respondent_relation
    visit.village_facts, visit.note = given.village_facts.strip(), given.note.strip()
    visit.visitor_names = drafts.visitor_names(snapshots)
    visit.topic_names = drafts.topic_names(given.topic_ids, grounds.topics)
    visit.corrected_at = clock.now()
    visit.save()
    for rows in (Visitor.objects, TopicTold.objects):
        rows.in_town(visit.town_id).filter(visit=visit).delete()
    Visitor.objects.bulk_create(drafts.visitor_rows(visit, snapshots))
    TopicTold.objects.bulk_create(drafts.told_rows(visit, given.topic_ids))


def _resettle(targets: Iterable[Target]) -> None:
    """Count the households' standing anew from all their visits."""
    rows = list(targets)
    standings = read_standings(rows)
    for target in rows:
        standing = standings[target.id]
        opens = standing.outcome == TargetOutcome.OPEN
        if opens and target.round.state == RoundState.FINISHED:
            raise MoveError(_("The round is finished; this household cannot be open again."))
        drafts.set_standing(target, standing)
    drafts.save_targets(rows)
