"""Rules on single fields of a visit or group talk, collected so that one answer names them all."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.codes.people_codes import Relation
from bianfang.kernel.errors import FieldError
from bianfang.outreach.visits.actions import texts
from bianfang.outreach.visits.actions.inputs import ForumInput, VisitInput
from bianfang.outreach.visits.enums import OUTCOMES_OF, VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.queries.checklists import TopicNames
from bianfang.outreach.visits.queries.grounds import Grounds
from bianfang.outreach.visits.queries.visitors import VisitorBook
from bianfang.register.households.models import Household

Errors = dict[str, str | Promise]

MOST_VISITORS = 12
MOST_ATTENDING = 9999
CLOCKS_DIFFER = timedelta(minutes=15)
"""What a phone's clock may be ahead of ours."""


def visit_errors(visit: VisitInput, household: Household, grounds: Grounds) -> Errors:
    """What is wrong with a visit, by field. No rule asks for the hour: evenings are as good."""
    target = grounds.targets.get(household.id)
    round_ = target.round if target else None
    day = clock.local(visit.happened_at).date()
    return {
        **_outcome_errors(visit),
        **_forum_errors(visit, grounds),
        **visitor_errors(visit.visitor_ids, grounds.visitors, visit.happened_at),
        **topic_errors(visit.topic_ids, grounds.topics),
        **_respondent_errors(visit),
        **moment_errors("happened_at", visit.happened_at, round_),
        **_round_errors(visit, round_),
        **_household_errors(household, day),
    }


def visitor_errors(ids: tuple[UUID, ...], book: VisitorBook, at: datetime) -> Errors:
    """Somebody went, not a crowd, and all of them are of the town's staff."""
    if not ids:
        return {"visitors": _("Name at least one visitor.")}
    if len(set(ids)) > MOST_VISITORS:
        sentence = _("At most %(most)d visitors; a household is not to be crowded.")
        return {"visitors": sentence % {"most": MOST_VISITORS}}
    day = clock.local(at).date()
    if any(book.find(staff_id, day) is None for staff_id in ids):
        return {"visitors": _("Choose visitors from the staff of the town.")}
    return {}


def topic_errors(ids: tuple[UUID, ...], topics: TopicNames) -> Errors:
    """Topics stand on a published checklist."""
    if all(topic_id in topics for topic_id in ids):
        return {}
    return {"topics": _("Choose topics of a published checklist.")}


def text_errors(**fields: tuple[str, int]) -> Errors:
    """Short texts are filled in and fit their column."""
    errors: Errors = {}
    for field, (text, limit) in fields.items():
        try:
            texts.checked(field, text, limit=limit, empty=_("Fill this in."))
        except FieldError as error:
            errors |= error.errors
    return errors


def attendance_errors(forum: ForumInput) -> Errors:
    """No fewer heads than households."""
    households = len(set(forum.household_ids))
    if forum.attendance is None or households <= forum.attendance <= MOST_ATTENDING:
        return {}
    facts = {"least": households, "most": MOST_ATTENDING}
    return {"attendance": _("Between %(least)d, the households named, and %(most)d.") % facts}


def moment_errors(field: str, at: datetime, round_: Round | None) -> Errors:
    """Not in the future, and not on a day before the round started."""
    if at > clock.now() + CLOCKS_DIFFER:
        return {field: _("This moment has not come yet.")}
    if round_ is None or round_.started_at is None:
        return {}
    started = clock.local(round_.started_at).date()
    if clock.local(at).date() < started:
        facts = {"round": round_.name, "day": started}
        sentence = _("%(round)s started on %(day)s; a visit of an earlier day is not part of it.")
        return {field: sentence % facts}
    return {}


def _outcome_errors(visit: VisitInput) -> Errors:
    possible = OUTCOMES_OF[visit.mode]
    if visit.outcome not in possible:
        words = ", ".join(str(outcome.label) for outcome in possible)
        facts = {"mode": VisitMode(visit.mode).label, "outcomes": words}
        return {"outcome": _("%(mode)s: it can end with %(outcomes)s.") % facts}
    if visit.outcome == VisitOutcome.MET:
        return {}
    errors: Errors = {}
    if visit.demand_count:
        errors["outcome"] = _("Nobody was talked with, so no demand was told.")
    if visit.topic_ids:
        errors["topics"] = _("Nobody was talked with, so no topic was told.")
    return errors


def _forum_errors(visit: VisitInput, grounds: Grounds) -> Errors:
    if (visit.mode == VisitMode.FORUM) != (visit.forum_id is not None):
        return {"mode": _("A group talk is written down with all who came to it.")}
    if visit.forum_id is not None and visit.forum_id not in grounds.forums:
        return {"forum": _("There is no such group talk in your town.")}
    return {}


def _respondent_errors(visit: VisitInput) -> Errors:
    if visit.respondent_relation and visit.respondent_relation not in Relation.values:
        return {"respondent_relation": _("Choose how the person relates to the head.")}
    return {}


def _round_errors(visit: VisitInput, round_: Round | None) -> Errors:
    if visit.round_id is None or (round_ is not None and round_.id == visit.round_id):
        return {}
    return {"round": _("This round is not going on, or the household is not part of it.")}


def _household_errors(household: Household, day: date) -> Errors:
    ended = household.ended_on
    if ended is None or day <= ended:
        return {}
    facts = {"household": household.number, "day": ended}
    sentence = _("Household %(household)s left the register on %(day)s; choose another one.")
    return {"household": sentence % facts}
