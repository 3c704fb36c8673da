"""Group talks: households are looked for and ticked, several of them ask, nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.enums import TargetOutcome
from bianfang.outreach.visits.models import Forum, Target, Visit


@pytest.fixture
def secretary(sign_in: SignIn, town: SmallTown) -> Client:
    things.fill_round(town)
    return sign_in("secretary")


def _form(town: SmallTown, **changes: Any) -> dict[str, Any]:
    return {
        "forum_id": str(new_id()),
        "area": str(town.place.upper.id),
        "held_at": "2026-11-16T08:00",
        "place": "村委会",
        "subject": "灌溉用水",
        "visitors": [str(town.staff["secretary"].id)],
        "others": "",
        "households": [str(town.household.id), str(town.neighbour.id)],
        "find": "",
        "attendance": "9",
        "note": "",
        "demand-rows": "1",
        **things.demand_row(0),
        **changes,
    }


def _forums(town: SmallTown) -> "list[Forum]":
    return list(Forum.objects.in_town(town.town.id))


def test_talk_settles_all_who_came_and_several_ask(secretary: Client, town: SmallTown) -> None:
    asks = {
        "demand-rows": "2",
        **things.demand_row(
            0, content="轮灌", category=town.category.id, resident=town.household.id
        ),
        **things.demand_row(
            1, content="统一买种", category=town.category.id, resident=town.neighbour.id
        ),
    }

    answer = secretary.post(reverse("forums:add"), _form(town, **asks))

    (forum,) = _forums(town)
    demands = Demand.objects.in_town(town.town.id).order_by("id")
    met = Target.objects.in_town(town.town.id).filter(outcome=TargetOutcome.MET)
    assert answer.headers["Location"] == reverse("forums:detail", args=[forum.id])
    assert forum.attendance == 9
    assert {one.household_id for one in met} == {town.household.id, town.neighbour.id}
    assert [one.proposer_name for one in demands] == [
        town.household.head_name,
        town.neighbour.head_name,
    ]


def test_households_are_looked_for_without_losing_what_was_typed(
    secretary: Client, town: SmallTown
) -> None:
    form = _form(
        town,
        households=[str(town.household.id)],
        find=town.neighbour.head_name,
        look="1",
        subject="",
        note="带上图纸",
    )

    answer = secretary.post(reverse("forums:add"), form)

    text = answer.content.decode()
    assert f'value="{town.household.id}"' in text
    assert f'value="{town.neighbour.id}"' in text
    assert "带上图纸" in text
    assert "field-error" not in text
    assert _forums(town) == []


def test_nobody_found_is_said_beside_the_box(secretary: Client, town: SmallTown) -> None:
    answer = secretary.post(
        reverse("forums:add"), _form(town, find=town.far_household.head_name, look="1")
    )

    assert answer.context["desk"].nothing_found
    assert "field-error" in answer.content.decode()


def test_same_talk_sent_twice_is_stored_once(secretary: Client, town: SmallTown) -> None:
    row = things.demand_row(
        0, content="轮灌", category=town.category.id, resident=town.household.id
    )
    form = _form(town, **row)

    secretary.post(reverse("forums:add"), form)
    secretary.post(reverse("forums:add"), form)

    assert len(_forums(town)) == 1
    assert Visit.objects.in_town(town.town.id).count() == 2
    assert Demand.objects.in_town(town.town.id).count() == 1


def test_demand_of_nobody_is_marked_at_who_asks(secretary: Client, town: SmallTown) -> None:
    row = things.demand_row(0, content="轮灌", category=town.category.id)

    answer = secretary.post(reverse("forums:add"), _form(town, **row))

    assert 'id="id_demands-0-resident_error"' in answer.content.decode()
    assert _forums(town) == []


def test_refused_fields_keep_what_was_typed(secretary: Client, town: SmallTown) -> None:
    answer = secretary.post(
        reverse("forums:add"),
        _form(town, subject="", others="无此人", held_at="2026-12-01T08:00", place="老槐树下"),
    )

    text = answer.content.decode()
    assert 'id="id_subject_error"' in text
    assert 'id="id_others_error"' in text
    assert "老槐树下" in text
    assert _forums(town) == []


def test_area_elsewhere_cannot_be_chosen(secretary: Client, town: SmallTown) -> None:
    answer = secretary.post(reverse("forums:add"), _form(town, area=str(town.place.far.id)))

    assert 'id="id_area_error"' in answer.content.decode()
    assert _forums(town) == []


def test_detail_tells_who_came_and_what_was_asked(secretary: Client, town: SmallTown) -> None:
    forum = things.talked(town)

    page = secretary.get(reverse("forums:detail", args=[forum.id]))

    text = page.content.decode()
    assert town.household.head_name in text
    assert town.neighbour.head_name in text


def test_list_is_that_of_ones_area(secretary: Client, sign_in: SignIn, town: SmallTown) -> None:
    forum = things.talked(town)
    address = reverse("forums:list")

    assert forum.subject in secretary.get(address).content.decode()
    assert forum.subject not in sign_in("far_secretary").get(address).content.decode()


def test_talk_beyond_ones_area_is_named_without_a_link(
    secretary: Client, sign_in: SignIn, town: SmallTown
) -> None:
    forum = things.talked(town)
    Forum.objects.in_town(town.town.id).filter(id=forum.id).update(
        area=town.place.town, area_path=town.place.town.path
    )
    visit = Visit.objects.in_town(town.town.id).filter(forum=forum.id).order_by("id")[0]
    page, link = (
        reverse("visits:detail", args=[visit.id]),
        reverse("forums:detail", args=[forum.id]),
    )

    near, whole = secretary.get(page).content.decode(), sign_in("clerk").get(page).content.decode()

    assert forum.subject in near
    assert link not in near
    assert link in whole


def test_nothing_to_tick_leaves_no_empty_row(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("secretary")
    bare = client.get(reverse("forums:add")).content.decode()
    things.fill_round(town)

    assert "宣传事项" not in bare
    assert "宣传事项" in client.get(reverse("forums:add")).content.decode()
