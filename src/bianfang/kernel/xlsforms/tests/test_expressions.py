import math
from datetime import date
from typing import Any

import pytest

from bianfang.kernel.xlsforms.expressions import Surroundings, Value, evaluate, to_text
from bianfang.kernel.xlsforms.grammar import ExpressionError, parse
from bianfang.kernel.xlsforms.tests.shared import shared_json

CASES: list[dict[str, Any]] = shared_json("expressions.json")["cases"]


def _value(raw: object) -> Value:
    """Numbers of examples are those of the phone."""
    if raw == {"number": "NaN"}:
        return math.nan
    if isinstance(raw, int) and not isinstance(raw, bool):
        return float(raw)
    assert isinstance(raw, str | float | bool)
    return raw


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["expression"][:40])
def test_expression_of_the_shared_cases(case: dict[str, Any]) -> None:
    around = Surroundings(
        values={name: _value(raw) for name, raw in case.get("values", {}).items()},
        counts=case.get("counts", {}),
        own=_value(case.get("own", "")),
        today=date.fromisoformat(case.get("today", "1970-01-01")),
    )

    if "error" in case:
        with pytest.raises(ExpressionError) as caught:
            parse(case["expression"])
        assert (caught.value.fault, list(caught.value.words)) == (case["error"], case["words"])
    else:
        found, wanted = evaluate(parse(case["expression"]), around), _value(case["is"])
        assert type(found) is type(wanted)
        if isinstance(wanted, float) and math.isnan(wanted):
            assert isinstance(found, float)
            assert math.isnan(found)
        else:
            assert found == wanted


def test_there_are_many_cases_and_none_twice() -> None:
    assert len(CASES) >= 150
    assert len({str(case) for case in CASES}) == len(CASES)


@pytest.mark.parametrize("number", [math.nan, math.inf])
def test_what_is_no_number_says_so(number: float) -> None:
    assert to_text(number) == "NaN"
