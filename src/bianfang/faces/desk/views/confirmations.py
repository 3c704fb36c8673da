"""What residents say of the handling: noting it, the receipt slip, the code at the window."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _

from bianfang.faces.desk import demand_badges
from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path, town
from bianfang.faces.desk.forms.confirmations import CodeForm, NoteForm, SpokenForm
from bianfang.faces.desk.pages import Crumb, attempt, desk_page, done, show, show_form
from bianfang.faces.desk.requests import DeskRequest
from bianfang.faces.desk.views.demands import SEEING, crumbs
from bianfang.kernel.codes.receipt_codes import grouped
from bianfang.kernel.masking.masks import Level, mask_name
from bianfang.mechanisms.ledger.rows import public_wording
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.actions import confirming, receipts
from bianfang.outreach.demands.models import Confirmation, Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.queries.confirmations import Coded
from bianfang.outreach.demands.workflow import ANSWERED
from bianfang.register.people.enums import Permission

SAID = "said"
"""The field of the form that asks what the resident says, beside the one that asks for the code."""
SERVING = (Permission.REGISTER_DEMAND, Permission.HANDLE_DEMAND)


@desk_page(*SEEING)
def note(request: DeskRequest, demand_id: UUID) -> HttpResponse:
    """What the resident says of it, in person or on the phone, or why there is no word."""
    demand, original = one.get_with_original(actor=request.actor, demand_id=demand_id)
    policies.check_can_note_answer(request.actor, demand, original, None)
    is_handler = policies.is_handler(request.actor, original or demand)
    form = NoteForm(request.POST or None, is_handler=is_handler)
    back = _page_of(request, demand, original)
    if form.is_valid():
        given = form.cleaned_data
        made = attempt(
            form,
            lambda: confirming.note_answer(actor=request.actor, demand_id=demand.id, **given),
        )
        if made:
            return done(request, _("Noted: %(answer)s.") % _answer_of(made), back)
    return show_form(
        request,
        form,
        title=_("Note what the resident says"),
        button=_("Note it"),
        back=back,
        crumbs=[*crumbs(request), Crumb(demand.number, back)],
        explain=_(
            "You handled this demand: you may note what you heard on the spot; it is marked. A "
            "phone call is noted by somebody else."
        )
        if is_handler
        else _("Ask once and kindly; nobody has to answer, and nobody is reminded."),
    )


@desk_page(*SEEING)
def slip(request: DeskRequest, demand_id: UUID) -> HttpResponse:
    """The receipt slip. Only the button shows the code: who looked is kept, a GET keeps nothing."""
    demand, original = one.get_with_original(actor=request.actor, demand_id=demand_id)
    policies.check_can_see_receipt(request.actor, demand, original)
    code = ""
    if request.method == "POST":
        code = grouped(receipts.show_code(actor=request.actor, demand_id=demand.id))
    about, back = original or demand, _page_of(request, demand, original)
    response = show(
        request,
        "desk/confirmations/slip.html",
        title=_("Receipt slip"),
        crumbs=[*crumbs(request), Crumb(demand.number, back)],
        demand=demand,
        about=about,
        original=original,
        receipt_code=code,
        town=town(request),
        proposer=mask_name(demand.proposer_name, Level.L3),
    )
    response.headers["Cache-Control"] = "no-store"
    return response


@desk_page(*SERVING)
def take(request: DeskRequest) -> HttpResponse:
    """The code that a resident reads out, then what he says; no code stands in an address."""
    if request.method != "POST":
        return _ask(request, CodeForm())
    form = CodeForm(request.POST)
    form.is_valid()
    code = form.cleaned_data.get("code", "")
    spoken = SpokenForm(request.POST) if SAID in request.POST else None
    if spoken and spoken.is_valid():
        given = spoken.cleaned_data
        made = attempt(spoken, lambda: _said(request, given))
        if made:
            here = address(chosen_path(request), "confirmations:code")
            facts = {**_answer_of(made[0]), "number": made[0].demand.number}
            return done(request, _("Noted for %(number)s: %(answer)s.") % facts, here)
    found = attempt(form, lambda: _found(request, code))
    if not found:
        if not form.errors:
            form.add_error("code", _no_such_code())
        return _ask(request, form)
    return _ask(request, form, coded=found[0], spoken=spoken or SpokenForm(initial={"code": code}))


def _found(request: DeskRequest, code: str) -> list[Coded]:
    found = confirming.find_by_code(actor=request.actor, code=code)
    return [found] if found else []


def _said(request: DeskRequest, given: dict[str, Any]) -> list[Confirmation]:
    made = confirming.confirm_by_code(actor=request.actor, **given)
    return [made] if made else []


def _ask(
    request: DeskRequest,
    form: CodeForm,
    *,
    coded: Coded | None = None,
    spoken: SpokenForm | None = None,
) -> HttpResponse:
    """The holder of a code sees how far the matter is and what was answered, and no names."""
    about = coded.about if coded else None
    return show(
        request,
        "desk/confirmations/code.html",
        title=_("Receipt code"),
        crumbs=crumbs(request),
        form=form,
        spoken=spoken if about is not None and about.state in ANSWERED else None,
        demand=coded.demand if coded else None,
        about=about,
        asked=_plain(coded.demand, coded.demand.content) if coded else "",
        reply=_plain(about, about.reply) if about is not None else "",
        state=demand_badges.standing(about) if about is not None else None,
    )


def _plain(demand: Demand, text: str) -> str:
    return public_wording(text, demand.proposer_name)


def _no_such_code() -> str:
    return _("No demand is found by this code. Read it again from the slip, sign by sign.")


def _answer_of(made: Confirmation) -> dict[str, str]:
    return {"answer": made.get_answer_display()}


def _page_of(request: DeskRequest, demand: Demand, original: Demand | None) -> str:
    """The page that a merged demand is seen from: its own, else that of its original."""
    is_own = original is None or one.is_in_scope(actor=request.actor, demand_id=demand.id)
    seen = demand if is_own or original is None else original
    return address(chosen_path(request), "demands:detail", seen.id)
