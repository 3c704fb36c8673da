import re
from collections import Counter
from datetime import date

import pytest

from bianfang.demo.people import DemoHousehold, DemoResident, build_households
from bianfang.demo.proposers import age_on
from bianfang.demo.timeline import Timeline

Households = tuple[DemoHousehold, ...]

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
DISABILITY = re.compile("(肢体|听力|视力|精神|智力|言语|多重)[一二三四]级")


def people_of(households: Households) -> list[DemoResident]:
    return [resident for household in households for resident in household.residents]


def story(households: Households, name: str) -> DemoHousehold:
    (household,) = [household for household in households if household.story == name]
    return household


def test_households_are_as_many_as_the_founding_text_says(households: Households) -> None:
    counted = Counter(household.status for household in households)
    to_be_visited = counted["resident"] + counted["away"]

    assert len(households) == 13_742
    assert to_be_visited == 12_846
    assert 12_800 < to_be_visited < 12_900
    assert counted["vacant"] == 896


def test_persons_are_about_thirty_nine_thousand(households: Households) -> None:
    assert 38_000 <= len(people_of(households)) <= 40_000


def test_every_hamlet_is_inhabited(households: Households) -> None:
    counted = Counter(household.hamlet_key for household in households)

    assert len(counted) == 114
    assert min(counted.values()) >= 38
    assert max(counted.values()) < 450


def test_household_numbers_and_doors_are_unique(households: Households) -> None:
    numbers = {household.number for household in households}
    doors = {(household.hamlet_key, household.door) for household in households}

    assert len(numbers) == len(doors) == len(households)
    assert all(re.fullmatch(r"[0-9]{10}", number) for number in numbers)


def test_identity_numbers_are_valid_unique_and_of_no_real_county(households: Households) -> None:
    people = people_of(households)

    assert len({person.id_number for person in people}) == len(people)
    for person in people:
        digits = person.id_number
        total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
        assert digits[17] == "10X98765432"[total % 11]
        assert digits[:6] == "999999"
        assert digits[6:14] == f"{person.birth_date:%Y%m%d}"
        assert (int(digits[16]) % 2 == 1) == (person.sex == "男")


def test_telephones_are_invented_and_no_staff_number(households: Households) -> None:
    phones = [person.phone for person in people_of(households) if person.phone]

    assert all(re.fullmatch(r"1000000[0-9]{4}", phone) for phone in phones)
    assert min(phones) >= "10000000300"
    assert len(set(phones)) < len(phones)


def test_a_number_is_shared_only_where_the_remark_says_so(households: Households) -> None:
    own = [
        person.phone
        for person in people_of(households)
        if person.phone and person.remark != "电话为亲属手机"
    ]

    assert len(set(own)) == len(own)


def test_whoever_is_away_can_be_called_and_says_where(households: Households) -> None:
    for household in households:
        if household.status == "away":
            assert any(person.phone for person in household.residents)
            assert any(person.away_place for person in household.residents)


def test_ages_fit_the_day_of_the_roll(households: Households, timeline: Timeline) -> None:
    ages = [age_on(person, timeline.roll_date) for person in people_of(households)]

    assert min(ages) == 0
    assert 90 <= max(ages) <= 104
    assert 0.12 < sum(age < 15 for age in ages) / len(ages) < 0.22
    assert 0.20 < sum(age >= 60 for age in ages) / len(ages) < 0.32
    assert all(age_on(household.head, timeline.roll_date) >= 23 for household in households)


def test_children_are_younger_than_their_parents(
    households: Households, timeline: Timeline
) -> None:
    for household in households:
        head_age = age_on(household.head, timeline.roll_date)
        for person in household.residents[1:]:
            age = age_on(person, timeline.roll_date)
            if person.relation in {"子", "女"}:
                assert head_age - age >= 18
            elif person.relation in {"父亲", "母亲", "岳母"}:
                assert age - head_age >= 18


