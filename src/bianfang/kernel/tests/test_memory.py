import gc

import pytest

from bianfang.kernel.memory import uncollected


def test_the_collector_rests_and_wakes_again() -> None:
    with uncollected():
        assert not gc.isenabled()

    assert gc.isenabled()


def test_the_collector_wakes_after_a_failure() -> None:
    with pytest.raises(LookupError), uncollected():
        raise LookupError

    assert gc.isenabled()


def test_a_collector_that_rested_before_rests_on() -> None:
    with uncollected(), uncollected():
        pass

    with uncollected():
        with uncollected():
            pass
        assert not gc.isenabled()
