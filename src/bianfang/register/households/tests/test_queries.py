from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.register.households import queries
from bianfang.register.households.actions import facts, households, residents
from bianfang.register.households.enums import (
    FactKind,
    FactSource,
    HouseholdEnd,
    LivingStatus,
    Priority,
    ResidentEnd,
    YesNo,
)
from bianfang.register.households.models import Household
from bianfang.register.households.queries import HouseholdFilter
from bianfang.register.households.tests.factories import SON, Village, id_number, make_village
from bianfang.register.people.tests.factories import TODAY

pytestmark = pytest.mark.django_db


def listed(village: Village, actor: Actor | None = None, **wanted: Any) -> list[str]:
    rows = queries.list_households(actor=actor or village.worker, filters=HouseholdFilter(**wanted))
    return [home.number for home in rows]


def test_a_household_is_found_with_its_hamlet_in_scope_only(
    village: Village, django_assert_num_queries: Callable[[int], Any]
) -> None:
    home = village.home()

    with django_assert_num_queries(1):
        found = queries.get_household(actor=village.leader, household_id=home.id)
        assert found.hamlet.name == "上庄"
    for actor in (village.far_worker, village.office.admin, make_village("second").system):
        for read in (queries.get_household, queries.get_household_for_update):
            with pytest.raises(NotFoundError):
                read(actor=actor, household_id=home.id)
    with pytest.raises(NotFoundError):
        queries.get_household(actor=village.worker, household_id=new_id())


def test_a_household_is_found_by_number_while_it_is_on_the_register(village: Village) -> None:
    home = village.home()

    assert queries.find_household(actor=village.worker, number=" 0101010001 ") == home
    assert queries.find_household(actor=village.far_worker, number="0101010001") is None
    households.end_household(
        actor=village.worker, household_id=home.id, reason=HouseholdEnd.NOBODY_LEFT, on=TODAY
    )
    assert queries.find_household(actor=village.worker, number="0101010001") is None


def test_a_person_is_found_in_scope_only(village: Village) -> None:
    person = village.person(village.home(), "秦某某", id_number=id_number())

    assert queries.get_resident(actor=village.leader, resident_id=person.id) == person
    with pytest.raises(NotFoundError):
        queries.get_resident(actor=village.far_worker, resident_id=person.id)
    find = queries.find_resident_by_id_number
    assert find(actor=village.leader, id_number=f" {id_number()} ") == person
    assert find(actor=village.far_worker, id_number=id_number()) is None
    assert find(actor=village.leader, id_number=id_number(serial=3)) is None
    assert find(actor=village.leader, id_number="12345") is None
    residents.end_resident(
        actor=village.worker, resident_id=person.id, reason=ResidentEnd.DIED, on=TODAY
    )
    assert find(actor=village.leader, id_number=id_number()) is None


def test_households_are_listed_by_place_and_number_within_ones_reach(village: Village) -> None:
    for number, hamlet in (("3", "下庄"), ("2", "上庄"), ("1", "上庄"), ("0", "远庄")):
        village.home(number, hamlet)

    assert listed(village, village.leader) == ["1", "2", "3", "0"]
    assert listed(village) == ["1", "2"]
    assert listed(village, village.far_worker) == ["0"]
    assert listed(village, village.office.admin) == []
    assert listed(village, village.leader, reach=village.office["北社区"].reach) == ["1", "2", "3"]
    assert listed(village, reach=village.office["远村"].reach) == []


def test_a_list_reads_the_hamlets_with_the_rows(
    village: Village, django_assert_num_queries: Callable[[int], Any]
) -> None:
    for number in range(5):
        village.home(str(number))

    with django_assert_num_queries(1):
        rows = queries.list_households(actor=village.worker, filters=HouseholdFilter())
        assert {home.hamlet.name for home in rows} == {"上庄"}


def test_households_are_narrowed_by_status_priority_and_end(village: Village) -> None:
    village.home("1", living_status=LivingStatus.RESIDENT)
    village.home("2", living_status=LivingStatus.AWAY)
    village.home("3", living_status=LivingStatus.VACANT, status_reason="迁居县城")
    village.home("4", living_status=LivingStatus.UNKNOWN)
    gone = village.home("5")
    households.end_household(
        actor=village.worker, household_id=gone.id, reason=HouseholdEnd.NOBODY_LEFT, on=TODAY
    )
    Household.objects.in_town(gone.town_id).filter(number="2").update(priority=Priority.CARE)

    assert listed(village) == ["1", "2", "3", "4"]
    assert listed(village, living_status="counted") == ["1", "2"]
    assert listed(village, living_status=LivingStatus.VACANT) == ["3"]
    assert listed(village, priority=Priority.CARE) == ["2"]
    assert listed(village, is_ended=True) == ["5"]
    assert queries.count_by_status(actor=village.worker) == {
        LivingStatus.RESIDENT: 1,
        LivingStatus.AWAY: 1,
        LivingStatus.VACANT: 1,
        LivingStatus.UNKNOWN: 1,
    }
    assert queries.count_by_status(actor=village.far_worker) == {}


