"""Demands and what happens to them."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.crypto.fields import EncryptedTextField
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.kernel.tenancy.paths import within_town
from bianfang.outreach.demands.enums import (
    GIVEN,
    STATE_LABELS,
    DayUnit,
    DemandKind,
    ExtensionState,
    Outcome,
    ReplyMode,
    Route,
    Satisfaction,
    Source,
    Theme,
)
from bianfang.outreach.demands.models.rules import Category, DeadlineRule
from bianfang.outreach.demands.workflow import ACCEPTED, ANSWERED, UNSETTLED, DemandState
from bianfang.outreach.visits.models import Forum, Round, Visit
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household, Resident
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff, Unit

_NO_DEADLINE = Func(template="'9999-12-31'", output_field=models.DateField())
"""A day after all others, as text of the query: SQLite uses no index over a parameter."""


def demand_number(year: int, number: int) -> str:
    """The number as it is printed, spoken and searched for, such as 2026-00127."""
    return f"{year}-{number:05d}"


def due_order() -> Coalesce:
    """The deadline for sorting; what has none yet comes last."""
    return Coalesce("due_on", _NO_DEADLINE)


class DemandQuerySet(TownQuerySet["Demand"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Demands of the actor's areas and units, and those the actor is in charge of."""
        seen = within_town(actor.reach(Permission.VIEW_DEMANDS))
        if not seen:
            return self.in_town(actor.town_id)
        if actor.unit_ids:
            seen |= Q(unit__in=actor.unit_ids)
        if actor.staff_id:
            seen |= Q(owner=actor.staff_id)
        return self.in_town(actor.town_id).filter(seen)


