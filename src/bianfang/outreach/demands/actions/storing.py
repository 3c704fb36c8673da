"""From checked drafts to numbered rows with their receipts, in five statements for any number.

Numbers are taken late, right before the rows are written: the series stays locked for two or three
INSERTs and the commit, so that many desks can register at a time. Codes are made before that.
"""

from collections import defaultdict
from collections.abc import Sequence

from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.numbering import actions as numbering
from bianfang.outreach.demands.actions.answers import heard_with_reply
from bianfang.outreach.demands.actions.saving import tell_of_urgent
from bianfang.outreach.demands.enums import Route, Verb
from bianfang.outreach.demands.models import Confirmation, Demand, demand_number
from bianfang.outreach.demands.workflow import DemandState


def store_drafts(actor: Actor, drafts: Sequence[Demand]) -> list[Demand]:
    """Journal first, number next, then the rows, and what residents said at once."""
    told: dict[Verb, list[tuple[Demand, dict[str, object]]]] = defaultdict(list)
    years: dict[int, list[Demand]] = defaultdict(list)
    for draft in drafts:
        told[_verb(draft)].append((draft, _facts(draft)))
        years[draft.registered_on.year].append(draft)
    for verb, targets in told.items():
        journal.record_many(actor=actor, verb=verb, targets=targets)
    heard = heard_with_reply(actor, drafts)
    for year, of_year in sorted(years.items()):
        first = numbering.take(town_id=actor.town_id, series=f"demand-{year}", count=len(of_year))
        for number, draft in enumerate(of_year, start=first):
            draft.number = demand_number(year, number)
    stored = Demand.objects.bulk_create(drafts)
    Confirmation.objects.bulk_create(heard)
    for demand in filter(_is_pressing, stored):
        tell_of_urgent(demand)
    return stored


def _is_pressing(demand: Demand) -> bool:
    """A hazard that was not settled on the spot."""
    return demand.urgent and demand.state in {DemandState.REGISTERED, DemandState.HANDLING}


def _verb(draft: Demand) -> Verb:
    if draft.route == Route.ONSITE:
        return Verb.SOLVED_ON_SITE
    return Verb.RAISED_URGENT if draft.state == DemandState.HANDLING else Verb.REGISTERED


def _facts(draft: Demand) -> dict[str, object]:
    """For the journal: where it came from, and what is known of its way already."""
    facts: dict[str, object] = {"source": draft.source}
    if draft.urgent:
        facts["urgent"] = True
    if draft.route == Route.ONSITE:
        facts |= {"outcome": draft.outcome, "days": 0}
    elif draft.owner is not None:
        facts |= {"route": draft.route, "due_on": f"{draft.due_on}", "owner": draft.owner.name}
        facts["unit"] = draft.unit.name if draft.unit else ""
    return facts
