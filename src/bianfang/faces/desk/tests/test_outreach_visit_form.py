"""Writing down a visit: one screen, sent once, with demands and changes; what is refused."""

import re
from uuid import UUID

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.enums import TargetOutcome, VisitMode
from bianfang.outreach.visits.models import Target, TopicTold, Visit
from bianfang.register.households.models import Household


@pytest.fixture
def secretary(sign_in: SignIn, town: SmallTown) -> Client:
    things.fill_round(town)
    return sign_in("secretary")


def _address(town: SmallTown) -> str:
    return reverse("visits:record", args=[town.household.id])


def _send(client: Client, town: SmallTown, **changes: object) -> HttpResponse:
    return client.post(_address(town), things.visit_form(town, **changes))  # type: ignore[return-value]  # Django's own test response


def _visits(town: SmallTown) -> "list[Visit]":
    return list(Visit.objects.in_town(town.town.id).order_by("id"))


def test_form_has_at_most_eight_inputs_open_in_the_common_case(
    secretary: Client, town: SmallTown
) -> None:
    text = secretary.get(_address(town)).content.decode()

    open_part = re.sub(r"<details.*?</details>", "", text[text.index("<main") :], flags=re.DOTALL)
    names = set(re.findall(r'<(?:input|select|textarea)[^>]* name="([^"]+)"', open_part))
    asked = names - {"csrfmiddlewaretoken", "visit_id", "demand-rows", "others"}
    of_demand = {name for name in asked if name.startswith("demands-0-")}

    assert of_demand == {"demands-0-content", "demands-0-category", "demands-0-route"}
    assert len(asked - of_demand) <= 7  # the demand is the eighth


def test_form_begins_with_me_and_with_a_met_household(secretary: Client, town: SmallTown) -> None:
    text = secretary.get(_address(town)).content.decode()

    me = town.staff["secretary"].id
    assert re.search(rf'name="visitors" value="{me}"[^>]* checked', text)
    assert re.search(r'name="outcome" value="met"[^>]* checked', text)
    assert re.search(r'name="mode" value="day"[^>]* checked', text)


@pytest.mark.parametrize(
    ("hour", "mode"), [(0, "evening"), (5, "evening"), (6, "day"), (17, "day"), (18, "evening")]
)
def test_form_knows_day_from_night(
    secretary: Client, town: SmallTown, hour: int, mode: str
) -> None:
    with clock.at(clock.in_town(factories.MONDAY, hour)):
        text = secretary.get(_address(town)).content.decode()

    assert re.search(rf'name="mode" value="{mode}"[^>]* checked', text)


def test_visit_settles_the_household_and_leads_to_the_next(
    secretary: Client, town: SmallTown
) -> None:
    told = things.topic(town, "医保")

    answer = _send(secretary, town, topics=[str(told.id)])

    visit = _visits(town)[0]
    page = secretary.get(answer.headers["Location"]).content.decode()
    target = Target.objects.in_town(town.town.id).get(household=town.household)
    assert answer.headers["Location"] == reverse("visits:saved", args=[visit.id])
    assert target.outcome == TargetOutcome.MET
    assert TopicTold.objects.in_town(town.town.id).filter(visit=visit, topic=told).exists()
    assert town.neighbour.head_name in page
    assert town.far_household.head_name not in page


def test_same_form_sent_twice_is_stored_once(secretary: Client, town: SmallTown) -> None:
    row = things.demand_row(0, content="路灯不亮", category=town.category.id)
    form = things.visit_form(town, **row)

    first = secretary.post(_address(town), form)
    second = secretary.post(_address(town), form)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(_visits(town)) == 1
    assert Demand.objects.in_town(town.town.id).count() == 1


