"""The page of deadline rules: what holds, a new version, the end of one."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.demands.models import DeadlineRule
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh

LIST, SET = reverse("deadlinerules:list"), reverse("deadlinerules:set")
BUDGET = 8


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _typed(**changes: object) -> dict[str, object]:
    return {"days": 5, "unit": "workday", "source": "镇限时办结制度", **changes}


def _rules(town: SmallTown) -> list[DeadlineRule]:
    return list(DeadlineRule.objects.in_town(town.town.id).order_by("version"))


def test_empty_page_says_what_holds_instead(clerk: Client) -> None:
    assert 'class="nothing"' in clerk.get(LIST).content.decode()


def test_rule_is_set_and_listed(clerk: Client, town: SmallTown) -> None:
    wanted = _typed(category_id=str(town.category.id), route="timed", may_pause="on")
    response = clerk.post(SET, wanted)

    [rule] = _rules(town)
    text = clerk.get(LIST).content.decode()
    assert response.headers["Location"] == LIST
    assert (rule.days, rule.route, rule.may_pause) == (5, "timed", True)
    assert "镇限时办结制度" in text
    assert "类别lighting" in text


def test_change_starts_from_what_holds_and_counts_open_demands_anew(
    clerk: Client, town: SmallTown
) -> None:
    rule = factories.rule(town, 10)
    demand = factories.handling_state(town)

    form = clerk.get(SET, {"rule": str(rule.id)}).context["form"]
    clerk.post(SET, _typed(days=15, applies_to_open="on"))
    page = clerk.get(LIST)

    assert form["days"].value() == 10
    assert form["source"].value() == rule.source
    assert f"{fresh(demand).due_on}" == "2026-12-07"
    assert [line.rule.version for line in page.context["lines"]] == [2]
    assert [line.rule.version for line in page.context["former"]] == [1]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"days": ""}, "days"),
        ({"days": "0"}, "days"),
        ({"days": "nonsense"}, "days"),
        ({"source": " "}, "source"),
        ({"route": "onsite"}, "route"),
        ({"category_id": "x"}, "category_id"),
    ],
)
def test_wrong_rule_is_told_beside_its_field(
    changes: dict[str, object], field: str, clerk: Client, town: SmallTown
) -> None:
    response = clerk.post(SET, _typed(**changes))

    assert response.status_code == 200
    assert response.context["form"].has_error(field)
    assert _rules(town) == []


def test_rule_is_ended(clerk: Client, town: SmallTown) -> None:
    rule = factories.rule(town)

    clerk.post(reverse("deadlinerules:end", args=[rule.id]))

    assert _rules(town)[0].ended_on is not None
    assert clerk.get(LIST).context["lines"] == []


def test_nonsense_names_no_rule(clerk: Client, town: SmallTown) -> None:
    factories.rule(town)

    assert clerk.get(SET, {"rule": "\0x"}).context["form"]["days"].value() is None


def test_page_keeps_its_budget(clerk: Client, town: SmallTown) -> None:
    for days in range(1, 9):
        factories.rule(town, days, category_id=town.category.id)
        factories.rule(town, days)

    with CaptureQueriesContext(connection) as asked:
        assert clerk.get(LIST).status_code == 200

    assert len(asked) <= BUDGET


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "时限规则"), ("en", "Deadline rules")])
def test_page_speaks_both_languages(clerk: Client, language: str, word: str) -> None:
    assert word in clerk.get(LIST, headers={"accept-language": language}).content.decode()
