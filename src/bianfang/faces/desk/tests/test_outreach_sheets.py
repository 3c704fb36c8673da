"""Paper sheets: what stands on them, and typing one in: all of it or nothing, and nothing lost."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.documents import qr
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.actions import rounds
from bianfang.outreach.visits.enums import EntryChannel, TargetOutcome, VisitMode
from bianfang.outreach.visits.models import Target, TopicTold, Visit
from bianfang.outreach.visits.queries import sheets


@pytest.fixture
def clerk(sign_in: SignIn, town: SmallTown) -> Client:
    things.fill_round(town)
    return sign_in("clerk")


def _number(town: SmallTown) -> str:
    """The only sheet of the upper village's natural village."""
    found = sheets.sheet_rows(
        actor=town.actors["clerk"], round=town.round, area=town.place.upper_hamlet
    )
    return found[0].number


def _sheet(town: SmallTown) -> sheets.Sheet:
    return sheets.find_sheet(actor=town.actors["clerk"], number=_number(town))


def _address(town: SmallTown) -> str:
    return f"{reverse('sheets:enter')}?number={_number(town)}"


def _row(place: int, **changes: Any) -> dict[str, Any]:
    typed = {
        "visit_id": str(new_id()),
        "outcome": "",
        "mode": "1",
        "day": "",
        "untold": "",
        "demand": "",
        "category": "",
        **changes,
    }
    return {f"rows-{place}-{name}": value for name, value in typed.items()}


def _form(town: SmallTown, *rows: dict[str, Any], **changes: Any) -> dict[str, Any]:
    form = {
        "visitors": [],
        "others": town.staff["secretary"].name,
        "day": "2026-11-12",
        "topics": [str(things.topic(town, text).id) for text in ("医保", "燃气")],
        **changes,
    }
    for row in rows:
        form |= row
    return form


def _visits(town: SmallTown) -> "list[Visit]":
    return list(Visit.objects.in_town(town.town.id).order_by("household__number"))


def test_list_names_natural_villages_with_their_households(clerk: Client, town: SmallTown) -> None:
    page = clerk.get(reverse("sheets:list"))

    rows = [row for block in page.context["villages"] for row in block.hamlets]
    assert [(row.area.name, row.targets) for row in rows] == [
        (town.place.upper_hamlet.name, 2),
        (town.place.far_hamlet.name, 1),
    ]


def test_paper_names_whom_to_visit_and_nothing_else_of_the_register(
    clerk: Client, town: SmallTown
) -> None:
    person = factories.make_resident(town.household, "董小山")
    person.phone_last4, person.id_last4, person.dibao = "9187", "6053", "yes"
    person.save()

    page = clerk.get(reverse("sheets:paper"), {"area": town.place.upper.path})

    text = page.content.decode()
    text = strip_tags(text[text.index("<article") : text.rindex("</article>")])
    assert _number(town) in text
    assert town.household.head_name in text
    assert town.neighbour.head_name in text
    for hidden in (town.far_household.head_name, "董小山", "9187", "6053"):
        assert hidden not in text


def test_paper_of_the_whole_town_is_not_printed_at_once(clerk: Client, town: SmallTown) -> None:
    page = clerk.get(reverse("sheets:paper"), {"area": town.place.town.path})

    assert "desk/sheets/list.html" in [one.name for one in page.templates]


def test_paper_of_an_area_elsewhere_is_not_there(
    clerk: Client, sign_in: SignIn, town: SmallTown
) -> None:
    page = sign_in("secretary").get(reverse("sheets:paper"), {"area": town.place.far.path})

    assert page.status_code == 404


def test_sheet_is_stored_with_one_visit_a_line(clerk: Client, town: SmallTown) -> None:
    form = _form(town, _row(0, outcome="1"), _row(1, outcome="4", mode="2", day="2026-11-13"))

    answer = clerk.post(_address(town), form)

    first, second = _visits(town)
    standing = Target.objects.in_town(town.town.id).get(household=town.household)
    assert answer.status_code == 302
    assert (first.channel, first.mode) == (EntryChannel.SHEET, VisitMode.DAY)
    assert first.visitor_names == town.staff["secretary"].name
    assert f"{first.happened_at:%Y-%m-%d}" == "2026-11-12"
    assert (second.mode, second.outcome) == ("evening", "closed_door")
    assert standing.outcome == TargetOutcome.MET


def test_line_may_take_topics_out_by_their_numbers(clerk: Client, town: SmallTown) -> None:
    clerk.post(_address(town), _form(town, _row(0, outcome="1", untold="3"), _row(1, outcome="2")))

    met, declined = _visits(town)
    told = TopicTold.objects.in_town(town.town.id)
    assert [one.topic_id for one in told.filter(visit=met)] == [things.topic(town, "医保").id]
    assert not told.filter(visit=declined).exists()


def test_demand_of_a_line_is_registered(clerk: Client, town: SmallTown) -> None:
    row = _row(0, outcome="1", demand="水渠堵了", category=str(town.category.id))

    clerk.post(_address(town), _form(town, row, _row(1)))

    demand = Demand.objects.in_town(town.town.id).get()
    assert (demand.content, demand.household_id) == ("水渠堵了", town.household.id)


