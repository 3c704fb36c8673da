from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.outreach.demands.enums import Outcome, StateGroup, Theme
from bianfang.outreach.demands.queries import counts, lists
from bianfang.outreach.demands.queries.counts import ThemeCount
from bianfang.outreach.demands.queries.lists import DemandFilter
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.demands.workflow import DemandState as State


def test_by_state_every_state_has_its_number_whatever_group_is_chosen(town: SmallTown) -> None:
    for make in factories.IN_STATE.values():
        make(town)
    filters = DemandFilter(group=StateGroup.OPEN)

    with CaptureQueriesContext(connection) as captured:
        found = counts.count_by_state(actor=town.clerk, filters=filters)

    assert len(captured) == 1
    assert set(found) == set(State)
    # The merged one brought the one it was merged into.
    assert found[State.REGISTERED] == 2
    assert {number for state, number in found.items() if state is not State.REGISTERED} == {1}


def test_by_theme_all_five_are_named_and_the_declined_do_not_count(town: SmallTown) -> None:
    factories.registered(town)
    factories.declined(town)
    factories.written_off(town)
    factories.written_off(town, Outcome.EXPLAINED, category_id=town.other_category.id)

    with CaptureQueriesContext(connection) as captured:
        found = counts.count_by_theme(actor=town.clerk, filters=lists.EVERY_DEMAND)

    assert len(captured) == 1
    assert [each.theme for each in found] == list(Theme)
    by_theme = {each.theme: each for each in found}
    assert by_theme[Theme.PROJECTS] == ThemeCount(theme=Theme.PROJECTS, total=2, open=1, solved=1)
    assert by_theme[Theme.ASSISTANCE] == ThemeCount(
        theme=Theme.ASSISTANCE, total=1, open=0, solved=0
    )
    assert by_theme[Theme.PETITIONS].total == 0
