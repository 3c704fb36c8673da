from datetime import UTC, date, datetime
from threading import Thread

import pytest

from bianfang.kernel import clock

EVENING = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)


def test_now_is_aware_and_moves_on() -> None:
    first = clock.now()

    assert first.tzinfo is UTC
    assert clock.now() >= first


def test_the_day_is_the_towns_and_not_londons() -> None:
    with clock.at(EVENING):
        assert clock.now() == EVENING
        assert clock.today() == date(2026, 3, 2)
        assert clock.local(EVENING).hour == 1


def test_a_moment_is_given_by_the_towns_clock() -> None:
    assert clock.in_town(date(2026, 3, 2), 1, 30) == EVENING
    assert clock.in_town(date(2026, 3, 2)).hour == 9


def test_travels_nest_and_end_even_by_an_error() -> None:
    morning = clock.in_town(date(2026, 1, 5))

    with clock.at(EVENING):
        with pytest.raises(KeyError):
            fail_at(morning)
        assert clock.now() == EVENING
    assert clock.now().year != 1970
    assert clock.now() != EVENING


def fail_at(moment: datetime) -> None:
    with clock.at(moment):
        raise KeyError(clock.now() == moment)


def test_a_travel_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match="aware"), clock.at(datetime(2026, 3, 1)):  # noqa: DTZ001 - naive on purpose
        pass


def test_other_threads_keep_the_true_time() -> None:
    seen: list[datetime] = []
    thread = Thread(target=lambda: seen.append(clock.now()))

    with clock.at(datetime(1999, 1, 1, tzinfo=UTC)):
        thread.start()
        thread.join()

    assert seen[0].year > 1999
