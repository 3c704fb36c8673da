"""Requests to reopen: the list under the figures of residents' words, and the two decisions."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import confirmation_page, figures
from bianfang.faces.desk.addresses import PAGE, address, same_page
from bianfang.faces.desk.area_choice import chosen_path, chosen_range, chosen_reach
from bianfang.faces.desk.demand_counts import Tile
from bianfang.faces.desk.demand_rows import content_for
from bianfang.faces.desk.forms.base import DeskForm
from bianfang.faces.desk.forms.confirmations import AcceptRequestForm, DeclineRequestForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.pieces import Tab
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.demands import SEEING, crumbs
from bianfang.faces.desk.views.lookbacks import listing
from bianfang.kernel import clock
from bianfang.kernel.figures import FigureScope
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import requests
from bianfang.outreach.demands.queries import confirmations
from bianfang.register.people.enums import Permission

KEYS = {
    "satisfaction_rate": "explained",
    "confirmation_rate": "reply",
    "heard_by_handler_rate": "staff",
    "relapse_rate": "undo",
}
"""The figures on top, each with its icon."""
SHOWN, DECIDED = "show", "decided"
ROWS = 50


@desk_page(*SEEING)
def request_list(request: DeskRequest) -> HttpResponse:
    """What residents ask to be reopened: what waits, the oldest first, or what was decided."""
    is_open = request.GET.get(SHOWN) != DECIDED
    page = confirmations.page_requests(
        actor=request.actor,
        is_open=is_open,
        area=chosen_range(request, request.actor, Permission.VIEW_DEMANDS),
        token=request.GET.get(PAGE, ""),
        size=ROWS,
    )
    return show(
        request,
        "desk/confirmations/requests.html",
        title=_("Requests to reopen"),
        crumbs=crumbs(request),
        tiles=_tiles(request) if request.actor.may(Permission.VIEW_DEMANDS) else [],
        tabs=[
            Tab(label=label, href=same_page(request, **{SHOWN: shown}), is_current=current)
            for label, shown, current in (
                (_("To be decided"), None, is_open),
                (_("Decided"), DECIDED, not is_open),
            )
        ],
        is_open=is_open,
        rows=confirmation_page.rows_of(request, page),
        listing=listing(request, page),
    )


@desk_page(*SEEING)
def accept(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """The resident is right: the demand is handled again."""
    return _decide(
        request,
        request_id,
        form=AcceptRequestForm(request.POST or None),
        act=requests.accept_request,
        words={
            "title": _("Reopen at the resident's request"),
            "button": _("Reopen"),
            "done": _("Reopened: the demand is handled again."),
            "explain": _("It is handled again with a new deadline, and counted as a relapse."),
        },
    )


@desk_page(*SEEING)
def decline(request: DeskRequest, request_id: UUID) -> HttpResponse:
    """It stays as it is, and the resident is told why."""
    return _decide(
        request,
        request_id,
        form=DeclineRequestForm(request.POST or None),
        act=requests.decline_request,
        words={
            "title": _("Do not reopen"),
            "button": _("Do not reopen"),
            "done": _("Not reopened; the resident was told why."),
            "explain": _("The resident is told why; tell it before you write it down here."),
        },
    )


def _decide(
    request: DeskRequest, request_id: UUID, *, form: DeskForm, act: Any, words: dict[str, str]
) -> HttpResponse:
    found = confirmations.get_request(actor=request.actor, request_id=request_id)
    demand = found.demand
    policies.check_can_decide_request(request.actor, demand)
    back = address(chosen_path(request), "demands:detail", demand.id)
    if form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: act(actor=request.actor, request_id=found.id, **given)):
            return done(request, words["done"], f"{back}#top")
    word = confirmation_page.word_for(request.actor, demand, found.confirmation.word)
    said = [content_for(request.actor, demand), word]
    return show_form(
        request,
        form,
        title=words["title"],
        button=words["button"],
        back=back,
        crumbs=[*crumbs(request), Crumb(demand.number, back)],
        explain=" — ".join([*filter(None, said), words["explain"]]),
    )


def _tiles(request: DeskRequest) -> list[Tile]:
    scope = FigureScope(
        town_id=request.actor.town_id,
        ranges=chosen_reach(request, request.actor, Permission.VIEW_DEMANDS),
        as_of=clock.today(),
    )
    cards = figures.read_cards(KEYS, scope, area_path=chosen_path(request))
    words = _("%(part)d of %(whole)d")
    return [
        Tile(
            name=card.label,
            icon=KEYS[key],
            text=card.text,
            note=words % {"part": card.value.numerator, "whole": card.value.denominator or 0},
            formula=card.formula,
            href=card.href,
            width=card.width,
            is_full=card.is_full and bool(card.value.denominator),
        )
        for key, card in cards.items()
    ]
