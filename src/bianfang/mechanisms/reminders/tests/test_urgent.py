"""Safety hazards: told at once, once for each pair of hands, and nothing of the demand leaves."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bianfang.kernel import clock
from bianfang.kernel.jobs import worker
from bianfang.mechanisms.channels import transport
from bianfang.mechanisms.channels.models import Delivery
from bianfang.mechanisms.channels.tests import factories as channels
from bianfang.mechanisms.channels.wording import inbox
from bianfang.mechanisms.reminders import actions, queries
from bianfang.mechanisms.reminders.models import UrgentNotice
from bianfang.outreach.demands.actions import handling, intake, review
from bianfang.outreach.demands.enums import Route
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown

NIGHT = clock.in_town(MONDAY + timedelta(days=5), 23)


def told(town: SmallTown) -> list[str]:
    names = {staff.id: name for name, staff in town.staff.items()}
    rows = UrgentNotice.objects.in_town(town.town.id)
    return sorted(names[each.staff_id] for each in rows)


def hazard(town: SmallTown, **changes: Any) -> Demand:
    rows = Category.objects.in_town(town.town.id).filter(id=town.category.id)
    rows.update(usual_unit=town.units["civil"].id)
    return factories.registered(town, urgent=True, **changes)


def accept(town: SmallTown, demand: Demand) -> Demand:
    return handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=factories.fresh(demand).version,
        measures="关阀检修",
        unit_id=town.units["civil"].id,
        owner_id=town.staff["handler"].id,
        route=Route.TIMED,
    )


def test_dispatchers_and_the_head_of_the_usual_unit_are_told_at_registration(
    town: SmallTown,
) -> None:
    demand = hazard(town)

    assert told(town) == ["clerk", "head", "second_clerk"]
    [notice] = queries.list_urgent(actor=town.clerk)
    assert (notice.demand_id, str(notice)) == (demand.id, "2026-11-16")
    assert list(queries.list_urgent(actor=town.handler)) == []


def test_what_is_not_urgent_or_settled_on_the_spot_is_told_to_nobody(town: SmallTown) -> None:
    accept(town, factories.registered(town))
    factories.on_site(town, urgent=True)

    assert told(town) == []


def test_owner_and_head_are_told_when_it_is_put_into_their_hands(town: SmallTown) -> None:
    demand = accept(town, hazard(town))
    [mine] = queries.list_urgent(actor=town.handler)
    assert mine.demand_id == demand.id

    handling.reassign(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        owner_id=town.staff["roads_handler"].id,
        unit_id=town.units["roads"].id,
        reason="道路",
    )

    assert told(town) == ["clerk", "handler", "head", "head", "roads_handler", "second_clerk"]
    assert list(queries.list_urgent(actor=town.handler)) == []


def test_the_same_hands_are_told_once(town: SmallTown) -> None:
    demand = accept(town, hazard(town))
    before = told(town)

    handling.reassign(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        owner_id=town.staff["handler"].id,
        unit_id=town.units["civil"].id,
        reason="措施更明确",
    )

    assert told(town) == before


def test_a_repeated_registration_tells_nobody_again(town: SmallTown) -> None:
    demand = hazard(town, demand_id=factories.some_id())

    again = intake.register(
        actor=town.clerk, demand=factories.words(town, urgent=True, demand_id=demand.id)
    )

    assert again.id == demand.id
    assert len(told(town)) == 3


def test_without_a_usual_unit_the_dispatchers_alone_are_told(town: SmallTown) -> None:
    factories.registered(town, urgent=True, category_id=town.other_category.id)

    assert told(town) == ["clerk", "second_clerk"]


def test_nothing_of_a_demand_or_of_anybody_leaves_the_house(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent: list[str] = []

    def post(_url: str, body: dict[str, Any], **_more: Any) -> dict[str, Any]:
        sent.append(json.dumps(body, ensure_ascii=False))
        return {"errcode": 0}

    monkeypatch.setattr(transport, "post_json", post)
    channels.robot(town)
    with clock.at(NIGHT):
        demand = accept(town, hazard(town, proposer_phone="10000000001"))
        while worker.run_next():
            pass
    Demand.objects.in_town(town.town.id).filter(id=demand.id).update(due_on=MONDAY)
    with clock.at(factories.morning(MONDAY)):
        actions.make_digests(town_id=town.town.id)
        while worker.run_next():
            pass

    assert len(sent) == 3
    secrets = (
        demand.content,
        demand.proposer_name,
        "10000000001",
        demand.number,
        "村",
        *(staff.name for staff in town.staff.values()),
    )
    allowed = {
        "遍访：安全隐患\\n有 1 处安全隐患须立即处理。",
        "遍访：提醒\\n有 1 件诉求临近期限。",
    }
    for text in sent:
        assert not any(secret in text for secret in secrets)
        [said] = [each for each in allowed if each in text]
        link = f"{said}\\nhttps://bianfang.example{inbox()}"
        assert text == f'{{"msgtype": "text", "text": {{"content": "{link}"}}}}'


def test_a_failing_channel_does_not_touch_the_inbox(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_url: str, _body: object, **_more: object) -> object:
        raise RuntimeError

    monkeypatch.setattr(transport, "post_json", broken)
    channels.robot(town)
    hazard(town)

    while worker.run_next():
        pass

    assert told(town) == ["clerk", "head", "second_clerk"]
    assert Delivery.objects.in_town(town.town.id).get().state == "sending"


def test_a_settled_hazard_leaves_the_inbox_after_some_days(town: SmallTown) -> None:
    demand = accept(town, hazard(town))
    assert queries.list_urgent(actor=town.handler).count() == 1
    with clock.at(NIGHT + timedelta(days=20)):
        assert queries.list_urgent(actor=town.handler).count() == 1
        factories.submitted(town, factories.fresh(demand))
        review.write_off(actor=town.clerk, demand_id=demand.id)

        assert list(queries.list_urgent(actor=town.handler)) == []
