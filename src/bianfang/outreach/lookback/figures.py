"""The figure counted from checks, with its formula in words and the list it opens."""

from django.utils.translation import gettext_lazy as _

from bianfang.kernel.figures import Figure, FigureScope
from bianfang.kernel.tenancy.paths import within_town
from bianfang.outreach.lookback.models import Check, CheckQuerySet
from bianfang.outreach.lookback.workflow import DECIDED, CheckResult


def _checked(scope: FigureScope) -> CheckQuerySet:
    """What was checked in the areas up to that day, of the round's demands if one is asked for."""
    rows = Check.objects.in_town(scope.town_id).filter(
        within_town(scope.ranges), result__in=sorted(DECIDED), checked_on__lte=scope.as_of
    )
    if scope.round_number is not None:
        rows = rows.filter(demand__round__number=scope.round_number)
    return rows


def _passed(scope: FigureScope) -> CheckQuerySet:
    return _checked(scope).filter(result=CheckResult.PASSED)


FIGURES = (
    Figure(
        key="look_back_pass_rate",
        label=_("Look-back pass rate"),
        unit="",
        formula=_("Passed ÷ checked; demands whose residents were not reached do not count"),
        rows=_passed,
        out_of=_checked,
        page="lookbacks:checks",
        page_query={"result": CheckResult.PASSED.value},
    ),
)
