"""The list of demands: tabs with their numbers, filters, orders, pages, theme pages."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk import demand_counts
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.outreach.demands.enums import Outcome, Source, StateGroup
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.people.enums import ROLE_PERMISSIONS, Permission, Role

LIST = "demands:list"
FRAME = 4
"""Session, person, posts, areas."""


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _numbers(client: Client, **query: str) -> list[str]:
    response = client.get(reverse(LIST), query)
    return [row.demand.number for row in response.context["rows"]]


def _tabs(client: Client, **query: str) -> dict[str, object]:
    response = client.get(reverse(LIST), query)
    words = {str(group.label): group for group in StateGroup}
    return {words[str(tab.label)].value: tab.count for tab in response.context["tabs"]}


def _fill(town: SmallTown, number: int) -> None:
    for place in range(number):
        household = factories.make_household(town.place.upper_hamlet, f"7{place:08d}", "王五")
        factories.handling_state(town, household_id=household.id)


def test_each_tab_tells_how_many_it_holds(clerk: Client, town: SmallTown) -> None:
    factories.registered(town)
    factories.handling_state(town)
    factories.awaiting_review(town)
    factories.carried_over(town)
    factories.written_off(town)
    factories.declined(town)

    assert _tabs(clerk) == {
        "open": "4",
        "new": "1",
        "overdue": "0",
        "awaiting_review": "1",
        "carried_over": "1",
        "closed": "1",
        "counted": "5",
        "aside": None,
    }


def test_tab_shows_exactly_what_it_counts(clerk: Client, town: SmallTown) -> None:
    factories.registered(town)
    late = factories.handling_state(town)
    factories.written_off(town)

    with clock.at(factories.morning(date(2026, 12, 20))):
        counts = _tabs(clerk)
        overdue = _numbers(clerk, group="overdue")
        rows = {name: len(_numbers(clerk, group=name)) for name, count in counts.items() if count}

    assert overdue == [late.number]
    assert rows == {name: int(str(count)) for name, count in counts.items() if count}


def test_many_are_not_counted_to_their_end(
    clerk: Client, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demand_counts, "OPEN_UP_TO", 1)
    monkeypatch.setattr(demand_counts, "COUNT_UP_TO", 2)
    for _number in range(3):
        factories.registered(town)

    counts = _tabs(clerk)

    assert (counts["open"], counts["counted"], counts["new"]) == ("1+", "2+", None)


@pytest.mark.parametrize(
    "query",
    [
        {"text": "路灯"},
        {"text": "1"},
        {"text": "董大山"},
        {"theme": "projects"},
        {"route": "timed", "group": "counted"},
        {"source": "walk_in"},
        {"kind": "request"},
        {"since": "2026-11-16", "until": "2026-11-16"},
    ],
)
def test_filter_leaves_what_fits(clerk: Client, town: SmallTown, query: dict[str, str]) -> None:
    fitting = factories.handling_state(town)
    other = factories.registered(
        town,
        household_id=town.far_household.id,
        category_id=town.other_category.id,
        source=Source.LETTER,
        content="想申请低保",
        kind="suggestion",
    )
    with clock.at(factories.morning(date(2026, 11, 17))):
        later = factories.registered(town, content="低保", category_id=town.other_category.id,
                                     source=Source.CALL, household_id=town.far_household.id,
                                     kind="problem")  # fmt: skip

    numbers = _numbers(clerk, **query)

    assert fitting.number in numbers
    assert later.number not in numbers
    assert other.number not in numbers or "since" in query


def test_lists_by_category_unit_round_person_and_outcome(clerk: Client, town: SmallTown) -> None:
    solved = factories.written_off(town)
    explained = factories.written_off(town, Outcome.EXPLAINED)
    everything = {"group": "counted"}

    assert _numbers(clerk, **everything, outcome="explained") == [explained.number]
    assert _numbers(clerk, **everything, category=str(town.other_category.id)) == []
    assert len(_numbers(clerk, **everything, unit=str(town.units["civil"].id))) == 2
    assert _numbers(clerk, **everything, round=str(town.round.id)) == []
    assert _numbers(clerk, **everything, mine="on") == []
    assert solved.number in _numbers(clerk, group="closed", outcome="solved")


def test_chips_name_the_filters_in_words(clerk: Client, town: SmallTown) -> None:
    response = clerk.get(
        reverse(LIST), {"category": str(town.category.id), "unit": str(town.units["civil"].id)}
    )

    chips = [chip.text for chip in response.context["filters"].chips]

    assert any(chip.endswith(town.category.name) for chip in chips)
    assert any(chip.endswith("civil first") for chip in chips)


def test_filtering_keeps_tab_and_area(clerk: Client, town: SmallTown) -> None:
    path = town.place.north.path

    response = clerk.get(reverse(LIST), {"group": "closed", "area": path})

    kept = {(one.name, one.value) for one in response.context["filters"].kept}
    assert kept == {("group", "closed"), ("area", path)}


def test_open_ones_are_read_by_deadline_closed_ones_by_age(clerk: Client, town: SmallTown) -> None:
    first = factories.registered(town)
    second = factories.handling_state(town)

    assert _numbers(clerk) == [second.number, first.number]
    assert _numbers(clerk, sort="newest") == [second.number, first.number]
    assert _numbers(clerk, sort="oldest") == [first.number, second.number]
    assert _numbers(clerk, group="counted", sort="due") == [second.number, first.number]


def test_heads_sort_and_turn_round(clerk: Client, town: SmallTown) -> None:
    factories.registered(town)

    text = clerk.get(reverse(LIST), {"sort": "newest"}).content.decode()

    assert 'aria-sort="descending"' in text
    assert 'href="?sort=oldest"' in text
    assert 'href="?sort=due"' in text


def test_nonsense_in_the_address_gives_the_list_as_it_is(clerk: Client) -> None:
    asked = dict.fromkeys(("group", "theme", "category", "unit", "round", "sort", "page"), "x")

    assert clerk.get(reverse(LIST), asked).status_code == 200


def test_pages_follow_each_other(clerk: Client, town: SmallTown) -> None:
    for _number in range(52):
        factories.registered(town)
    first = clerk.get(reverse(LIST))

    second = clerk.get(reverse(LIST) + first.context["listing"].next_href)

    assert (len(first.context["rows"]), len(second.context["rows"])) == (50, 2)
    assert second.context["listing"].previous_href


def test_swapped_region_is_the_region_of_the_page(clerk: Client, town: SmallTown) -> None:
    factories.registered(town)
    whole = clerk.get(reverse(LIST)).content.decode()

    part = clerk.get(reverse(LIST), headers={"hx-request": "true", "hx-target": "rows"})

    assert "<html" not in part.content.decode()
    assert part.content.decode().strip() in whole


def test_deadline_is_told_in_words(clerk: Client, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    assert demand.due_on is not None

    with clock.at(factories.morning(demand.due_on)):
        today = clerk.get(reverse(LIST)).content.decode()
    with clock.at(factories.morning(date(2027, 1, 4))):
        late = clerk.get(reverse(LIST)).content.decode()

    assert "state-soon" in today
    assert "state-late" in late


def test_theme_page_shows_its_figures_and_their_rows(clerk: Client, town: SmallTown) -> None:
    factories.written_off(town)
    factories.registered(town)
    factories.registered(town, category_id=town.other_category.id)

    response = clerk.get(reverse(LIST), {"theme": "projects"})

    tiles = response.context["tiles"]
    assert [tile.text for tile in tiles] == ["2", "50.0%", "1", "0"]
    rows = clerk.get(reverse(LIST) + tiles[0].href).context["rows"]
    assert len(rows) == 2
    assert not clerk.get(reverse(LIST), {"theme": "projects", "group": "open"}).context["tiles"]


def test_area_outside_ones_posts_is_not_there(sign_in: SignIn, town: SmallTown) -> None:
    response = sign_in("secretary").get(reverse(LIST), {"area": town.place.south.path})

    assert response.status_code == 404


def test_people_of_a_unit_see_its_demands_everywhere(sign_in: SignIn, town: SmallTown) -> None:
    ours = factories.handling_state(town, household_id=town.far_household.id)
    factories.registered(town)

    assert _numbers(sign_in("handler")) == [ours.number]


@pytest.mark.parametrize("query", [{}, {"theme": "projects"}, {"group": "counted"}])
def test_hundred_rows_cost_at_most_twelve_queries(
    clerk: Client, town: SmallTown, query: dict[str, str]
) -> None:
    _fill(town, 2)
    _ask(clerk, query)
    few = _ask(clerk, query)
    for _number in range(101):
        factories.registered(town)

    many = _ask(clerk, query)

    assert many == few
    assert many <= 12


def _ask(client: Client, query: dict[str, str]) -> int:
    with CaptureQueriesContext(connection) as asked:
        response = client.get(reverse(LIST), {**query, "size": "100"})
    assert response.status_code == 200
    return len(asked)


@pytest.mark.parametrize(("language", "word"), [("zh-hans", "未办结"), ("en", "Not yet settled")])
def test_list_speaks_both_languages(
    clerk: Client, town: SmallTown, language: str, word: str
) -> None:
    factories.registered(town)

    text = clerk.get(reverse(LIST), headers={"accept-language": language}).content.decode()

    assert word in text


def test_empty_list_says_what_to_do(clerk: Client) -> None:
    empty = clerk.get(reverse(LIST)).content.decode()
    filtered = clerk.get(reverse(LIST), {"text": "没有的"}).content.decode()

    assert reverse("demands:add") in empty
    assert 'class="nothing"' in filtered


def test_list_hides_who_asks_from_readers_without_the_register(
    sign_in: SignIn, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.registered(town, content="董大山来电13800000000反映路灯不亮")
    rights = ROLE_PERMISSIONS[Role.LEADER] - {Permission.VIEW_REGISTER}
    monkeypatch.setitem(ROLE_PERMISSIONS, Role.LEADER, rights)

    [hidden] = sign_in("leader").get(reverse(LIST)).context["rows"]
    [shown] = sign_in("clerk").get(reverse(LIST)).context["rows"]

    assert "董大山来电13800000000" in shown.excerpt
    assert "董大山" not in hidden.excerpt
    assert "13800000000" not in hidden.excerpt
