import pytest

from bianfang.outreach.demands.actions.taxonomy import STARTING_TREE
from bianfang.outreach.demands.models import Category
from bianfang.outreach.demands.queries.category_words import SAID, words_of


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("残垣断壁与闲置宅院", ["残垣断壁", "残垣", "断壁", "闲置宅院", "闲置", "宅院"]),
        ("路灯亮化", ["路灯亮化", "路灯", "亮化"]),
        ("其他矛盾", ["矛盾"]),
        ("其他公共服务", ["公共服务"]),
        ("教育", ["教育"]),
        ("饮水、供水", ["饮水", "供水"]),
    ],
)
def test_a_towns_own_category_has_the_parts_of_its_name(name: str, parts: list[str]) -> None:
    assert words_of(Category(code="own", name=name)) == parts


def test_every_category_of_the_beginning_has_words_and_each_once() -> None:
    assert {seed.code for seed in STARTING_TREE} == set(SAID)
    for seed in STARTING_TREE:
        words = words_of(Category(code=seed.code, name=seed.name))
        assert 8 <= len(SAID[seed.code].split()) <= 22, seed.code
        assert len(words) == len(set(words))


def test_no_word_is_a_sentence() -> None:
    assert [word for said in SAID.values() for word in said.split() if len(word) > 6] == []
