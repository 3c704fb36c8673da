from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.faces.field.tests.factories import Json, Phone
from bianfang.faces.field.tests.shapes import example, shape
from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import Responsibility
from bianfang.outreach.campaigns.actions import planning
from bianfang.outreach.campaigns.tests import factories as campaigns
from bianfang.outreach.demands.models import Category
from bianfang.outreach.demands.queries.categories import forget_categories
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.visits.models import Round, Target, Topic
from bianfang.register.areas.models import Area
from bianfang.register.areas.queries import forget_areas
from bianfang.register.households.models import Household
from bianfang.register.people.models import Staff
from bianfang.register.phones.models import FieldPhone

pytestmark = pytest.mark.django_db
FRAME = 3
"""Session, person, posts."""


def begin(phone: Phone) -> Json:
    answer = phone.post("start", {"phone_id": str(new_id()), "phone_name": "Android Chrome"})
    assert answer.status_code == 200, answer.content.decode()
    told: Json = answer.json()
    return told


def target(town: SmallTown, household: Household) -> Target:
    made = Target.objects.create(
        town=town.town,
        round=town.round,
        household=household,
        area_path=household.area_path,
        priority=household.priority,
        living_status=household.living_status,
    )
    assert isinstance(made, Target)
    return made


def answers_for(town: SmallTown, area: Area, name: str) -> None:
    Responsibility.objects.create(
        town=town.town,
        area=area,
        area_path=area.path,
        duty=Duty.VILLAGE_HEAD,
        staff=town.staff[name],
        valid_from=MONDAY,
    )


def topic(town: SmallTown, text: str = "燃气安全") -> None:
    checklist = town.round.checklist
    assert checklist is not None
    count = Topic.objects.in_town(town.town.id).count()
    Topic.objects.create(
        town=town.town,
        checklist=checklist,
        order=count,
        kind="explain",
        text=text,
        hint="看软管",
    )


def filled(town: SmallTown) -> None:
    """Something of everything."""
    answers_for(town, town.place.upper, "secretary")
    target(town, town.household)
    topic(town)
    campaigns.leaflet(town)
    campaigns.running(town)


def test_the_start_has_the_shape_that_both_sides_agreed_on(town: SmallTown, phone: Phone) -> None:
    filled(town)

    told = begin(phone)

    assert shape(told) == shape(example("start"))


def test_who_where_and_when(town: SmallTown, phone: Phone) -> None:
    told = begin(phone)

    assert told["time"] == clock.local(clock.now()).isoformat(timespec="seconds")
    assert told["person"] == {
        "id": str(phone.staff.id),
        "name": "secretary",
        "username": "first-secretary",
    }
    assert told["town"] == {"id": str(town.town.id), "name": "town first", "service_phone": ""}
    assert told["may_edit_register"] is True
    assert told["round"] == {
        "id": str(town.round.id),
        "name": "第一轮",
        "number": 1,
        "starts_on": "2026-11-01",
        "due_on": "2026-12-31",
    }
    assert told["form"] is None


def test_natural_villages_with_their_households_and_those_left(
    town: SmallTown, phone: Phone
) -> None:
    answers_for(town, town.place.upper, "secretary")
    target(town, town.household)
    Target.objects.in_town(town.town.id).filter(id=target(town, town.neighbour).id).update(
        outcome="met", settled_at=clock.now()
    )

    (hamlet,) = begin(phone)["hamlets"]

    assert hamlet == {
        "id": str(town.place.upper_hamlet.id),
        "name": "上庄",
        "village": "上村",
        "community": "北社区",
        "households": 2,
        "left": 1,
        "is_mine": True,
    }


@pytest.mark.parametrize(
    ("who", "names"),
    [
        ("secretary", ["上庄"]),
        ("worker", ["上庄", "下庄"]),
        ("leader", ["上庄", "下庄", "远庄"]),
        ("handler", []),
        ("officer", []),
    ],
)
def test_only_natural_villages_where_one_may_write_down_visits(
    town: SmallTown, who: str, names: list[str]
) -> None:
    told = begin(Phone(town, who))

    assert [one["name"] for one in told["hamlets"]] == names
    assert not any(one["is_mine"] for one in told["hamlets"])


def test_a_responsibility_above_makes_all_below_ones_own(town: SmallTown) -> None:
    answers_for(town, town.place.north, "leader")

    told = begin(Phone(town, "leader"))

    assert [one["is_mine"] for one in told["hamlets"]] == [True, True, False]


def test_a_natural_village_that_ended_is_left_out(town: SmallTown, phone: Phone) -> None:
    town.place.upper_hamlet.valid_to = MONDAY
    town.place.upper_hamlet.save()
    forget_areas()

    assert begin(phone)["hamlets"] == []


def test_visitors_are_those_with_an_open_account_and_where_they_serve(
    town: SmallTown, phone: Phone
) -> None:
    Staff.objects.in_town(town.town.id).filter(id=town.staff["roads_handler"].id).update(
        is_active=False
    )
    Staff.objects.create(town=town.town, username="new-one", name="新人")

    units = {one["name"]: one["unit"] for one in begin(phone)["visitors"]}

    assert units["secretary"] == "上村"
    assert units["handler"] == "civil first"
    assert units["新人"] == ""
    assert "roads_handler" not in units


