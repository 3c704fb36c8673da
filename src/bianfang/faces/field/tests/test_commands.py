import json
from pathlib import Path
from typing import Any

import pytest

from bianfang.faces.field import batch
from bianfang.faces.field.tests.factories import Phone, changes
from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.kernel.operations.models import Operation
from bianfang.outreach.campaigns.actions.fieldwork import AnswerState, FieldAnswer
from bianfang.outreach.campaigns.tests import factories as campaigns
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests.factories import (
    SmallTown,
    make_household,
    make_resident,
    make_town,
)
from bianfang.outreach.visits.models import Visit
from bianfang.register.households.actions import households
from bianfang.register.households.enums import ContactTime
from bianfang.register.households.models import HeldChange, Household, Resident

EXAMPLES = Path(__file__).resolve().parents[5] / "frontend" / "field" / "tests" / "examples"


def visits(town: SmallTown) -> Any:
    return Visit.objects.in_town(town.town.id)


def demands(town: SmallTown) -> list[Demand]:
    return list(Demand.objects.in_town(town.town.id).order_by("number"))


def homes(town: SmallTown, count: int) -> list[Household]:
    return [
        make_household(town.place.upper_hamlet, f"0101020{number:02d}", f"户{number}")
        for number in range(count)
    ]


def test_the_example_of_the_contract_can_be_read() -> None:
    read = batch.read_batch(json.loads((EXAMPLES / "batch.json").read_text()))

    (sent,) = read.commands
    assert sent.errors == {}
    assert sent.visit is not None
    assert [change.field for change in sent.visit.changes] == ["living_status", "door", "phone"]
    assert sent.visit.demands[0].suggested_route == "timed"  # type: ignore[union-attr]  # a plain demand


def test_an_answer_has_the_keys_of_the_example(phone: Phone) -> None:
    example = json.loads((EXAMPLES / "answers.json").read_text())
    told = phone.send(phone.command(demands=[phone.demand()]), phone.command(demands=[{}]))

    assert told.keys() == example.keys()
    for answer, wanted in zip(told["answers"], example["answers"], strict=False):
        assert answer.keys() == wanted.keys()
    assert told["answers"][0]["demands"][0].keys() == {"id", "number"}


def test_visits_are_written_down_with_their_demands_and_a_receipt_each(
    town: SmallTown, phone: Phone
) -> None:
    sent = [phone.command(home) for home in homes(town, 3)]
    sent.append(phone.command(demands=[phone.demand(route="meeting"), phone.demand()]))

    answers = phone.answers(*sent)

    assert [one["state"] for one in answers] == ["accepted"] * 4
    assert [one["id"] for one in answers] == [one["id"] for one in sent]
    assert [one["receipt"] for one in answers] == [f"S2026-00000{n}" for n in (1, 2, 3, 4)]
    assert [one["number"] for one in answers[3]["demands"]] == ["2026-00001", "2026-00002"]
    assert visits(town).filter(channel="field").count() == 4
    assert [one.suggested_route for one in demands(town)] == ["meeting", ""]
    assert answers[3]["visit_id"] == sent[3]["body"]["visit_id"]


def test_what_was_settled_on_the_spot_is_closed_the_same_day(town: SmallTown, phone: Phone) -> None:
    ended = phone.demand(route="onsite", result="换了灯泡", reply="当面说明", reply_mode="")

    (answer,) = phone.answers(phone.command(demands=[ended]))

    assert answer["state"] == "accepted"
    assert [(one.route, one.closed_on) for one in demands(town)] == [("onsite", clock.today())]


def test_a_repeat_is_answered_with_what_came_of_it_and_does_nothing(
    town: SmallTown, phone: Phone
) -> None:
    sent = phone.command(demands=[phone.demand()])

    first, again, third = [phone.answers(sent)[0], *phone.answers(sent, sent)]

    assert first == again == third
    assert (visits(town).count(), len(demands(town))) == (1, 1)


def test_the_same_id_with_another_content_is_told(town: SmallTown, phone: Phone) -> None:
    sent = phone.command()
    other = {**sent, "body": {**sent["body"], "note": "不同"}}

    first, second = phone.answers(sent, other)
    (third,) = phone.answers(other)

    assert first["state"] == "accepted"
    assert second == third == {"id": sent["id"], "state": "different"}
    assert visits(town).get().note == ""


