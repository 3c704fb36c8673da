"""One look-back or one check, by its id; out of scope it does not exist."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.figures import FigureValue
from bianfang.outreach.demands.models import Demand, DemandQuerySet
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.lookback import sampling
from bianfang.outreach.lookback.models import Check, CheckQuerySet, LookBack
from bianfang.outreach.lookback.workflow import CheckResult

NO_LOOK_BACK = _("There is no such look-back in your area.")
NO_CHECK = _("There is no such check in your area.")


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """Checks by their results; replaced ones are counted apart."""

    waiting: int = 0
    not_reached: int = 0
    passed: int = 0
    failed: int = 0
    replaced: int = 0

    @property
    def total(self) -> int:
        """All that stand, without those replaced."""
        return self.waiting + self.not_reached + self.passed + self.failed

    @property
    def checked(self) -> int:
        """Those that were decided: the denominator of the pass rate."""
        return self.passed + self.failed

    @property
    def is_untouched(self) -> bool:
        """Whether nothing has been noted of any of them."""
        return self.waiting == self.total and not self.replaced

    @property
    def pass_rate(self) -> FigureValue:
        """Passed ÷ checked; nothing checked has no rate."""
        return FigureValue(numerator=self.passed, denominator=self.checked)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            waiting=self.waiting + other.waiting,
            not_reached=self.not_reached + other.not_reached,
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            replaced=self.replaced + other.replaced,
        )


COUNTS: Mapping[str, Count] = {
    **{
        result.value: Count("id", filter=Q(result=result, replaced_by__isnull=True))
        for result in CheckResult
    },
    "replaced": Count("id", filter=Q(replaced_by__isnull=False)),
}
"""What a `Tally` counts."""


def get_look_back(*, actor: Actor, look_back_id: UUID) -> LookBack:
    """The look-back with its area and who drew it; the numbers drawn from stay in the database."""
    rows = LookBack.objects.visible_to(actor).select_related("area", "drawn_by").defer("frame")
    found = rows.filter(id=look_back_id).first()
    if found is None:
        raise NotFoundError(NO_LOOK_BACK)
    return found


def get_look_back_for_update(*, actor: Actor, look_back_id: UUID) -> LookBack:
    """The look-back, locked: moves of one look-back follow each other."""
    rows = LookBack.objects.visible_to(actor).filter(id=look_back_id)
    found = rows.select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise NotFoundError(NO_LOOK_BACK)
    return found


def get_check(*, actor: Actor, check_id: UUID) -> Check:
    """The check with its look-back, its demand and who checks."""
    found = _with_names(Check.objects.visible_to(actor)).filter(id=check_id).first()
    if found is None:
        raise NotFoundError(NO_CHECK)
    return found


def get_check_for_update(*, actor: Actor, check_id: UUID) -> tuple[Check, LookBack]:
    """The check and its look-back, both locked, the look-back first."""
    rows = Check.objects.visible_to(actor).filter(id=check_id)
    look_back_id = rows.values_list("look_back_id", flat=True).first()
    if look_back_id is None:
        raise NotFoundError(NO_CHECK)
    look_back = get_look_back_for_update(actor=actor, look_back_id=look_back_id)
    locked = Check.objects.in_town(actor.town_id).select_for_update(of=("self",), no_key=True)
    return locked.select_related("demand").get(id=check_id), look_back


def list_checks_for_update(
    *, actor: Actor, look_back: LookBack, check_ids: Sequence[UUID]
) -> list[Check]:
    """Those of the checks that stand in this look-back, locked in one order, with their demands."""
    rows = Check.objects.visible_to(actor).filter(look_back=look_back.id, id__in=check_ids)
    locked = rows.select_for_update(of=("self",), no_key=True).select_related("demand")
    return list(locked.order_by("id"))


def list_results(*, actor: Actor, look_back: LookBack) -> list[CheckResult]:
    """The results of all checks that stand, wherever they are."""
    rows = Check.objects.in_town(actor.town_id).filter(look_back=look_back.id).standing()
    return [CheckResult(result) for result in rows.values_list("result", flat=True).order_by("id")]


def list_all_results(*, look_back: LookBack) -> list[CheckResult]:
    """The results of all its checks, those that were replaced as well."""
    rows = Check.objects.in_town(look_back.town_id).filter(look_back=look_back.id)
    return [CheckResult(result) for result in rows.values_list("result", flat=True).order_by("id")]


def tally_by_stratum(*, actor: Actor, look_back: LookBack) -> dict[str, Tally]:
    """The checks in the actor's scope by group, counted in one query."""
    rows = Check.objects.visible_to(actor).filter(look_back=look_back.id).order_by()
    return {
        stratum: Tally(**dict(zip(COUNTS, counts, strict=True)))
        for stratum, *counts in (rows.values_list("stratum").annotate(**COUNTS))
    }


def list_of_demand(*, actor: Actor, demand: Demand) -> CheckQuerySet:
    """The checks of a demand in scope, the latest first."""
    rows = Check.objects.in_town(actor.town_id).filter(demand=demand.id)
    return rows.select_related("look_back", "checker").order_by("-id")


def draw_again(look_back: LookBack) -> dict[str, list[str]]:
    """The sample as rule, seed and the kept numbers give it: what was drawn, at any time."""
    sizes = {stratum["key"]: stratum["sample"] for stratum in look_back.strata}
    return sampling.draw(look_back.frame, sizes, seed=look_back.seed)


def list_after(*, look_back: LookBack, stratum: str) -> tuple[int, list[str]]:
    """The numbers of a group that follow what was drawn of it, with the last place drawn."""
    rows = Check.objects.in_town(look_back.town_id).filter(look_back=look_back.id, stratum=stratum)
    last: int = rows.aggregate(last=Max("place"))["last"]
    order = sampling.draw_order(look_back.frame[stratum], seed=look_back.seed, stratum=stratum)
    return last, order[last:]


def list_written_off(*, actor: Actor, numbers: Sequence[str]) -> DemandQuerySet:
    """Which of these demands are written off, in scope."""
    rows = Demand.objects.visible_to(actor).filter(number__in=numbers)
    return rows.filter(state=DemandState.WRITTEN_OFF).order_by("number")


def _with_names(rows: CheckQuerySet) -> CheckQuerySet:
    linked = rows.select_related("look_back", "demand", "checker")
    return linked.defer("look_back__frame", "demand__proposer_phone")
