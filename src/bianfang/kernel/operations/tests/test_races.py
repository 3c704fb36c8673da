"""Two senders at once: what one transaction cannot show. Needs a database with row locks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.ids import new_id
from bianfang.kernel.numbering import actions as numbering
from bianfang.kernel.operations.actions import Command, Done, digest_of, run_all_once
from bianfang.kernel.operations.models import Operation
from bianfang.kernel.tenancy.models import Town

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]

SENDERS = 6


def make_actor() -> Actor:
    town = Town.objects.create(name="某镇", slug="race")
    return Actor(town_id=town.id, name="甲", staff_id=new_id())


def count_up(actor: Actor, commands: Any) -> list[dict[str, Any]]:
    """An effect that shows how often it took place."""
    taken = numbering.take(town_id=actor.town_id, series="effects", count=len(commands))
    return [{"place": taken + place} for place in range(len(commands))]


def test_one_id_sent_by_many_at_once_takes_effect_once() -> None:
    actor, together = make_actor(), Barrier(SENDERS)
    sent = Command(id=new_id(), kind="note", digest=digest_of(""))

    def send(_number: int) -> Done | None:
        try:
            together.wait()
            (done,) = run_all_once(
                actor=actor, commands=[sent], act=lambda new: count_up(actor, new)
            )
            return done
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        done = [one for one in pool.map(send, range(SENDERS)) if one]

    assert len(done) == SENDERS
    assert sum(not one.is_repeat for one in done) == 1
    assert {(one.receipt, one.result["place"]) for one in done} == {(done[0].receipt, 1)}
    assert Operation.objects.in_town(actor.town_id).count() == 1


def test_overlapping_batches_in_any_order_do_not_wait_for_each_other_for_ever() -> None:
    actor, together = make_actor(), Barrier(SENDERS)
    sent = [Command(id=new_id(), kind="note", digest=digest_of(place)) for place in range(30)]

    def send(number: int) -> list[Done | None]:
        try:
            together.wait()
            own = sent[::-1] if number % 2 else sent
            return run_all_once(actor=actor, commands=own, act=lambda new: count_up(actor, new))
        finally:
            connection.close()

    with ThreadPoolExecutor(SENDERS) as pool:
        answers = list(pool.map(send, range(SENDERS)))

    found = {
        (one.id, one.receipt, one.result["place"]) for answer in answers for one in answer if one
    }
    assert len(found) == len(sent)


def test_the_next_sender_carries_out_what_the_first_one_could_not() -> None:
    actor, together = make_actor(), Barrier(2)
    sent = Command(id=new_id(), kind="note", digest=digest_of(""))

    def send(number: int) -> Done | None:
        try:
            together.wait()
            (done,) = run_all_once(actor=actor, commands=[sent], act=lambda new: act(number, new))
        except NotAllowedError:
            return None
        else:
            return done
        finally:
            connection.close()

    def act(number: int, commands: Any) -> list[dict[str, Any]]:
        if number == 0:
            raise NotAllowedError("no")
        return count_up(actor, commands)

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(send, range(2))

    assert second is not None
    assert first is None or first.receipt == second.receipt
