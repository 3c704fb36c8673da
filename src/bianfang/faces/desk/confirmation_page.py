"""What pages show of residents' words: on the demand, at the window, in the list of requests."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.badges import Badge, Kind
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.visits_part import short_place
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.paging import Page
from bianfang.mechanisms.ledger.rows import public_wording
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.enums import Satisfaction
from bianfang.outreach.demands.models import Confirmation, Demand, ReopenRequest
from bianfang.outreach.demands.queries import confirmations
from bianfang.outreach.demands.workflow import ANSWERED, DemandState, RequestState

_ANSWERS: dict[str, Kind] = {
    Satisfaction.SATISFIED: "done",
    Satisfaction.MOSTLY: "done",
    Satisfaction.UNSATISFIED: "late",
}
_REQUESTS: dict[str, Kind] = {
    RequestState.RAISED: "waiting",
    RequestState.ACCEPTED: "active",
    RequestState.DECLINED: "void",
    RequestState.SETTLED: "void",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Said:
    """Once that a proposer said something; `number` names a merged demand that it was said for."""

    made: Confirmation
    answer: Badge
    on: date
    word: str
    number: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """A request to reopen, with the two decisions for who may make them."""

    request: ReopenRequest
    state: Badge
    at: datetime
    word: str
    accept_href: str
    decline_href: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """A request in the list of them."""

    asked: Asked
    demand: Demand
    href: str
    content: str
    place: str
    days: int


def of_demand(request: DeskRequest, demand: Demand) -> dict[str, Any]:
    """What was said of the demand, what is asked for, and what may be done about it."""
    actor, path = request.actor, chosen_path(request)
    about = demand.merged_into or demand
    may_note = policies.can_note_answer(actor, demand) or policies.can_note_answer(actor, about)
    is_answered = about.state in ANSWERED
    asked, said = list[ReopenRequest](), list[Confirmation]()
    if is_ended(demand):
        asked = list(confirmations.list_requests_of(actor=actor, demand=demand))
    if is_answered or demand.reopened_count:
        said = list(confirmations.list_said(actor=actor, demand=demand))
    slip = address(path, "confirmations:slip", demand.id)
    return {
        "said": [_said(actor, demand, made) for made in said],
        "asked": [_asked(request, demand, each) for each in asked],
        "is_answered": is_answered,
        "note_href": address(path, "confirmations:note", demand.id)
        if may_note and is_answered
        else "",
        "slip_href": slip if policies.can_see_receipt(actor, demand) else "",
    }


def is_ended(demand: Demand) -> bool:
    """Whether it was written off at least once: only then can reopening have been asked for."""
    return demand.reopened_count > 0 or demand.state == DemandState.WRITTEN_OFF


def rows_of(request: DeskRequest, page: Page[ReopenRequest]) -> list[Row]:
    """The rows of a list of requests, in the wording that the reader may see."""
    today = clock.today()
    return [
        Row(
            asked=_asked(request, each.demand, each),
            demand=each.demand,
            href=address(chosen_path(request), "demands:detail", each.demand_id),
            content=content_for(request.actor, each.demand),
            place=short_place(request, each.demand.area_path),
            days=(today - clock.local(each.raised_at).date()).days,
        )
        for each in page.rows
    ]


def word_for(actor: Actor, demand: Demand, word: str) -> str:
    """The resident's words; for who does not see who asks, without name and numbers of people."""
    if policies.can_see_proposer(actor, demand):
        return word
    return public_wording(word, demand.proposer_name)


def _said(actor: Actor, demand: Demand, made: Confirmation) -> Said:
    return Said(
        made=made,
        answer=Badge(made.get_answer_display(), _ANSWERS.get(made.answer, "plain")),
        on=clock.local(made.at).date(),
        word=word_for(actor, made.demand, made.word),
        number=made.demand.number if made.demand_id != demand.id else "",
    )


def _asked(request: DeskRequest, demand: Demand, asked: ReopenRequest) -> Asked:
    actor, path = request.actor, chosen_path(request)
    may_decide = asked.state == RequestState.RAISED and policies.can_decide_request(actor, demand)
    return Asked(
        request=asked,
        state=Badge(asked.get_state_display(), _REQUESTS[asked.state]),
        at=clock.local(asked.raised_at),
        word=word_for(actor, demand, asked.confirmation.word),
        accept_href=address(path, "confirmations:accept", asked.id) if may_decide else "",
        decline_href=address(path, "confirmations:decline", asked.id) if may_decide else "",
    )