def test_without_a_round_nothing_is_asked_but_visits_can_be_written_down(
    town: SmallTown, phone: Phone
) -> None:
    Round.objects.in_town(town.town.id).update(
        state="finished", finished_at=clock.now(), checklist=None
    )

    told = begin(phone)

    assert (told["round"], told["topics"], told["leaflets"]) == (None, [], [])
    assert [one["left"] for one in told["hamlets"]] == [0]


def test_leaflets_of_the_rounds_topics_in_force_come_with_their_text(
    town: SmallTown, phone: Phone
) -> None:
    topic(town)
    campaigns.leaflet(town)
    campaigns.leaflet(town, title="旧的", valid_to=MONDAY)
    campaigns.leaflet(town, topic="别的", title="别的")

    with clock.at(factories.morning(MONDAY + timedelta(days=1))):
        (leaflet,) = begin(phone)["leaflets"]

    assert (leaflet["topic"], leaflet["title"], leaflet["source"]) == ("燃气安全", "三看", "应急办")
    assert leaflet["body"].startswith("看软管")


def test_categories_come_with_words_and_closed_ones_do_not_come(
    town: SmallTown, phone: Phone
) -> None:
    Category.objects.in_town(town.town.id).filter(code="dibao").update(closed_on=MONDAY)
    forget_categories()

    (category,) = begin(phone)["categories"]

    assert (category["code"], category["theme"]) == ("lighting", "projects")
    assert {"路灯", "不亮"} <= set(category["words"])


def test_running_campaigns_with_their_questions_and_ones_own_spots(
    town: SmallTown, phone: Phone
) -> None:
    answers_for(town, town.place.upper, "secretary")
    patches = campaigns.patches(town)
    campaigns.spot(town, patches)
    campaigns.spot(town, patches, "TB-2", area_id=town.place.upper.id, place="河边")
    campaigns.spot(town, patches, "TB-3", area_id=town.place.lower_hamlet.id)
    gas = campaigns.running(town)
    campaigns.drafted(town, name="未开始")
    planning.close_campaign(actor=town.clerk, campaign_id=campaigns.running(town, name="已结束").id)
    campaigns.running(town, name="南边", area_ids=(town.place.south.id,))

    first, second = begin(phone)["campaigns"]

    here = str(town.place.upper_hamlet.id)
    assert (first["name"], second["name"]) == ("图斑", "燃气排查")
    assert first["hamlets"] == second["hamlets"] == [here]
    assert [(one["number"], one["place"], one["hamlet_id"]) for one in first["spots"]] == [
        ("TB-2", "河边", here),
        ("TB-1", "桥头", here),
    ]
    assert (second["spots"], second["version"]) == ([], gas.version)
    kinds = {one["key"]: one["kind"] for one in second["fields"]}
    assert kinds["result"] == "choice"
    urgent = {
        choice["value"]: choice["urgent"]
        for one in second["fields"]
        if one["key"] == "level"
        for choice in one["choices"]
    }
    assert urgent == {"none": False, "general": False, "urgent": True}


def test_spots_of_others_do_not_come(town: SmallTown, phone: Phone) -> None:
    campaigns.spot(town, campaigns.patches(town))

    assert begin(phone)["campaigns"][0]["spots"] == []


def test_the_phone_is_known_from_now_on_by_the_day(town: SmallTown, phone: Phone) -> None:
    begin(phone)

    (known,) = FieldPhone.objects.in_town(town.town.id)
    assert (known.staff_id, known.name, known.last_day) == (
        phone.staff.id,
        "Android Chrome",
        MONDAY,
    )


@pytest.mark.parametrize(
    "body", [{}, {"phone_id": 5}, {"phone_id": "x"}, {"phone_id": None}, {"phone_id": ["x"]}]
)
def test_a_phone_without_an_id_is_told_so(phone: Phone, body: dict[str, Any]) -> None:
    answer = phone.post("start", body)

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_a_phone_without_a_name_is_taken(town: SmallTown, phone: Phone) -> None:
    assert phone.post("start", {"phone_id": str(new_id()), "phone_name": 7}).status_code == 200
    assert [one.name for one in FieldPhone.objects.in_town(town.town.id)] == ["—"]


def test_the_number_of_queries_does_not_grow_with_the_town(town: SmallTown) -> None:
    filled(town)
    answers_for(town, town.place.lower, "leader")
    campaigns.spot(town, campaigns.patches(town))
    phone = Phone(town, "leader")
    few = _count(phone)
    for place in range(5):
        path = f"{town.place.lower.path}{place + 2:04d}"
        area = Area.objects.create(
            town=town.town, kind="hamlet", name=f"庄{place}", path=path, parent=town.place.lower
        )
        target(town, factories.make_household(area, f"77{place:07d}", "王五"))
        answers_for(town, area, "leader")
        topic(town, f"政策{place}")
        campaigns.leaflet(town, topic=f"政策{place}", title=f"政策{place}")
        patches = campaigns.patches(town, name=f"图斑{place}")
        campaigns.spot(town, patches)
    forget_areas()

    many = _count(phone)

    assert many == few
    assert many <= FRAME + 22


def _count(phone: Phone) -> int:
    begin(phone)
    forget_areas()
    with CaptureQueriesContext(connection) as asked:
        begin(phone)
    return len(asked)
