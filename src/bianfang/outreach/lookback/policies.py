"""Who plans, who checks, who takes a look-back away as a file."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries.checkers import hands_of
from bianfang.register.people.enums import Permission

HANDLED_IT = _("Whoever handled a demand or is in charge of it does not check it.")
WROTE_IT_OFF = _("Whoever wrote a demand off does not check it.")
NOT_THERE = _("Checks are for those who may review the demands of the place.")


def can_plan_look_back(actor: Actor, area_path: str) -> bool:
    """Whoever may plan look-backs at the place, as a person."""
    return actor.staff_id is not None and actor.may_at(Permission.PLAN_LOOK_BACK, area_path)


def check_can_plan_look_back(actor: Actor, area_path: str) -> None:
    """Refuse whoever may not plan look-backs there."""
    if not can_plan_look_back(actor, area_path):
        raise NotAllowedError(_("Look-backs are planned by the visiting office."))


def refusal_to_check(checker: Actor, demand: Demand) -> str | Promise | None:
    """Why this person does not check this demand; None for a fit one."""
    if checker.staff_id in hands_of(demand):
        return HANDLED_IT
    if checker.staff_id == demand.reviewed_by_id:
        return WROTE_IT_OFF
    if not checker.may_at(Permission.REVIEW_DEMAND, demand.area_path):
        return NOT_THERE
    return None


def can_record_check(actor: Actor, check: Check) -> bool:
    """Whoever was asked to check, as long as nothing stands against it."""
    return _refusal_to_record(actor, check) is None


def check_can_record_check(actor: Actor, check: Check) -> None:
    """Refuse everybody but the person who was asked, and that person where something stands."""
    refusal = _refusal_to_record(actor, check)
    if refusal is not None:
        raise NotAllowedError(refusal)


def can_export_look_back(actor: Actor, look_back: LookBack) -> bool:
    """Whoever may take away the ledger of the look-back's area."""
    return actor.may_at(Permission.EXPORT_LEDGER, look_back.area_path)


def check_can_export_look_back(actor: Actor, look_back: LookBack) -> None:
    """Refuse where the export right does not reach."""
    if not can_export_look_back(actor, look_back):
        raise NotAllowedError(_("You may not take away the look-backs of this area."))


def _refusal_to_record(actor: Actor, check: Check) -> str | Promise | None:
    if actor.staff_id is None or check.checker_id != actor.staff_id:
        return _("This check was given to somebody else.")
    return refusal_to_check(actor, check.demand)
