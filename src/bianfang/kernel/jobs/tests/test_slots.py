from datetime import datetime

import pytest

from bianfang.kernel.clock import TOWN_ZONE
from bianfang.kernel.jobs.slots import latest_slot

# 2026-11-24 is a Tuesday.
CASES = [
    ("every 5 minutes", "2026-11-24 09:03", "2026-11-24 09:00"),
    ("every 5 minutes", "2026-11-24 09:05", "2026-11-24 09:05"),
    ("every 45 minutes", "2026-11-24 00:44", "2026-11-24 00:00"),
    ("daily 02:00", "2026-11-24 02:00", "2026-11-24 02:00"),
    ("daily 02:00", "2026-11-24 01:59", "2026-11-23 02:00"),
    ("weekly mon 07:30", "2026-11-24 06:00", "2026-11-23 07:30"),
    ("weekly tue 07:30", "2026-11-24 06:00", "2026-11-17 07:30"),
    ("weekly tue 07:30", "2026-11-24 07:30", "2026-11-24 07:30"),
    ("monthly 1 03:00", "2026-11-24 06:00", "2026-11-01 03:00"),
    ("monthly 28 03:00", "2026-03-05 06:00", "2026-02-28 03:00"),
    ("monthly 24 07:00", "2026-11-24 06:00", "2026-10-24 07:00"),
]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=TOWN_ZONE)


@pytest.mark.parametrize(("every", "now", "slot"), CASES)
def test_latest_slot_is_the_last_due_moment(every: str, now: str, slot: str) -> None:
    assert latest_slot(every, at(now)) == at(slot)


@pytest.mark.parametrize("every", ["", "daily", "daily 24:00", "weekly 07:00", "monthly 30 03:00"])
def test_latest_slot_of_no_rhythm_is_refused(every: str) -> None:
    with pytest.raises(ValueError, match="no rhythm"):
        latest_slot(every, at("2026-11-24 09:00"))
