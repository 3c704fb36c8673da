"""Drawing a sample."""

import secrets
from dataclasses import asdict
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldErrors
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.lookback import policies, sampling
from bianfang.outreach.lookback.enums import SampleMethod, Verb
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries import plan
from bianfang.outreach.lookback.queries.plan import Errors, SamplePlan, SampleWish
from bianfang.outreach.lookback.workflow import LookBackState
from bianfang.register.areas import queries as areas

LONGEST_TITLE = 60
LARGEST_SEED = 10**9


@transaction.atomic
def draw(*, actor: Actor, title: str, wish: SampleWish, seed: int | None = None) -> LookBack:
    """Draw a sample of what was written off; rule, seed and numbers drawn from are kept for good.

    Without a seed one is made by chance, so that nobody can choose the sample.
    """
    _check_place(actor, wish.area_id)
    errors = _own_errors(title, seed)
    try:
        planned = plan.plan_sample(actor=actor, wish=wish)
    except FieldErrors as wrong:
        raise FieldErrors({**errors, **wrong.errors}) from wrong
    if errors:
        raise FieldErrors(errors)
    seed = secrets.randbelow(LARGEST_SEED) + 1 if seed is None else seed
    look_back = _keep(actor, title.strip(), wish, planned, seed)
    _make_checks(actor, look_back, planned)
    facts = {
        "title": look_back.title,
        "seed": seed,
        "population": planned.population,
        "sample": planned.sample_size,
    }
    journal.record(actor=actor, verb=Verb.DRAWN, target=look_back, facts=facts)
    return look_back


def _check_place(actor: Actor, area_id: UUID | None) -> None:
    """A wish without an area is told so beside the field."""
    if area_id is not None:
        area = areas.get_area(actor=actor, area_id=area_id)
        policies.check_can_plan_look_back(actor, area.path)


def _own_errors(title: str, seed: int | None) -> Errors:
    errors: Errors = {}
    if not title.strip():
        errors["title"] = _("Give the look-back a name.")
    elif len(title.strip()) > LONGEST_TITLE:
        errors["title"] = _("At most 60 characters.")
    if seed is not None and not 1 <= seed <= LARGEST_SEED:
        errors["seed"] = _("A seed is a whole number from 1 to 1,000,000,000.")
    return errors


def _keep(actor: Actor, title: str, wish: SampleWish, planned: SamplePlan, seed: int) -> LookBack:
    """Only the numbers of its own rule are kept with a look-back."""
    is_share = wish.method is SampleMethod.SHARE
    assert wish.from_day is not None
    assert wish.to_day is not None
    return LookBack.objects.create(
        town_id=actor.town_id,
        title=title,
        state=LookBackState.DRAWN,
        area=planned.area,
        area_path=planned.area.path,
        from_day=wish.from_day,
        to_day=wish.to_day,
        strata_by=wish.strata_by,
        method=wish.method,
        confidence=wish.confidence,
        margin=wish.margin if wish.method is SampleMethod.CONFIDENCE else None,
        of_each=wish.of_each if wish.method is SampleMethod.OF_EACH else None,
        percent=wish.percent if is_share else None,
        at_least=(wish.at_least or 0) if is_share else None,
        seed=seed,
        population=planned.population,
        sample_size=planned.sample_size,
        frame={key: list(numbers) for key, numbers in planned.frame.items()},
        strata=[asdict(stratum) for stratum in planned.strata],
        drawn_by_id=actor.person_id,
        drawn_at=clock.now(),
    )


def _make_checks(actor: Actor, look_back: LookBack, planned: SamplePlan) -> None:
    sizes = {stratum.key: stratum.sample for stratum in planned.strata}
    drawn = sampling.draw(planned.frame, sizes, seed=look_back.seed)
    numbers = [number for found in drawn.values() for number in found]
    rows = Demand.objects.visible_to(actor).filter(number__in=numbers).defer("proposer_phone")
    demands = {demand.number: demand for demand in rows.order_by("number")}
    Check.objects.bulk_create(
        Check.new(look_back, demands[number], stratum=stratum, place=place)
        for stratum, found in drawn.items()
        for place, number in enumerate(found, start=1)
    )