def test_statuses_are_counted_in_a_part_of_the_reach(village: Village) -> None:
    village.home("1", "上庄")
    village.home("2", "远庄")

    part = village.office["南社区"].reach
    assert queries.count_by_status(actor=village.leader, reach=part) == {"resident": 1}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("0101010", ["0101010001", "0101010002"]),
        ("0101010002", ["0101010002"]),
        ("3巷12号", ["0101010001"]),
        ("12号", ["0101010001"]),
        ("秦", ["0101010001"]),
        ("小河", ["0101010002"]),
        ("欧阳大山", ["0101010002"]),
        ("长生", ["0101010001"]),
        ("qin", ["0101010001"]),
        ("QGL", ["0101010001"]),
        ("gl", ["0101010001"]),
        ("gy", ["0101010001"]),
        ("oyxh", ["0101010002"]),
        ("ouyang", ["0101010002"]),
        (" 10000001234 ", ["0101010002"]),
        ("100-0000-1234", ["0101010002"]),
        (id_number(), ["0101010001"]),
        (id_number().lower(), ["0101010001"]),
        ("1000000123", []),
        ("山", ["0101010002"]),
        ("没有", []),
        ("xyz", []),
        ("  ", ["0101010001", "0101010002"]),
        ("%", []),
    ],
)
def test_a_household_is_searched_by_what_people_know_of_it(
    village: Village, text: str, found: list[str]
) -> None:
    one, two = village.home("0101010001", door="3巷12号"), village.home("0101010002")
    village.person(one, "秦广林", id_number=id_number())
    village.person(one, "曾长生", SON)
    village.person(one, "盖乐", SON)
    village.person(two, "欧阳大山")
    village.person(two, "欧阳小河", SON, phone="10000001234")
    gone = village.person(two, "秦广林", SON)
    residents.end_resident(
        actor=village.worker, resident_id=gone.id, reason=ResidentEnd.DIED, on=TODAY
    )

    assert listed(village, text=text) == found


def test_a_household_number_that_reads_like_a_phone_is_found_as_a_number(
    village: Village,
) -> None:
    village.home("0102030004")
    village.person(village.home("2"), "秦某某", phone="010-2030004")

    assert listed(village, text="0102030004") == ["0102030004", "2"]


def test_a_search_finds_nothing_outside_of_ones_reach(village: Village) -> None:
    other = make_village("second")
    for place in (village, other):
        person = {"id_number": id_number(), "phone": "10000001234"}
        place.person(place.home(hamlet="远庄"), "秦某某", **person)

    for text in ("秦某某", "qmm", id_number(), "10000001234", "0101010001"):
        assert listed(village, text=text) == []
        assert listed(village, village.leader, text=text) == ["0101010001"]


def test_people_are_listed_in_order_and_those_who_left_behind(village: Village) -> None:
    home = village.home()
    people = [village.person(home, name, SON) for name in ("一", "二", "三")]
    residents.end_resident(
        actor=village.worker, resident_id=people[0].id, reason=ResidentEnd.DIED, on=TODAY
    )

    rows = queries.list_residents(actor=village.worker, household=home)
    assert [person.name for person in rows] == ["二", "三", "一"]
    members = queries.list_members(town_id=home.town_id, household_id=home.id)
    assert [person.name for person in members] == ["二", "三"]
    assert not queries.list_residents(actor=village.far_worker, household=home).exists()


def test_statements_are_listed_the_latest_first(village: Village) -> None:
    person = village.person(village.home(), "秦某某")
    for day in (date(2026, 1, 5), date(2026, 2, 5), date(2026, 1, 15)):
        facts.state_fact(
            actor=village.worker,
            resident_id=person.id,
            kind=FactKind.DIBAO,
            value=YesNo.YES,
            source=FactSource.DESK,
            as_of=day,
        )

    rows = queries.list_facts(actor=village.worker, resident_ids=[person.id])
    assert [fact.as_of.day for fact in rows] == [5, 15, 5]
    assert not queries.list_facts(actor=village.worker, resident_ids=[]).exists()
    stranger = make_village("second").worker
    assert not queries.list_facts(actor=stranger, resident_ids=[person.id]).exists()


def test_whether_anybody_lives_in_a_hamlet(village: Village) -> None:
    home = village.home()

    def has(name: str) -> bool:
        town_id, hamlet = village.office.town_id, village.office[name]
        return queries.has_households(town_id=town_id, hamlet_id=hamlet.id)

    assert has("上庄")
    assert not has("下庄")
    households.end_household(
        actor=village.worker, household_id=home.id, reason=HouseholdEnd.NOBODY_LEFT, on=TODAY
    )
    assert not has("上庄")
