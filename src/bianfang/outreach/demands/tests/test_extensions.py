from datetime import timedelta

import pytest

from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.outreach.demands.actions import handling
from bianfang.outreach.demands.enums import ExtensionDecision, ExtensionState
from bianfang.outreach.demands.models import Demand, Extension
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown

TOLD = "已向群众说明需多一周"


def ask(town: SmallTown, demand: Demand, by: str = "handler") -> Extension:
    assert demand.due_on is not None
    return handling.ask_extension(
        actor=town.actors[by],
        demand_id=demand.id,
        new_due_on=demand.due_on + timedelta(days=7),
        reason="配件未到",
    )


def test_the_deadline_stands_until_somebody_else_grants_more_time(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    promised = demand.due_on

    extension = ask(town, demand)

    assert factories.fresh(demand).due_on == promised
    handling.decide_extension(
        actor=town.head,
        extension_id=extension.id,
        grant=ExtensionDecision.GRANT,
        told_resident=TOLD,
    )
    stored = factories.fresh(demand)
    assert stored.due_on == extension.new_due_on
    assert stored.first_due_on == promised
    assert stored.due_days is None
    extension.refresh_from_db()
    assert extension.state == ExtensionState.GRANTED
    assert extension.told_resident == TOLD
    assert extension.decided_by_id == town.staff["head"].id


def test_a_refusal_says_why_and_leaves_the_deadline(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    extension = ask(town, demand)

    with pytest.raises(FieldErrors) as refused:
        handling.decide_extension(
            actor=town.head, extension_id=extension.id, grant=ExtensionDecision.REFUSE
        )
    assert set(refused.value.errors) == {"note"}
    handling.decide_extension(
        actor=town.head,
        extension_id=extension.id,
        grant=ExtensionDecision.REFUSE,
        note="配件可从县里调",
    )

    assert factories.fresh(demand).due_on == demand.due_on
    assert ask(town, demand).state == ExtensionState.ASKED


def test_granting_tells_the_resident(town: SmallTown) -> None:
    extension = ask(town, factories.handling_state(town))

    with pytest.raises(FieldErrors) as refused:
        handling.decide_extension(
            actor=town.head,
            extension_id=extension.id,
            grant=ExtensionDecision.GRANT,
            note="长" * 201,
        )

    assert set(refused.value.errors) == {"told_resident", "note"}


def test_nobody_decides_on_the_own_request(town: SmallTown) -> None:
    extension = ask(town, factories.handling_state(town), by="head")

    with pytest.raises(NotAllowedError):
        handling.decide_extension(
            actor=town.head,
            extension_id=extension.id,
            grant=ExtensionDecision.GRANT,
            told_resident=TOLD,
        )


def test_one_request_at_a_time(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    ask(town, demand)

    with pytest.raises(MoveError):
        ask(town, demand)


def test_a_request_is_decided_once(town: SmallTown) -> None:
    extension = ask(town, factories.handling_state(town))
    grant = ExtensionDecision.GRANT
    handling.decide_extension(
        actor=town.head, extension_id=extension.id, grant=grant, told_resident=TOLD
    )

    with pytest.raises(MoveError):
        handling.decide_extension(
            actor=town.leader, extension_id=extension.id, grant=grant, told_resident=TOLD
        )


def test_a_request_of_a_demand_that_ended_meanwhile_is_not_decided(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    extension = ask(town, demand)
    factories.submitted(town, demand)

    with pytest.raises(MoveError):
        handling.decide_extension(
            actor=town.head,
            extension_id=extension.id,
            grant=ExtensionDecision.GRANT,
            told_resident=TOLD,
        )


def test_a_new_deadline_is_later_than_both_today_and_the_old_one(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    assert demand.due_on is not None

    for day, field in (
        (None, "new_due_on"),
        (demand.due_on, "new_due_on"),
        (MONDAY - timedelta(days=1), "new_due_on"),
    ):
        with pytest.raises(FieldErrors) as refused:
            handling.ask_extension(
                actor=town.handler, demand_id=demand.id, new_due_on=day, reason=""
            )
        assert set(refused.value.errors) == {field, "reason"}


def test_an_unknown_or_foreign_request_is_not_found(town: SmallTown) -> None:
    extension = ask(town, factories.handling_state(town))

    for actor, extension_id in (
        (town.head, factories.some_id()),
        (town.far_secretary, extension.id),
    ):
        with pytest.raises(NotFoundError):
            handling.decide_extension(
                actor=actor,
                extension_id=extension_id,
                grant=ExtensionDecision.GRANT,
                told_resident=TOLD,
            )
