from typing import Any
from uuid import UUID

import pytest

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.kernel.ids import new_id
from bianfang.kernel.operations.actions import Command, digest_of, run_all_once, run_once
from bianfang.kernel.operations.errors import DifferentError
from bianfang.kernel.operations.models import Operation
from bianfang.kernel.operations.queries import is_known, list_missing
from bianfang.kernel.tenancy.models import Town

NEW_YEAR = clock.in_town(clock.today().replace(year=2027, month=1, day=1), 0)


@pytest.fixture
def actor(db: None) -> Actor:
    return make_actor("first")


def make_actor(slug: str) -> Actor:
    town, _made = Town.objects.get_or_create(name="某镇", slug=slug)
    return Actor(town_id=town.id, name="甲", staff_id=new_id())


def colleague(actor: Actor) -> Actor:
    return Actor(town_id=actor.town_id, name="乙", staff_id=new_id())


def command(body: object = "", **changes: Any) -> Command:
    return Command(**{"id": new_id(), "kind": "note", "digest": digest_of(body), **changes})


class Notes:
    """Something to be done, which counts how often it was."""

    def __init__(self) -> None:
        self.taken: list[UUID] = []

    def __call__(self, commands: Any) -> list[dict[str, Any]]:
        self.taken += [one.id for one in commands]
        return [{"id": str(one.id)} for one in commands]


def test_the_digest_is_of_the_content_whatever_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": ["二"]}) == digest_of({"b": ["二"], "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})
    assert len(digest_of(None)) == 64


def test_a_repeat_gives_the_stored_result_and_does_nothing(actor: Actor) -> None:
    notes, sent = Notes(), command()

    first = run_all_once(actor=actor, commands=[sent], act=notes)
    again = run_all_once(actor=actor, commands=[sent], act=notes)

    assert notes.taken == [sent.id]
    assert first[0] is not None and again[0] is not None  # noqa: PT018 - narrowed for both
    assert (first[0].is_repeat, again[0].is_repeat) == (False, True)
    assert (first[0].receipt, first[0].result) == (again[0].receipt, again[0].result)


def test_of_several_only_the_new_ones_are_done_and_all_are_answered_in_order(actor: Actor) -> None:
    notes, sent = Notes(), [command(place) for place in range(4)]
    run_all_once(actor=actor, commands=sent[1:3], act=notes)

    done = run_all_once(actor=actor, commands=sent, act=notes)

    assert notes.taken == [sent[1].id, sent[2].id, sent[0].id, sent[3].id]
    assert [one.id for one in done if one] == [one.id for one in sent]
    assert [one.receipt[-1] for one in done if one] == ["3", "1", "2", "4"]


@pytest.mark.parametrize("change", [{"digest": digest_of("other")}, {"kind": "other"}])
def test_the_same_id_with_other_content_is_refused(change: dict[str, str], actor: Actor) -> None:
    sent, notes = command(), Notes()
    run_all_once(actor=actor, commands=[sent], act=notes)
    other = command(**{"id": sent.id, **change})

    assert run_all_once(actor=actor, commands=[other], act=notes) == [None]
    with pytest.raises(DifferentError, match=r"另一条记录"):
        run_once(actor=actor, command=other, act=dict)
    assert notes.taken == [sent.id]


def test_an_id_of_a_colleague_or_of_another_town_is_refused(actor: Actor) -> None:
    sent, notes = command(), Notes()
    run_all_once(actor=actor, commands=[sent], act=notes)

    for other in (colleague(actor), make_actor("second")):
        assert run_all_once(actor=other, commands=[sent], act=notes) == [None]
    assert notes.taken == [sent.id]


def test_what_is_refused_leaves_no_row_and_no_gap(actor: Actor) -> None:
    def refuse(_commands: object) -> list[dict[str, Any]]:
        raise NotAllowedError("no")

    sent = command()
    with pytest.raises(NotAllowedError):
        run_all_once(actor=actor, commands=[sent], act=refuse)
    assert Operation.objects.in_town(actor.town_id).count() == 0

    done = run_once(actor=actor, command=sent, act=lambda: {"a": 1})

    assert (done.receipt[1:5], done.receipt[5:]) == (f"{clock.today().year}", "-000001")


def test_receipts_run_on_by_year_and_town(actor: Actor) -> None:
    many = [command(place) for place in range(3)]
    run_all_once(actor=actor, commands=many, act=Notes())

    with clock.at(NEW_YEAR):
        following = run_once(actor=actor, command=command(), act=dict)
    elsewhere = run_once(actor=make_actor("second"), command=command(), act=dict)

    assert following.receipt == "S2027-000001"
    assert elsewhere.receipt.endswith("-000001")
    own = Operation.objects.in_town(actor.town_id).get(id=many[2].id)
    assert str(own).endswith("-000003")


def test_missing_are_those_that_the_person_never_had_done(actor: Actor) -> None:
    own, foreign, unknown = command(), command(), new_id()
    run_once(actor=actor, command=own, act=dict)
    run_once(actor=colleague(actor), command=foreign, act=dict)

    asked = [unknown, own.id, foreign.id, unknown]

    assert list_missing(actor=actor, ids=asked) == [unknown, foreign.id]
    assert is_known(actor=actor, operation_id=own.id)
    assert not is_known(actor=actor, operation_id=foreign.id)
