import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.masking.small_cells import suppress_cells, suppress_small


@pytest.mark.parametrize(("count", "shown"), [(0, None), (2, None), (3, 3), (40, 40)])
def test_suppress_small_hides_what_is_below_three(count: int, shown: int | None) -> None:
    assert suppress_small(count) == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 5, "b": 9}, {"a": 5, "b": 9}),
        ({"a": 1, "b": 9, "c": 7}, {"a": None, "b": 9, "c": None}),
        ({"a": 1, "b": 2, "c": 7}, {"a": None, "b": None, "c": 7}),
        ({"a": 1}, {"a": None}),
        ({}, {}),
    ],
)
def test_suppress_cells_lone_hidden_cell_gets_company(
    counts: dict[str, int], shown: dict[str, int | None]
) -> None:
    assert suppress_cells(counts) == shown


@given(st.dictionaries(st.integers(), st.integers(0, 9), min_size=2))
def test_suppress_cells_no_hidden_cell_can_be_computed(counts: dict[int, int]) -> None:
    hidden = [key for key, count in suppress_cells(counts).items() if count is None]

    assert len(hidden) != 1
    assert {key for key, count in counts.items() if count < 3} <= set(hidden)
