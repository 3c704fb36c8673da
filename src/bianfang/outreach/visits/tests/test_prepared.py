from datetime import date
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from bianfang.outreach.visits.models import Round
from bianfang.outreach.visits.queries.prepared import PreparedRead
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import DUE, STARTED, Going

BUILT: list[dict[str, object]] = []


def _rounds(*, town_id: UUID, day: date, **ids: UUID) -> "QuerySet[Round, tuple[Any, ...]]":
    BUILT.append({"day": day, **ids})
    rows = Round.objects.in_town(town_id).filter(starts_on__lte=day, id__in=list(ids.values()))
    return rows.order_by("number").values_list("id", "number", "starts_on", "started_at")


@pytest.fixture
def read() -> PreparedRead:
    BUILT.clear()
    return PreparedRead(_rounds)


def test_rows_are_those_of_the_plain_query(going: Going, read: PreparedRead) -> None:
    found = read.rows(town_id=going.id, day=STARTED, only=going.round.id)

    assert found == [(going.round.id, 1, STARTED, going.round.started_at)]


def test_the_sql_is_made_once_and_takes_new_values(going: Going, read: PreparedRead) -> None:
    second = factories.plan_round(going.town, "第二轮", DUE)
    read.rows(town_id=going.id, day=STARTED, only=going.round.id)

    with CaptureQueriesContext(connection) as captured:
        later = read.rows(town_id=going.id, day=DUE, only=second.id)
        early = read.rows(town_id=going.id, day=STARTED, only=second.id)

    assert (later, early) == ([(second.id, 2, DUE, None)], [])
    assert (len(captured), len(BUILT)) == (2, 1)


def test_other_names_make_other_sql(going: Going, read: PreparedRead) -> None:
    second = factories.plan_round(going.town, "第二轮")
    read.rows(town_id=going.id, day=DUE, one=going.round.id)

    both = read.rows(town_id=going.id, day=DUE, one=second.id, two=going.round.id)

    assert [row[1] for row in both] == [1, 2]
    assert len(BUILT) == 2


def test_values_of_another_town_find_nothing(going: Going, read: PreparedRead) -> None:
    other = factories.make_ready("second")
    read.rows(town_id=going.id, day=DUE, one=going.round.id)

    assert read.rows(town_id=other.id, day=DUE, one=going.round.id) == []
