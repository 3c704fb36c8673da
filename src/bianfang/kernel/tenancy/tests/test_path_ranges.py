from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy import paths
from bianfang.kernel.tenancy.models import Town
from bianfang.kernel.tenancy.paths import LAST, PathError, PathRange, child, merged, parents, upper

numbers = st.integers(1, LAST)
trees = st.lists(numbers, min_size=1, max_size=5)
# Few numbers, so that areas meet each other.
places = st.lists(st.sampled_from([1, 2, 9, 10, LAST]), min_size=1, max_size=4)
ranges = st.lists(st.builds(lambda one: PathRange.under(path_of(one)), places), max_size=4)


def path_of(steps: list[int]) -> str:
    path = ""
    for number in steps:
        path = child(path, number)
    return path


def lies_under(steps: list[int], top: list[int]) -> bool:
    return steps[: len(top)] == top


@given(steps=trees)
def test_a_path_has_four_digits_for_every_level(steps: list[int]) -> None:
    path = path_of(steps)

    assert len(path) == 4 * len(steps)
    assert [int(path[at : at + 4]) for at in range(0, len(path), 4)] == steps
    assert parents(path) == [path_of(steps[:depth]) for depth in range(1, len(steps))]


@given(steps=places, top=places)
def test_a_range_holds_the_subtree_and_nothing_else(steps: list[int], top: list[int]) -> None:
    assert PathRange.under(path_of(top)).holds(path_of(steps)) == lies_under(steps, top)


@given(one=trees, other=trees)
def test_paths_sort_as_the_tree_is_read(one: list[int], other: list[int]) -> None:
    assert (path_of(one) < path_of(other)) == (one < other)


@given(steps=trees)
def test_the_end_of_a_subtree_has_as_many_digits(steps: list[int]) -> None:
    path = path_of(steps)

    assert len(upper(path)) == len(path)
    assert upper(path) > child(path, LAST) > path


@pytest.mark.parametrize("number", [0, -1, LAST + 1])
def test_a_number_without_four_digits_to_spare_is_refused(number: int) -> None:
    with pytest.raises(PathError, match=str(number)):
        child("0001", number)


@given(one=places, other=places, spot=places)
def test_what_two_ranges_share_is_in_both(
    one: list[int], other: list[int], spot: list[int]
) -> None:
    first, second = PathRange.under(path_of(one)), PathRange.under(path_of(other))
    shared, path = first & second, path_of(spot)

    assert (shared is not None and shared.holds(path)) == (first.holds(path) and second.holds(path))


@given(many=ranges, spot=places)
def test_joined_ranges_hold_the_same_places_and_never_touch(
    many: list[PathRange], spot: list[int]
) -> None:
    joined, path = merged(many), path_of(spot)

    assert any(one.holds(path) for one in joined) == any(one.holds(path) for one in many)
    assert all(a.upper < b.lower for a, b in pairwise(joined))


@pytest.mark.django_db
@given(many=ranges, spots=st.lists(places, max_size=6, unique_by=tuple))
@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_database_finds_the_same_places(many: list[PathRange], spots: list[list[int]]) -> None:
    town = Town.objects.get_or_create(slug="some")[0]
    Series.objects.in_town(town.id).delete()
    held = {path_of(steps) for steps in spots}
    Series.objects.bulk_create([Series(town=town, name=path) for path in held])

    found = Series.objects.in_town(town.id).filter(paths.within(many, "name"))

    expected = {path for path in held if any(reach.holds(path) for reach in many)}
    assert set(found.values_list("name", flat=True)) == expected


@pytest.mark.django_db
def test_no_range_at_all_finds_nothing_and_asks_nothing(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    town = Town.objects.create(slug="some")
    Series.objects.create(town=town, name="0001")

    with django_assert_num_queries(0):
        assert list(Series.objects.in_town(town.id).filter(paths.within([], "name"))) == []
