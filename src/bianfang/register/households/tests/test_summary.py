from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.register.households.actions.summary import (
    INITIALS_WIDTH,
    PINYIN_WIDTH,
    all_initials,
    priority_of,
    refresh_summary,
    spell,
)
from bianfang.register.households.enums import Priority, YesNo
from bianfang.register.households.models import Household, Resident

DAY = date(2026, 3, 2)
BIRTHDAY_70, DAY_BEFORE_70 = date(1956, 3, 2), date(1956, 3, 3)
BIRTHDAY_18, DAY_BEFORE_18 = date(2008, 3, 2), date(2008, 3, 3)
ADULT = date(1980, 1, 1)


def person(birth: date | None = ADULT, **changes: Any) -> Resident:
    return Resident(birth_date=birth, **changes)


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ([person(dibao=YesNo.YES)], Priority.HARDSHIP),
        ([person(), person(tekun=YesNo.YES)], Priority.HARDSHIP),
        ([person(dibao=YesNo.YES, disability="肢体一级")], Priority.HARDSHIP),
        ([person(dibao=YesNo.NO, tekun=YesNo.UNKNOWN)], Priority.COMMON),
        ([person(), person(disability="肢体一级")], Priority.CARE),
        ([person(), person(disability="精神二级")], Priority.CARE),
        ([person(disability="视力三级")], Priority.COMMON),
        ([person(disability="视力")], Priority.COMMON),
        ([person(BIRTHDAY_70), person(BIRTHDAY_70)], Priority.CARE),
        ([person(DAY_BEFORE_70), person(BIRTHDAY_70)], Priority.COMMON),
        ([person(BIRTHDAY_70), person()], Priority.COMMON),
        ([person(DAY_BEFORE_18)], Priority.CARE),
        ([person(BIRTHDAY_18), person(DAY_BEFORE_18)], Priority.COMMON),
        ([person(DAY_BEFORE_18), person(None)], Priority.COMMON),
        ([person(BIRTHDAY_70), person(None)], Priority.COMMON),
        ([person(None)], Priority.COMMON),
        ([person(DAY_BEFORE_18), person(is_away=True)], Priority.CARE),
        ([person(BIRTHDAY_70), person(is_away=True)], Priority.CARE),
        ([person(is_away=True), person(is_away=True)], Priority.COMMON),
        ([], Priority.COMMON),
    ],
)
def test_hardship_comes_first_then_who_is_old_disabled_or_a_child_alone(
    members: list[Resident], expected: Priority
) -> None:
    assert priority_of(members, day=DAY) == expected


def test_the_summary_is_of_the_present_people_and_their_head() -> None:
    head, other = Resident(name="曾长生", relation="02"), Resident(name="王某", relation="10")
    for one in (head, other):
        spell(one)
    household = Household(head_name="old", member_count=9, priority=Priority.HARDSHIP)

    refresh_summary(household, [other, head], day=DAY)

    assert (household.head_name, household.head_pinyin, household.member_count) == (
        "曾长生",
        "zengchangsheng",
        2,
    )
    assert household.priority == Priority.COMMON
    refresh_summary(household, [other], day=DAY)
    assert (household.head_name, household.head_initials, household.member_count) == ("", "", 1)


@pytest.mark.parametrize(
    ("name", "initials"), [("王小明", "wxm"), ("盖乐", "gl gy"), ("欧阳修", "oyx"), ("", "")]
)
def test_first_letters_are_kept_for_every_reading(name: str, initials: str) -> None:
    assert all_initials(name) == initials


@given(name=st.text(st.characters(codec="utf-8"), max_size=60))
def test_search_keys_fit_in_their_columns(name: str) -> None:
    one = Resident(name=name)
    spell(one)

    assert len(one.initials) <= INITIALS_WIDTH
    assert len(one.pinyin) <= PINYIN_WIDTH
