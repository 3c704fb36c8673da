import base64
import json
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import NullIf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bianfang.kernel import clock
from bianfang.kernel.journal.models import Entry
from bianfang.kernel.numbering.models import Series
from bianfang.kernel.paging import LONGEST, take_page
from bianfang.kernel.tenancy.models import Town

pytestmark = pytest.mark.django_db
ORDERS = [("last", "id"), ("-last", "id"), ("last", "-id"), ("-last", "-name")]
FEW_ROWS = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def town() -> Town:
    return Town.objects.create(name="某镇", slug="some")


def make_rows(town: Town, lasts: list[int]) -> "QuerySet[Series]":
    Series.objects.bulk_create(
        [Series(town=town, name=f"{n:03}", last=last) for n, last in enumerate(lasts)]
    )
    return Series.objects.in_town(town.id)


def walk(
    rows: "QuerySet[Series]",
    order: tuple[str, ...],
    size: int,
    *,
    token: str = "",
    back: bool = False,
) -> list[Series]:
    """All rows from one end to the other, page by page."""
    seen: list[Series] = []
    for _ in range(100):
        page = take_page(rows, order=order, token=token, size=size)
        seen = [*page.rows, *seen] if back else [*seen, *page.rows]
        token = page.previous_token if back else page.next_token
        if not token:
            return seen
    pytest.fail("the pages never end")


@FEW_ROWS
@given(
    lasts=st.lists(st.integers(0, 3), max_size=12),
    size=st.integers(1, 5),
    order=st.sampled_from(ORDERS),
)
def test_going_forth_and_back_meets_every_row_once_and_in_order(
    town: Town, lasts: list[int], size: int, order: tuple[str, ...]
) -> None:
    with transaction.atomic():
        rows = make_rows(town, lasts)
        expected = list(rows.order_by(*order))

        assert walk(rows, order, size) == expected
        if len(expected) > size:
            second = take_page(rows, order=order, size=size).next_token
            page = take_page(rows, order=order, token=second, size=size)
            assert page.rows == expected[size : 2 * size]
            before = take_page(rows, order=order, token=page.previous_token, size=size)
            assert before.rows == expected[:size]
            assert not before.previous_token
            assert walk(rows, order, size, token=before.next_token) == expected[size:]
        transaction.set_rollback(True)


@FEW_ROWS
@given(size=st.integers(1, 4), order=st.sampled_from(ORDERS))
def test_going_back_from_the_end_meets_every_row_once(
    town: Town, size: int, order: tuple[str, ...]
) -> None:
    with transaction.atomic():
        rows = make_rows(town, [2, 0, 1, 1, 2, 0, 1])
        expected = list(rows.order_by(*order))
        token = ""
        while (page := take_page(rows, order=order, token=token, size=size)).next_token:
            token = page.next_token

        assert [*walk(rows, order, size, token=page.previous_token, back=True), *page.rows] == (
            expected
        )
        transaction.set_rollback(True)


def test_rows_that_come_and_go_between_pages_shift_nothing(town: Town) -> None:
    rows = make_rows(town, [0, 10, 20, 30])
    first = take_page(rows, order=("last", "id"), size=2)
    rows.filter(last=10).delete()
    Series.objects.create(town=town, name="late", last=5)

    second = take_page(rows, order=("last", "id"), token=first.next_token, size=2)

    assert [row.last for row in second.rows] == [20, 30]


def token_of(*values: Any) -> str:
    raw = json.dumps(values).encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


BROKEN = [
    "?", "äöü", "AAAA", "e30", "bnVsbA", "MQ",
    token_of(), token_of(0), token_of(0, 1), token_of(0, 1, 2, 3),
    token_of(0, None, None), token_of(0, "x", "y"), token_of(0, [1], {}),
    token_of(0, 1, "no id"), token_of(0, float("inf"), "x"), token_of(0, float("nan"), "x"),
    token_of(0, "1\0", "x"), token_of(0, "\ud800", "x"), token_of(0, 10**40, "x"),
    "W" * (LONGEST + 1), base64.urlsafe_b64encode(b"[" * 1400).decode(),
]  # fmt: skip


@pytest.mark.parametrize("token", BROKEN, ids=range(len(BROKEN)))
def test_a_token_that_is_none_gives_the_first_page(town: Town, token: str) -> None:
    rows = make_rows(town, [1, 2, 3])

    page = take_page(rows, order=("last", "id"), token=token, size=2)

    assert [row.last for row in page.rows] == [1, 2]
    assert not page.previous_token


@FEW_ROWS
@given(token=st.text(max_size=40) | st.binary(max_size=40).map(lambda raw: token_of(raw.hex())))
def test_any_text_as_a_token_gives_some_page(town: Town, token: str) -> None:
    page = take_page(Series.objects.in_town(town.id), order=("last", "id"), token=token)

    assert page.rows == []


@given(values=st.lists(st.text(max_size=5) | st.integers() | st.floats(), min_size=2, max_size=2))
@FEW_ROWS
def test_any_values_in_a_token_give_some_page(town: Town, values: list[Any]) -> None:
    rows = Series.objects.in_town(town.id)

    for order in (("last", "id"), ("name", "last")):
        page = take_page(rows, order=order, token=token_of(0, *values))
        assert page.rows == []


def test_moments_and_names_with_commas_survive_the_token(town: Town) -> None:
    moments = [clock.in_town(clock.today(), hour) for hour in (8, 8, 9, 21)]
    Entry.objects.bulk_create(
        Entry(
            town=town, at=at, actor_name="王，某", verb="seen", target_kind="x", target_id=town.id
        )
        for at in moments
    )
    rows: QuerySet[Any] = Entry.objects.in_town(town.id)

    first = take_page(rows, order=("actor_name", "-at", "id"), size=1)
    second = take_page(rows, order=("actor_name", "-at", "id"), size=3, token=first.next_token)

    assert [row.at for row in (*first.rows, *second.rows)] == sorted(moments, reverse=True)


def test_a_column_of_another_table_and_an_annotation_can_be_the_order(town: Town) -> None:
    rows = make_rows(town, [1, 2, 3]).annotate(half=Q(last__gt=1)).select_related("town")

    first = take_page(rows, order=("town__name", "half", "id"), size=2)
    second = take_page(rows, order=("town__name", "half", "id"), size=2, token=first.next_token)

    assert [row.last for row in (*first.rows, *second.rows)] == [1, 2, 3]


def test_an_empty_sort_value_is_refused_where_it_would_hide_rows(town: Town) -> None:
    rows = make_rows(town, [0, 0]).annotate(some=NullIf("last", Value(0)))

    with pytest.raises(ValueError, match="empty value"):
        take_page(rows, order=("some", "id"), size=1)
