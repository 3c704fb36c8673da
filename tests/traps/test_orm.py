from datetime import date, datetime

import pytest

from bianfang.kernel import clock
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.models import Town
from bianfang.register.people.models import Post
from tests.traps import orm
from tests.traps.orm import LockOfError, LooseDateError, UnorderedSliceError

pytestmark = pytest.mark.django_db

NAMES = ["a", "b", "c", "d", "e"]


@pytest.fixture
def town() -> Town:
    town = Town.objects.create(name="某镇", slug="some")
    Series.objects.bulk_create([Series(town=town, name=name) for name in NAMES])
    return town


def test_rows_without_an_order_come_back_in_another_one(town: Town) -> None:
    rows = Series.objects.in_town(town.id)

    read = [series.name for series in rows]
    streamed = [series.name for series in rows.all().iterator(chunk_size=2)]

    assert sorted(read) == sorted(streamed) == NAMES
    assert read != NAMES
    assert streamed != NAMES


def test_rows_with_an_order_keep_it(town: Town) -> None:
    rows = Series.objects.in_town(town.id).order_by("name")

    assert [series.name for series in rows] == NAMES
    assert [series.name for series in rows.iterator()] == NAMES
    assert list(rows.values_list("name", flat=True)[:2]) == ["a", "b"]


@pytest.mark.parametrize("count", [2, 3, 50])
def test_shuffling_changes_the_order_and_loses_nothing(count: int) -> None:
    rows = [str(number) for number in range(count)]

    assert orm.shuffled(rows) != rows
    assert sorted(orm.shuffled(rows)) == sorted(rows)
    assert orm.shuffled(rows) == orm.shuffled(rows)


def test_reading_part_of_rows_without_an_order_fails(town: Town) -> None:
    rows = Series.objects.in_town(town.id)

    with pytest.raises(UnorderedSliceError, match="Series"):
        list(rows[:2])
    with pytest.raises(UnorderedSliceError, match="Series"):
        rows[0]


def test_counting_part_of_the_rows_or_getting_one_needs_no_order(town: Town) -> None:
    rows = Series.objects.in_town(town.id)

    assert rows[:2].count() == 2
    assert rows.get(name="c").name == "c"


def test_a_lock_has_to_name_its_table(town: Town) -> None:
    rows = Series.objects.in_town(town.id)

    with pytest.raises(LockOfError, match="Series"):
        rows.select_for_update()
    assert rows.select_for_update(of=("self",), no_key=True) is not None


@pytest.mark.parametrize(
    "moment",
    [datetime(2026, 3, 1, 9), date(2026, 3, 1)],  # noqa: DTZ001 - naive on purpose
    ids=["naive", "day"],
)
def test_a_moment_needs_a_time_zone(town: Town, moment: date) -> None:
    with pytest.raises(LooseDateError, match=r"Entry\.at"):
        Entry.objects.in_town(town.id).filter(at__gte=moment)


def test_a_day_is_not_a_moment(town: Town) -> None:
    with pytest.raises(LooseDateError, match=r"Post\.valid_from"):
        Post.objects.in_town(town.id).filter(valid_from=clock.now())


def test_days_and_aware_moments_pass(town: Town) -> None:
    assert not Entry.objects.in_town(town.id).filter(at__lte=clock.now()).exists()
    assert not Post.objects.in_town(town.id).filter(valid_from=clock.today()).exists()