def test_an_id_that_somebody_else_used_is_different(town: SmallTown, phone: Phone) -> None:
    sent = phone.command()
    phone.answers(sent)

    answers = Phone(town, "worker").answers(sent)

    assert [one["state"] for one in answers] == ["different"]


def test_a_refused_one_hurts_no_other_and_may_come_again_mended(
    town: SmallTown, phone: Phone
) -> None:
    good = [phone.command(home) for home in homes(town, 3)]
    bad = phone.command(visitor_ids=[])
    empty = phone.command(town.neighbour, demands=[phone.demand(content=" ")])

    answers = phone.answers(good[0], bad, good[1], empty, good[2])

    states = [one["state"] for one in answers]
    assert states == ["accepted", "rejected", "accepted", "rejected", "accepted"]
    assert list(answers[1]["errors"]) == ["visitor_ids"]
    assert list(answers[3]["errors"]) == ["demands-0-content"]
    assert visits(town).count() == Operation.objects.in_town(town.town.id).count() == 3
    mended = {**bad, "body": {**bad["body"], "visitor_ids": [str(phone.staff.id)]}}
    assert phone.answers(mended)[0]["state"] == "accepted"


def test_a_place_that_is_not_mine_is_refused_in_words(town: SmallTown, phone: Phone) -> None:
    far, unknown = phone.command(town.far_household), phone.command(household_id=str(new_id()))

    answers = phone.answers(far, unknown, phone.command())

    assert [one["state"] for one in answers] == ["rejected", "rejected", "accepted"]
    assert answers[0]["errors"] == {"": "您的辖区内没有这一户。"}


def test_a_category_of_nobody_is_named_in_its_place(phone: Phone) -> None:
    wrong = phone.demand(category_id=str(new_id()))

    (answer,) = phone.answers(phone.command(demands=[phone.demand(), wrong]))

    assert list(answer["errors"]) == ["demands-1-category_id"]


def test_one_household_may_come_twice_in_a_batch_in_any_order(
    town: SmallTown, phone: Phone
) -> None:
    closed = phone.command(outcome="closed_door")
    talked = phone.command(demands=[phone.demand()])

    answers = phone.answers(talked, closed, talked)

    assert [one["state"] for one in answers] == ["accepted"] * 3
    assert answers[0] == answers[2]
    assert (visits(town).count(), len(demands(town))) == (2, 1)


def test_two_people_who_went_to_one_household_made_two_visits(
    town: SmallTown, phone: Phone
) -> None:
    answers = phone.answers(phone.command()) + Phone(town, "worker").answers(
        Phone(town, "worker").command()
    )

    assert [one["state"] for one in answers] == ["accepted"] * 2
    assert visits(town).count() == 2


def test_one_visit_id_under_two_commands_is_one_visit(town: SmallTown, phone: Phone) -> None:
    first = phone.command(demands=[phone.demand()])
    second = {**first, "id": str(new_id())}
    third = {**first, "id": str(new_id()), "body": {**first["body"], "note": "另一次"}}

    answers = phone.answers(first, second, third)

    assert [one["state"] for one in answers] == ["accepted", "accepted", "rejected"]
    assert answers[0]["demands"] == answers[1]["demands"]
    assert (visits(town).count(), len(demands(town))) == (1, 1)


def test_an_id_that_is_in_use_in_another_town_is_refused(town: SmallTown, phone: Phone) -> None:
    from_far = make_other_visit(town)
    taken = phone.command(visit_id=str(from_far))

    answers = phone.answers(taken, phone.command(town.neighbour))

    assert [one["state"] for one in answers] == ["rejected", "accepted"]


def make_other_visit(town: SmallTown) -> Any:
    other = Phone(make_town("second", code="0002"), "secretary")
    sent = other.command()
    assert other.answers(sent)[0]["state"] == "accepted"
    return sent["body"]["visit_id"]


def test_findings_come_along_and_an_urgent_one_raises_its_demand(
    town: SmallTown, phone: Phone
) -> None:
    campaign = campaigns.running(town)
    finding = {
        "campaign_id": str(campaign.id),
        "version": campaign.version,
        "spot_id": None,
        "answers": dict(campaigns.URGENT),
    }
    wrong = {**finding, "answers": {}}

    answers = phone.answers(
        phone.command(findings=[finding]), phone.command(town.neighbour, findings=[wrong])
    )

    assert [one["state"] for one in answers] == ["accepted", "rejected"]
    assert [one.urgent for one in demands(town)] == [True]
    assert list(answers[1]["errors"]) == ["findings-0-result"]


