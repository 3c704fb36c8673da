"""What residents said of the handling, the codes that lead to demands, requests to reopen."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.codes.receipt_codes import read_receipt_code
from bianfang.kernel.crypto.current import blind_index
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.journal.models import AppendOnlyQuerySet
from bianfang.kernel.paging import Page, take_page
from bianfang.kernel.tenancy.paths import PathRange, within_town
from bianfang.outreach.demands.models import (
    Confirmation,
    Demand,
    Receipt,
    ReopenRequest,
    ReopenRequestQuerySet,
)
from bianfang.outreach.demands.queries import one
from bianfang.outreach.demands.workflow import RequestState

CODE_PURPOSE = "receipt_code"
NO_REQUEST = _("There is no such request in your area.")
OLDEST = ("raised_at", "id")
LATEST = ("-decided_at", "-id")


@dataclass(frozen=True, kw_only=True, slots=True)
class Coded:
    """The demand of a proposer, and the one that was answered: itself, or its original."""

    demand: Demand
    about: Demand


def code_key(code: str) -> bytes:
    """By what a receipt is found without opening the sealed code."""
    return blind_index(code, purpose=CODE_PURPOSE)


def is_whole_code(typed: str) -> bool:
    """Whether it could be a code; a slip of the pen could not."""
    return read_receipt_code(typed) is not None


def find_coded(*, town_id: UUID, typed: str) -> Coded | None:
    """The demand to which a code leads, wherever it lies; None where it leads nowhere."""
    code = read_receipt_code(typed)
    if code is None:
        return None
    found = Receipt.objects.in_town(town_id).filter(code_key=code_key(code)).first()
    if found is None:
        return None
    rows = Demand.objects.in_town(town_id).select_related(*one.ON_THE_PAGE)
    demand = rows.get(id=found.demand_id)
    return Coded(demand=demand, about=demand.merged_into or demand)


def find_receipt(*, demand: Demand) -> Receipt | None:
    """The receipt of a demand; None for one from before there were codes."""
    found = Receipt.objects.in_town(demand.town_id).filter(demand=demand.id).first()
    assert found is None or isinstance(found, Receipt)
    return found


def lock(demand: Demand) -> Demand:
    """The demand as it stands now, locked: words about it, and requests, follow each other."""
    rows = Demand.objects.in_town(demand.town_id).select_for_update(of=("self",), no_key=True)
    return rows.get(id=demand.id)


def list_said(*, actor: Actor, demand: Demand) -> AppendOnlyQuerySet:
    """What was said of a demand in scope, by its proposers and those merged into it, latest first.

    For a merged demand, what its own proposer said of the original.
    """
    own = {"demand": demand.id} if demand.merged_into_id else {"about": demand.id}
    rows = Confirmation.objects.in_town(actor.town_id).filter(**own)
    named = rows.select_related("noted_by", "demand").defer("demand__proposer_phone")
    return named.order_by("-id")


def find_open_request(*, actor: Actor, demand: Demand) -> ReopenRequest | None:
    """The request to reopen that waits for a decision, if there is one."""
    rows = ReopenRequest.objects.in_town(actor.town_id).filter(demand=demand.id)
    return rows.filter(state=RequestState.RAISED).select_related("confirmation").first()


def list_requests_of(*, actor: Actor, demand: Demand) -> ReopenRequestQuerySet:
    """All requests to reopen a demand in scope, the latest first."""
    rows = ReopenRequest.objects.in_town(actor.town_id).filter(demand=demand.id)
    return rows.select_related("confirmation", "decided_by").order_by("-id")


def get_request(*, actor: Actor, request_id: UUID) -> ReopenRequest:
    """The request with what was said and the demand; NotFoundError out of scope."""
    found = _with_names(ReopenRequest.objects.visible_to(actor)).filter(id=request_id).first()
    if found is None:
        raise NotFoundError(NO_REQUEST)
    return found


def get_request_for_update(*, actor: Actor, request_id: UUID) -> tuple[ReopenRequest, Demand]:
    """The request and its demand, both locked, the demand first; NotFoundError out of scope."""
    rows = ReopenRequest.objects.in_town(actor.town_id).filter(id=request_id)
    demand_id = rows.values_list("demand_id", flat=True).first()
    if demand_id is None:
        raise NotFoundError(NO_REQUEST)
    demand = one.get_demand_for_update(actor=actor, demand_id=demand_id)
    return rows.select_for_update(of=("self",), no_key=True).get(), demand


def page_requests(
    *,
    actor: Actor,
    is_open: bool,
    area: PathRange | None = None,
    token: str = "",
    size: int = 50,
) -> Page[ReopenRequest]:
    """One page of the requests in scope: those that wait, the oldest first; or those decided."""
    rows = _with_names(ReopenRequest.objects.visible_to(actor))
    if area:
        rows = rows.filter(within_town([area], "demand__area_path"))
    rows = rows.filter(decided_at__isnull=is_open)
    return take_page(rows, order=OLDEST if is_open else LATEST, token=token, size=size)


def _with_names(rows: ReopenRequestQuerySet) -> ReopenRequestQuerySet:
    linked = rows.select_related("demand", "demand__unit", "confirmation", "decided_by")
    return linked.defer("demand__proposer_phone")
