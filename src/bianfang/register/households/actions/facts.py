"""What is stated of a person."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.register.households import queries
from bianfang.register.households.actions.households import load_for_edit
from bianfang.register.households.actions.summary import SUMMARY_FIELDS, refresh_summary
from bianfang.register.households.enums import FactKind, FactSource, YesNo
from bianfang.register.households.models import Fact


@transaction.atomic
def state_fact(
    *,
    actor: Actor,
    resident_id: UUID,
    kind: FactKind,
    value: str,
    source: FactSource,
    as_of: date,
) -> Fact:
    """Write down a statement and make it the present answer; the visit order may follow."""
    resident = queries.get_resident(actor=actor, resident_id=resident_id)
    household = load_for_edit(actor, resident.household_id)
    if kind != FactKind.DISABILITY and value not in YesNo.values:
        raise FieldError("value", _("Answer yes, no or not known."))
    if as_of > clock.today():
        raise FieldError("as_of", _("The day lies in the future."))
    setattr(resident, kind.value, value)
    resident.save(update_fields=[kind.value])
    fact = Fact.objects.create(
        town_id=actor.town_id,
        resident=resident,
        kind=kind,
        value=value,
        source=source,
        as_of=as_of,
        recorded_at=clock.now(),
        recorded_by_id=actor.staff_id,
    )
    members = queries.list_members(town_id=actor.town_id, household_id=household.id)
    refresh_summary(household, members, day=clock.today())
    household.version += 1
    household.save(update_fields=[*SUMMARY_FIELDS, "version"])
    facts = {"kind": kind.value, "source": source.value}
    journal.record(actor=actor, verb="fact_stated", target=resident, facts=facts)
    return fact
