"""Group talks: one record, and a visit in full for every household that came."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, FieldError, FieldErrors, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import checks, drafts
from bianfang.outreach.visits.actions.inputs import ForumInput, VisitInput
from bianfang.outreach.visits.enums import Verb, VisitMode, VisitOutcome
from bianfang.outreach.visits.errors import SentTwiceError
from bianfang.outreach.visits.models import Forum, Round
from bianfang.outreach.visits.queries.checklists import TopicNames
from bianfang.outreach.visits.queries.forums import find_forum
from bianfang.outreach.visits.queries.grounds import Grounds, read_grounds, read_topics
from bianfang.outreach.visits.queries.rounds import active_round
from bianfang.outreach.visits.queries.visitors import VisitorBook, read_visitors
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area


@dataclass(frozen=True, kw_only=True, slots=True)
class _Known:
    """What a group talk names, read once."""

    area: Area
    round: Round | None
    visitors: VisitorBook
    topics: TopicNames


@transaction.atomic
def record_forum(*, actor: Actor, forum: ForumInput) -> Forum:
    """Write down a group talk; each household named counts as visited, all or nothing.

    A repeated `forum_id` returns what is stored (`is_repeat`).
    """
    known = _read(actor, forum)
    policies.check_can_record_visit(actor, known.area.path)
    stored = find_forum(actor=actor, forum_id=forum.forum_id) if forum.forum_id else None
    if stored is not None:
        return _repeat(stored, forum)
    _check(forum, known)
    row = _row(actor, forum, known)
    row.save(force_insert=True)
    _record_attendees(actor, forum, row)
    facts = {"households": len(set(forum.household_ids)), "attendance": row.attendance}
    journal.record(actor=actor, verb=Verb.FORUM_RECORDED, target=row, facts=facts)
    return row


def _read(actor: Actor, forum: ForumInput) -> _Known:
    round_ = active_round(actor.town_id)
    day = clock.local(forum.held_at).date()
    return _Known(
        area=areas.get_area(actor=actor, area_id=forum.area_id),
        round=round_,
        visitors=read_visitors(
            town_id=actor.town_id, ids=forum.visitor_ids, first_day=day, last_day=day
        ),
        topics=read_topics(
            town_id=actor.town_id,
            ids=set(forum.topic_ids),
            checklists={round_.checklist_id} if round_ else set(),
        ),
    )


def _repeat(stored: Forum, forum: ForumInput) -> Forum:
    told = (forum.area_id, forum.held_at, forum.subject.strip())
    if (stored.area_id, stored.held_at, stored.subject) != told:
        raise SentTwiceError
    stored.is_repeat = True
    return stored


def _check(forum: ForumInput, known: _Known) -> None:
    errors = {
        **checks.text_errors(place=(forum.place, 60), subject=(forum.subject, 120)),
        **checks.visitor_errors(forum.visitor_ids, known.visitors, forum.held_at),
        **checks.topic_errors(forum.topic_ids, known.topics),
        **checks.moment_errors("held_at", forum.held_at, known.round),
        **checks.attendance_errors(forum),
    }
    if errors:
        raise FieldErrors(errors)


def _row(actor: Actor, forum: ForumInput, known: _Known) -> Forum:
    households = len(set(forum.household_ids))
    snapshots = drafts.snapshots_of(forum.visitor_ids, forum.held_at, known.visitors)
    return Forum(
        id=forum.forum_id or new_id(),
        town_id=actor.town_id,
        round=known.round,
        area=known.area,
        area_path=known.area.path,
        held_at=forum.held_at,
        place=forum.place.strip(),
        subject=forum.subject.strip(),
        note=forum.note.strip(),
        attendance=households if forum.attendance is None else forum.attendance,
        visitor_names=drafts.visitor_names(snapshots),
        topic_names=drafts.topic_names(forum.topic_ids, known.topics),
        recorded_at=clock.now(),
        recorded_by_id=actor.person_id,
    )


def _record_attendees(actor: Actor, forum: ForumInput, row: Forum) -> None:
    visits = [_attendance(household_id, forum, row) for household_id in _named(forum)]
    if not visits:
        return
    grounds = read_grounds(town_id=actor.town_id, visits=visits)
    good, refused = [], []
    for visit in visits:
        try:
            good.append(drafts.draft_visit(actor=actor, given=visit, grounds=grounds))
        except DomainError as error:
            refused.append(_refusal(visit, grounds, error))
    if refused:
        raise FieldError("households", "\n".join(refused))
    drafts.write_drafts(actor=actor, drafts=good)


def _refusal(visit: VisitInput, grounds: Grounds, error: DomainError) -> str:
    """The sentence with the household's number; what is out of scope is not named."""
    if isinstance(error, NotFoundError):
        return str(error)
    facts = {"household": grounds.households[visit.household_id].number, "sentence": error}
    return _("%(household)s: %(sentence)s") % facts


def _named(forum: ForumInput) -> list[UUID]:
    return list(dict.fromkeys(forum.household_ids))


def _attendance(household_id: UUID, forum: ForumInput, row: Forum) -> VisitInput:
    return VisitInput(
        household_id=household_id,
        mode=VisitMode.FORUM,
        outcome=VisitOutcome.MET,
        happened_at=forum.held_at,
        visitor_ids=forum.visitor_ids,
        topic_ids=forum.topic_ids,
        forum_id=row.id,
    )
