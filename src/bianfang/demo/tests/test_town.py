from collections import Counter
from datetime import date

import pytest

from bianfang.demo.staffing import DemoStaff
from bianfang.demo.texts.units import ROLES
from bianfang.demo.town import AreaKind, DemoTown, build_town
from bianfang.kernel.codes.area_codes import AreaLevel, parse_area_code


def test_the_town_has_the_areas_of_the_founding_text(town: DemoTown) -> None:
    counted = Counter(area.kind for area in town.areas)

    assert counted == {"county": 1, "town": 1, "community": 12, "village": 66, "hamlet": 114}
    assert {"李家沟村", "寨里村"} <= {area.zh for area in town.of_kind("village")}


@pytest.mark.parametrize("kind", ["community", "village", "hamlet"])
def test_names_are_unique_on_each_level(town: DemoTown, kind: AreaKind) -> None:
    names = [area.zh for area in town.of_kind(kind)]

    assert len(set(names)) == len(names)


def test_every_area_lies_under_one_that_came_before(town: DemoTown) -> None:
    seen = {""}
    for area in town.areas:
        assert area.parent_key in seen
        seen.add(area.key)


def test_area_codes_are_well_formed_unique_and_of_no_real_county(town: DemoTown) -> None:
    coded = [area for area in town.areas if area.kind != "community"]
    levels = {area.key: parse_area_code(area.code).level for area in coded}

    assert len({area.code for area in coded}) == len(coded)
    assert all(area.code.startswith("999999") for area in coded)
    assert all(levels[area.key] is AreaLevel(area.kind) for area in coded)
    assert all(not area.code for area in town.of_kind("community"))


def test_the_code_of_a_place_lies_within_the_code_of_its_parent(town: DemoTown) -> None:
    by_key = {area.key: area for area in town.areas}
    for hamlet in town.of_kind("hamlet"):
        parent = by_key[hamlet.parent_key]
        assert parse_area_code(hamlet.code).is_within(parse_area_code(parent.code))


def test_every_unit_and_role_has_both_names(town: DemoTown) -> None:
    names = [(unit.zh, unit.en) for unit in town.units] + [(role.zh, role.en) for role in ROLES]

    for zh, en in names:
        assert not zh.isascii()
        assert en.isascii()


def test_staff_have_own_names_users_and_invented_phones(town: DemoTown) -> None:
    for values in (
        [person.username for person in town.staff],
        [person.name for person in town.staff],
        [person.phone for person in town.staff],
    ):
        assert len(set(values)) == len(values)
    assert all(
        person.phone.startswith("10000000") and len(person.phone) == 11 for person in town.staff
    )


def test_every_village_has_one_secretary_and_one_contact_cadre(town: DemoTown) -> None:
    villages = {area.key for area in town.of_kind("village")}
    for role in ("village_secretary", "village_cadre"):
        keys = [key for person in town.of_role(role) for key in person.area_keys]
        assert sorted(keys) == sorted(villages)


def test_some_cadres_have_two_villages(town: DemoTown) -> None:
    cadres = town.of_role("village_cadre")

    assert 45 <= len(cadres) <= 60
    assert Counter(len(cadre.area_keys) for cadre in cadres) == {1: 38, 2: 14}


def test_six_leader_groups_cover_every_community_once(town: DemoTown) -> None:
    keys = [key for group in town.groups for key in group.area_keys]
    members = [name for group in town.groups for name in group.members]

    assert len(town.groups) == 6
    assert sorted(keys) == sorted(area.key for area in town.of_kind("community"))
    assert sorted(members) == sorted(person.username for person in town.of_role("leader"))
    assert 9 <= len(members) <= 11
    assert all(group.members for group in town.groups)


def test_roles_are_held_by_as_many_as_the_story_needs(town: DemoTown) -> None:
    counted = Counter(person.role for person in town.staff)

    assert counted["principal_leader"] == 2
    assert counted["village_secretary"] == 66
    assert counted["town_clerk"] == 2
    assert counted["system_admin"] == 1
    assert counted["data_officer"] == 1
    assert set(counted) == {role.code for role in ROLES}


def test_every_community_has_two_or_three_workers(town: DemoTown) -> None:
    counted = Counter(person.area_keys[0] for person in town.of_role("community_worker"))

    assert len(counted) == 12
    assert set(counted.values()) == {2, 3}


def test_everybody_sits_in_a_unit_and_every_station_has_a_head(town: DemoTown) -> None:
    units = {unit.code: unit for unit in town.units}
    heads = Counter(person.unit for person in town.of_role("unit_head"))
    stations = {unit.code for unit in town.units if unit.kind in {"station", "partner"}}

    assert {person.unit for person in town.staff} <= set(units)
    assert heads == dict.fromkeys(stations, 1)
    assert town.of_unit("livelihood_center")


def test_substitutes_are_other_people_of_the_staff(town: DemoTown) -> None:
    usernames = {person.username for person in town.staff}
    for person in town.staff:
        assert person.substitute != person.username
        assert not person.substitute or person.substitute in usernames
    assert all(_has_substitute(person) for person in town.of_role("village_cadre"))


def test_the_same_seed_gives_the_same_town_and_days_follow_the_day_shown(town: DemoTown) -> None:
    again = build_town(as_of=date(2026, 6, 30))
    later = build_town(as_of=date(2027, 6, 30))
    other = build_town(as_of=date(2026, 6, 30), seed=1)

    assert again == town
    assert [person.name for person in later.staff] == [person.name for person in town.staff]
    assert (later.staff[0].since - town.staff[0].since).days == 365
    assert [person.name for person in other.staff] != [person.name for person in town.staff]


def _has_substitute(person: DemoStaff) -> bool:
    return bool(person.substitute)
