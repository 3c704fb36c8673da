from datetime import date
from typing import Any

import pytest

from bianfang.kernel.xlsforms.answers import Wrong, check_answers
from bianfang.kernel.xlsforms.definition import Form, Kind, read_definition
from bianfang.kernel.xlsforms.reading import read_form
from bianfang.kernel.xlsforms.tests.shared import example, shared_json

CASES: dict[str, Any] = shared_json("checklist-cases.json")


@pytest.fixture(scope="module")
def form() -> Form:
    return read_definition(shared_json("checklist.json"))


def test_definition_of_the_shared_example_is_what_the_workbook_says() -> None:
    reading = read_form(example("checklist.xlsx"))

    assert reading.problems == ()
    assert reading.definition == shared_json("checklist.json")


def test_questions_of_the_example_are_all_there(form: Form) -> None:
    def type_of(name: str) -> str:
        kinds = {one["name"]: str(one["type"]) for one in CASES["questions"]}
        return kinds[name].split()[0]

    asked = [one for one in form.all_questions() if one.kind not in {Kind.GROUP, Kind.REPEAT}]

    assert [one.name for one in asked] == [one["name"] for one in CASES["questions"]]
    assert [one.kind.value for one in asked] == [type_of(one.name) for one in asked]


@pytest.mark.parametrize("case", CASES["cases"], ids=lambda case: case["name"])
def test_answers_of_the_shared_cases(form: Form, case: dict[str, Any]) -> None:
    found = check_answers(form, case["answers"], today=date.fromisoformat(case["today"]))

    assert case["computed"].items() <= found.computed.items()
    assert set(case["shown"]) <= set(found.shown)
    assert set(case["hidden"]) <= set(found.hidden)
    assert not set(found.shown) & set(found.hidden)
    assert sorted(found.invalid) == sorted(case["invalid"])
    assert sorted(found.missing) == sorted(case.get("required_missing", []))
    assert found.is_begun
    if "kept" in case:
        assert found.kept == case["kept"]


def test_what_is_kept_is_read_the_same_again(form: Form) -> None:
    for case in CASES["cases"]:
        day = date.fromisoformat(case["today"])
        first = check_answers(form, case["answers"], today=day)

        again = check_answers(form, first.kept, today=day)

        assert again.kept == first.kept
        assert again.computed == first.computed


def test_half_a_character_is_no_answer(form: Form) -> None:
    found = check_answers(form, {"remark": "a\ud800"}, today=date(2026, 4, 10))

    assert found.invalid == {"remark": Wrong.KIND}
