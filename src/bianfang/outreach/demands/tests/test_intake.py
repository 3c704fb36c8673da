from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import BinaryField
from django.db.models.functions import Cast
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.actions import intake
from bianfang.outreach.demands.enums import Outcome, ReplyMode, Route, Source, Verb
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown, words
from bianfang.outreach.demands.workflow import DemandState as State


def entries_of(demand: Demand) -> list[Entry]:
    found = Entry.objects.about(town_id=demand.town_id, kind="demand", target_id=demand.id)
    return list(found)


def test_register_gives_number_place_and_proposer_from_the_register(town: SmallTown) -> None:
    demand = intake.register(actor=town.clerk, demand=words(town))

    stored = factories.fresh(demand)
    assert stored.number == "2026-00001"
    assert stored.state == State.REGISTERED
    assert stored.proposer_name == "董大山"
    assert stored.area_id == town.place.upper_hamlet.id
    assert stored.area_path == town.place.upper_hamlet.path
    assert stored.theme == town.category.theme
    assert stored.registered_by_id == town.staff["clerk"].id
    assert stored.registered_on == MONDAY
    assert stored.round_id is None
    [entry] = entries_of(stored)
    assert entry.verb == Verb.REGISTERED
    assert entry.facts == {"source": "walk_in"}


def test_numbers_run_by_town_and_year(town: SmallTown) -> None:
    other = factories.make_town("second", code="0002")

    first = [factories.registered(town).number, factories.registered(town).number]
    with clock.at(factories.morning(MONDAY + timedelta(days=60))):
        next_year = factories.registered(town).number

    assert first == ["2026-00001", "2026-00002"]
    assert next_year == "2027-00001"
    assert factories.registered(other).number == "2026-00001"


def test_a_repeated_sending_stores_nothing_twice(town: SmallTown) -> None:
    said = words(town, demand_id=factories.some_id())

    first = intake.register(actor=town.clerk, demand=said)
    again = intake.register(actor=town.clerk, demand=said)

    assert again.id == first.id
    assert again.number == first.number
    assert Demand.objects.in_town(town.town.id).count() == 1


def test_somebody_elses_id_is_not_found(town: SmallTown) -> None:
    said = words(town, demand_id=factories.some_id())
    intake.register(actor=town.clerk, demand=said)

    with pytest.raises(NotFoundError):
        intake.register(actor=town.secretary, demand=said)


def test_a_member_of_the_household_is_the_proposer(town: SmallTown) -> None:
    member = factories.make_resident(town.household, "董小妹")
    stranger = factories.make_resident(town.neighbour, "欧阳江")

    demand = intake.register(actor=town.clerk, demand=words(town, resident_id=member.id))

    assert demand.proposer_name == "董小妹"
    assert demand.resident_id == member.id
    with pytest.raises(FieldErrors) as refused:
        intake.register(actor=town.clerk, demand=words(town, resident_id=stranger.id))
    assert set(refused.value.errors) == {"proposer_name"}


def test_without_a_household_place_and_proposer_are_asked_for(town: SmallTown) -> None:
    bare = words(town, household_id=None)

    with pytest.raises(FieldErrors) as refused:
        intake.register(actor=town.clerk, demand=bare)

    assert set(refused.value.errors) == {"place", "proposer_name"}
    demand = intake.register(
        actor=town.clerk,
        demand=replace(bare, area_id=town.place.lower.id, proposer_name=" 路过群众 "),
    )
    assert demand.area_path == town.place.lower.path
    assert demand.proposer_name == "路过群众"


def test_every_wrong_field_is_named_at_once(town: SmallTown) -> None:
    said = words(
        town,
        content="  ",
        category_id=None,
        proposer_name="长" * 61,
        said_at=factories.morning(MONDAY + timedelta(days=1)),
    )

    with pytest.raises(FieldErrors) as refused:
        intake.register(actor=town.clerk, demand=said)

    assert set(refused.value.errors) == {"content", "category", "proposer_name", "said_at"}


