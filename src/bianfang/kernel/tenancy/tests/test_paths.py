import pytest
from django.db.models import Q

from bianfang.kernel.tenancy.paths import PathRange, within, within_town


@pytest.mark.parametrize("path", ["0001", "00010001"])
def test_a_reach_of_the_whole_town_needs_no_condition(path: str) -> None:
    assert within_town([PathRange.under(path)]) == Q()
    assert within_town([PathRange.under("000100010002"), PathRange.under(path)]) == Q()


def test_a_part_of_the_town_needs_one() -> None:
    community = PathRange.under("000100010002")

    assert within_town([community], "path") == within([community], "path")
    assert within_town([]) == within([])
    assert within_town([]) != Q()
