"""How demands look in lists: where they stand, and how near the deadline is."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from bianfang.faces.desk.badges import Badge, Kind
from bianfang.outreach.demands.enums import STATE_LABELS, Outcome
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.workflow import CLOCK_RUNS, DemandState

SOON_DAYS = 3
_STATES: dict[DemandState, Kind] = {
    DemandState.REGISTERED: "waiting",
    DemandState.HANDLING: "active",
    DemandState.AWAITING_REVIEW: "review",
    DemandState.CARRIED_OVER: "carried",
    DemandState.PAUSED: "waiting",
    DemandState.MERGED: "void",
    DemandState.DECLINED: "void",
}
_OUTCOMES: dict[str, Kind] = {
    Outcome.SOLVED: "done",
    Outcome.EXPLAINED: "explained",
    Outcome.TRANSFERRED: "moved",
}


def state(demand: Demand, today: date) -> Badge:
    """The one badge of a demand: how it ended, or the deadline where it presses, or the state."""
    return deadline(demand, today) or standing(demand)


def standing(demand: Demand) -> Badge:
    """How it ended, or else where it stands, whatever the deadline."""
    if demand.state == DemandState.WRITTEN_OFF:
        outcome = Outcome(demand.outcome)
        return Badge(str(outcome.label), _OUTCOMES[outcome])
    return plain_state(demand)


def plain_state(demand: Demand) -> Badge:
    """Where it stands, whatever the deadline."""
    if demand.state == DemandState.WRITTEN_OFF:
        return Badge(str(STATE_LABELS[demand.state]), "done")
    return Badge(str(STATE_LABELS[demand.state]), _STATES[DemandState(demand.state)])


def deadline(demand: Demand, today: date) -> Badge | None:
    """Overdue or due within three days; None otherwise, and where no clock runs."""
    if demand.state not in CLOCK_RUNS or demand.due_on is None:
        return None
    return nearness(demand.due_on, today)


def nearness(due_on: date, today: date) -> Badge | None:
    """Overdue or due within three days; None otherwise."""
    left = (due_on - today).days
    if left < 0:
        words = ngettext("%(days)d day overdue", "%(days)d days overdue", -left)
        return Badge(words % {"days": -left}, "late")
    if left == 0:
        return Badge(_("Due today"), "soon")
    if left <= SOON_DAYS:
        words = ngettext("Due in %(days)d day", "Due in %(days)d days", left)
        return Badge(words % {"days": left}, "soon")
    return None


def urgency(demand: Demand) -> Badge | None:
    """The mark of a danger that cannot wait its turn."""
    return Badge(pgettext("demand", "Urgent"), "late") if demand.urgent else None
