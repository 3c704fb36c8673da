"""The life of a message as a table, the hours, and the waits."""

from datetime import date, datetime, time, timedelta

import pytest

from bianfang.kernel.clock import TOWN_ZONE
from bianfang.kernel.workcalendar.queries import Calendar
from bianfang.mechanisms.channels import workflow
from bianfang.mechanisms.channels.errors import DeliveryMoveError
from bianfang.mechanisms.channels.workflow import OWNERS, RULES, DeliveryState, Move, Window

S = DeliveryState
TABLE = {
    (S.QUEUED, Move.CLAIM): S.SENDING,
    (S.SENDING, Move.CONFIRM): S.SENT,
    (S.SENDING, Move.POSTPONE): S.QUEUED,
    (S.SENDING, Move.GIVE_UP): S.FAILED,
    (S.QUEUED, Move.GIVE_UP): S.FAILED,
    (S.QUEUED, Move.REPLACE): S.REPLACED,
}
FRIDAY = date(2026, 11, 20)
PLAIN = Calendar(overrides={FRIDAY + timedelta(days=3): False}, years=frozenset())


@pytest.mark.parametrize("state", DeliveryState)
@pytest.mark.parametrize("move", Move)
def test_only_the_moves_of_the_table_are_made(state: DeliveryState, move: Move) -> None:
    if (state, move) in TABLE:
        assert workflow.after(state, move) is TABLE[state, move]
    else:
        with pytest.raises(DeliveryMoveError):
            workflow.after(state, move)


def test_every_state_has_an_owner_and_ends_are_ends() -> None:
    assert set(OWNERS) == set(DeliveryState)
    left = {state for rule in RULES.values() for state in rule.sources}
    assert {state for state in DeliveryState if OWNERS[state] == "job"} == left


@pytest.mark.parametrize(
    ("days", "hour", "minute", "wanted"),
    [
        (0, 8, 29, (0, 8, 30)),
        (0, 8, 30, (0, 8, 30)),
        (0, 12, 0, (0, 12, 0)),
        (0, 17, 29, (0, 17, 29)),
        # Saturday, Sunday and the day off on Monday lie between.
        (0, 17, 30, (4, 8, 30)),
        (1, 10, 0, (4, 8, 30)),
        (3, 10, 0, (4, 8, 30)),
    ],
)
def test_what_comes_outside_work_time_waits_for_the_next_working_morning(
    days: int, hour: int, minute: int, wanted: tuple[int, int, int]
) -> None:
    def moment(day: int, at_hour: int, at_minute: int) -> datetime:
        on = FRIDAY + timedelta(days=day)
        return datetime.combine(on, time(at_hour, at_minute), TOWN_ZONE)

    found = Window().next_moment(moment(days, hour, minute), PLAIN)

    assert found == moment(*wanted)


def test_waits_grow_and_end() -> None:
    waits = [workflow.wait_after(attempts) for attempts in range(1, 5)]

    assert waits[-1] is None
    found = [wait for wait in waits if wait]
    assert found == sorted(found)
    assert len(found) == len(workflow.WAITS)