def test_demands_for_later_and_on_the_spot_come_with_the_visit(
    secretary: Client, town: SmallTown
) -> None:
    later = things.demand_row(0, content="路灯不亮", category=town.category.id)
    solved = things.demand_row(
        1,
        content="井盖松动",
        category=town.category.id,
        route="onsite",
        result="换好",
        reply="当面说",
    )

    _send(secretary, town, **{"demand-rows": "3", **later, **solved, **things.demand_row(2)})

    found = Demand.objects.in_town(town.town.id).order_by("id")
    assert [(one.content, one.state) for one in found] == [
        ("路灯不亮", "registered"),
        ("井盖松动", "awaiting_review"),
    ]
    assert _visits(town)[0].demand_count == 2


def test_whoever_was_spoken_with_asks_unless_somebody_else_is_named(
    secretary: Client, town: SmallTown
) -> None:
    spouse = factories.make_resident(town.household, "李桂兰")
    spouse.relation = "10"
    spouse.save(update_fields=["relation"])
    row = things.demand_row(0, content="看病报销", category=town.category.id)

    _send(secretary, town, respondent_relation="10", **row)

    demand = Demand.objects.in_town(town.town.id).get()
    assert (demand.resident_id, demand.proposer_name) == (spouse.id, "李桂兰")


def test_refused_fields_are_marked_and_everything_typed_stays(
    secretary: Client, town: SmallTown
) -> None:
    bad = things.demand_row(0, content="", category=town.category.id)

    answer = _send(
        secretary, town, visitors=[], note="院里养了几只羊", happened_at="2026-11-16T23:00", **bad
    )

    text = answer.content.decode()
    assert answer.status_code == 200
    assert _visits(town) == []
    assert "院里养了几只羊" in text
    assert 'value="2026-11-16T23:00"' in text
    assert "id_visitors_error" in text or 'id="id_happened_at_error"' in text
    assert "data-bf-bound" in text


@pytest.mark.parametrize("route", ["timed", "meeting"])
def test_how_the_visitor_would_handle_it_is_kept_as_a_suggestion(
    route: str, secretary: Client, town: SmallTown
) -> None:
    row = things.demand_row(0, content="修路", category=town.category.id, route=route)

    _send(secretary, town, **row)

    demand = Demand.objects.in_town(town.town.id).get()
    assert (demand.suggested_route, demand.route, demand.state) == (route, "", "registered")


def test_wrong_demand_is_marked_beside_itself(secretary: Client, town: SmallTown) -> None:
    bad = things.demand_row(1, content="没有选类别")

    answer = _send(secretary, town, **{"demand-rows": "2", **bad})

    assert 'id="id_demands-1-category_error"' in answer.content.decode()
    assert _visits(town) == []


def test_one_more_row_keeps_what_was_typed_and_marks_nothing(
    secretary: Client, town: SmallTown
) -> None:
    row = things.demand_row(0, content="路灯不亮")

    answer = _send(secretary, town, add_demand="1", visitors=[], note="记一笔", **row)

    text = answer.content.decode()
    assert 'name="demands-1-content"' in text
    assert 'name="demand-rows" value="2"' in text
    assert "路灯不亮" in text
    assert "记一笔" in text
    assert "field-error" not in text
    assert _visits(town) == []


def test_colleagues_are_added_by_name(secretary: Client, town: SmallTown) -> None:
    worker = town.staff["worker"]

    _send(secretary, town, others=f"{worker.name}、{town.staff['clerk'].name}")

    names = _visits(town)[0].visitor_names
    assert worker.name in names
    assert town.staff["clerk"].name in names


def test_name_of_nobody_and_name_of_two_people_are_told(secretary: Client, town: SmallTown) -> None:
    one, other = town.staff["worker"], town.staff["clerk"]
    for person in (one, other):
        person.name = "王强"
        person.save(update_fields=["name"])

    answer = _send(secretary, town, others="王强 某某人")

    text = answer.content.decode()
    assert "某某人" in text
    assert one.username in text
    assert other.username in text
    assert _visits(town) == []


