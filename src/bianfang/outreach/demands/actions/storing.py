"""From checked drafts to numbered rows, in three statements for any number of demands.

Numbers are taken last, right before the rows are written: the series stays locked for one INSERT
and the commit, so that many desks can register at a time.
"""

from collections import defaultdict
from collections.abc import Sequence

from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.kernel.numbering import actions as numbering
from bianfang.outreach.demands.enums import Route, Verb
from bianfang.outreach.demands.models import Demand, demand_number


def store_drafts(actor: Actor, drafts: Sequence[Demand]) -> list[Demand]:
    """Journal first, number next, rows last."""
    told: dict[Verb, list[tuple[Demand, dict[str, object]]]] = defaultdict(list)
    years: dict[int, list[Demand]] = defaultdict(list)
    for draft in drafts:
        facts: dict[str, object] = {"source": draft.source}
        if draft.route == Route.ONSITE:
            facts |= {"outcome": draft.outcome, "days": 0}
        elif draft.urgent:
            facts |= _hands(draft)
        told[_verb(draft)].append((draft, facts))
        years[draft.registered_on.year].append(draft)
    for verb, targets in told.items():
        journal.record_many(actor=actor, verb=verb, targets=targets)
    for year, of_year in sorted(years.items()):
        first = numbering.take(town_id=actor.town_id, series=f"demand-{year}", count=len(of_year))
        for number, draft in enumerate(of_year, start=first):
            draft.number = demand_number(year, number)
    return Demand.objects.bulk_create(drafts)


def _verb(draft: Demand) -> Verb:
    if draft.route == Route.ONSITE:
        return Verb.SOLVED_ON_SITE
    return Verb.RAISED_URGENT if draft.urgent else Verb.REGISTERED


def _hands(draft: Demand) -> dict[str, object]:
    """Who has it from when to when; nothing yet where nobody serves in the unit."""
    if draft.owner is None:
        return {}
    unit = draft.unit.name if draft.unit else ""
    return {
        "route": draft.route,
        "due_on": f"{draft.due_on}",
        "owner": draft.owner.name,
        "unit": unit,
    }
