"""Reminders: one's own digests by day, and the steps of the ladder."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.mechanisms.reminders import actions, queries
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown

PAGE, LADDER = reverse("desk:reminders"), reverse("deadlinerules:ladder")
BUDGET = 8


@pytest.fixture
def handler(sign_in: SignIn) -> Client:
    return sign_in("handler")


def _due(town: SmallTown, days: int) -> Demand:
    demand = factories.handling_state(town)
    rows = Demand.objects.in_town(town.town.id).filter(id=demand.id)
    rows.update(due_on=MONDAY + timedelta(days=days))
    return demand


def _remind(town: SmallTown, days: int = 0) -> None:
    actions.make_digests(town_id=town.town.id, day=MONDAY + timedelta(days=days))


def test_own_digests_are_listed_by_day_with_their_steps(
    handler: Client, sign_in: SignIn, town: SmallTown
) -> None:
    first, late = _due(town, 1), _due(town, -3)
    _remind(town)
    _remind(town, 1)

    days = handler.get(PAGE).context["days"]
    heads = sign_in("head").get(PAGE).context["days"]

    assert [each.day for each in days] == [MONDAY + timedelta(days=1), MONDAY]
    told = {line.demand.id: str(line.why) for line in days[1].lines}
    assert told == {first.id: "剩 1 个工作日", late.id: "超期 1 个工作日"}
    assert [str(line.why) for line in days[0].lines] == ["最后一个工作日"]
    assert [str(line.why) for line in heads[0].lines] == ["超期 1 个工作日（本单位）"]


def test_nobody_else_sees_them_and_looking_writes_nothing(sign_in: SignIn, town: SmallTown) -> None:
    _due(town, 0)
    _remind(town)

    assert sign_in("clerk").get(PAGE).context["days"] == []
    assert 'class="nothing"' in sign_in("secretary").get(PAGE).content.decode()


def test_my_work_leads_to_them(handler: Client) -> None:
    assert PAGE in handler.get(reverse("desk:work")).content.decode()


def test_page_keeps_its_budget(handler: Client, town: SmallTown) -> None:
    for days in range(4):
        for _one in range(3):
            _due(town, days)
        _remind(town, days)

    with CaptureQueriesContext(connection) as asked:
        assert handler.get(PAGE).status_code == 200

    assert len(asked) <= BUDGET


def test_steps_are_chosen(sign_in: SignIn, town: SmallTown) -> None:
    clerk = sign_in("clerk")

    form = clerk.get(LADDER).context["form"]
    clerk.post(LADDER, {"owner_steps": "-5，0 1", "head_steps": ""})

    assert (form["owner_steps"].value(), form["head_steps"].value()) == ("-3, -1, 0, 1", "1, 5")
    chosen = queries.ladder_of(town.town.id)
    assert (chosen.owner, chosen.head) == (frozenset({-5, 0, 1}), frozenset())


@pytest.mark.parametrize("typed", ["nonsense", "1.5", "99", "\0"])
def test_wrong_steps_are_told_beside_the_field(
    typed: str, sign_in: SignIn, town: SmallTown
) -> None:
    response = sign_in("clerk").post(LADDER, {"owner_steps": typed, "head_steps": ""})

    assert response.context["form"].has_error("owner_steps")


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "提醒"), ("en", "Reminders")])
def test_page_speaks_both_languages(handler: Client, language: str, word: str) -> None:
    assert word in handler.get(PAGE, headers={"accept-language": language}).content.decode()
