"""What a look-back would draw from, and how many: read before drawing, and again to draw."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors
from bianfang.kernel.tenancy.paths import STEP, TOWN_LENGTH, within_town
from bianfang.outreach.demands.models import Demand, DemandQuerySet
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.lookback import sampling
from bianfang.outreach.lookback.enums import Confidence, SampleMethod, StrataBy
from bianfang.outreach.lookback.sampling import ByConfidence, OfEach, Rule, Share
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area

MARGINS = (Decimal(1), Decimal(30))
MOST_OF_EACH, MOST_PERCENT = 500, 100
COMMUNITY_LENGTH = TOWN_LENGTH + STEP
Errors = dict[str, str | Promise]


@dataclass(frozen=True, kw_only=True, slots=True)
class SampleWish:
    """Which closed demands, in which groups, and how many of them.

    `margin` belongs to the rule by confidence, `of_each` to that by group, `percent` and `at_least`
    to that by share. The confidence is also what the margin is told for, whichever the rule.
    """

    area_id: UUID | None
    from_day: date | None
    to_day: date | None
    strata_by: StrataBy = StrataBy.COMMUNITY
    method: SampleMethod = SampleMethod.CONFIDENCE
    confidence: Confidence = Confidence.NINETY_FIVE
    margin: Decimal | None = None
    of_each: int | None = None
    percent: int | None = None
    at_least: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Stratum:
    """A group: its key (theme, or path of the community), its name, how many there are and drawn.

    Names of communities are kept as they were; those of themes come from their enumeration.
    """

    key: str
    name: str
    population: int
    sample: int


@dataclass(frozen=True, kw_only=True, slots=True)
class SamplePlan:
    """All numbers that drawing would fix, and the demand numbers drawn from, by group."""

    area: Area
    frame: Mapping[str, tuple[str, ...]]
    strata: tuple[Stratum, ...]
    confidence: int

    @property
    def population(self) -> int:
        """How many demands were written off there and then."""
        return sum(stratum.population for stratum in self.strata)

    @property
    def sample_size(self) -> int:
        """How many are drawn of them."""
        return sum(stratum.sample for stratum in self.strata)

    @property
    def margin(self) -> Decimal | None:
        """Percentage points by which the share in all may lie from that in the sample."""
        return sampling.margin_of(self.population, self.sample_size, confidence=self.confidence)


def plan_sample(*, actor: Actor, wish: SampleWish) -> SamplePlan:
    """What the wish comes to; FieldErrors name all that is wrong with it."""
    rule = rule_of(wish)
    assert wish.area_id is not None
    area = areas.get_area(actor=actor, area_id=wish.area_id)
    frame = _read_frame(actor, area, wish)
    if not frame:
        raise FieldErrors({"to_day": _("Nothing was written off there in these days.")})
    counts = {key: len(numbers) for key, numbers in frame.items()}
    sizes = sampling.sizes_for(rule, counts)
    tree = areas.area_map(town_id=actor.town_id) if wish.strata_by == StrataBy.COMMUNITY else {}
    return SamplePlan(
        area=area,
        frame=frame,
        strata=tuple(
            Stratum(
                key=key,
                name=tree[key].name if key in tree else "",
                population=counts[key],
                sample=sizes[key],
            )
            for key in frame
        ),
        confidence=wish.confidence,
    )


def rule_of(wish: SampleWish) -> Rule:
    """The rule of the wish in numbers; refused with all that is missing or out of bounds."""
    errors = _place_and_days(wish) | _NUMBERS[wish.method](wish)
    if errors:
        raise FieldErrors(errors)
    if wish.method is SampleMethod.OF_EACH:
        return OfEach(number=wish.of_each or 0)
    if wish.method is SampleMethod.SHARE:
        return Share(percent=wish.percent or 0, at_least=wish.at_least or 0)
    return ByConfidence(confidence=wish.confidence, margin=wish.margin or Decimal(0))


def in_period(*, actor: Actor, area: Area, from_day: date, to_day: date) -> DemandQuerySet:
    """The actor's demands of the area that were written off in these days and still are."""
    return Demand.objects.visible_to(actor).filter(
        within_town([area.reach]),
        state=DemandState.WRITTEN_OFF,
        written_off_on__gte=from_day,
        written_off_on__lte=to_day,
    )


def _read_frame(actor: Actor, area: Area, wish: SampleWish) -> dict[str, tuple[str, ...]]:
    assert wish.from_day is not None
    assert wish.to_day is not None
    rows = in_period(actor=actor, area=area, from_day=wish.from_day, to_day=wish.to_day)
    groups: dict[str, list[str]] = {}
    found: Iterable[tuple[str, str, str]] = rows.order_by("number").values_list(
        "number", "theme", "area_path"
    )
    for number, theme, path in found:
        key = theme if wish.strata_by is StrataBy.THEME else path[:COMMUNITY_LENGTH]
        groups.setdefault(key, []).append(number)
    return {key: tuple(groups[key]) for key in sorted(groups)}


def _place_and_days(wish: SampleWish) -> Errors:
    errors: Errors = {}
    if wish.area_id is None:
        errors["area_id"] = _("Choose the area.")
    if wish.from_day is None:
        errors["from_day"] = _("Choose the first day of writing off.")
    if wish.to_day is None:
        errors["to_day"] = _("Choose the last day of writing off.")
    elif wish.from_day and wish.to_day < wish.from_day:
        errors["to_day"] = _("The last day lies before the first.")
    elif wish.to_day > clock.today():
        errors["to_day"] = _("These days are not over yet; choose today at the latest.")
    return errors


def _margin_errors(wish: SampleWish) -> Errors:
    low, high = MARGINS
    if wish.margin is not None and low <= wish.margin <= high:
        return {}
    return {"margin": _("Set a margin from 1 to 30 percentage points.")}


def _number_errors(wish: SampleWish) -> Errors:
    if wish.of_each is not None and 1 <= wish.of_each <= MOST_OF_EACH:
        return {}
    return {"of_each": _("Set how many of each group, from 1 to 500.")}


def _share_errors(wish: SampleWish) -> Errors:
    errors: Errors = {}
    if wish.percent is None or not 1 <= wish.percent <= MOST_PERCENT:
        errors["percent"] = _("Set a share from 1 to 100 percent.")
    if wish.at_least is not None and not 0 <= wish.at_least <= MOST_OF_EACH:
        errors["at_least"] = _("Set a number from 0 to 500.")
    return errors


_NUMBERS: Mapping[SampleMethod, Callable[[SampleWish], Errors]] = {
    SampleMethod.CONFIDENCE: _margin_errors,
    SampleMethod.OF_EACH: _number_errors,
    SampleMethod.SHARE: _share_errors,
}
