from datetime import date

import pytest

from bianfang.kernel import events
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.actions import rounds
from bianfang.outreach.visits.enums import VisitOutcome
from bianfang.outreach.visits.errors import HouseholdsLeftError
from bianfang.outreach.visits.models import RoundChange, Target
from bianfang.outreach.visits.queries import rounds as queries
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going, meet, target_of
from bianfang.register.households.actions.households import end_household, set_living_status
from bianfang.register.households.enums import HouseholdEnd, LivingStatus
from bianfang.register.households.events import ChangeKind, HouseholdChanged


def set_status(going: Going, number: str, status: LivingStatus, reason: str = "") -> None:
    set_living_status(
        actor=going.town.system,
        household_id=going.households[number].id,
        status=status,
        reason=reason,
    )


def leave(going: Going, number: str, on: date = TODAY) -> None:
    end_household(
        actor=going.town.system,
        household_id=going.households[number].id,
        reason=HouseholdEnd.MOVED_OUT,
        on=on,
    )


def kinds(going: Going) -> list[str]:
    return [
        change.kind for change in queries.list_round_changes(actor=going.clerk, round=going.round)
    ]


def test_who_joins_is_to_be_visited_outside_the_denominator(going: Going) -> None:
    household = towns.make_household(going.town, "下庄", "2002")

    target = Target.objects.in_town(going.id).get(household=household)
    assert (target.in_denominator, target.outcome) == (False, "open")
    assert target.area_path == household.area_path
    assert kinds(going) == ["joined"]
    going.round.refresh_from_db()
    assert going.round.target_count == 5


def test_a_round_is_not_finished_before_who_joined_was_visited(going: Going) -> None:
    for number in factories.COUNTED:
        meet(going, number)
    towns.make_household(going.town, "下庄", "2002")

    with pytest.raises(HouseholdsLeftError):
        rounds.finish_round(actor=going.clerk, round_id=going.round.id)


def test_who_leaves_while_open_is_settled_as_having_left(going: Going) -> None:
    leave(going, "1001")

    target = target_of(going, "1001")
    assert (target.outcome, target.in_denominator) == ("left", True)
    assert target.settled_at is not None
    assert kinds(going) == ["left"]


def test_who_was_met_and_leaves_stays_met(going: Going) -> None:
    meet(going)

    leave(going, "1001")

    assert target_of(going, "1001").outcome == "met"
    assert kinds(going) == ["left"]


def test_a_house_that_falls_vacant_leaves_and_whoever_comes_back_is_open_again(
    going: Going,
) -> None:
    meet(going, outcome=VisitOutcome.CLOSED_DOOR)
    set_status(going, "1001", LivingStatus.VACANT, "外出未归")
    assert target_of(going, "1001").outcome == "left"

    set_status(going, "1001", LivingStatus.RESIDENT)

    target = target_of(going, "1001")
    assert (target.outcome, target.settled_at, target.attempts) == ("open", None, 1)
    assert (target.in_denominator, kinds(going)) == (True, ["joined", "left"])


def test_another_status_is_recorded_and_changes_nothing(going: Going) -> None:
    set_status(going, "1001", LivingStatus.AWAY)

    change = RoundChange.objects.in_town(going.id).get()
    assert (change.kind, change.note) == ("status", "resident → away")
    target = target_of(going, "1001")
    assert (target.outcome, target.living_status) == ("open", "resident")


def test_moving_within_the_town_keeps_the_place_of_the_start(going: Going) -> None:
    household = going.households["1001"]
    household.hamlet = going.town.areas["下庄"]
    household.area_path = going.town.areas["下庄"].path
    household.save(update_fields=["hamlet", "area_path"])

    events.emit(
        HouseholdChanged(
            actor=going.clerk,
            town_id=going.id,
            household_id=household.id,
            kind=ChangeKind.MOVED,
        )
    )

    assert kinds(going) == ["moved"]
    assert target_of(going, "1001").area_path == going.town.areas["上庄"].path


def test_a_status_of_a_household_outside_the_round_makes_no_target(going: Going) -> None:
    set_status(going, "1004", LivingStatus.UNKNOWN)

    assert kinds(going) == ["status"]
    assert not Target.objects.in_town(going.id).filter(household=going.households["1004"]).exists()


def test_without_a_round_nothing_is_recorded(db: None) -> None:
    ready = factories.make_ready()

    set_status(ready, "1001", LivingStatus.AWAY)

    assert not RoundChange.objects.in_town(ready.id).exists()


def test_changes_are_seen_in_ones_own_area_only(going: Going) -> None:
    leave(going, "1001")

    far = going.town.actors["far_secretary"]
    assert not queries.list_round_changes(actor=far, round=going.round)
    (change,) = queries.list_round_changes(actor=going.secretary, round=going.round)
    assert change.household.number == "1001"
