"""Two senders at once: what one transaction cannot show. Needs a database with row locks."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import connection

from bianfang.kernel import clock
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.enums import VisitOutcome
from bianfang.outreach.visits.models import Visit
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going, meet, target_of, yesterday

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SENDERS = 6


def in_parallel(going: Going, *changes: dict[str, object]) -> list[Visit]:
    def send(words: dict[str, object]) -> Visit:
        try:
            with clock.at(clock.in_town(TODAY, 16)):
                return meet(going, **words)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(changes)) as pool:
        return list(pool.map(send, changes))


@pytest.mark.parametrize("number", ["1001", "1004"], ids=["in the round", "outside of it"])
def test_one_visit_sent_many_times_at_once_takes_effect_once(number: str) -> None:
    going, visit_id = factories.make_going(), new_id()
    words: list[dict[str, object]] = [
        {"visit_id": visit_id, "household_id": going.households[number].id}
    ] * SENDERS

    sent = in_parallel(going, *words)

    assert {visit.id for visit in sent} == {visit_id}
    assert sum(not visit.is_repeat for visit in sent) == 1
    assert Visit.objects.in_town(going.id).count() == 1
    assert Entry.objects.in_town(going.id).filter(verb="visit_recorded").count() == 1


def test_attempts_told_at_once_are_all_counted() -> None:
    going = factories.make_going()
    words: list[dict[str, object]] = [
        {"outcome": VisitOutcome.CLOSED_DOOR, "happened_at": yesterday(8 + number)}
        for number in range(SENDERS)
    ]

    in_parallel(going, *words)

    target = target_of(going, "1001")
    assert (target.attempts, target.last_try_at) == (SENDERS, yesterday(7 + SENDERS))
    assert isinstance(target.last_visit_id, UUID)
