from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.utils.translation import override

from bianfang.kernel.errors import FieldErrors
from bianfang.outreach.campaigns import catalogue, definition
from bianfang.outreach.campaigns.definition import Choice, Field
from bianfang.outreach.campaigns.enums import FieldKind

LEVEL = Field(
    key="level",
    label="程度",
    label_en="Level",
    kind=FieldKind.CHOICE,
    required=True,
    is_status=True,
    choices=(
        Choice(value="none", label="无", done=True),
        Choice(value="some", label="一般", label_en="Some", recheck_days=15),
        Choice(value="urgent", label="紧急", urgent_days=1, recheck_days=3),
    ),
)
COUNT = Field(key="count", label="处数", kind=FieldKind.WHOLE, unit="处")
AREA = Field(key="area", label="面积", kind=FieldKind.DECIMAL, places=2, unit="亩")
DAY = Field(key="day", label="期限", kind=FieldKind.DAY)
NOTE = Field(key="note", label="说明", kind=FieldKind.TEXT)
ALL = (LEVEL, COUNT, AREA, DAY, NOTE)


def refused(field: Field, *others: Field) -> set[str]:
    with pytest.raises(FieldErrors) as caught:
        definition.check_field(field, others)
    return set(caught.value.errors)


@pytest.mark.parametrize(
    "label", ["", "  ", "长" * 41, "卫生评分", "户得分", "排名", "群众态度", "Score"]
)
def test_a_question_needs_short_words_that_do_not_judge_people(label: str) -> None:
    assert refused(replace(NOTE, label=label)) == {"label"}


def test_a_question_is_asked_once_and_there_are_few_of_them() -> None:
    many = [replace(NOTE, key=f"q{n}", label=f"问{n}") for n in range(definition.MOST_FIELDS)]

    assert refused(NOTE, replace(COUNT, label="说明")) == {"label"}
    assert refused(NOTE, *many) == {"label"}


@pytest.mark.parametrize("places", [0, 4])
def test_a_decimal_has_one_to_three_places(places: int) -> None:
    assert refused(replace(AREA, places=places)) == {"places"}


def test_only_one_list_of_answers_is_the_status() -> None:
    assert refused(replace(NOTE, is_status=True)) == {"is_status"}
    assert refused(replace(LEVEL, key="x", label="另一", is_status=True), LEVEL) == {"is_status"}


@pytest.mark.parametrize(
    "choices",
    [
        (),
        (Choice(value="a", label="甲"),),
        tuple(Choice(value=f"c{n}", label=f"答{n}") for n in range(9)),
        (Choice(value="a", label="甲"), Choice(value="b", label="甲")),
        (Choice(value="a", label="甲"), Choice(value="b", label=" ")),
        (Choice(value="a", label="甲"), Choice(value="b", label="态度差")),
        (Choice(value="a", label="甲"), Choice(value="b", label="乙", urgent_days=31)),
        (Choice(value="a", label="甲"), Choice(value="b", label="乙", urgent_days=-1)),
        (Choice(value="a", label="甲"), Choice(value="b", label="乙", recheck_days=0)),
        (Choice(value="a", label="甲"), Choice(value="b", label="乙", recheck_days=367)),
    ],
)
def test_a_list_has_two_to_eight_answers_with_days_that_make_sense(
    choices: tuple[Choice, ...],
) -> None:
    assert refused(replace(LEVEL, choices=choices)) == {"choices"}


def test_what_is_written_is_read_again() -> None:
    assert definition.read_fields(definition.write_fields(ALL)) == ALL


def test_answers_take_one_plain_form() -> None:
    given = {"level": "some", "count": " 3 ", "area": "1.5", "day": "2026-12-01", "note": "x"}

    answers = definition.check_answers(ALL, given)

    assert answers.values == {**given, "count": "3", "area": "1.50"}
    assert (answers.status, answers.is_done, answers.recheck_days) == ("some", False, 15)
    assert not answers.is_urgent


def test_the_soonest_of_what_follows_counts() -> None:
    other = replace(LEVEL, key="other", is_status=False)
    given = {"level": "urgent", "other": "some"}

    answers = definition.check_answers([LEVEL, other], given)

    assert (answers.urgent_days, answers.recheck_days) == (1, 3)
    assert definition.check_answers([LEVEL], {"level": "none"}).is_done


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, {"level"}),
        ({"level": "else"}, {"level"}),
        ({"level": "none", "count": "1.5"}, {"count"}),
        ({"level": "none", "count": "-1"}, {"count"}),
        ({"level": "none", "count": "many"}, {"count"}),
        ({"level": "none", "count": "NaN"}, {"count"}),
        ({"level": "none", "area": "1.234"}, {"area"}),
        ({"level": "none", "area": "1e12"}, {"area"}),
        ({"level": "none", "day": "tomorrow"}, {"day"}),
        ({"level": "none", "note": "长" * 121}, {"note"}),
        ({"level": "none", "else": "1"}, {"else"}),
    ],
)
def test_wrong_answers_are_named(given: Mapping[str, str], wrong: set[str]) -> None:
    with pytest.raises(FieldErrors) as caught:
        definition.check_answers(ALL, given)

    assert set(caught.value.errors) == wrong


def test_nothing_at_all_is_no_answer() -> None:
    with pytest.raises(FieldErrors) as caught:
        definition.check_answers([COUNT], {"count": ""})

    assert set(caught.value.errors) == {""}


def test_answers_are_shown_in_the_readers_language_with_their_units() -> None:
    values = {"level": "some", "area": "1.50"}

    with override("zh-hans"):
        assert definition.summary(ALL, values) == "程度 一般；面积 1.50 亩"
    with override("en"):
        assert definition.summary(ALL, values) == "Level Some; 面积 1.50 亩"


def test_status_and_urgency_of_a_list_of_questions() -> None:
    assert definition.status_choices(ALL) == LEVEL.choices
    assert definition.status_choices([NOTE]) == ()
    assert definition.has_urgent(ALL)
    assert not definition.has_urgent([NOTE])


def test_the_templates_are_three_and_pass_their_own_checks() -> None:
    found = catalogue.templates()

    assert set(found) == {"farmland_patches", "gas_safety", "living_environment"}
    assert catalogue.find_template("else") is None
    with override("en"):
        assert found["gas_safety"].label == "Gas safety check"
    with override("zh-hans"):
        assert found["gas_safety"].label == "燃气安全隐患排查"
    assert definition.has_urgent(found["gas_safety"].fields)
    patch_size = next(one for one in found["farmland_patches"].fields if one.key == "restored")
    assert (patch_size.places, patch_size.unit) == (2, "亩")
