from typing import Any, NoReturn
from uuid import UUID

import pytest
from django.db import IntegrityError, OperationalError

from bianfang.kernel.errors import DomainError, FieldErrors
from bianfang.kernel.ids import new_id
from bianfang.kernel.operations.actions import digest_of
from bianfang.kernel.operations.models import Operation
from bianfang.outreach.campaigns.actions import fieldwork, visiting
from bianfang.outreach.campaigns.actions.fieldwork import AnswerState, FieldAnswer, FieldVisit
from bianfang.outreach.campaigns.tests import factories
from bianfang.outreach.demands.actions import outings
from bianfang.outreach.demands.actions.inputs import DemandInput
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.visits.enums import EntryChannel
from bianfang.outreach.visits.models import Visit
from bianfang.register.households.actions.held import FoundChange
from bianfang.register.households.enums import HeldField

ACCEPTED, REJECTED, LATER = AnswerState.ACCEPTED, AnswerState.REJECTED, AnswerState.LATER


def command(town: SmallTown, **changes: Any) -> FieldVisit:
    visit_id = changes.pop("visit_id", new_id())
    more = {
        name: changes.pop(name) for name in ("demands", "findings", "changes") if name in changes
    }
    visit = factories.visit(town, visit_id=visit_id, channel=EntryChannel.FIELD, **changes)
    return FieldVisit(
        id=new_id(), kind="visit.record", digest=digest_of(repr((visit, more))),
        visit_id=visit_id, visit=visit, **more,
    )  # fmt: skip


def take(town: SmallTown, *commands: FieldVisit) -> list[FieldAnswer]:
    return fieldwork.take_visits(actor=town.secretary, commands=commands)


def states(answers: list[FieldAnswer]) -> list[AnswerState]:
    return [answer.state for answer in answers]


def demand(town: SmallTown, **changes: Any) -> DemandInput:
    return DemandInput(**{"content": "修路", "category_id": town.category.id, **changes})


def count(town: SmallTown) -> tuple[int, int, int]:
    models = (Visit, Demand, Operation)
    visits, demands, operations = (one.objects.in_town(town.town.id).count() for one in models)
    return visits, demands, operations


def test_nothing_sent_is_nothing_done(town: SmallTown) -> None:
    assert take(town) == []


def test_plain_ones_together_the_others_alone_all_in_the_order_sent(town: SmallTown) -> None:
    campaign = factories.running(town)
    sent = [
        command(town, findings=(factories.finding(campaign),)),
        command(town, demands=(demand(town), demand(town))),
        command(town, changes=(FoundChange(field=HeldField.DOOR, seen="", sent="2 号"),)),
        command(town),
    ]

    answers = take(town, *sent)

    assert states(answers) == [ACCEPTED] * 4
    assert [UUID(one.result["visit_id"]) for one in answers] == [one.visit_id for one in sent]
    assert len(answers[1].result["demands"]) == 2
    assert count(town) == (4, 2, 4)


def test_several_wrong_rows_of_different_kinds_leave_the_good_ones(town: SmallTown) -> None:
    sent = [
        command(town, visitor_ids=()),
        command(town),
        command(town, demands=(demand(town, content=" "),)),
        command(town, household_id=town.far_household.id),
        command(town, demands=(demand(town),)),
    ]

    answers = take(town, *sent)

    assert states(answers) == [REJECTED, ACCEPTED, REJECTED, REJECTED, ACCEPTED]
    assert [set(one.errors) for one in answers] == [
        {"visitors"}, set(), {"demands-0-content"}, {""}, set(),
    ]  # fmt: skip
    assert count(town) == (2, 1, 2)


def test_what_cannot_be_judged_together_goes_one_by_one(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = [command(town), command(town, demands=(demand(town, content=""),)), command(town)]

    for error in (DomainError("no row is named"), FieldErrors({"x": "no row"}), IntegrityError()):
        with monkeypatch.context() as context:
            context.setattr(outings, "record_sheet", refusing(error))

            assert states(take(town, *sent)) == [ACCEPTED, REJECTED, ACCEPTED]
    assert count(town) == (2, 1 - 1, 2)


def refusing(error: Exception) -> Any:
    def refuse(**_given: object) -> NoReturn:
        raise error

    return refuse


def test_ever_new_errors_of_a_chunk_end_in_one_by_one(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each try finds one more wrong row than the last; the rest is not tried for ever."""
    sent = [command(town) for _place in range(6)]
    monkeypatch.setattr(outings, "record_sheet", refusing(FieldErrors({"rows-0-note": "no"})))

    assert states(take(town, *sent)) == [REJECTED] * 3 + [ACCEPTED] * 3


def test_a_chunk_of_nothing_but_wrong_ones_is_not_tried_again(town: SmallTown) -> None:
    answers = take(town, command(town, visitor_ids=()), command(town, visitor_ids=()))

    assert states(answers) == [REJECTED] * 2


def test_a_busy_database_means_later_and_nothing_is_stored(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    campaign = factories.running(town)
    plain = command(town)
    apart = command(town, findings=(factories.finding(campaign),))
    with monkeypatch.context() as context:
        context.setattr(fieldwork, "run_all_once", refusing(OperationalError()))

        assert states(take(town, plain, apart)) == [LATER] * 2
    assert count(town) == (0, 0, 0)

    assert states(take(town, plain, apart)) == [ACCEPTED] * 2


def test_what_is_wrong_with_a_demand_that_a_finding_raised_is_said_of_the_whole(
    town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = command(
        town, demands=(demand(town),), findings=(factories.finding(factories.running(town)),)
    )
    named = {"demands-0-content": "a", "demands-1-content": "b", "note": "c"}
    monkeypatch.setattr(visiting, "record_visit", refusing(FieldErrors(named)))

    (answer,) = take(town, sent)

    assert answer.errors == {"demands-0-content": "a", "": "b", "note": "c"}


def test_changes_of_a_household_out_of_reach_are_refused_like_the_visit(town: SmallTown) -> None:
    found = FoundChange(field=HeldField.DOOR, seen="", sent="2 号")

    (answer,) = take(town, command(town, household_id=town.far_household.id, changes=(found,)))

    assert set(answer.errors) == {""}
