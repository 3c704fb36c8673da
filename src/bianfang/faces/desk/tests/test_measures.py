"""Recurring places and long-term measures at the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.mechanisms.longterm.models import LongTermMeasure
from bianfang.mechanisms.longterm.tests import factories as measures
from bianfang.outreach.demands.actions import categories as keeping
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.areas.queries import forget_areas

RECURRING, LIST, ADD = "recurring:list", "measures:list", "measures:add"
EN = {"accept-language": "en"}


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _came_again(town: SmallTown, **changes: Any) -> Demand:
    with clock.at(factories.morning(MONDAY - timedelta(days=40))):
        factories.written_off(town, **changes)
    return factories.registered(town, **changes)


def _detail(measure: LongTermMeasure) -> str:
    return reverse("measures:detail", args=[measure.id])


def _typed(town: SmallTown, **typed: str) -> dict[str, str]:
    return {
        "area_id": str(town.place.upper_hamlet.id),
        "category_id": str(town.category.id),
        "plan": "改为太阳能路灯",
        "unit_id": str(town.units["civil"].id),
        "owner_id": str(town.staff["handler"].id),
        "due_on": "2026-12-31",
        "review_on": "2027-03-31",
        **typed,
    }


def _ask(client: Client, address: str) -> int:
    forget_areas()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_demand_tells_how_often_it_came_and_leads_to_a_measure(
    clerk: Client, sign_in: SignIn, town: SmallTown
) -> None:
    again = _came_again(town)
    page = reverse("demands:detail", args=[again.id])

    context = clerk.get(page, headers=EN).context
    as_leader = sign_in("leader").get(page).context

    assert context["again"] == f"2 times here since {MONDAY - timedelta(days=40)}"
    assert [one.demand.written_off_on for one in context["earlier"]] == [
        MONDAY - timedelta(days=40)
    ]
    assert clerk.get(context["raise_href"]).status_code == 200
    assert as_leader["raise_href"] == ""


def test_demand_shows_the_measure_of_its_place(clerk: Client, town: SmallTown) -> None:
    again = _came_again(town)
    measure = measures.raised(town)

    response = clerk.get(reverse("demands:detail", args=[again.id]))

    assert _detail(measure) in response.content.decode()
    assert response.context["raise_href"] == ""


def test_household_line_stands_on_the_page_and_in_no_list(clerk: Client, town: SmallTown) -> None:
    again = _came_again(town, category_id=town.other_category.id)

    page = clerk.get(reverse("demands:detail", args=[again.id]), headers=EN)
    listed = clerk.get(reverse(RECURRING))

    assert "Asked by this household before" in page.content.decode()
    assert page.context["again"] == ""
    assert listed.context["rows"] == []


def test_first_time_shows_nothing(clerk: Client, town: SmallTown) -> None:
    demand = factories.registered(town)

    response = clerk.get(reverse("demands:detail", args=[demand.id]))

    assert 'id="again"' not in response.content.decode()


def test_recurring_places_with_times_open_ones_and_measure(clerk: Client, town: SmallTown) -> None:
    again = _came_again(town)

    [row] = clerk.get(reverse(RECURRING)).context["rows"]
    raise_form = clerk.get(row.raise_href)
    measure = measures.raised(town)
    with_measure = clerk.get(reverse(RECURRING)).content.decode()

    assert (row.times, row.since) == (2, MONDAY - timedelta(days=40))
    assert [one.demand for one in row.open_ones] == [again]
    assert raise_form.context["form"]["area_id"].value() == str(town.place.upper_hamlet.id)
    assert raise_form.context["form"]["unit_id"].value() == town.category.usual_unit_id
    assert _detail(measure) in with_measure
    assert str(town.household.head_name) not in with_measure


def test_recurring_places_keep_scope_area_and_budget(
    sign_in: SignIn, clerk: Client, town: SmallTown
) -> None:
    _came_again(town)
    few = _ask(clerk, reverse(RECURRING))
    _came_again(town, household_id=town.far_household.id)
    measures.raised(town)

    assert _ask(clerk, reverse(RECURRING)) == few <= 8
    assert len(clerk.get(reverse(RECURRING)).context["rows"]) == 2
    south = clerk.get(reverse(RECURRING), {"area": town.place.south.path})
    assert len(south.context["rows"]) == 1
    assert len(sign_in("secretary").get(reverse(RECURRING)).context["rows"]) == 1
    assert sign_in("handler").get(reverse(RECURRING)).status_code == 200


def test_measure_is_raised_changed_and_reported_as_done(
    clerk: Client, sign_in: SignIn, town: SmallTown
) -> None:
    again = _came_again(town)

    clerk.post(reverse(ADD), _typed(town))
    measure = LongTermMeasure.objects.in_town(town.town.id).get()
    page = clerk.get(_detail(measure)).content.decode()
    changed = {**_typed(town, plan="改线路"), "reason": "先改线路", "version": "1"}
    clerk.post(reverse("measures:edit", args=[measure.id]), changed)
    finish = reverse("measures:finish", args=[measure.id])
    empty = sign_in("handler").post(finish, {"result": "", "version": "2"}).content.decode()
    sign_in("handler").post(finish, {"result": "已换12盏", "version": "2"})
    after = clerk.get(_detail(measure))

    assert again.number in page
    assert 'id="id_result_error"' in empty
    assert "已换12盏" in after.content.decode()
    assert "先改线路" in after.content.decode()
    assert len(after.context["history"]) == 3
    assert after.context["moves"] == []


def test_what_is_missing_is_named_and_kept(clerk: Client, town: SmallTown) -> None:
    typed = _typed(town, plan="", owner_id="", due_on="", review_on="")

    text = clerk.post(reverse(ADD), typed).content.decode()

    for name in ("plan", "owner_id", "due_on", "review_on"):
        assert f'id="id_{name}_error"' in text, name
    assert not LongTermMeasure.objects.in_town(town.town.id).exists()


def test_second_measure_for_a_place_is_refused_in_words(clerk: Client, town: SmallTown) -> None:
    measures.raised(town)

    response = clerk.post(reverse(ADD), _typed(town), headers=EN)

    assert "There is an open long-term measure" in response.content.decode()


def test_conflicting_change_is_said_and_nothing_is_lost(clerk: Client, town: SmallTown) -> None:
    measure = measures.raised(town)
    typed = {**_typed(town, plan="另一办法"), "reason": "调整", "version": "7"}

    response = clerk.post(reverse("measures:edit", args=[measure.id]), typed, headers=EN)

    text = response.content.decode()
    assert "Somebody else changed this measure" in text
    assert "另一办法" in text


def test_lists_are_open_or_done_and_page(clerk: Client, town: SmallTown) -> None:
    done, opened = measures.done(town), measures.raised(town)

    first = clerk.get(reverse(LIST))
    second = clerk.get(reverse(LIST), {"state": "done"})

    assert [row.measure for row in first.context["rows"]] == [opened]
    assert [row.measure for row in second.context["rows"]] == [done]
    assert clerk.get(reverse(LIST), {"page": "nonsense", "state": "x"}).status_code == 200


def test_list_pages_on_within_its_budget(clerk: Client, town: SmallTown) -> None:
    first = measures.raised(town)
    few = _ask(clerk, reverse(LIST))
    for place in range(52):
        category = Category.objects.create(
            town=town.town, code=f"c{place}", name="类", name_en="c", theme="environment"
        )
        LongTermMeasure.objects.create(
            town_id=first.town_id,
            area=first.area,
            area_path=first.area_path,
            category=category,
            plan="整治",
            owner=first.owner,
            due_on=first.due_on,
            review_on=first.review_on,
            raised_on=MONDAY,
            raised_by=first.raised_by,
        )

    page = clerk.get(reverse(LIST))
    following = clerk.get(reverse(LIST) + page.context["listing"].next_href)

    assert _ask(clerk, reverse(LIST)) == few <= 6
    assert (len(page.context["rows"]), len(following.context["rows"])) == (50, 3)
    assert following.context["listing"].previous_href


def test_overdue_measure_says_so(clerk: Client, town: SmallTown) -> None:
    measure = measures.raised(town)

    with clock.at(factories.morning(measure.due_on + timedelta(days=4))):
        state = clerk.get(_detail(measure), headers=EN).context["state"]

    assert (state.text, state.kind) == ("4 days overdue", "late")


def test_what_came_since_is_shown(clerk: Client, town: SmallTown) -> None:
    measure = measures.raised(town)
    with clock.at(factories.morning(MONDAY + timedelta(days=2))):
        later = factories.registered(town)
        since = clerk.get(_detail(measure)).context["since"]

    assert [one.demand for one in since] == [later]


def test_days_for_again_are_set_per_problem(clerk: Client, town: SmallTown) -> None:
    page = reverse("recurring:days")

    empty = clerk.post(page, {"category_id": "", "days": ""})
    wrong = clerk.post(page, {"category_id": str(town.category.id), "days": "1000"})
    done = clerk.post(page, {"category_id": str(town.category.id), "days": "30"})

    found = Category.objects.in_town(town.town.id).get(id=town.category.id)
    assert 'id="id_category_id_error"' in empty.content.decode()
    assert 'id="id_days_error"' in wrong.content.decode()
    assert done.headers["Location"] == reverse(RECURRING)
    assert found.recurrence_days == 30


def test_place_and_problem_in_the_address_may_be_nonsense(clerk: Client, town: SmallTown) -> None:
    keeping.close_category(actor=town.clerk, category_id=town.category.id)

    for query in ({"place": "x", "category": "x"}, {"category": str(town.category.id)}):
        assert clerk.get(reverse(ADD), query).status_code == 200


def test_change_form_of_a_done_measure_is_refused(clerk: Client, town: SmallTown) -> None:
    measure = measures.done(town)
    typed = {**_typed(town), "reason": "调整", "version": str(measure.version)}

    text = clerk.post(reverse("measures:edit", args=[measure.id]), typed).content.decode()

    assert "form-errors" in text or "notice" in text
    assert LongTermMeasure.objects.in_town(town.town.id).get().plan == measure.plan


@pytest.mark.parametrize("name", [RECURRING, LIST, ADD])
@pytest.mark.parametrize(
    ("language", "word"), [("zh-hans", "长效措施"), ("en", "ong-term measure")]
)
def test_pages_speak_both_languages_and_are_there_when_empty(
    name: str, language: str, word: str, clerk: Client
) -> None:
    assert word in clerk.get(reverse(name), headers={"accept-language": language}).content.decode()