class Demand(TownModel):
    """What a resident asks, reports or suggests. Its number is given once and never again.

    `registered_at` is when the resident said it: for a demand of a visit, the visit. `due_days` and
    `due_counted_from` are set where the deadline was counted, not chosen; `due_rule` is the version
    of the rule that it was counted by. `suggested_route` is what whoever wrote it down thinks
    right. `satisfaction` is the last that the proposer said of the answer (`Confirmation`),
    `is_heard_by_handler` whether only whoever handled it heard that. `urgent` marks a safety
    hazard: told at once, listed first.
    """

    number = models.CharField(_("Number"), max_length=16)
    state = models.CharField(
        max_length=16,
        choices=[(state.value, STATE_LABELS[state]) for state in DemandState],
        default=DemandState.REGISTERED,
    )
    source = models.CharField(_("Source"), max_length=10, choices=Source.choices)
    kind = models.CharField(_("Kind"), max_length=12, choices=DemandKind.choices)
    round = TownForeignKey(Round, null=True)
    visit = TownForeignKey(Visit, null=True)
    forum = TownForeignKey(Forum, null=True)
    household = TownForeignKey(Household, null=True)
    resident = TownForeignKey(Resident, null=True)
    area = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)
    proposer_name = models.CharField(_("Proposer"), max_length=60)
    proposer_phone = EncryptedTextField(_("Phone"), blank=True)
    phone_key = models.BinaryField(max_length=32, null=True)
    category = TownForeignKey(Category)
    theme = models.CharField(max_length=12, choices=Theme.choices)

    content = models.TextField(_("Demand content"))
    measures = models.TextField(_("Measures"), blank=True)
    unit = TownForeignKey(Unit, null=True)
    owner = TownForeignKey(Staff, null=True)
    due_on = models.DateField(_("Deadline"), null=True)
    first_due_on = models.DateField(_("First deadline"), null=True)
    due_days = models.PositiveSmallIntegerField(null=True)
    due_unit = models.CharField(max_length=10, choices=DayUnit.choices, default=DayUnit.WORKDAY)
    due_rule = TownForeignKey(DeadlineRule, null=True)
    due_counted_from = models.DateField(null=True)
    due_is_provisional = models.BooleanField(default=False)
    route = models.CharField(_("Handling"), max_length=10, choices=Route.choices, blank=True)
    suggested_route = models.CharField(
        _("Suggested handling"), max_length=10, choices=Route.choices, blank=True
    )
    urgent = models.BooleanField(default=False)
    progress = models.TextField(_("Progress"), blank=True)

    outcome = models.CharField(_("Outcome"), max_length=12, choices=Outcome.choices, blank=True)
    result = models.TextField(_("Result"), blank=True)
    transferred_to = models.CharField(_("Transferred to"), max_length=60, blank=True)
    reply = models.TextField(_("Reply to the resident"), blank=True)
    reply_mode = models.CharField(max_length=10, choices=ReplyMode.choices, blank=True)
    replied_on = models.DateField(_("Replied on"), null=True)
    satisfaction = models.CharField(
        max_length=12, choices=Satisfaction.choices, default=Satisfaction.NOT_ASKED
    )
    is_heard_by_handler = models.BooleanField(default=False)
    registered_at = models.DateTimeField()
    registered_by = TownForeignKey(Staff)
    accepted_at = models.DateTimeField(null=True)
    assigned_on = models.DateField(null=True)
    closed_on = models.DateField(_("Closed on"), null=True)
    handled_by = TownForeignKey(Staff, null=True)
    written_off_on = models.DateField(_("Written off on"), null=True)
    reviewed_by = TownForeignKey(Staff, null=True)
    reopened_count = models.PositiveSmallIntegerField(default=0)
    merged_into = TownForeignKey("self", null=True)
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[DemandQuerySet] = DemandQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_demand"
        constraints: ClassVar = [
            town_key("demand"),
            models.UniqueConstraint(fields=["town", "number"], name="demand_number_once"),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ACCEPTED))
                | (
                    ~Q(content="")
                    & ~Q(measures="")
                    & Q(owner__isnull=False, due_on__isnull=False, first_due_on__isnull=False)
                    & ~Q(route="")
                ),
                name="demand_four_fields",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=sorted(ANSWERED))
                | (
                    ~Q(outcome="")
                    & ~Q(result="")
                    & ~Q(reply="")
                    & Q(replied_on__isnull=False)
                    & Q(handled_by__isnull=False, closed_on__isnull=False)
                ),
                name="demand_result_and_reply",
            ),
            models.CheckConstraint(
                condition=~Q(state=DemandState.WRITTEN_OFF)
                | Q(reviewed_by__isnull=False, written_off_on__isnull=False)
                & ~Q(reviewed_by=models.F("handled_by")),
                name="demand_second_person",
            ),
            models.CheckConstraint(
                condition=Q(due_days__isnull=True, due_counted_from__isnull=True)
                | Q(due_days__isnull=False, due_counted_from__isnull=False),
                name="demand_deadline_counted",
            ),
            models.CheckConstraint(
                condition=Q(state=DemandState.MERGED, merged_into__isnull=False)
                | (~Q(state=DemandState.MERGED) & Q(merged_into__isnull=True)),
                name="demand_merged_into",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "-registered_at", "-id"], name="demand_recent"),
            models.Index(fields=["town", "state", "due_on", "id"], name="demand_due"),
            models.Index(
                fields=["town", "registered_at", "id"],
                condition=Q(state__in=sorted(UNSETTLED)),
                name="demand_open",
            ),
            models.Index(
                "town",
                due_order(),
                "id",
                condition=Q(state__in=sorted(UNSETTLED)),
                name="demand_urgent",
            ),
            models.Index(
                fields=["town", "-urgent", "registered_at", "id"],
                condition=Q(state=DemandState.REGISTERED),
                name="demand_waiting",
            ),
            models.Index(
                fields=["town", "-written_off_on", "-id"],
                condition=Q(written_off_on__isnull=False),
                name="demand_written_off",
            ),
            models.Index(
                fields=["town", "-registered_at", "-id"],
                condition=Q(satisfaction__in=sorted(GIVEN)),
                name="demand_confirmed",
            ),
            models.Index(fields=["town", "owner", "state"], name="demand_owner"),
            models.Index(fields=["town", "unit", "-registered_at"], name="demand_unit"),
            models.Index(fields=["town", "area_path", "-registered_at"], name="demand_place"),
            models.Index(fields=["town", "category", "-registered_at"], name="demand_category"),
            models.Index(fields=["town", "round", "-registered_at", "-id"], name="demand_round"),
            models.Index(fields=["town", "household"], name="demand_household"),
            models.Index(
                fields=["town", "visit"],
                condition=Q(visit__isnull=False),
                name="demand_visit",
            ),
            models.Index(
                fields=["town", "forum"],
                condition=Q(forum__isnull=False),
                name="demand_forum",
            ),
            models.Index(
                fields=["town", "phone_key"],
                condition=Q(phone_key__isnull=False),
                name="demand_phone",
            ),
            models.Index(
                fields=["town", "merged_into"],
                condition=Q(merged_into__isnull=False),
                name="demand_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def handling_days(self) -> int | None:
        """Calendar days from registration to closing, 0 on the same day; None while open."""
        if self.closed_on is None:
            return None
        return (self.closed_on - self.registered_on).days

    @property
    def registered_on(self) -> date:
        """The day of registration on the town's calendar."""
        return clock.local(self.registered_at).date()


class Step(TownModel):
    """A note of progress, by whoever handles the demand."""

    demand = TownForeignKey(Demand, related_name="steps")
    at = models.DateTimeField()
    staff = TownForeignKey(Staff)
    note = models.TextField(_("Progress"))

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_step"
        indexes: ClassVar = [models.Index(fields=["town", "demand", "id"], name="step_demand")]

    def __str__(self) -> str:
        return self.note[:40]


class Extension(TownModel):
    """More time, asked for with a reason, decided by somebody else, told to the resident."""

    demand = TownForeignKey(Demand, related_name="extensions")
    state = models.CharField(
        max_length=10, choices=ExtensionState.choices, default=ExtensionState.ASKED
    )
    old_due_on = models.DateField()
    new_due_on = models.DateField(_("New deadline"))
    reason = models.TextField(_("Reason"))
    told_resident = models.CharField(_("What the resident was told"), max_length=200, blank=True)
    asked_at = models.DateTimeField()
    asked_by = TownForeignKey(Staff)
    decided_at = models.DateTimeField(null=True)
    decided_by = TownForeignKey(Staff, null=True)
    decision_note = models.CharField(max_length=200, blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_extension"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "demand"],
                condition=Q(state=ExtensionState.ASKED),
                name="extension_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=ExtensionState.ASKED)
                | Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=models.F("asked_by")),
                name="extension_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=ExtensionState.GRANTED) | ~Q(told_resident=""),
                name="extension_resident_told",
            ),
            models.CheckConstraint(
                condition=Q(new_due_on__gt=models.F("old_due_on")), name="extension_is_later"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.new_due_on}"


class HalfYearList(TownModel):
    """The list of matters promised for a half-year (实事清单)."""

    year = models.PositiveSmallIntegerField(_("Year"))
    half = models.PositiveSmallIntegerField(_("Half"))
    title = models.CharField(_("Name of the list"), max_length=60)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_halfyearlist"
        constraints: ClassVar = [
            town_key("halfyearlist"),
            models.UniqueConstraint(fields=["town", "year", "half"], name="halfyearlist_once"),
            models.CheckConstraint(condition=Q(half__in=[1, 2]), name="halfyearlist_half"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def last_day(self) -> date:
        """The end of the half-year."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)


class CarryOver(TownModel):
    """A demand that moved to a half-year list; it keeps its number and stays in its old period."""

    demand = TownForeignKey(Demand, related_name="carry_overs")
    half_year_list = TownForeignKey(HalfYearList)
    reason = models.TextField(_("Reason"))
    carried_on = models.DateField()
    carried_by = TownForeignKey(Staff)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_carryover"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "demand", "half_year_list"], name="carryover_once"
            ),
            town_key("carryover"),
        ]

    def __str__(self) -> str:
        return f"{self.half_year_list_id}"
