"""Whether the words of the categories lead to the right one for what residents of the demo say."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from bianfang.demo.texts.demand_text import DemandText
from bianfang.demo.texts.demands import DEMAND_TEXTS
from bianfang.outreach.demands.actions.taxonomy import STARTING_TREE
from bianfang.outreach.demands.models import Category
from bianfang.outreach.demands.queries.category_words import words_of

SUGGESTED = 2
GOAL = Decimal("0.80")


def test_the_right_category_is_among_the_two_suggested_for_most_demands() -> None:
    words = {
        seed.code: words_of(Category(code=seed.code, name=seed.name)) for seed in STARTING_TREE
    }

    right = [said for said in DEMAND_TEXTS if said.category in _suggested(said, words)]

    assert Decimal(len(right)) / len(DEMAND_TEXTS) >= GOAL


def _suggested(said: DemandText, words: Mapping[str, Sequence[str]]) -> list[str]:
    """As the phone does it: by the sum of the lengths of the words found, none without any."""
    points = {
        code: sum(len(word) for word in known if word in said.content)
        for code, known in words.items()
    }
    best = sorted(points, key=lambda code: -points[code])[:SUGGESTED]
    return [code for code in best if points[code]]