def test_a_busy_server_says_that_it_comes_again_by_itself() -> None:
    sent, busy = batch.Sent(new_id()), FieldAnswer(state=AnswerState.LATER)

    assert batch.write_answer(sent, busy) == {
        "id": str(sent.id),
        "state": "later",
        "message": "服务器忙，稍后自动再送。",
    }


def test_answers_to_a_checklist_are_not_lost_in_silence(phone: Phone) -> None:
    (answer,) = phone.answers(phone.command(answers={"checklist_id": str(new_id()), "values": {}}))

    assert list(answer["errors"]) == ["answers"]


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"mode": "forum"}, "mode"),
        ({"mode": None}, "mode"),
        ({"outcome": "asleep"}, "outcome"),
        ({"happened_at": "2026-11-16T20:10:00"}, "happened_at"),
        ({"happened_at": "0001-01-01T00:00:00+08:00"}, "happened_at"),
        ({"happened_at": 5}, "happened_at"),
        ({"happened_at": "yesterday"}, "happened_at"),
        ({"household_id": "x"}, "household_id"),
        ({"visitor_ids": "me"}, "visitor_ids"),
        ({"visitor_ids": [7]}, "visitor_ids"),
        ({"topic_ids": ["0" * 32] * 201}, "topic_ids"),
        ({"note": "长" * 4001}, "note"),
        ({"note": None}, "note"),
        ({"extra": 1}, "extra"),
        ({"demands": [3]}, "demands-0"),
        ({"findings": [{"campaign_id": "x"}]}, "findings-0-campaign_id"),
        ({"changes": []}, "changes"),
        ({"changes": {"door": "x"}}, "changes-door"),
        ({"changes": changes(door={"from": "", "to": "长" * 61})}, "changes-door-to"),
        ({"changes": changes(living_status={"from": "x", "to": "away", "reason": ""})},
         "changes-living_status-from"),
    ],
)  # fmt: skip
def test_each_wrong_field_is_named_by_its_path(
    wrong: dict[str, Any], named: str, phone: Phone
) -> None:
    bad, good = phone.command(**wrong), phone.command()

    answers = phone.answers(bad, good)

    assert [one["state"] for one in answers] == ["rejected", "accepted"]
    assert named in answers[0]["errors"]
    assert all(isinstance(each, str) and each for each in answers[0]["errors"].values())


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ({"urgent": "yes"}, "urgent"),
        ({"route": "sideways"}, "route"),
        ({"outcome": "transferred"}, "outcome"),
        ({"resident_id": ""}, "resident_id"),
    ],
)
def test_each_wrong_field_of_a_demand_is_named(
    wrong: dict[str, Any], named: str, phone: Phone
) -> None:
    (answer,) = phone.answers(phone.command(demands=[phone.demand(**wrong)]))

    assert list(answer["errors"]) == [f"demands-0-{named}"]


@pytest.mark.parametrize("version", [True, -1, 2**40, "1"])
def test_a_version_is_a_whole_number(version: object, phone: Phone) -> None:
    finding = {"campaign_id": str(new_id()), "version": version, "spot_id": None, "answers": 5}

    (answer,) = phone.answers(phone.command(findings=[finding]))

    assert list(answer["errors"]) == ["findings-0-version", "findings-0-answers"]


@pytest.mark.parametrize(
    ("frame", "words"),
    [({"kind": "visit.forget"}, ""), ({"made_at": "x"}, "made_at"), ({"body": 5}, "")],
)
def test_a_command_of_another_shape_is_refused_alone(
    frame: dict[str, Any], words: str, phone: Phone
) -> None:
    answers = phone.answers({**phone.command(), **frame}, phone.command())

    assert [one["state"] for one in answers] == ["rejected", "accepted"]
    assert words in answers[0]["errors"]


# ------------------------------------------------------------------------ changes of the register


def fresh(household: Household) -> Household:
    return Household.objects.in_town(household.town_id).get(id=household.id)


