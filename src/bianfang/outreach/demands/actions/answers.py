"""Keeping what a resident says of the handling; who may note it is asked by the acts above."""

from collections.abc import Sequence

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions.saving import save_change
from bianfang.outreach.demands.enums import GIVEN, ConfirmWay, ReplyMode, Satisfaction, Verb
from bianfang.outreach.demands.models import Confirmation, Demand

MOST_WORDS = 200


def new_answer(
    actor: Actor,
    demand: Demand,
    about: Demand,
    answer: Satisfaction,
    way: ConfirmWay | None,
    word: str = "",
) -> Confirmation:
    """An unsaved row; noted by the handler, on whatever way, it is marked."""
    return Confirmation(
        town_id=about.town_id,
        demand=demand,
        about=about,
        answer=answer,
        way=way or "",
        word=word.strip(),
        noted_by_id=actor.staff_id,
        is_by_handler=policies.is_handler(actor, about),
        at=clock.now(),
        times_reopened=about.reopened_count,
    )


def keep_answer(actor: Actor, made: Confirmation) -> Confirmation:
    """Save it and tell of it; the last word of the demand's own proposer counts from now on.

    Nobody reached, or nothing said, does not take back what was said before.
    """
    demand, about = made.demand, made.about
    made.save(force_insert=True)
    counts = made.answer in GIVEN or about.satisfaction not in GIVEN
    if demand.id == about.id and counts:
        about.satisfaction, about.is_heard_by_handler = made.answer, _is_heard(made)
        save_change(about, "satisfaction", "is_heard_by_handler")
    facts = {"answer": made.answer, "way": made.way, "confirmation": str(made.id)}
    if demand.id != about.id:
        facts["said_for"] = demand.number
    targets = [(each, facts) for each in {demand.id: demand, about.id: about}.values()]
    journal.record_many(actor=actor, verb=Verb.RESIDENT_SAID, targets=targets)
    return made


def heard_with_reply(actor: Actor, demands: Sequence[Demand]) -> list[Confirmation]:
    """Rows for what the residents said when they were told the result, by the demands' own words.

    `satisfaction` stands on the demands already; only whoever handled them has heard it.
    """
    return [
        new_answer(actor, demand, demand, Satisfaction(demand.satisfaction), _way_of(demand))
        for demand in demands
        if demand.satisfaction != Satisfaction.NOT_ASKED
    ]


def _way_of(demand: Demand) -> ConfirmWay:
    """The word came by the way on which the reply was given."""
    return ConfirmWay.PHONE if demand.reply_mode == ReplyMode.PHONE else ConfirmWay.ON_SPOT


def _is_heard(made: Confirmation) -> bool:
    return made.is_by_handler and made.answer in GIVEN and made.way != ConfirmWay.CODE
