"""From what was handed in to rows, and into the tables: one INSERT per table for any number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel import bulk, clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import answering, checks
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import EntryChannel, TargetOutcome, Verb, VisitOutcome
from bianfang.outreach.visits.models import Target, TopicTold, Visit, VisitAnswers, Visitor
from bianfang.outreach.visits.queries.checklists import TopicNames
from bianfang.outreach.visits.queries.grounds import Grounds
from bianfang.outreach.visits.queries.visitors import VisitorBook, VisitorSnapshot
from bianfang.outreach.visits.workflow import Standing
from bianfang.register.households.models import Household
from bianfang.register.people.enums import Permission

TARGET_FIELDS = ("outcome", "attempts", "last_try_at", "last_visit_id", "settled_at")
_NAMES_LIMIT, _TOPICS_LIMIT = 200, 400


@dataclass(frozen=True, kw_only=True, slots=True)
class Draft:
    """A visit that was found good, with its rows; nothing is stored yet."""

    visit: Visit
    visitors: list[Visitor]
    told: list[TopicTold]
    answers: list[VisitAnswers]


def draft_visit(*, actor: Actor, given: VisitInput, grounds: Grounds) -> Draft:
    """Check scope, right and every field; then write the rows down, unsaved."""
    household = reachable_household(actor, given.household_id, grounds)
    policies.check_can_record_visit(actor, household.area_path, EntryChannel(given.channel))
    answers = answering.evaluate_answers(given, grounds)
    errors = checks.visit_errors(given, household, grounds) | answers.errors
    if errors:
        raise FieldErrors(errors)
    target = grounds.targets.get(household.id)
    snapshots = snapshots_of(given.visitor_ids, given.happened_at, grounds.visitors)
    visit = Visit(
        id=given.visit_id or new_id(),
        town_id=actor.town_id,
        round=target.round if target else None,
        target=target,
        household=household,
        forum_id=given.forum_id,
        area_path=household.area_path,
        mode=given.mode,
        outcome=given.outcome,
        happened_at=given.happened_at,
        respondent_relation=given.respondent_relation,
        village_facts=given.village_facts.strip(),
        note=given.note.strip(),
        demand_count=given.demand_count,
        visitor_names=visitor_names(snapshots),
        topic_names=topic_names(given.topic_ids, grounds.topics),
        channel=given.channel,
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
        digest=given.digest,
    )
    return Draft(
        visit=visit,
        visitors=visitor_rows(visit, snapshots),
        told=told_rows(visit, given.topic_ids),
        answers=answering.answer_rows(visit, given, answers),
    )


def reachable_household(actor: Actor, household_id: UUID, grounds: Grounds) -> Household:
    """The household, if the actor may read visits where it lives."""
    household = grounds.households.get(household_id)
    if household is None or not actor.may_at(Permission.VIEW_VISITS, household.area_path):
        raise NotFoundError(_("There is no such household in your area."))
    return household


def snapshots_of(ids: Iterable[UUID], at: datetime, book: VisitorBook) -> list[VisitorSnapshot]:
    """Who went, each once, in the order of naming."""
    day = clock.local(at).date()
    found = (book.find(staff_id, day) for staff_id in dict.fromkeys(ids))
    return [snapshot for snapshot in found if snapshot is not None]


def visitor_rows(visit: Visit, snapshots: Sequence[VisitorSnapshot]) -> list[Visitor]:
    """One row for each visitor."""
    return [
        Visitor(
            town_id=visit.town_id,
            visit_id=visit.id,
            staff_id=snapshot.staff_id,
            role=snapshot.role,
            unit_name=snapshot.unit_name,
        )
        for snapshot in snapshots
    ]


def told_rows(visit: Visit, topic_ids: Iterable[UUID]) -> list[TopicTold]:
    """One row for each topic told."""
    return [
        TopicTold(town_id=visit.town_id, visit_id=visit.id, topic_id=topic_id)
        for topic_id in dict.fromkeys(topic_ids)
    ]


def visitor_names(snapshots: Sequence[VisitorSnapshot]) -> str:
    """The names as a list shows them."""
    return _joined([snapshot.name for snapshot in snapshots], _NAMES_LIMIT)


def topic_names(topic_ids: Iterable[UUID], topics: TopicNames) -> str:
    """The topics as a list shows them, in the order of the checklist."""
    wanted = set(topic_ids)
    return _joined([text for key, text in topics.items() if key in wanted], _TOPICS_LIMIT)


def write_drafts(*, actor: Actor, drafts: Sequence[Draft]) -> None:
    """Store them all: visits, visitors, topics, answers, targets, journal."""
    if not drafts:
        return
    visits = [draft.visit for draft in drafts]
    bulk.insert_models(visits)
    bulk.insert_models(list(chain.from_iterable(draft.visitors for draft in drafts)))
    bulk.insert_models(list(chain.from_iterable(draft.told for draft in drafts)))
    bulk.insert_models(list(chain.from_iterable(draft.answers for draft in drafts)))
    _settle(visits)
    facts = [(visit, {"mode": visit.mode, "outcome": visit.outcome}) for visit in visits]
    journal.record_many(actor=actor, verb=Verb.VISIT_RECORDED, targets=facts)


def set_standing(target: Target, standing: Standing) -> None:
    """Write on the row, unsaved, how the household stands."""
    target.outcome, target.settled_at = standing.outcome, standing.settled_at
    target.attempts, target.last_try_at = standing.attempts, standing.last_try_at


def standing_now(target: Target) -> Standing:
    """How the household stands by the row."""
    return Standing(
        outcome=TargetOutcome(target.outcome),
        settled_at=target.settled_at,
        attempts=target.attempts,
        last_try_at=target.last_try_at,
    )


def save_targets(targets: Sequence[Target]) -> None:
    """Store how these locked targets stand: one of them by UPDATE, many in one go."""
    if len(targets) == 1:
        (target,) = targets
        changed = {name: getattr(target, name) for name in TARGET_FIELDS}
        Target.objects.in_town(target.town_id).filter(id=target.id).update(**changed)
    else:
        bulk.update_rows(TARGET_FIELDS, targets)


def _settle(visits: Sequence[Visit]) -> None:
    touched: dict[UUID, Target] = {}
    for visit in visits:
        target = visit.target
        if target is not None:
            standing = standing_now(target)
            outcome = VisitOutcome(visit.outcome)
            set_standing(target, standing.after(outcome, visit.happened_at))
            target.last_visit_id = visit.id
            touched[target.id] = target
    save_targets(list(touched.values()))


def _joined(words: Sequence[str], limit: int) -> str:
    text = "、".join(words)
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
