from datetime import date

import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import intake
from bianfang.outreach.demands.actions.inputs import UrgentInput
from bianfang.outreach.demands.enums import Route, Verb
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, words
from bianfang.outreach.demands.workflow import DemandState as State
from bianfang.register.people.models import Post


def raised(town: SmallTown, *, days: int = 1, by: str = "leader", **changes: object) -> Demand:
    given = UrgentInput(demand=words(town, **changes), measures="先断电", days=days)
    return factories.fresh(intake.register_urgent(actor=town.actors[by], demand=given))


def entry_of(demand: Demand) -> Entry:
    found = Entry.objects.about(town_id=demand.town_id, kind="demand", target_id=demand.id)
    [entry] = list(found)
    assert isinstance(entry, Entry)
    return entry


def test_an_urgent_demand_is_with_the_unit_of_its_category_at_once(town: SmallTown) -> None:
    demand = raised(town)

    assert demand.urgent
    assert demand.state == State.HANDLING
    assert demand.route == Route.TIMED
    assert demand.unit_id == town.units["roads"].id
    assert demand.owner_id == town.staff["roads_handler"].id
    assert demand.measures == "先断电"
    assert demand.due_on == demand.first_due_on == date(2026, 11, 17)
    assert entry_of(demand).verb == Verb.RAISED_URGENT
    assert entry_of(demand).facts["owner"] == town.staff["roads_handler"].name


def test_with_no_days_it_is_due_the_same_day(town: SmallTown) -> None:
    assert raised(town, days=0).due_on == MONDAY


def test_where_nobody_serves_in_the_unit_it_waits_marked(town: SmallTown) -> None:
    Post.objects.in_town(town.town.id).filter(staff=town.staff["roads_handler"]).update(
        valid_to=date(2026, 11, 1)
    )

    demand = raised(town)

    assert demand.urgent
    assert demand.state == State.REGISTERED
    assert demand.unit_id == town.units["roads"].id
    assert demand.owner_id is None
    assert entry_of(demand).facts == {"source": demand.source, "urgent": True}


def test_a_category_without_a_unit_leaves_it_to_be_accepted(town: SmallTown) -> None:
    demand = raised(town, category_id=town.other_category.id)

    assert demand.urgent
    assert demand.state == State.REGISTERED
    assert demand.unit_id is None


def test_whoever_may_not_register_there_raises_nothing(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        raised(
            town,
            by="far_secretary",
            household_id=None,
            area_id=town.place.upper.id,
            proposer_name="董大山",
        )


def test_other_demands_are_not_urgent_unless_they_say_so(town: SmallTown) -> None:
    assert not factories.fresh(factories.registered(town)).urgent
    assert factories.fresh(factories.on_site(town, urgent=True)).urgent