def test_phone_is_stored_sealed_and_checked(town: SmallTown) -> None:
    demand = intake.register(actor=town.clerk, demand=words(town, proposer_phone="10000001234"))

    sealed = Cast("proposer_phone", output_field=BinaryField())
    [content] = Demand.objects.in_town(town.town.id).order_by("id").values_list(sealed, flat=True)
    assert b"10000001234" not in bytes(content)
    assert factories.fresh(demand).proposer_phone == "10000001234"
    with pytest.raises(FieldErrors) as refused:
        intake.register(actor=town.clerk, demand=words(town, proposer_phone="12"))
    assert set(refused.value.errors) == {"proposer_phone"}


def test_an_invented_phone_is_refused_outside_the_demonstration(town: SmallTown) -> None:
    town.town.is_demo = False
    town.town.save()

    with pytest.raises(FieldErrors):
        intake.register(actor=town.clerk, demand=words(town, proposer_phone="10000001234"))


def test_registering_for_another_village_is_out_of_scope(town: SmallTown) -> None:
    with pytest.raises(NotFoundError):
        intake.register(
            actor=town.secretary, demand=words(town, household_id=town.far_household.id)
        )
    far = words(town, household_id=None, area_id=town.place.far.id, proposer_name="秦远")
    with pytest.raises(NotAllowedError):
        intake.register(actor=town.secretary, demand=far)
    assert Demand.objects.in_town(town.town.id).count() == 0


def test_on_the_spot_is_closed_the_same_day_and_waits_for_a_second_person(
    town: SmallTown,
) -> None:
    demand = factories.fresh(factories.on_site(town))

    assert demand.state == State.AWAITING_REVIEW
    assert demand.route == Route.ONSITE
    assert demand.handling_days == 0
    assert demand.closed_on == demand.due_on == demand.first_due_on == MONDAY
    assert demand.measures == demand.result == "换了灯泡"
    assert demand.owner_id == demand.handled_by_id == town.staff["secretary"].id
    assert demand.replied_on == MONDAY
    [entry] = entries_of(demand)
    assert entry.verb == Verb.SOLVED_ON_SITE
    assert entry.facts == {"source": "walk_in", "outcome": "solved", "days": 0}


def test_on_the_spot_keeps_what_was_said_of_measures_and_unit(town: SmallTown) -> None:
    demand = intake.register_solved(
        actor=town.secretary,
        demand=words(town),
        result="换了灯泡",
        reply="当面告知",
        measures="带工具上门",
        outcome=Outcome.TRANSFERRED,
        transferred_to="供电所",
        unit_id=town.units["civil"].id,
    )

    assert demand.measures == "带工具上门"
    assert demand.transferred_to == "供电所"
    assert demand.unit_id == town.units["civil"].id


def test_on_the_spot_without_result_or_reply_is_refused_by_name(town: SmallTown) -> None:
    with pytest.raises(FieldErrors) as refused:
        intake.register_solved(
            actor=town.secretary,
            demand=words(town, content=""),
            result="",
            reply=" ",
            outcome=None,
            reply_mode=None,
        )

    expected = {"content", "result", "reply", "outcome", "reply_mode"}
    assert set(refused.value.errors) == expected


def test_a_demand_of_last_week_counts_from_last_week(town: SmallTown) -> None:
    said_at = factories.morning(MONDAY - timedelta(days=7))

    demand = intake.register_solved(
        actor=town.secretary,
        demand=words(town, said_at=said_at),
        result="换了灯泡",
        reply="当面告知",
        reply_mode=ReplyMode.IN_PERSON,
    )

    assert demand.registered_on == MONDAY - timedelta(days=7)
    assert demand.handling_days == 0


def test_registering_takes_few_statements_and_the_number_comes_late(town: SmallTown) -> None:
    factories.registered(town)

    with CaptureQueriesContext(connection) as captured:
        intake.register(actor=town.clerk, demand=words(town))

    statements = [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]
    assert len(statements) <= 4
    assert "numbering_series" in statements[-2]
    assert statements[-1].startswith('INSERT INTO "demands_demand"')


def test_sources_are_kept_for_demands_that_came_by_themselves(town: SmallTown) -> None:
    demand = intake.register(actor=town.clerk, demand=words(town, source=Source.HOTLINE))

    assert demand.source == Source.HOTLINE
