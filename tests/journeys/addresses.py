"""The pages that are looked at as a whole, for a town that lives."""

from django.urls import reverse

from tests.journeys.town import Lived

NO_SUCH_PAGE = "/no-such-page/"


def pages_of_clerk(lived: Lived) -> list[str]:
    """What the visiting office opens every day, and what is seen when something is not there."""
    household = lived.town.households()[0]
    plain = (
        "desk:home", "desk:work", "households:list", "households:held",
        "assignments:list", "assignments:gaps",
        "visits:list", "visits:add", "rounds:list", "checklists:list", "demands:list",
        "demands:review", "lookbacks:list", "lookbacks:draw", "lookbacks:checks", "lookbacks:mine",
        "confirmations:requests", "confirmations:code",
        "campaigns:list", "campaigns:add", "campaigns:findings", "campaigns:rechecks",
        "campaigns:all_spots", "leaflets:list", "leaflets:add",
        "ledger:visits", "ledger:demands", "ledger:closed", "rolls:list",
        "areas:tree", "units:list", "staff:list", "desk:account",
    )  # fmt: skip
    about = {
        "households:detail": household.id,
        "rounds:detail": lived.round.id,
        "visits:record": household.id,
        "rolls:detail": lived.roll.id,
        "checklists:detail": lived.round.checklist_id,
        "checklists:questions": lived.round.checklist_id,
        "areas:detail": lived.town.areas["石桥村"].id,
        "staff:detail": lived.town.staff["cadre"].id,
        "assignments:area": lived.town.areas["石桥村"].id,
        "confirmations:note": lived.demands["awaiting"].id,
        "confirmations:slip": lived.demands["awaiting"].id,
    }
    return [
        *map(reverse, plain),
        *(reverse(name, args=[key]) for name, key in about.items()),
        *(reverse("demands:detail", args=[demand.id]) for demand in lived.demands.values()),
        reverse("help:section", args=["start"]),
        NO_SUCH_PAGE,
    ]
