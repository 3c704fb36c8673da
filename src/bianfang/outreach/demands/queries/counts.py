"""Numbers of demands by state and by theme, in one query each."""

from dataclasses import dataclass, replace

from django.db.models import Count, Q

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.enums import Outcome, StateGroup, Theme
from bianfang.outreach.demands.queries.lists import DemandFilter, in_group, narrowed
from bianfang.outreach.demands.workflow import DemandState as State


@dataclass(frozen=True, kw_only=True, slots=True)
class ThemeCount:
    """A theme with what counts in it: all, still open, solved."""

    theme: Theme
    total: int
    open: int
    solved: int


def count_by_state(*, actor: Actor, filters: DemandFilter) -> dict[State, int]:
    """How many of the list stand in each state; the filter's own group is left aside."""
    rows = narrowed(actor=actor, filters=replace(filters, group=StateGroup.ALL))
    found = dict(rows.order_by().values_list("state").annotate(number=Count("id")))
    return {state: found.get(state.value, 0) for state in State}


def count_by_theme(*, actor: Actor, filters: DemandFilter) -> list[ThemeCount]:
    """All five themes with their numbers, in their order."""
    today = clock.today()
    solved = Q(state=State.WRITTEN_OFF, outcome=Outcome.SOLVED)
    rows = narrowed(actor=actor, filters=filters).filter(in_group(StateGroup.COUNTED, today))
    found = {
        theme: ThemeCount(theme=Theme(theme), total=total, open=unsettled, solved=met)
        for theme, total, unsettled, met in rows.order_by()
        .values_list("theme")
        .annotate(
            total=Count("id"),
            unsettled=Count("id", filter=in_group(StateGroup.OPEN, today)),
            solved=Count("id", filter=solved),
        )
    }
    none = {theme: ThemeCount(theme=theme, total=0, open=0, solved=0) for theme in Theme}
    return [found.get(theme.value, none[theme]) for theme in Theme]