def test_same_sheet_sent_twice_is_stored_once(clerk: Client, town: SmallTown) -> None:
    form = _form(town, _row(0, outcome="1"), _row(1))

    clerk.post(_address(town), form)
    again = clerk.post(_address(town), form)

    assert again.status_code == 302
    assert len(_visits(town)) == 1


def test_one_wrong_line_stores_nothing_and_everything_typed_stays(
    clerk: Client, town: SmallTown
) -> None:
    good, bad = _row(0, outcome="1"), _row(1, outcome="1", demand="没有选类别的诉求")

    answer = clerk.post(_address(town), _form(town, good, bad))

    text = answer.content.decode()
    assert answer.status_code == 200
    assert _visits(town) == []
    assert Demand.objects.in_town(town.town.id).count() == 0
    assert "没有选类别的诉求" in text
    assert town.staff["secretary"].name in text
    assert re.search(r'name="rows-0-outcome".*?value="1" selected', text, re.DOTALL)
    assert list(answer.context["desk"].lines[1].form.errors) == ["category"]
    assert not answer.context["desk"].lines[0].form.errors


@pytest.mark.parametrize(
    ("row", "head", "where"),
    [
        ({"demand": "没有结果"}, {}, "outcome"),
        ({"outcome": "5"}, {}, "outcome"),
        ({"outcome": "1", "day": "2026-11-17"}, {}, "day"),
        ({"outcome": "1", "day": "2026-10-01"}, {}, "day"),
    ],
)
def test_refusal_stands_in_its_line(
    row: dict[str, str], head: dict[str, str], where: str, clerk: Client, town: SmallTown
) -> None:
    answer = clerk.post(_address(town), _form(town, _row(0, **row), _row(1), **head))

    assert list(answer.context["desk"].lines[0].form.errors) == [where]
    assert _visits(town) == []


@pytest.mark.parametrize(
    ("rows", "head"),
    [
        ([{"outcome": "1"}], {"others": "无此人"}),
        ([{"outcome": "1"}], {"others": ""}),
        ([{}], {}),
    ],
)
def test_refusal_of_the_whole_sheet_stands_on_top(
    rows: list[dict[str, str]], head: dict[str, str], clerk: Client, town: SmallTown
) -> None:
    typed = [_row(place, **row) for place, row in enumerate(rows)]

    answer = clerk.post(_address(town), _form(town, *typed, _row(1), **head))

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert _visits(town) == []


@pytest.mark.parametrize(("number", "status"), [("nonsense", 200), ("1-9-9-9-9", 404)])
def test_number_that_is_none_or_leads_nowhere(
    number: str, status: int, clerk: Client, town: SmallTown
) -> None:
    page = clerk.get(reverse("sheets:enter"), {"number": number})

    assert page.status_code == status
    if status == 200:
        assert 'id="number-error"' in page.content.decode()
        assert 'value="nonsense"' in page.content.decode()


def test_next_page_of_the_natural_village_follows(clerk: Client, town: SmallTown) -> None:
    for place in range(15):
        things.add_target(
            town, factories.make_household(town.place.upper_hamlet, f"0101019{place:02d}", "王五")
        )
    rows = [_row(place) for place in range(1, 15)]

    answer = clerk.post(_address(town), _form(town, _row(0, outcome="1"), *rows))

    assert answer.headers["Location"].endswith(f"?number={_number(town)[:-1]}2")


def test_sheet_of_another_community_is_not_there_for_its_worker(
    clerk: Client, sign_in: SignIn, town: SmallTown
) -> None:
    far = sheets.sheet_rows(
        actor=town.actors["clerk"], round=town.round, area=town.place.far_hamlet
    )[0]

    page = sign_in("worker").get(reverse("sheets:enter"), {"number": far.number})

    assert page.status_code == 404


def test_without_a_round_there_is_nothing_to_print(sign_in: SignIn, town: SmallTown) -> None:
    rounds.finish_round(actor=town.actors["clerk"], round_id=town.round.id)

    page = sign_in("clerk").get(reverse("sheets:list"))

    assert page.context["round"] is None
    assert reverse("rounds:list") in page.content.decode()


def test_each_line_has_a_code_for_the_phone_page_and_the_sheet_one_for_typing(
    clerk: Client, town: SmallTown
) -> None:
    number = _number(town)
    households = [row.target.household.number for row in _sheet(town).rows]

    page = clerk.get(reverse("sheets:paper"), {"area": town.place.upper_hamlet.path})

    drawn = page.content.decode()
    host = "http://testserver"
    entry = f"{host}{reverse('sheets:enter')}?number={number}"
    for address in [entry, *(f"{host}/field/?h={each}" for each in households)]:
        assert qr.draw(address).path in drawn


def test_a_code_that_is_read_into_the_box_leads_to_the_line(clerk: Client, town: SmallTown) -> None:
    row = _sheet(town).rows[1]
    read = f"http://testserver/field/?h={row.target.household.number}"

    answer = clerk.get(reverse("sheets:enter"), {"number": read})

    assert answer.status_code == 302
    assert answer["Location"] == f"{_address(town)}#line-{row.line}"
    assert f'id="line-{row.line}"' in clerk.get(answer["Location"]).content.decode()


def test_a_code_of_another_round_or_place_is_not_there(clerk: Client) -> None:
    answer = clerk.get(reverse("sheets:enter"), {"number": "http://testserver/field/?h=77777"})

    assert answer.status_code == 404
