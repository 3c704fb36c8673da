"""Look-backs and the checks that they consist of."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.kernel.tenancy.paths import parents, within_town
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.lookback.enums import (
    RESULT_LABELS,
    STATE_LABELS,
    CheckWay,
    Confidence,
    SampleMethod,
    StrataBy,
)
from bianfang.outreach.lookback.workflow import DECIDED, CheckResult, LookBackState
from bianfang.register.areas.models import Area
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff


class LookBackQuerySet(TownQuerySet["LookBack"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Look-backs in, or over, the areas whose demands the actor sees."""
        reach = actor.reach(Permission.VIEW_DEMANDS)
        inside = within_town(reach)
        rows = self.in_town(actor.town_id)
        if not inside:
            return rows
        above = {path for each in reach for path in parents(each.lower)}
        return rows.filter(inside | Q(area_path__in=sorted(above)))


def _has_only(method: SampleMethod, own: str) -> Q:
    """The number of its rule is there, those of the other rules are not."""
    empty = {f"{name}__isnull": name != own for name in ("margin", "of_each", "percent")}
    return Q(method=method, **empty)


class LookBack(TownModel):
    """A sample of what was written off in some days, drawn by a rule and a seed that are kept.

    One that was given up keeps all of it. `frame` holds the numbers drawn from by group,
    `strata` the name, population and sample of each.
    """

    title = models.CharField(_("Name of the look-back"), max_length=60)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, STATE_LABELS[state]) for state in LookBackState],
        default=LookBackState.DRAWN,
    )
    area = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)
    from_day = models.DateField(_("Written off from"))
    to_day = models.DateField(_("Written off to"))
    strata_by = models.CharField(_("Grouped by"), max_length=10, choices=StrataBy.choices)
    method = models.CharField(_("Rule"), max_length=10, choices=SampleMethod.choices)
    confidence = models.PositiveSmallIntegerField(_("Confidence"), choices=Confidence.choices)
    margin = models.DecimalField(_("Margin"), max_digits=4, decimal_places=1, null=True)
    of_each = models.PositiveSmallIntegerField(_("Of each group"), null=True)
    percent = models.PositiveSmallIntegerField(_("Percent"), null=True)
    at_least = models.PositiveSmallIntegerField(_("At least"), null=True)
    seed = models.BigIntegerField(_("Seed"))
    population = models.PositiveIntegerField(_("Population"))
    sample_size = models.PositiveIntegerField(_("Sample"))
    frame = models.JSONField(default=dict)
    strata = models.JSONField(default=list)
    drawn_by = TownForeignKey(Staff)
    drawn_at = models.DateTimeField()
    finished_on = models.DateField(_("Finished on"), null=True)
    given_up_on = models.DateField(_("Given up on"), null=True)
    given_up_reason = models.CharField(_("Reason"), max_length=200, blank=True)

    objects: ClassVar[LookBackQuerySet] = LookBackQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "lookback_lookback"
        constraints: ClassVar = [
            town_key("lookback"),
            models.CheckConstraint(condition=Q(to_day__gte=F("from_day")), name="lookback_days"),
            models.CheckConstraint(
                condition=Q(sample_size__gte=1, sample_size__lte=F("population")),
                name="lookback_sample",
            ),
            models.CheckConstraint(
                condition=_has_only(SampleMethod.CONFIDENCE, "margin")
                | _has_only(SampleMethod.OF_EACH, "of_each")
                | _has_only(SampleMethod.SHARE, "percent"),
                name="lookback_rule",
            ),
            models.CheckConstraint(
                condition=Q(state=LookBackState.FINISHED, finished_on__isnull=False)
                | (~Q(state=LookBackState.FINISHED) & Q(finished_on__isnull=True)),
                name="lookback_finished",
            ),
            models.CheckConstraint(
                condition=Q(state=LookBackState.GIVEN_UP, given_up_on__isnull=False)
                & ~Q(given_up_reason="")
                | ~Q(state=LookBackState.GIVEN_UP)
                & Q(given_up_on__isnull=True, given_up_reason=""),
                name="lookback_given_up",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "-drawn_at", "-id"], name="lookback_recent"),
        ]

    def __str__(self) -> str:
        return self.title


class CheckQuerySet(TownQuerySet["Check"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Checks of demands in the actor's areas, and those handed to the actor."""
        seen = within_town(actor.reach(Permission.VIEW_DEMANDS))
        rows = self.in_town(actor.town_id)
        if not seen:
            return rows
        if actor.staff_id:
            seen |= Q(checker=actor.staff_id)
        return rows.filter(seen)

    def standing(self) -> Self:
        """Those that were not replaced."""
        return self.filter(replaced_by__isnull=True)


class Check(TownModel):
    """One demand of a sample, to be checked by somebody who neither handled it nor wrote it off.

    `place` is its place in the order of drawing of its group. A replaced check stays on record.
    """

    look_back = TownForeignKey(LookBack)
    demand = TownForeignKey(Demand)
    area_path = models.CharField(max_length=40)
    stratum = models.CharField(max_length=40)
    place = models.PositiveIntegerField()
    checker = TownForeignKey(Staff, null=True)
    result = models.CharField(
        _("Check result"),
        max_length=12,
        choices=[(result.value, RESULT_LABELS[result]) for result in CheckResult],
        default=CheckResult.WAITING,
    )
    way = models.CharField(_("Way"), max_length=6, choices=CheckWay.choices, blank=True)
    found = models.TextField(_("What was found"), blank=True)
    checked_on = models.DateField(_("Checked on"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    replaced_by = TownForeignKey("self", null=True)

    objects: ClassVar[CheckQuerySet] = CheckQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "lookback_check"
        constraints: ClassVar = [
            town_key("check"),
            models.UniqueConstraint(fields=["town", "look_back", "demand"], name="check_once"),
            models.UniqueConstraint(
                fields=["town", "look_back", "stratum", "place"], name="check_place_once"
            ),
            models.CheckConstraint(
                condition=Q(result=CheckResult.WAITING, checked_on__isnull=True, way="")
                | (
                    ~Q(result=CheckResult.WAITING)
                    & ~Q(way="")
                    & Q(checked_on__isnull=False, checker__isnull=False)
                ),
                name="check_result_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(result=CheckResult.FAILED) | ~Q(found=""),
                name="check_failure_is_told",
            ),
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(result=CheckResult.NOT_REACHED),
                name="check_replaced_if_not_reached",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "look_back", "id"], name="check_look_back"),
            models.Index(fields=["town", "demand", "-checked_on", "-id"], name="check_demand"),
            models.Index(fields=["town", "checker", "result"], name="check_checker"),
            models.Index(
                fields=["town", "-checked_on", "-id"],
                condition=Q(result__in=sorted(DECIDED)),
                name="check_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stratum} {self.place}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to try."""
        return self.result not in DECIDED and self.replaced_by_id is None

    @classmethod
    def new(cls, look_back: LookBack, demand: Demand, *, stratum: str, place: int) -> Any:
        """A check that waits for somebody."""
        return cls(
            town_id=look_back.town_id,
            look_back=look_back,
            demand=demand,
            area_path=demand.area_path,
            stratum=stratum,
            place=place,
        )