def head(town: SmallTown) -> Resident:
    resident = make_resident(town.household, "董大山")
    resident.relation = "02"
    resident.save()
    return resident


def test_changes_are_written_where_the_register_says_what_was_seen(
    town: SmallTown, phone: Phone
) -> None:
    resident = head(town)
    found = changes(
        living_status={"from": "resident", "to": "away", "reason": "全家外出"},
        contact_time={"from": "any", "to": "evening"},
        door={"from": "", "to": "12 号"},
        phone={"resident_id": str(resident.id), "to": "100 0000 1234"},
    )

    (answer,) = phone.answers(phone.command(changes=found))

    now = fresh(town.household)
    assert answer["held"] == []
    assert (now.living_status, now.status_reason) == ("away", "全家外出")
    assert (now.contact_time, now.door) == ("evening", "12 号")
    resident.refresh_from_db()
    assert resident.phone == "10000001234"


def test_a_change_that_met_another_one_is_held_and_the_visit_stays(
    town: SmallTown, phone: Phone
) -> None:
    edit(town, door="14 号")

    (answer,) = phone.answers(phone.command(changes=changes(door={"from": "", "to": "12 号乙"})))

    assert answer["held"] == [
        {"field": "door", "sent": "12 号乙", "now": "14 号", "words": "门牌在别处改过，等人决定。"}
    ]  # fmt: skip
    assert fresh(town.household).door == "14 号"
    kept = HeldChange.objects.in_town(town.town.id).get()
    assert (kept.seen, kept.now, kept.sent, kept.state) == ("", "14 号", "12 号乙", "open")
    assert str(kept.visit_id) == answer["visit_id"]
    assert visits(town).count() == 1


def test_nothing_is_held_where_the_register_says_the_same(town: SmallTown, phone: Phone) -> None:
    edit(town, door="12 号")

    (answer,) = phone.answers(phone.command(changes=changes(door={"from": "旧", "to": "12 号"})))

    assert (answer["state"], answer["held"]) == ("accepted", [])


def test_a_phone_that_was_changed_after_the_visit_is_held_and_told_by_its_last_digits(
    town: SmallTown, phone: Phone
) -> None:
    resident, other = head(town), Phone(town, "worker")
    first = phone.command(changes=changes(phone={"resident_id": None, "to": "10000001234"}))
    second = other.command(
        changes=changes(phone={"resident_id": str(resident.id), "to": "10000005678"})
    )
    same = other.command(
        changes=changes(phone={"resident_id": str(resident.id), "to": "10000001234"})
    )
    with clock.at(clock.in_town(clock.today(), 22)):
        phone.answers(first)
        (answer,) = other.answers(second)
        (repeated,) = other.answers(same)

    resident.refresh_from_db()
    assert resident.phone == "10000001234"
    assert (answer["held"][0]["sent"], answer["held"][0]["now"]) == ("****5678", "****1234")
    assert repeated["held"] == []


@pytest.mark.parametrize(
    ("found", "named"),
    [
        (changes(phone={"resident_id": None, "to": "12"}), "changes-phone"),
        (changes(phone={"resident_id": None, "to": ""}), "changes-phone"),
        (changes(phone={"resident_id": str(new_id()), "to": "10000001234"}), "changes-phone"),
        (
            changes(living_status={"from": "resident", "to": "vacant", "reason": ""}),
            "changes-living_status",
        ),
    ],
)
def test_a_wrong_change_refuses_the_whole_record(
    found: dict[str, Any], named: str, town: SmallTown, phone: Phone
) -> None:
    head(town)

    (answer,) = phone.answers(phone.command(changes=found))

    assert list(answer["errors"]) == [named]
    assert visits(town).count() == 0


def test_who_may_not_change_the_register_is_told_so(town: SmallTown) -> None:
    leader = Phone(town, "leader")
    found = changes(door={"from": "", "to": "12 号"})

    answers = leader.answers(leader.command(changes=found), leader.command(town.neighbour))

    assert [one["state"] for one in answers] == ["rejected", "accepted"]
    assert list(answers[0]["errors"]) == ["changes"]


def edit(town: SmallTown, *, door: str) -> None:
    now = fresh(town.household)
    households.edit_household(
        actor=town.clerk,
        household_id=now.id,
        version=now.version,
        door=door,
        contact_time=ContactTime.ANY,
        note="",
    )
