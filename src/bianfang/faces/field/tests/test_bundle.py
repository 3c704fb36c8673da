import gzip
import json
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.faces.field.tests.factories import Json, Phone
from bianfang.faces.field.tests.shapes import example, shape
from bianfang.faces.field.tests.test_start import FRAME, target
from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.visits.actions import recording
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Round, Visit
from bianfang.register.households.models import Household, Resident
from bianfang.register.people.models import Post
from bianfang.register.people.queries import load_actor

pytestmark = pytest.mark.django_db


def take(phone: Phone, known: object = None) -> Json:
    hamlet = phone.town.place.upper_hamlet.id
    answer = phone.post(f"bundles/{hamlet}", {"known": {} if known is None else known})
    assert answer.status_code == 200, answer.content.decode()
    told: Json = answer.json()
    return told


def row_of(phone: Phone, household: Household | None = None) -> Json:
    wanted = str((household or phone.town.household).id)
    found: Json = next(one for one in take(phone)["households"] if one["id"] == wanted)
    return found


def visited(town: SmallTown, *, days_ago: int = 0, note: str = "") -> Visit:
    secretary = town.actors["secretary"]
    visit = VisitInput(
        household_id=town.household.id,
        mode=VisitMode.EVENING,
        outcome=VisitOutcome.MET,
        happened_at=clock.now() - timedelta(days=days_ago),
        visitor_ids=(secretary.person_id,),
        note=note,
    )
    return recording.record_visit(actor=secretary, visit=visit)


def person(town: SmallTown, name: str, **changes: object) -> Resident:
    resident = factories.make_resident(town.household, name)
    for field, value in changes.items():
        setattr(resident, field, value)
    resident.save()
    return resident


def test_a_bundle_has_the_shape_that_both_sides_agreed_on(town: SmallTown, phone: Phone) -> None:
    person(town, "董大山", relation="02")
    target(town, town.household)
    visited(town)
    factories.handling_state(town)
    expected = example("bundle")

    told = take(phone)

    (row,) = (one for one in told["households"] if one["id"] == str(town.household.id))
    assert shape(row) == shape(expected["households"][0])
    assert told.keys() == expected.keys()
    assert told["hamlet_id"] == str(town.place.upper_hamlet.id)
    assert told["as_of"] == clock.local(clock.now()).isoformat(timespec="seconds")


def test_a_natural_village_travels_compressed(town: SmallTown, phone: Phone) -> None:
    plain = take(phone)

    phone.client.defaults["HTTP_ACCEPT_ENCODING"] = "gzip"
    answer = phone.post(f"bundles/{town.place.upper_hamlet.id}", {"known": {}})

    assert answer["Content-Encoding"] == "gzip"
    found = json.loads(gzip.decompress(answer.content))
    assert found["households"] == plain["households"]


def test_only_what_differs_is_sent(town: SmallTown, phone: Phone) -> None:
    first = take(phone)
    marks = first["marks"]
    assert {one["id"]: one["mark"] for one in first["households"]} == marks
    assert set(marks) == {str(town.household.id), str(town.neighbour.id)}
    assert take(phone, marks)["households"] == []

    visited(town)

    again = take(phone, marks)
    assert [one["id"] for one in again["households"]] == [str(town.household.id)]
    assert again["marks"][str(town.neighbour.id)] == marks[str(town.neighbour.id)]


def test_what_is_gone_is_named(town: SmallTown, phone: Phone) -> None:
    marks = take(phone)["marks"]
    Household.objects.in_town(town.town.id).filter(id=town.household.id).update(
        ended_on=MONDAY, end_reason="moved_out"
    )
    stranger = str(town.far_household.id)

    told = take(phone, {**marks, stranger: "x", "no id": 5})

    assert told["gone"] == [str(town.household.id), stranger, "no id"]
    assert list(told["marks"]) == [str(town.neighbour.id)]


