"""Taking the ledger or a list away; who took what is kept in the journal."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.mechanisms.ledger import policies
from bianfang.mechanisms.ledger.enums import FileFormat, ListKind, Verb
from bianfang.mechanisms.ledger.exports import ExportedFile, ExportRequest, write_export
from bianfang.mechanisms.ledger.queries import LedgerFilter
from bianfang.outreach.visits.queries import rounds
from bianfang.register.areas import queries as areas


@transaction.atomic
def export_list(
    *,
    actor: Actor,
    kind: ListKind,
    area_id: UUID,
    filters: LedgerFilter,
    file_format: FileFormat,
) -> ExportedFile:
    """One list of an area as a file; whoever may not export all of the area is refused."""
    area = areas.get_area(actor=actor, area_id=area_id)
    policies.check_can_export_ledger(actor, area.reach)
    request = ExportRequest(kind=kind, area=area, filters=filters, period=_period(actor, filters))
    exported = write_export(actor=actor, request=request, file_format=file_format)
    facts = {"list": kind.value, "format": file_format.value, "period": request.period}
    journal.record(actor=actor, verb=Verb.EXPORTED, target=area, facts=facts)
    return exported


def _period(actor: Actor, filters: LedgerFilter) -> str:
    """The round or days of the filter in words."""
    if filters.round_id:
        return str(rounds.get_round(actor=actor, round_id=filters.round_id))
    if filters.from_day or filters.to_day:
        days = {"from_day": filters.from_day or "…", "to_day": filters.to_day or "…"}
        return _("%(from_day)s to %(to_day)s") % days
    return _("all rounds and days")
