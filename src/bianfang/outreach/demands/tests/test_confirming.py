"""What residents say: noted by somebody else, by the handler on the spot, or by code."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import translation

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.receipt_codes import make_receipt_code
from bianfang.kernel.errors import FieldErrors, MoveError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import AccessEntry, AppendOnlyError
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import confirming, handling, receipts, review
from bianfang.outreach.demands.enums import (
    ConfirmWay,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Verb,
)
from bianfang.outreach.demands.errors import TooManyCodesError
from bianfang.outreach.demands.models import Confirmation, Demand, Receipt, ReopenRequest, WrongCode
from bianfang.outreach.demands.queries import confirmations, history
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown, fresh, said_of
from bianfang.outreach.demands.workflow import RequestState

UNSATISFIED, SATISFIED, MOSTLY = (
    Satisfaction.UNSATISFIED,
    Satisfaction.SATISFIED,
    Satisfaction.MOSTLY,
)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Sentences are compared as they stand in the code."""
    with translation.override("en"):
        yield


def resident(town: SmallTown) -> Actor:
    """The public page, which is no person of the staff."""
    return Actor(town_id=town.town.id, name="resident")


def requests_of(demand: Demand) -> list[ReopenRequest]:
    rows = ReopenRequest.objects.in_town(demand.town_id).filter(demand=demand.id)
    return list(rows.order_by("id"))


def test_a_word_on_the_phone_is_noted_by_somebody_else(town: SmallTown) -> None:
    demand = factories.written_off(town)

    made = said_of(town, demand, word=" 灯亮了 ")

    assert (made.answer, made.way, made.word) == (SATISFIED, ConfirmWay.PHONE, "灯亮了")
    assert (made.noted_by_id, made.is_by_handler) == (town.worker.staff_id, False)
    stored = fresh(demand)
    assert (stored.satisfaction, stored.is_heard_by_handler) == (SATISFIED, False)
    line = history.list_history(actor=town.clerk, demand=demand)[-1]
    assert line.verb is Verb.RESIDENT_SAID
    assert str(SATISFIED.label) in [value for _name, value in line.details]
    assert "灯亮了" not in f"{line}"


def test_the_handler_does_not_call_about_himself_but_may_hear_it_on_the_spot(
    town: SmallTown,
) -> None:
    demand = factories.written_off(town)

    with pytest.raises(NotAllowedError, match=str(policies.OWN_CALL)):
        said_of(town, demand, by="handler")
    made = said_of(town, demand, way=ConfirmWay.ON_SPOT, by="handler")

    assert made.is_by_handler
    assert fresh(demand).is_heard_by_handler
    said_of(town, demand, MOSTLY)
    assert not fresh(demand).is_heard_by_handler


