"""The list of visits, one visit, its correction."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.enums import TargetOutcome
from bianfang.outreach.visits.models import Target, Visit

LIST = "visits:list"


@pytest.fixture
def secretary(sign_in: SignIn, town: SmallTown) -> Client:
    things.fill_round(town)
    return sign_in("secretary")


def _listed(client: Client, **query: str) -> list[str]:
    page = client.get(reverse(LIST), query)
    return [row["visit"].household.number for row in page.context["rows"]]


def test_list_is_that_of_ones_area(secretary: Client, sign_in: SignIn, town: SmallTown) -> None:
    near, far = town.household.number, town.far_household.number
    things.visited(town)
    things.visited(town, town.far_household)

    assert _listed(secretary) == [near]
    assert sorted(_listed(sign_in("clerk"))) == [near, far]
    assert _listed(sign_in("clerk"), area=town.place.south.path) == [far]
    assert secretary.get(reverse(LIST), {"area": town.place.far.path}).status_code == 404


@pytest.mark.parametrize(
    ("query", "is_there"),
    [
        ({"mode": "day"}, True),
        ({"mode": "phone"}, False),
        ({"outcome": "met"}, True),
        ({"outcome": "declined"}, False),
        ({"role": "village_secretary"}, True),
        ({"role": "leader"}, False),
        ({"channel": "sheet"}, False),
        ({"from_day": "2026-11-16", "to_day": "2026-11-16"}, True),
        ({"from_day": "2026-11-17"}, False),
        ({"demands": "on"}, True),
        ({"facts": "on"}, False),
        ({"text": "0101010"}, True),
        ({"text": "董"}, True),
        ({"text": "秦"}, False),
    ],
)
def test_filters_narrow_the_list(
    query: dict[str, str], is_there: bool, secretary: Client, town: SmallTown
) -> None:
    things.visited(town, asks=True)

    assert bool(_listed(secretary, **query)) is is_there


def test_filters_by_round_person_and_topic_have_chips_in_words(
    secretary: Client, town: SmallTown
) -> None:
    things.visited(town)
    staff, topic = town.staff["secretary"], things.topic(town, "医保")
    asked = {"round": str(town.round.id), "visitor": str(staff.id), "topic": str(topic.id)}

    page = secretary.get(reverse(LIST), asked)
    chips = " ".join(chip.text for chip in page.context["filters"].chips)

    assert town.round.name in chips
    assert staff.name in chips
    assert topic.text in chips
    assert page.context["rows"] == []
    assert _listed(secretary, round=asked["round"], visitor=asked["visitor"])


def test_nonsense_in_the_address_gives_the_list_as_it_is(secretary: Client) -> None:
    asked = dict.fromkeys(("round", "visitor", "topic", "mode", "sort", "page"), "nonsense")

    assert secretary.get(reverse(LIST), asked).status_code == 200


def test_swapped_region_is_the_region_of_the_page(secretary: Client, town: SmallTown) -> None:
    things.visited(town)
    whole = secretary.get(reverse(LIST)).content.decode()

    part = secretary.get(
        reverse(LIST), headers={"hx-request": "true", "hx-target": "rows"}
    ).content.decode()

    assert part.strip().startswith('<div id="rows">')
    assert part.strip() in whole


def test_detail_shows_demands_people_and_history(secretary: Client, town: SmallTown) -> None:
    visit = things.visited(town, asks=True)

    text = secretary.get(reverse("visits:detail", args=[visit.id])).content.decode()

    assert "路灯不亮" in text
    assert town.staff["secretary"].name in text
    assert reverse("visits:correct", args=[visit.id]) in text


def _correct(client: Client, visit: Visit, town: SmallTown, **changes: Any) -> Any:
    form = {
        "mode": "phone",
        "outcome": "met",
        "happened_at": "2026-11-15T19:30",
        "visitors": [str(town.staff["secretary"].id)],
        "others": "",
        "respondent_relation": "",
        "village_facts": "",
        "note": "",
        "household_number": "",
        "reason": "记错了方式",
        **changes,
    }
    return client.post(reverse("visits:correct", args=[visit.id]), form)


def test_correction_rewrites_the_visit_and_keeps_the_reason(
    secretary: Client, town: SmallTown
) -> None:
    visit = things.visited(town)

    answer = _correct(secretary, visit, town)

    row = Visit.objects.in_town(town.town.id).get(id=visit.id)
    entry = Entry.objects.filter(town_id=town.town.id, target_id=visit.id).order_by("-id")[0]
    assert answer.status_code == 302
    assert row.mode == "phone"
    assert entry.reason == "记错了方式"


def test_visit_of_the_wrong_household_goes_to_the_right_one(
    secretary: Client, town: SmallTown
) -> None:
    visit = things.visited(town)

    _correct(secretary, visit, town, household_number=town.neighbour.number)

    standing = {
        target.household_id: target.outcome for target in Target.objects.in_town(town.town.id)
    }
    assert standing[town.household.id] == TargetOutcome.OPEN
    assert standing[town.neighbour.id] == TargetOutcome.MET


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reason": ""}, "reason"),
        ({"household_number": "020101001"}, "household_number"),
        ({"others": "无此人"}, "others"),
        ({"outcome": "closed_door"}, "outcome"),
        ({"happened_at": "2026-11-20T10:00"}, "happened_at"),
    ],
)
def test_refused_correction_changes_nothing_and_keeps_what_was_typed(
    changes: dict[str, str], field: str, secretary: Client, town: SmallTown
) -> None:
    visit = things.visited(town)

    answer = _correct(secretary, visit, town, **{"note": "写过的话", **changes})

    text = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in text
    assert "写过的话" in text
    assert Visit.objects.in_town(town.town.id).get(id=visit.id).mode == "day"


def test_visit_of_a_group_talk_stays_one(secretary: Client, town: SmallTown) -> None:
    forum = things.talked(town)
    visit = Visit.objects.in_town(town.town.id).get(forum=forum, household=town.household)
    address = reverse("visits:correct", args=[visit.id])

    text = secretary.get(address).content.decode()
    answer = _correct(secretary, visit, town, note="补记")

    row = Visit.objects.in_town(town.town.id).get(id=visit.id)
    assert 'name="mode"' not in text
    assert answer.status_code == 302
    assert (row.mode, row.note) == ("forum", "补记")


def test_visit_of_somebody_else_is_not_mine_to_correct(
    secretary: Client, sign_in: SignIn, town: SmallTown
) -> None:
    visit = things.visited(town)

    assert sign_in("leader").get(reverse("visits:correct", args=[visit.id])).status_code == 403
    assert sign_in("worker").get(reverse("visits:correct", args=[visit.id])).status_code == 200