def test_a_household_stands_as_on_the_register(town: SmallTown, phone: Phone) -> None:
    Household.objects.in_town(town.town.id).filter(id=town.household.id).update(
        door="东沟 12 号",
        contact_time="evening",
        living_status="away",
        status_reason="全家外出",
        head_pinyin="dongdashan",
        head_initials="dds",
        priority="1",
        note="狗",
    )

    row = row_of(phone)

    del row["id"], row["mark"]
    assert row == {
        "number": "010101001",
        "door": "东沟 12 号",
        "head": "董大山",
        "pinyin": "dongdashan",
        "initials": "dds",
        "status": "away",
        "status_reason": "全家外出",
        "contact_time": "evening",
        "priority": "1",
        "note": "狗",
        "members": [],
        "target": None,
        "visits": [],
        "demands": [],
    }


def test_people_come_without_numbers_and_birthdays(town: SmallTown, phone: Phone) -> None:
    person(
        town,
        "董大山",
        relation="02",
        phone="10000001234",
        phone_last4="1234",
        id_number="370700199001011234",
        birth_date=date(1990, 1, 1),
        is_away=True,
        away_place="青岛",
        order=1,
    )
    child = {"birth_date": MONDAY.replace(year=MONDAY.year - 18) + timedelta(days=1)}
    person(town, "董小山", phone="10000005678", phone_last4="5678", order=2, **child)
    person(town, "搬走的", ended_on=MONDAY, end_reason="moved_out", order=3)

    answer = phone.post(f"bundles/{town.place.upper_hamlet.id}", {"known": {}})

    row = next(one for one in answer.json()["households"] if one["members"])
    grown, young = row["members"]
    del grown["id"], young["id"]
    assert grown == {
        "name": "董大山",
        "relation": "02",
        "is_child": False,
        "is_away": True,
        "away_place": "青岛",
        "has_phone": True,
    }
    assert (young["name"], young["is_child"], young["has_phone"]) == ("董小山", True, False)
    text = answer.content.decode()
    for secret in ("10000001234", "10000005678", "1234", "5678", "370700", "1990", "搬走的"):
        assert secret not in text


def test_whoever_turns_eighteen_today_is_of_age(town: SmallTown, phone: Phone) -> None:
    person(town, "甲", birth_date=MONDAY.replace(year=MONDAY.year - 18))
    person(town, "乙", birth_date=None)

    assert [one["is_child"] for one in row_of(phone)["members"]] == [False, False]


def test_the_last_three_visits_come_the_newest_first(town: SmallTown, phone: Phone) -> None:
    for days in (5, 1, 9, 3):
        visited(town, days_ago=days, note=str(days))

    row = row_of(phone)

    assert [one["note"] for one in row["visits"]] == ["1", "3", "5"]
    assert row["visits"][0]["at"].endswith("+08:00")
    assert row["visits"][0]["visitors"] == "secretary"


def test_open_demands_and_those_of_the_last_half_year_come(town: SmallTown, phone: Phone) -> None:
    open_one = factories.handling_state(town)
    old_open = factories.registered(town)
    closed = factories.written_off(town)
    old = factories.written_off(town)
    long_ago = clock.now() - timedelta(days=181)
    Demand.objects.in_town(town.town.id).filter(id__in=[old.id, old_open.id]).update(
        registered_at=long_ago
    )

    found = {one["number"]: one for one in row_of(phone)["demands"]}

    assert set(found) == {open_one.number, old_open.number, closed.number}
    assert found[open_one.number]["is_open"] is True
    assert found[closed.number]["is_open"] is False
    assert found[open_one.number]["due_on"]
    assert found[old_open.number]["due_on"] is None
    assert found[open_one.number]["said_on"] == MONDAY.isoformat()
    assert found[open_one.number]["category_id"] == str(town.category.id)


def test_the_target_of_the_round_going_on(town: SmallTown, phone: Phone) -> None:
    target(town, town.household)
    visited(town)

    met = row_of(phone)["target"]
    Round.objects.in_town(town.town.id).update(state="finished", finished_at=clock.now())

    assert (met["outcome"], met["attempts"]) == ("met", 0)
    assert row_of(phone)["target"] is None


