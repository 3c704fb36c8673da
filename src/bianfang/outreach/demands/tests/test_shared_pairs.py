import json
from pathlib import Path

import pytest

from bianfang.outreach.demands.queries.similar import shared_pairs

CASES = Path(__file__).resolve().parents[5] / "frontend/field/tests/examples/alike.json"


@pytest.mark.parametrize("case", json.loads(CASES.read_text("utf-8")))
def test_texts_share_as_many_pairs_as_the_phone_page_counts(case: dict[str, str]) -> None:
    assert shared_pairs(case["one"], case["other"]) == pytest.approx(case["likeness"], abs=1e-5)
