"""What the move table says a move must bring is what its action refuses to go without."""

from collections.abc import Callable

import pytest
from django.utils.functional import Promise

from bianfang.kernel.errors import FieldErrors
from bianfang.outreach.demands import workflow
from bianfang.outreach.demands.actions import (
    carry,
    clocks,
    handling,
    intake,
    merging,
    review,
)
from bianfang.outreach.demands.actions.inputs import UrgentInput
from bianfang.outreach.demands.enums import ExtensionDecision
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.demands.workflow import Move


def register_solved(town: SmallTown) -> None:
    said = factories.words(town, content="")
    intake.register_solved(
        actor=town.clerk, demand=said, result="", reply="", outcome=None, reply_mode=None
    )


def raise_urgent(town: SmallTown) -> None:
    said = factories.words(town, content="")
    intake.register_urgent(actor=town.clerk, demand=UrgentInput(demand=said, measures="", days=1))


def accept(town: SmallTown) -> None:
    handling.accept(
        actor=town.clerk,
        demand_id=factories.registered(town).id,
        version=1,
        content="",
        measures="",
        unit_id=None,
        owner_id=None,
        route=None,
    )


def decline(town: SmallTown) -> None:
    demand = factories.registered(town)
    handling.decline(actor=town.clerk, demand_id=demand.id, version=1, reason="", go_to="")


def merge(town: SmallTown) -> None:
    closed, demand = factories.declined(town), factories.registered(town)
    merging.merge(actor=town.clerk, demand_id=demand.id, into_id=closed.id, reason="")


def unmerge(town: SmallTown) -> None:
    merging.unmerge(actor=town.clerk, demand_id=factories.merged(town).id, reason="")


def reassign(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    handling.reassign(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        owner_id=None,
        unit_id=None,
        reason="",
        measures="",
    )


def note_progress(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    handling.note_progress(actor=town.clerk, demand_id=demand.id, note="")


def ask_extension(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    handling.ask_extension(actor=town.clerk, demand_id=demand.id, new_due_on=None, reason="")


def decide_extension(town: SmallTown) -> None:
    """Refusing asks for the note, granting for what the resident was told."""
    demand = factories.handling_state(town)
    extension = handling.ask_extension(
        actor=town.clerk,
        demand_id=demand.id,
        new_due_on=MONDAY.replace(month=12, day=31),
        reason="配件未到",
    )
    errors: dict[str, str | Promise] = {}
    for grant in ExtensionDecision:
        with pytest.raises(FieldErrors) as refused:
            handling.decide_extension(actor=town.leader, extension_id=extension.id, grant=grant)
        errors |= refused.value.errors
    raise FieldErrors(errors)


def submit_result(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    handling.submit_result(
        actor=town.clerk,
        demand_id=demand.id,
        version=demand.version,
        outcome=None,
        result="",
        reply="",
        reply_mode=None,
    )


def send_back(town: SmallTown) -> None:
    demand = factories.awaiting_review(town)
    review.send_back(actor=town.clerk, demand_id=demand.id, reason="")


def reopen(town: SmallTown) -> None:
    demand = factories.written_off(town)
    review.reopen(actor=town.clerk, demand_id=demand.id, reason="")


def carry_over(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    over = factories.half_year(town, year=2025)
    carry.carry_over(actor=town.clerk, demand_id=demand.id, list_id=over.id, reason="")


def pause(town: SmallTown) -> None:
    clocks.pause(actor=town.head, demand_id=factories.handling_state(town).id, reason="")


def give_back(town: SmallTown) -> None:
    demand = factories.handling_state(town)
    clocks.give_back(
        actor=town.handler,
        demand_id=demand.id,
        version=demand.version,
        suggested_unit_id=None,
        reason="",
    )


BLANK: dict[Move, Callable[[SmallTown], None]] = {
    Move.REGISTER_SOLVED: register_solved,
    Move.RAISE_URGENT: raise_urgent,
    Move.ACCEPT: accept,
    Move.DECLINE: decline,
    Move.MERGE: merge,
    Move.UNMERGE: unmerge,
    Move.REASSIGN: reassign,
    Move.NOTE_PROGRESS: note_progress,
    Move.ASK_EXTENSION: ask_extension,
    Move.DECIDE_EXTENSION: decide_extension,
    Move.SUBMIT_RESULT: submit_result,
    Move.SEND_BACK: send_back,
    Move.REOPEN: reopen,
    Move.CARRY_OVER: carry_over,
    Move.PAUSE: pause,
    Move.RETURN: give_back,
}
FILLED_IN: dict[Move, set[str]] = {
    # The day's own: who registers is in charge, what was done is the measure.
    Move.REGISTER_SOLVED: {"owner", "due_on", "measures", "replied_on"},
    # The unit of the category has it, within the days that are given.
    Move.RAISE_URGENT: {"owner", "due_on"},
    # Counted in working days.
    Move.ACCEPT: {"due_on"},
    # Stays as it is.
    Move.REASSIGN: {"route"},
    Move.SUBMIT_RESULT: {"replied_on"},
}


def test_every_move_that_must_bring_something_is_tried() -> None:
    asking = {move for move, rule in workflow.RULES.items() if rule.requires}

    assert set(BLANK) == asking


@pytest.mark.parametrize("move", BLANK)
def test_a_move_without_what_it_must_bring_is_refused_by_name(town: SmallTown, move: Move) -> None:
    with pytest.raises(FieldErrors) as refused:
        BLANK[move](town)

    expected = set(workflow.RULES[move].requires) - FILLED_IN.get(move, set())
    assert set(refused.value.errors) == expected