def test_other_natural_villages_do_not_come(town: SmallTown, phone: Phone) -> None:
    far = take(Phone(town, "leader"))

    assert str(town.far_household.id) not in far["marks"]


@pytest.mark.parametrize("who", ["handler", "officer", "admin", "far_secretary"])
def test_out_of_reach_it_is_not_there(town: SmallTown, who: str) -> None:
    answer = Phone(town, who).post(f"bundles/{town.place.upper_hamlet.id}", {"known": {}})

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


def test_a_village_is_no_natural_village(town: SmallTown, phone: Phone) -> None:
    for area_id in (town.place.upper.id, new_id()):
        assert phone.post(f"bundles/{area_id}", {"known": {}}).status_code == 404


@pytest.mark.parametrize("known", [[], "x", 5, {str(n): "x" for n in range(5_001)}])
def test_what_is_known_has_to_be_marks_by_id(town: SmallTown, phone: Phone, known: object) -> None:
    answer = phone.post(f"bundles/{town.place.upper_hamlet.id}", {"known": known})

    assert (answer.status_code, answer.json()["code"]) == (400, "bad_request")


def test_who_sees_the_register_sees_who_asks(town: SmallTown, phone: Phone) -> None:
    factories.registered(town, content="董大山说路灯不亮")
    assert row_of(phone)["demands"][0]["content"] == "董大山说路灯不亮"
    Post.objects.in_town(town.town.id).filter(staff=phone.staff).delete()

    assert load_actor(phone.staff).grants == {}
    assert phone.post(f"bundles/{town.place.upper_hamlet.id}", {}).status_code == 404


def test_a_village_of_120_households_is_small_and_asks_no_more_queries(
    town: SmallTown, phone: Phone
) -> None:
    few = _count(phone)
    _grow(town)

    many = _count(phone)
    content = phone.post(f"bundles/{town.place.upper_hamlet.id}", {"known": {}}).content

    assert many == few
    assert many <= FRAME + 7
    assert len(content) < 1_000_000


def _count(phone: Phone) -> int:
    take(phone)
    with CaptureQueriesContext(connection) as asked:
        take(phone)
    return len(asked)


def _grow(town: SmallTown) -> None:
    """118 more households, each with five people, four visits and two demands."""
    homes = [
        factories.make_household(town.place.upper_hamlet, f"55{place:07d}", "王建国")
        for place in range(118)
    ]
    Resident.objects.bulk_create(
        Resident(
            town=town.town,
            household=home,
            area_path=home.area_path,
            name="王建国",
            relation="02",
            away_place="青岛",
            is_away=True,
            entered_on=MONDAY,
            order=place,
        )
        for home in homes
        for place in range(5)
    )
    _visit_all(town, homes)
    _ask_all(town, homes)


def _visit_all(town: SmallTown, homes: Sequence[Household]) -> None:
    Visit.objects.bulk_create(
        Visit(
            town=town.town,
            household=home,
            area_path=home.area_path,
            mode="evening",
            outcome="met",
            happened_at=clock.now() - timedelta(days=place),
            visitor_names="王建国、李秀英",
            topic_names="医疗保险缴费、燃气安全、秸秆禁烧",
            note="家里老人腿脚不便，约好下周再来。" * 3,
            recorded_at=clock.now(),
            recorded_by=town.staff["secretary"],
        )
        for home in homes
        for place in range(4)
    )


def _ask_all(town: SmallTown, homes: Sequence[Household]) -> None:
    Demand.objects.bulk_create(
        Demand(
            town=town.town,
            number=f"2026-9{place}{number:04d}",
            source="visit",
            kind="request",
            household=home,
            area_id=home.hamlet_id,
            area_path=home.area_path,
            proposer_name=home.head_name,
            category=town.category,
            theme=town.category.theme,
            content="门前水泥路塌了一个坑，三轮车过不去，希望修补，晚上走路看不清。" * 3,
            registered_at=clock.now(),
            registered_by=town.staff["secretary"],
            changed_at=clock.now(),
        )
        for number, home in enumerate(homes)
        for place in range(2)
    )