def test_heads_come_first_and_names_differ_within_a_household(households: Households) -> None:
    for household in households:
        relations = [person.relation for person in household.residents]
        names = [person.name for person in household.residents]
        assert relations[0] == "户主"
        assert relations.count("户主") == 1
        assert relations.count("配偶") <= 1
        assert len(set(names)) == len(names)


def test_families_are_of_all_kinds(households: Households) -> None:
    relations = {person.relation for person in people_of(households)}
    sizes = Counter(len(household.residents) for household in households)

    assert relations >= {"儿媳", "女婿", "孙子", "外孙女", "父亲", "祖母", "岳母", "弟", "侄女"}
    assert set(range(1, 8)) <= set(sizes)


def test_names_include_rare_compound_and_dotted_ones(households: Households) -> None:
    names = [person.name for person in people_of(households)]

    assert sum("·" in name for name in names) == 5
    assert any(name.startswith("皇甫") for name in names)
    assert any(name.startswith("欧阳") for name in names)
    assert any(ord(character) > 0xFFFF for name in names for character in name)


def test_the_clans_of_a_village_are_its_most_frequent_surnames(households: Households) -> None:
    heads = Counter(
        household.head.name[0] for household in households if household.village == "李家沟村"
    )

    assert heads.most_common(1)[0][0] == "李"
    assert heads["董"] > 10


def test_aid_is_either_dibao_or_tekun_and_goes_to_who_lives_here(households: Households) -> None:
    aided = [
        (household, person)
        for household in households
        for person in household.residents
        if person.is_dibao or person.is_tekun
    ]

    assert all(household.status == "resident" for household, _ in aided)
    assert not any(person.is_dibao and person.is_tekun for _, person in aided)
    assert sum(person.is_tekun for _, person in aided) == 57
    assert 700 < sum(person.is_dibao for _, person in aided) < 1000


def test_disabilities_name_kind_and_degree(households: Households) -> None:
    named = [person.disability for person in people_of(households) if person.disability]

    assert 800 < len(named) < 1300
    assert all(DISABILITY.fullmatch(text) for text in named)


def test_the_qin_household_is_as_the_founding_text_tells(
    households: Households, timeline: Timeline
) -> None:
    qin = story(households, "qin")
    father, mother, daughter = qin.residents

    assert (qin.village, qin.status) == ("寨里村", "resident")
    assert father.disability == "肢体一级"
    assert mother.disability == "精神二级"
    assert all(person.is_dibao for person in qin.residents)
    assert {person.name[0] for person in (father, daughter)} == {"秦"}
    for day in (timeline.roll_date, timeline.as_of):
        assert age_on(daughter, day) == 9


def test_the_dong_household_and_its_neighbour_live_in_lijiagou(households: Households) -> None:
    dong = story(households, "dong")
    neighbour = story(households, "dong_neighbour")

    assert dong.head.name[0] == "董"
    assert {dong.village, neighbour.village} == {"李家沟村"}
    assert dong.hamlet_key == neighbour.hamlet_key


def test_the_same_seed_and_day_give_the_same_people(
    households: Households, timeline: Timeline
) -> None:
    assert build_households(as_of=timeline.roll_date) == households


@pytest.mark.parametrize("as_of", [date(2024, 2, 29), date(2030, 1, 1)])
def test_on_another_day_the_counts_stay_and_the_ages_move_along(
    households: Households, timeline: Timeline, as_of: date
) -> None:
    moved = build_households(as_of=as_of)

    assert len(moved) == len(households)
    assert [household.status for household in moved] == [
        household.status for household in households
    ]
    days = (timeline.roll_date - households[0].head.birth_date).days
    assert (as_of - moved[0].head.birth_date).days == days


def test_another_seed_gives_other_people_and_the_same_counts(households: Households) -> None:
    other = build_households(as_of=date(2026, 3, 31), seed=7)

    assert Counter(household.status for household in other) == Counter(
        household.status for household in households
    )
    assert other[0].residents != households[0].residents
