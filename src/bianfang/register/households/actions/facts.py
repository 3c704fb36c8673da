"""What is stated of a person."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.register.households import policies, queries
from bianfang.register.households.actions.residents import load_person
from bianfang.register.households.actions.summary import SUMMARY_FIELDS, refresh_summary
from bianfang.register.households.enums import DISABILITY, FactKind, FactSource, YesNo
from bianfang.register.households.models import Fact, Resident


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
    """Write down a statement; the latest by its day is the present answer and decides the order.

    A disability is told by kind and grade, none by an empty text.
    """
    kind = FactKind(kind)
    resident, household = load_person(actor, resident_id)
    _check_value(kind, value)
    policies.check_day(as_of, field="as_of")
    if _is_latest(resident, kind, as_of):
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
    facts = {"kind": kind.value, "source": FactSource(source).value}
    journal.record(actor=actor, verb="fact_stated", target=resident, facts=facts)
    return fact


def _check_value(kind: FactKind, value: str) -> None:
    if kind == FactKind.DISABILITY:
        if value and DISABILITY.fullmatch(value) is None:
            raise FieldError(
                "value", _("Write kind and grade as on the certificate, for example 肢体二级.")
            )
    elif value not in YesNo.values:
        raise FieldError("value", _("Answer yes, no or not known."))


def _is_latest(resident: Resident, kind: FactKind, as_of: date) -> bool:
    """Whether no later day is told of; a roll's first "no" stands on the resident alone."""
    rows = Fact.objects.in_town(resident.town_id).filter(resident=resident, kind=kind)
    last = rows.aggregate(last=Max("as_of"))["last"]
    is_answered = getattr(resident, kind.value) not in ("", YesNo.UNKNOWN)
    if last is None and is_answered:
        last = resident.facts_as_of
    return last is None or last <= as_of