def test_what_was_heard_with_the_reply_is_marked(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    demand = handling.submit_result(
        actor=town.handler,
        demand_id=demand.id,
        version=demand.version,
        outcome=Outcome.SOLVED,
        result="已更换",
        reply="当面告知",
        reply_mode=ReplyMode.IN_PERSON,
        satisfaction=SATISFIED,
    )

    made = Confirmation.objects.in_town(town.town.id).get(about=demand.id)
    assert (made.way, made.is_by_handler) == (ConfirmWay.ON_SPOT, True)
    assert demand.is_heard_by_handler


def test_a_reviewer_may_have_asked_on_the_phone(town: SmallTown) -> None:
    demand = factories.awaiting_review(town)

    review.write_off(actor=town.clerk, demand_id=demand.id, satisfaction=UNSATISFIED)

    made = Confirmation.objects.in_town(town.town.id).get(about=demand.id)
    assert (made.answer, made.way, made.is_by_handler) == (UNSATISFIED, ConfirmWay.PHONE, False)
    assert not requests_of(demand)


def test_later_words_stand_beside_and_the_last_that_says_something_counts(town: SmallTown) -> None:
    demand = factories.written_off(town)
    said_of(town, demand, Satisfaction.NOT_REACHED)
    assert fresh(demand).satisfaction == Satisfaction.NOT_REACHED

    said_of(town, demand, MOSTLY)
    said_of(town, demand, Satisfaction.NO_ANSWER)

    assert fresh(demand).satisfaction == MOSTLY
    said = confirmations.list_said(actor=town.clerk, demand=demand)
    assert [each.answer for each in said] == ["no_answer", "mostly", "not_reached"]
    with pytest.raises(AppendOnlyError):
        said[0].delete()
    with pytest.raises(AppendOnlyError):
        said[0].save()


def test_nothing_is_said_of_what_was_not_answered(town: SmallTown) -> None:
    demand = factories.handling_state(town)

    with pytest.raises(MoveError):
        said_of(town, demand)


@pytest.mark.parametrize(
    ("answer", "way", "word", "wrong"),
    [
        (None, None, "", {"answer", "way"}),
        (SATISFIED, None, "", {"way"}),
        (SATISFIED, ConfirmWay.CODE, "", {"way"}),
        (SATISFIED, ConfirmWay.PHONE, "好" * 201, {"word"}),
        (Satisfaction.NOT_ASKED, None, " ", {"word"}),
    ],
)
def test_wrong_fields_are_named(
    town: SmallTown,
    answer: Satisfaction | None,
    way: ConfirmWay | None,
    word: str,
    wrong: set[str],
) -> None:
    demand = factories.written_off(town)

    with pytest.raises(FieldErrors) as refused:
        confirming.note_answer(
            actor=town.worker, demand_id=demand.id, answer=answer, way=way, word=word
        )

    assert set(refused.value.errors) == wrong


def test_why_nobody_was_asked_may_be_noted(town: SmallTown) -> None:
    demand = factories.written_off(town)

    made = confirming.note_answer(
        actor=town.worker,
        demand_id=demand.id,
        answer=Satisfaction.NOT_ASKED,
        way=None,
        word="老人已随子女外出",
    )

    assert made.way == ""
    assert fresh(demand).satisfaction == Satisfaction.NOT_ASKED


def test_strangers_note_nothing(town: SmallTown) -> None:
    demand = factories.written_off(town)

    with pytest.raises(NotFoundError):
        said_of(town, demand, by="far_secretary")
    with pytest.raises(NotFoundError):
        said_of(town, demand, by="roads_handler")
    with pytest.raises(NotFoundError):
        confirming.note_answer(
            actor=resident(town), demand_id=demand.id, answer=SATISFIED, way=ConfirmWay.PHONE
        )


def test_people_of_the_unit_note_a_word_as_well(town: SmallTown) -> None:
    assert not said_of(town, factories.written_off(town), by="head").is_by_handler


def test_who_only_reviews_a_unit_elsewhere_is_refused(town: SmallTown) -> None:
    demand = factories.registered(town)
    with pytest.raises(NotAllowedError):
        confirming.note_answer(
            actor=Actor(
                town_id=town.town.id,
                name="x",
                staff_id=town.staff["officer"].id,
                grants={"view_demands": (town.place.town.reach,)},
            ),
            demand_id=demand.id,
            answer=SATISFIED,
            way=ConfirmWay.PHONE,
        )


def test_every_demand_gets_a_code_that_is_found_however_it_is_typed(town: SmallTown) -> None:
    demand, other = factories.written_off(town), factories.on_site(town)
    code = factories.code_of(demand)

    found = confirming.find_by_code(
        actor=town.far_secretary, code=f" {code[:5]}-{code[5:].lower()}"
    )

    assert found is not None
    assert (found.demand.id, found.about.id) == (demand.id, demand.id)
    assert factories.code_of(other) != code


def test_a_resident_confirms_alone_by_code(town: SmallTown) -> None:
    demand = factories.written_off(town)

    made = confirming.confirm_by_code(
        actor=resident(town), code=factories.code_of(demand), answer=MOSTLY, source="web"
    )

    assert made is not None
    assert (made.way, made.noted_by_id, made.is_by_handler) == (ConfirmWay.CODE, None, False)
    assert fresh(demand).satisfaction == MOSTLY
    with pytest.raises(FieldErrors):
        confirming.confirm_by_code(
            actor=resident(town), code=factories.code_of(demand), answer=None
        )


def test_at_the_window_the_handler_types_the_code_and_is_marked(town: SmallTown) -> None:
    demand = factories.written_off(town)

    made = confirming.confirm_by_code(
        actor=town.handler, code=factories.code_of(demand), answer=SATISFIED
    )

    assert made is not None
    assert made.is_by_handler
    assert not fresh(demand).is_heard_by_handler


def test_who_serves_nobody_takes_no_codes(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        confirming.find_by_code(actor=town.officer, code="2222222222")


def test_guessing_is_stopped_and_slips_of_the_pen_are_not_counted(town: SmallTown) -> None:
    code = factories.code_of(factories.written_off(town))
    for _time in range(confirming.MOST_WRONG):
        assert confirming.find_by_code(actor=town.worker, code=code[:-1] + "!") is None
        wrong = confirming.confirm_by_code(
            actor=town.worker, code=make_receipt_code(), answer=SATISFIED
        )
        assert wrong is None

    with pytest.raises(TooManyCodesError):
        confirming.find_by_code(actor=town.worker, code=code)

    assert confirming.find_by_code(actor=town.clerk, code=code)
    with clock.at(clock.now() + timedelta(minutes=61)):
        assert confirming.find_by_code(actor=town.worker, code=code)
    with clock.at(clock.now() + timedelta(days=2)):
        confirming.find_by_code(actor=town.worker, code=make_receipt_code())
    assert WrongCode.objects.in_town(town.town.id).count() == 1


def test_without_a_person_few_wrong_codes_are_taken_in_the_whole_town(town: SmallTown) -> None:
    code = factories.code_of(factories.written_off(town))
    WrongCode.objects.bulk_create(
        WrongCode(town=town.town, at=clock.now(), source=f"{number}")
        for number in range(confirming.MOST_WRONG_ALONE)
    )

    with pytest.raises(TooManyCodesError):
        confirming.find_by_code(actor=resident(town), code=code, source="elsewhere")
    assert confirming.find_by_code(actor=town.clerk, code=code)


def test_a_code_is_shown_to_who_may_see_who_asks_and_each_look_is_kept(town: SmallTown) -> None:
    demand = factories.registered(town)

    shown = receipts.show_code(actor=town.secretary, demand_id=demand.id)

    assert shown == factories.code_of(demand)
    look = AccessEntry.objects.about(town_id=town.town.id, kind="demand", target_id=demand.id).get()
    assert (look.what, look.staff_id) == ("receipt_code", town.secretary.staff_id)
    handled = factories.handling_state(town)
    with pytest.raises(NotAllowedError):
        receipts.show_code(actor=_reader(town), demand_id=handled.id)


def test_a_code_is_made_when_it_is_first_shown_and_stays(town: SmallTown) -> None:
    demand = factories.written_off(town)
    assert not Receipt.objects.in_town(town.town.id).exists()

    shown = receipts.show_code(actor=town.secretary, demand_id=demand.id)

    assert receipts.show_code(actor=town.secretary, demand_id=demand.id) == shown


def test_a_merged_proposer_speaks_of_the_original_and_counts_in_no_figure(town: SmallTown) -> None:
    merged = factories.merged(town)
    original = merged.merged_into
    original = factories.submitted(town, _accepted(town, original))
    review.write_off(actor=town.clerk, demand_id=original.id)

    made = confirming.confirm_by_code(
        actor=town.worker, code=factories.code_of(merged), answer=UNSATISFIED
    )

    assert made is not None
    assert (made.demand_id, made.about_id) == (merged.id, original.id)
    assert fresh(original).satisfaction == Satisfaction.NOT_ASKED
    assert [each.state for each in requests_of(original)] == [RequestState.RAISED]
    merged = fresh(merged)
    for demand in (merged, fresh(original)):
        assert [x.id for x in confirmations.list_said(actor=town.clerk, demand=demand)] == [made.id]
        verbs = [x.verb for x in history.list_history(actor=town.clerk, demand=demand)]
        assert Verb.RESIDENT_SAID in verbs

    said_of(town, fresh(original), SATISFIED)
    assert [each.state for each in requests_of(original)] == [RequestState.RAISED]
    said_of(town, merged, SATISFIED)
    assert [each.state for each in requests_of(original)] == [RequestState.SETTLED]


def _accepted(town: SmallTown, demand: Demand) -> Demand:
    return handling.accept(
        actor=town.clerk,
        demand_id=demand.id,
        version=fresh(demand).version,
        measures="更换灯具",
        unit_id=town.units["civil"].id,
        owner_id=town.staff["handler"].id,
        route=Route.TIMED,
    )


def _reader(town: SmallTown) -> Actor:
    """Sees demands, but not the register."""
    return Actor(
        town_id=town.town.id,
        name="reader",
        staff_id=town.staff["officer"].id,
        grants={"view_demands": (town.place.town.reach,)},
    )
