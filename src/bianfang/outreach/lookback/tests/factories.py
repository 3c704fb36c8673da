"""Look-backs over the closed demands of the small town."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.lookback.actions import checking, drawing
from bianfang.outreach.lookback.enums import CheckWay, SampleMethod
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries.plan import SampleWish
from bianfang.outreach.lookback.workflow import CheckResult

FIRST_DAY = MONDAY - timedelta(days=30)
SEED = 20261116


def closed(town: SmallTown, near: int = 3, far: int = 2) -> list[Demand]:
    """So many written-off demands in the northern and in the southern community."""
    there = [demands.written_off(town, household_id=town.far_household.id) for _ in range(far)]
    return [*(demands.written_off(town) for _ in range(near)), *there]


def wish(town: SmallTown, **changes: object) -> SampleWish:
    """One of each community, of all that was written off in the last thirty days."""
    common = SampleWish(
        area_id=town.place.town.id,
        from_day=FIRST_DAY,
        to_day=MONDAY,
        method=SampleMethod.OF_EACH,
        of_each=1,
    )
    return replace(common, **changes)  # type: ignore[arg-type]  # names are checked by the dataclass


def by_confidence(town: SmallTown, margin: str = "5") -> SampleWish:
    return wish(town, method=SampleMethod.CONFIDENCE, of_each=None, margin=Decimal(margin))


def drawn(town: SmallTown, *, seed: int | None = SEED, **changes: object) -> LookBack:
    return drawing.draw(
        actor=town.clerk, title="十一月回头看", wish=wish(town, **changes), seed=seed
    )


def checks_of(look_back: LookBack) -> list[Check]:
    rows = Check.objects.in_town(look_back.town_id).filter(look_back=look_back.id)
    return list(rows.select_related("demand").order_by("id"))


def handed_out(town: SmallTown, to: str = "second_clerk", **changes: object) -> list[Check]:
    """All checks of a new look-back, given to one person."""
    return give(town, drawn(town, seed=SEED, **changes), to=to)


def give(town: SmallTown, look_back: LookBack, to: str = "second_clerk") -> list[Check]:
    checking.assign(
        actor=town.clerk,
        look_back_id=look_back.id,
        check_ids=[check.id for check in checks_of(look_back)],
        checker_id=town.staff[to].id,
    )
    return checks_of(look_back)


def record(
    town: SmallTown, check: Check, result: CheckResult, by: str = "second_clerk", found: str = ""
) -> Check:
    said = found or ("灯又不亮了" if result is CheckResult.FAILED else "")
    return checking.record(
        actor=town.actors[by], check_id=check.id, way=CheckWay.PHONE, result=result, found=said
    )


def fresh(check: Check) -> Check:
    rows = Check.objects.in_town(check.town_id).select_related("look_back", "demand")
    return rows.get(id=check.id)


def state_of(look_back: LookBack) -> str:
    return LookBack.objects.in_town(look_back.town_id).get(id=look_back.id).state


def numbers(checks: Sequence[Check]) -> list[str]:
    return [check.demand.number for check in checks]


def day(days: int) -> date:
    return MONDAY + timedelta(days=days)
