from datetime import date

import pytest
from django.utils import translation

from bianfang.kernel.xlsforms import patterns
from bianfang.kernel.xlsforms.answers import check_answers
from bianfang.kernel.xlsforms.definition import Form, read_definition
from bianfang.kernel.xlsforms.tests.shared import shared_json
from bianfang.kernel.xlsforms.wording import Said, sentences, told, without_mentions

TODAY = date(2026, 4, 10)


@pytest.fixture(scope="module")
def form() -> Form:
    return read_definition(shared_json("checklist.json"))


def test_flaws_are_told_in_the_words_of_the_form_or_in_ours(form: Form) -> None:
    given: dict[str, object] = {
        "home_count": 21,
        "patch_mu": "x",
        "hose_date": "x",
        "rubbish_places": "x",
        "gas_type": "steam",
        "has_patch": "yes",
        "env_items": ["heap"],
        "remark": "长" * 2001,
        "demand": [{}] * 21,
        "nobody": 1,
        "intro": "x",
        "topics": 5,
        "hazards": True,
    }
    evaluation = check_answers(form, given, today=TODAY)

    with translation.override("en"):
        found = sentences(form, evaluation, "zh")

    assert found["home_count"] == "请填写 0 到 20 之间的整数"
    assert found["visit_date"] == "请填写走访日期"
    assert found["patch_mu"] == "Write a number."
    assert found["rubbish_places"] == "Write a whole number."
    assert found["hose_date"] == "Write a day like 2026-11-24." if "hose_date" in found else True
    assert found["gas_type"] == "Choose one of the answers."
    assert found["remark"] == "At most 2000 characters."
    assert found["demand"] == "At most 20 entries."
    assert found["nobody"] == "The checklist does not ask this."
    assert found["topics"] == "This is no answer to this question."
    assert found["patch_no"] == "Fill this in."


def test_answers_are_told_as_people_read_them(form: Form) -> None:
    given: dict[str, object] = {
        "visit_date": "2026-04-10",
        "topics": ["work", "health"],
        "gas_type": "none",
        "demand": [{"demand_kind": "road", "demand_text": "修路"}],
    }
    evaluation = check_answers(form, given, today=TODAY)

    found = told(form, evaluation.kept, evaluation.computed, "zh")

    assert found[0] == Said(words="走访日期", answer="2026-04-10")
    assert Said(words="本次谈到的事项（可多选）", answer="就业创业、医疗") in found
    assert Said(words="诉求 1", is_heading=True) in found
    assert found[-2:] == [
        Said(words="类别", answer="道路水电"),
        Said(words="需求内容", answer="修路"),
    ]
    headings = [one.words for one in found if one.is_heading]
    assert headings == ["就业创业、医疗教育、养老保障", "燃气安全检查", "诉求 1"]
    in_english = told(form, evaluation.kept, evaluation.computed, "en")
    assert in_english[2].answer == "Work and business, Health care"


def test_what_is_computed_is_told_where_it_has_words() -> None:
    data = shared_json("checklist.json")
    points = {**data["questions"][-4], "labels": {"zh": "诉求条数"}}
    assert points["kind"] == "calculate"
    form = read_definition({**data, "questions": [points], "order": [points["name"]]})

    assert told(form, {}, {points["name"]: 2}, "zh") == [Said(words="诉求条数", answer="2")]
    assert told(form, {}, {points["name"]: None}, "zh") == []
    assert told(form, {"demand": "x"}, {}, "zh") == []


def test_a_choice_that_is_gone_is_told_by_its_value(form: Form) -> None:
    assert told(form, {"gas_type": "coal"}, {}, "zh")[-1].answer == "coal"


def test_texts_for_paper_have_a_blank_where_a_value_would_stand() -> None:
    assert without_mentions("共 ${count} 条") == "共 ____ 条"


@pytest.mark.parametrize(
    ("pattern", "is_fit"),
    [
        ("[0-9]{4,8}", True),
        ("1[0-9]{10}", True),
        ("(ab){3}", True),
        ("(a|b){2,5}", True),
        ("(a|b){2,}", False),
        ("(?:a?b){10}", False),
        ("a*b*c*", True),
        ("a*b*c*d*", False),
        ("a{2}{3}", False),
        ("|*", False),
        ("a" * 201, False),
        ("[]", False),
        ("\\b", False),
        ("(?i)a", False),
    ],
)
def test_only_patterns_that_end_soon_are_fit(pattern: str, is_fit: bool) -> None:
    assert patterns.is_fit(pattern) is is_fit


def test_a_long_text_fits_no_pattern() -> None:
    assert patterns.fits("a" * 2000, "a*")
    assert not patterns.fits("a" * 2001, "a*")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_phone_tells_answers_in_the_same_words(form: Form, language: str) -> None:
    """`checklist-told.json` is read by the phone's tests as well."""
    cases = shared_json("checklist-cases.json")["cases"]

    for case, wanted in zip(cases, shared_json("checklist-told.json"), strict=True):
        day = date.fromisoformat(case["today"])
        evaluation = check_answers(form, case["answers"], today=day)
        said = told(form, evaluation.kept, evaluation.computed, language)
        found = [[one.words, one.answer, one.is_heading] for one in said]
        assert found == wanted[language], case["name"]
