"""Jobs of the roll import: thin shells over the actions."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError
from bianfang.kernel.jobs.registry import JobContext, register
from bianfang.register.people import queries as people
from bianfang.register.rolls.actions import checking, merging
from bianfang.register.rolls.enums import CHECK_JOB, MERGE_JOB


@register(CHECK_JOB)
def check(job: JobContext) -> Mapping[str, Any]:
    """Read and compare; done again it finds the same."""
    roll = checking.check_roll(actor=_actor(job), roll_id=_roll_id(job), progress=_teller(job))
    return {"state": roll.state}


@register(MERGE_JOB)
def merge(job: JobContext) -> Mapping[str, Any]:
    """Merge; what was merged already is left as it is, what cannot be merged is given back."""
    roll_id = _roll_id(job)
    system = _system(job)
    if checking.is_merged(actor=system, roll_id=roll_id):
        return {}
    try:
        roll = merging.merge_roll(actor=_actor(job), roll_id=roll_id, progress=_teller(job))
    except DomainError as error:
        merging.give_back(actor=system, roll_id=roll_id, reason=str(error))
        raise
    except Exception:
        reason = _("Something went wrong; the register is as it was. It can be merged again.")
        merging.give_back(actor=system, roll_id=roll_id, reason=reason)
        raise
    return {"state": roll.state}


def _actor(job: JobContext) -> Actor:
    """Who asked, with today's rights."""
    assert job.town_id is not None
    staff = people.find_staff_by_id(town_id=job.town_id, staff_id=job.requested_by)
    return people.load_actor(staff) if staff else _system(job)


def _system(job: JobContext) -> Actor:
    assert job.town_id is not None
    return people.system_actor(town_id=job.town_id, name="bianfang")


def _roll_id(job: JobContext) -> UUID:
    return UUID(job.payload["roll"])


def _teller(job: JobContext) -> Callable[[int], None]:
    def tell(percent: int) -> None:
        job.progress(percent, 100)

    return tell
