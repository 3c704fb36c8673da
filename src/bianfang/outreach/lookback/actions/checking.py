"""Handing checks out, recording what they came to, replacing, finishing and giving up."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, FieldErrors, MoveError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.lookback import policies, workflow
from bianfang.outreach.lookback.enums import RESULT_LABELS, CheckWay, Verb
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries import one
from bianfang.outreach.lookback.workflow import CheckResult, LookBackState, Move
from bianfang.register.people import queries as people

VERBS = {
    CheckResult.PASSED: Verb.PASSED,
    CheckResult.FAILED: Verb.FAILED,
    CheckResult.NOT_REACHED: Verb.NOT_REACHED,
}
LONGEST = 2000
LONGEST_REASON = 200


@dataclass(frozen=True, kw_only=True, slots=True)
class AssignResult:
    """What became of one check of a hand-out; without `refusal` it is the checker's."""

    number: str
    refusal: str = ""


@transaction.atomic
def assign(
    *, actor: Actor, look_back_id: UUID, check_ids: Sequence[UUID], checker_id: UUID | None
) -> list[AssignResult]:
    """Give open checks to somebody, and tell of each that this person may not take why not."""
    look_back = _begin(actor, look_back_id, Move.ASSIGN)
    if checker_id is None:
        raise FieldError("checker", _("Choose who checks."))
    staff = people.get_staff(actor=actor, staff_id=checker_id)
    if not staff.is_active:
        raise FieldError("checker", _("This person no longer serves here; name somebody else."))
    checker = people.load_actor(staff)
    checks = one.list_checks_for_update(actor=actor, look_back=look_back, check_ids=check_ids)
    results = [_judge(checker, check) for check in checks]
    passed = [each for each, told in zip(checks, results, strict=True) if not told.refusal]
    if passed:
        ids = [check.id for check in passed]
        Check.objects.in_town(actor.town_id).filter(id__in=ids).update(checker=staff.id)
        _go_on(actor, look_back, Move.ASSIGN)
        facts = {"title": look_back.title, "checker": staff.name, "checks": len(passed)}
        journal.record(actor=actor, verb=Verb.ASSIGNED, target=look_back, facts=facts)
    return results


@transaction.atomic
def record(
    *,
    actor: Actor,
    check_id: UUID,
    way: CheckWay | None,
    result: CheckResult | None,
    found: str = "",
) -> Check:
    """Write down what the check came to today; a failed one reopens its demand.

    Nobody reached may be written down again and again; passed and failed stand.
    """
    check, look_back = one.get_check_for_update(actor=actor, check_id=check_id)
    policies.check_can_record_check(actor, check)
    workflow.check_move(LookBackState(look_back.state), Move.RECORD)
    if way is None or result is None:
        raise FieldErrors(_missing(way, result))
    _refuse_wrong(check, result, found)
    check.result, check.way, check.found = result, way, found.strip()
    check.checked_on, check.attempts = clock.today(), check.attempts + 1
    check.save(update_fields=["result", "way", "found", "checked_on", "attempts"])
    if result is CheckResult.FAILED and check.demand.state == DemandState.WRITTEN_OFF:
        reason = _("Look-back “%(title)s”: %(found)s")
        facts = {"title": look_back.title, "found": check.found}
        review.reopen(actor=actor, demand_id=check.demand_id, reason=reason % facts)
    told = {"title": look_back.title, "number": check.demand.number, "way": way.value}
    journal.record(actor=actor, verb=VERBS[result], target=look_back, facts=told)
    _go_on(actor, look_back, Move.RECORD)
    return check


@transaction.atomic
def replace(*, actor: Actor, check_id: UUID) -> Check:
    """Draw another demand of the same group for one whose resident was not reached.

    It is the next in the order of the seed that is still written off; the replaced one stays.
    """
    check, look_back = one.get_check_for_update(actor=actor, check_id=check_id)
    policies.check_can_plan_look_back(actor, look_back.area_path)
    workflow.check_move(LookBackState(look_back.state), Move.REPLACE)
    if check.result != CheckResult.NOT_REACHED or check.replaced_by_id is not None:
        raise MoveError(_("Only a check whose resident was not reached can be replaced, once."))
    last, following = one.list_after(look_back=look_back, stratum=check.stratum)
    rows = one.list_written_off(actor=actor, numbers=following)
    still = {demand.number: demand for demand in rows}
    number = next((each for each in following if each in still), None)
    if number is None:
        raise MoveError(_("Nothing is left to draw in this group."))
    place = last + 1 + following.index(number)
    new: Check = Check.new(look_back, still[number], stratum=check.stratum, place=place)
    new.save(force_insert=True)
    check.replaced_by = new
    check.save(update_fields=["replaced_by"])
    facts = {"title": look_back.title, "number": check.demand.number, "into": number}
    journal.record(actor=actor, verb=Verb.REPLACED, target=look_back, facts=facts)
    return new