def test_what_changed_in_the_household_goes_into_the_register(
    secretary: Client, town: SmallTown
) -> None:
    changes = {"living_status": "away", "contact_time": "evening", "door": "7号", "phone": ""}

    _send(secretary, town, mode="evening", **changes)

    household = Household.objects.in_town(town.town.id).get(id=town.household.id)
    assert (household.living_status, household.contact_time, household.door) == (
        "away",
        "evening",
        "7号",
    )
    assert _visits(town)[0].mode == VisitMode.EVENING


def test_unchanged_household_is_not_touched(secretary: Client, town: SmallTown) -> None:
    same = {"living_status": "resident", "contact_time": "any", "door": "", "status_reason": ""}

    _send(secretary, town, **same)

    household = Household.objects.in_town(town.town.id).get(id=town.household.id)
    assert household.version == town.household.version


def test_vacant_house_needs_the_reason_beside_its_field(secretary: Client, town: SmallTown) -> None:
    answer = _send(secretary, town, living_status="vacant", contact_time="any", door="")

    assert 'id="id_status_reason_error"' in answer.content.decode()
    assert _visits(town) == []


def test_leader_writes_a_visit_down_without_the_register_fields(
    sign_in: SignIn, town: SmallTown
) -> None:
    leader = sign_in("leader")
    text = leader.get(_address(town)).content.decode()

    answer = leader.post(
        _address(town), things.visit_form(town, visitors=[str(town.staff["leader"].id)])
    )

    assert 'name="living_status"' not in text
    assert answer.status_code == 302


def test_household_elsewhere_is_not_there(secretary: Client, town: SmallTown) -> None:
    address = reverse("visits:record", args=[town.far_household.id])

    assert secretary.get(address).status_code == 404
    assert secretary.post(address, things.visit_form(town)).status_code == 404


def test_household_is_picked_by_name_from_the_left_and_from_the_recent(
    secretary: Client, town: SmallTown
) -> None:
    things.visited(town)

    page = secretary.get(reverse("visits:add"))
    found = secretary.get(reverse("visits:add"), {"text": town.neighbour.head_name})
    nobody = secretary.get(reverse("visits:add"), {"text": town.far_household.head_name})

    assert [row["household"].id for row in page.context["left"]] == [town.neighbour.id]
    assert [row["household"].id for row in page.context["recent"]] == [town.household.id]
    assert [row["household"].id for row in found.context["found"]] == [town.neighbour.id]
    assert nobody.context["found"] == []


def test_phone_is_not_searched_for_in_an_address(secretary: Client) -> None:
    answer = secretary.get(reverse("visits:add"), {"text": "1000000 1234"})

    assert answer.context["is_number"]
    assert answer.context["found"] == []


def test_found_households_alone_are_those_of_the_whole_page(
    secretary: Client, town: SmallTown
) -> None:
    asked = {"text": town.neighbour.head_name}
    whole = secretary.get(reverse("visits:add"), asked).content.decode()

    part = secretary.get(
        reverse("visits:add"), asked, headers={"hx-request": "true", "hx-target": "found"}
    ).content.decode()

    assert part.strip().startswith('<div id="found">')
    assert part.strip() in whole


def test_slip_of_what_was_asked_can_be_handed_over_at_once(
    secretary: Client, town: SmallTown
) -> None:
    visit = things.visited(town, asks=True)
    brought = Demand.objects.in_town(town.town.id).get(visit=visit.id)

    text = secretary.get(reverse("visits:saved", args=[visit.id])).content.decode()

    assert reverse("confirmations:slip", args=[brought.id]) in text


def test_saved_page_of_a_visit_elsewhere_is_not_there(secretary: Client, town: SmallTown) -> None:
    visit = things.visited(town, town.far_household)

    assert secretary.get(reverse("visits:saved", args=[visit.id])).status_code == 404


def test_visit_id_comes_with_the_form(secretary: Client, town: SmallTown) -> None:
    ids = [
        re.search(
            r'name="visit_id" value="([^"]+)"', secretary.get(_address(town)).content.decode()
        )
        for _ in range(2)
    ]

    made = [UUID(found[1]) for found in ids if found]
    assert len(set(made)) == 2
    assert {one.version for one in made} == {7}
