"""Taking a look-back away as a file; who took it is kept in the journal."""

from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.lookback import exports, policies
from bianfang.outreach.lookback.enums import Verb
from bianfang.outreach.lookback.queries import one


@transaction.atomic
def export_look_back(*, actor: Actor, look_back_id: UUID) -> tuple[str, bytes]:
    """Name and content of the workbook."""
    look_back = one.get_look_back(actor=actor, look_back_id=look_back_id)
    policies.check_can_export_look_back(actor, look_back)
    facts = {"title": look_back.title}
    journal.record(actor=actor, verb=Verb.EXPORTED, target=look_back, facts=facts)
    content = exports.look_back_workbook(actor=actor, look_back=look_back)
    return exports.file_name(look_back), content