@transaction.atomic
def finish(*, actor: Actor, look_back_id: UUID) -> LookBack:
    """End a look-back in which every check was tried; who was not reached stays so."""
    look_back = _begin(actor, look_back_id, Move.FINISH)
    if not workflow.is_tried(one.list_results(actor=actor, look_back=look_back)):
        raise MoveError(_("Some checks have no result yet; record or hand them out first."))
    _go_on(actor, look_back, Move.FINISH)
    return look_back


@transaction.atomic
def give_up(*, actor: Actor, look_back_id: UUID, reason: str) -> LookBack:
    """Give up a look-back that was drawn wrongly, as long as nothing has been noted of any check.

    Rule, seed and sample stay to be seen, so that nobody draws until the sample pleases.
    """
    look_back = _begin(actor, look_back_id, Move.GIVE_UP)
    if not workflow.is_untouched(one.list_all_results(look_back=look_back)):
        raise MoveError(_("Results have been noted already; finish this look-back instead."))
    if not reason.strip():
        raise FieldError("reason", _("Give the reason; it stays with the look-back."))
    if len(reason.strip()) > LONGEST_REASON:
        raise FieldError("reason", _("At most 200 characters."))
    look_back.state = LookBackState.GIVEN_UP
    look_back.given_up_on, look_back.given_up_reason = clock.today(), reason.strip()
    look_back.save(update_fields=["state", "given_up_on", "given_up_reason"])
    facts = {"title": look_back.title, "seed": look_back.seed}
    journal.record(
        actor=actor, verb=Verb.GIVEN_UP, target=look_back, facts=facts, reason=reason.strip()
    )
    return look_back


def _begin(actor: Actor, look_back_id: UUID, move: Move) -> LookBack:
    look_back = one.get_look_back_for_update(actor=actor, look_back_id=look_back_id)
    policies.check_can_plan_look_back(actor, look_back.area_path)
    workflow.check_move(LookBackState(look_back.state), move)
    return look_back


def _go_on(actor: Actor, look_back: LookBack, move: Move) -> None:
    """Save the state that follows, if it is another one."""
    results = one.list_results(actor=actor, look_back=look_back)
    state = workflow.state_after(LookBackState(look_back.state), move, results)
    if state == look_back.state:
        return
    look_back.state = state
    if state is LookBackState.FINISHED:
        look_back.finished_on = clock.today()
    look_back.save(update_fields=["state", "finished_on"])
    if state is LookBackState.FINISHED:
        facts = {
            "title": look_back.title,
            "passed": results.count(CheckResult.PASSED),
            "failed": results.count(CheckResult.FAILED),
        }
        journal.record(actor=actor, verb=Verb.FINISHED, target=look_back, facts=facts)


def _judge(checker: Actor, check: Check) -> AssignResult:
    refusal: str | Promise | None = policies.refusal_to_check(checker, check.demand)
    if not check.is_open:
        refusal = gettext_lazy("It has been decided or replaced.")
    return AssignResult(number=check.demand.number, refusal=str(refusal or ""))


def _missing(way: CheckWay | None, result: CheckResult | None) -> dict[str, str]:
    errors = {}
    if way is None:
        errors["way"] = _("Choose how the resident was asked.")
    if result is None:
        errors["result"] = _("Choose what the check came to.")
    return errors


def _refuse_wrong(check: Check, result: CheckResult, found: str) -> None:
    before = CheckResult(check.result)
    if check.replaced_by_id is not None or not workflow.may_follow(before, result):
        words = {"result": RESULT_LABELS[before]}
        raise MoveError(_("This check stands as it was recorded: %(result)s.") % words)
    errors = {}
    if result is CheckResult.FAILED and not found.strip():
        errors["found"] = _("Write down what was found; it is told to whoever handles it again.")
    if len(found) > LONGEST:
        errors["found"] = _("At most 2000 characters.")
    if result is CheckResult.PASSED and check.demand.state != DemandState.WRITTEN_OFF:
        errors["result"] = _("The demand was reopened meanwhile; it cannot pass.")
    if errors:
        raise FieldErrors(errors)
