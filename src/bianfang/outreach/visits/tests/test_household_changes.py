import pytest
from django.db import transaction

from bianfang.kernel.errors import FieldError, NotAllowedError
from bianfang.kernel.ids import new_id
from bianfang.outreach.visits.actions import recording
from bianfang.outreach.visits.actions.inputs import HouseholdChanges
from bianfang.outreach.visits.enums import VisitOutcome
from bianfang.outreach.visits.models import RoundChange, Visit
from bianfang.outreach.visits.tests.factories import Going, meet, target_of, told
from bianfang.register.households.actions.residents import ResidentInput, add_resident
from bianfang.register.households.enums import ContactTime, LivingStatus
from bianfang.register.households.models import Resident

PHONE = "10000001234"


@pytest.fixture
def people(going: Going) -> dict[str, Resident]:
    household = going.households["1001"]
    return {
        name: add_resident(
            actor=going.town.system,
            household_id=household.id,
            person=ResidentInput(name=name, relation=relation, note="原注"),
        )
        for name, relation in (("张三", "02"), ("李四", "10"))
    }


def test_contact_time_and_door_go_to_the_register(going: Going) -> None:
    meet(going, changes=HouseholdChanges(contact_time=ContactTime.EVENING))
    meet(going, changes=HouseholdChanges(door="东头第三户"))

    household = going.households["1001"]
    household.refresh_from_db()
    assert (household.contact_time, household.door) == ("evening", "东头第三户")


def test_the_phone_goes_to_the_head_or_to_the_person_named(
    going: Going, people: dict[str, Resident]
) -> None:
    meet(going, changes=HouseholdChanges(phone=PHONE))
    meet(going, changes=HouseholdChanges(phone="", resident_id=people["李四"].id))

    for person in people.values():
        person.refresh_from_db()
    assert (people["张三"].phone, people["张三"].note) == (PHONE, "原注")
    assert people["李四"].phone == ""


def test_a_phone_of_nobody_in_the_household_is_refused(going: Going) -> None:
    with pytest.raises(FieldError) as refused, transaction.atomic():
        meet(going, changes=HouseholdChanges(phone=PHONE))

    assert refused.value.field == "phone"
    assert not Visit.objects.in_town(going.id).exists()


def test_whoever_turns_out_to_live_there_joins_the_round_and_is_visited(going: Going) -> None:
    visit = meet(going, "1004", changes=HouseholdChanges(living_status=LivingStatus.RESIDENT))

    target = target_of(going, "1004")
    assert (visit.target, target.in_denominator, target.outcome) == (target, False, "met")
    assert RoundChange.objects.in_town(going.id).get().kind == "joined"


def test_whoever_moved_away_is_settled_by_the_visit(going: Going) -> None:
    meet(
        going,
        outcome=VisitOutcome.MOVED,
        changes=HouseholdChanges(living_status=LivingStatus.VACANT, status_reason="搬到县城"),
    )

    assert target_of(going, "1001").outcome == "moved"
    household = going.households["1001"]
    household.refresh_from_db()
    assert (household.living_status, household.status_reason) == ("vacant", "搬到县城")


def test_a_wrong_change_refuses_the_whole_visit(going: Going) -> None:
    with pytest.raises(FieldError), transaction.atomic():
        meet(going, changes=HouseholdChanges(living_status=LivingStatus.VACANT))

    assert not Visit.objects.in_town(going.id).exists()
    assert target_of(going, "1001").outcome == "open"


def test_whoever_may_not_edit_the_register_changes_nothing(going: Going) -> None:
    line = told(going, changes=HouseholdChanges(contact_time=ContactTime.EVENING))

    with pytest.raises(NotAllowedError), transaction.atomic():
        recording.record_visit(actor=going.town.actors["leader"], visit=line)

    assert not Visit.objects.in_town(going.id).exists()


def test_a_repeat_changes_nothing_again(going: Going) -> None:
    words = {"visit_id": new_id(), "changes": HouseholdChanges(contact_time=ContactTime.EVENING)}
    meet(going, **words)
    household = going.households["1001"]
    household.refresh_from_db()

    again = meet(going, **words)

    version = household.version
    household.refresh_from_db()
    assert (again.is_repeat, household.version) == (True, version)


def test_bulk_lines_with_changes_stand_or_fall_alone(going: Going) -> None:
    good = HouseholdChanges(living_status=LivingStatus.AWAY)
    bad = HouseholdChanges(living_status=LivingStatus.VACANT)
    lines = [
        told(going, "1001", changes=bad),
        told(going, "1003", changes=good),
        told(going, "2001"),
    ]

    results = recording.bulk_record_visits(actor=going.clerk, visits=lines)

    assert [list(result.errors) for result in results] == [["status_reason"], [], []]
    assert Visit.objects.in_town(going.id).count() == 2
    assert [target_of(going, number).outcome for number in ("1001", "1003", "2001")] == [
        "open",
        "met",
        "met",
    ]
