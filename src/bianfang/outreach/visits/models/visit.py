"""Checklists, rounds, targets, visits, group talks."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.kernel.tenancy.paths import within_town
from bianfang.outreach.visits.enums import (
    ROUND_STATE_LABELS,
    EntryChannel,
    RoundChangeKind,
    TargetOutcome,
    TopicKind,
    VisitMode,
    VisitOutcome,
)
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.areas.models import Area
from bianfang.register.households.enums import LivingStatus, Priority
from bianfang.register.households.models import Household
from bianfang.register.people.enums import Permission, Role
from bianfang.register.people.models import Staff, Unit


class Checklist(TownModel):
    """The visit checklist (遍访工作清单) in one version; a published version never changes."""

    name = models.CharField(_("Name"), max_length=60)
    version = models.PositiveSmallIntegerField(_("Version"), default=1)
    intro = models.TextField(_("Words to begin with"), blank=True)
    published_on = models.DateField(null=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_checklist"
        constraints: ClassVar = [
            town_key("checklist"),
            models.UniqueConstraint(
                fields=["town", "name", "version"], name="checklist_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} v{self.version}"


class Topic(TownModel):
    """One line of a checklist: something to ask, to explain, or a campaign."""

    checklist = TownForeignKey(Checklist, related_name="topics")
    order = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=10, choices=TopicKind.choices)
    text = models.CharField(_("Topic"), max_length=60)
    hint = models.CharField(_("Hint"), max_length=200, blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_topic"
        constraints: ClassVar = [
            town_key("topic"),
            models.UniqueConstraint(fields=["town", "checklist", "order"], name="topic_order_once"),
        ]

    def __str__(self) -> str:
        return self.text


class RoundQuerySet(TownQuerySet["Round"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Rounds are the town's; its staff may know of them."""
        return self.in_town(actor.town_id)

    def begun(self) -> Self:
        """Rounds with a frozen denominator: going on or finished."""
        return self.filter(state__in=[RoundState.ACTIVE, RoundState.FINISHED])


class Round(TownModel):
    """One complete pass of visits; WHO, WHAT and HOW are set before it starts.

    A cancelled plan gives its number back.
    """

    number = models.PositiveSmallIntegerField(_("Round"))
    name = models.CharField(_("Name"), max_length=60)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, ROUND_STATE_LABELS[state]) for state in RoundState],
        default=RoundState.DRAFT,
    )
    starts_on = models.DateField(_("Starts on"))
    due_on = models.DateField(_("To be finished by"))
    checklist = TownForeignKey(Checklist, null=True)
    coordinator = TownForeignKey(Unit, null=True)
    timed_days = models.PositiveSmallIntegerField(_("Working days for timed handling"), null=True)
    target_count = models.PositiveIntegerField(default=0)
    hamlet_count = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects: ClassVar[RoundQuerySet] = RoundQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_round"
        constraints: ClassVar = [
            town_key("round"),
            models.UniqueConstraint(
                fields=["town", "number"],
                condition=~Q(state=RoundState.CANCELLED),
                name="round_number_once",
            ),
            models.UniqueConstraint(
                fields=["town"], condition=Q(state=RoundState.ACTIVE), name="round_one_active"
            ),
            models.CheckConstraint(
                condition=Q(due_on__gte=models.F("starts_on")), name="round_period"
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.ACTIVE)
                | Q(checklist__isnull=False, coordinator__isnull=False, timed_days__isnull=False),
                name="round_who_what_how",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RoundState.ACTIVE, RoundState.FINISHED])
                | Q(started_at__isnull=False),
                name="round_started_when",
            ),
            models.CheckConstraint(
                condition=~Q(state=RoundState.FINISHED) | Q(finished_at__isnull=False),
                name="round_finished_when",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ScopedByVisits(TownQuerySet[Any]):
    """Rows with an `area_path`, read by whoever may read visits there."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows in the areas where the actor may read visits."""
        reach = within_town(actor.reach(Permission.VIEW_VISITS))
        return self.in_town(actor.town_id).filter(reach)


class Target(TownModel):
    """A household of a round; the frozen denominator is the rows with `in_denominator`.

    `area_path` is the place at the start; whoever moves within the town stays counted there.
    `last_visit_id` lets a repeated visit be known under the row's lock.
    """

    round = TownForeignKey(Round)
    household = TownForeignKey(Household)
    area_path = models.CharField(max_length=40)
    priority = models.CharField(max_length=1, choices=Priority.choices)
    living_status = models.CharField(max_length=10, choices=LivingStatus.choices)
    in_denominator = models.BooleanField(default=True)
    outcome = models.CharField(
        max_length=10, choices=TargetOutcome.choices, default=TargetOutcome.OPEN
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    last_try_at = models.DateTimeField(null=True)
    last_visit_id = models.UUIDField(null=True)
    settled_at = models.DateTimeField(null=True)

    objects: ClassVar[ScopedByVisits] = ScopedByVisits.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_target"
        constraints: ClassVar = [
            town_key("target"),
            models.UniqueConstraint(
                fields=["town", "round", "household"], name="target_household_once"
            ),
            models.CheckConstraint(
                condition=Q(outcome=TargetOutcome.OPEN, settled_at__isnull=True)
                | (~Q(outcome=TargetOutcome.OPEN) & Q(settled_at__isnull=False)),
                name="target_settled_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["town", "round", "priority", "area_path", "id"],
                condition=Q(outcome=TargetOutcome.OPEN),
                name="target_left",
            ),
            models.Index(
                fields=["town", "round", "in_denominator", "area_path", "outcome"],
                name="target_coverage",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}"


class RoundChange(TownModel):
    """A change of the register after the start; shown beside the round, the denominator stays."""

    round = TownForeignKey(Round)
    household = TownForeignKey(Household)
    area_path = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=RoundChangeKind.choices)
    note = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField()

    objects: ClassVar[ScopedByVisits] = ScopedByVisits.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_roundchange"
        indexes: ClassVar = [models.Index(fields=["town", "round", "id"], name="roundchange_round")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}"


class Forum(TownModel):
    """A group talk (集中座谈): several households at one table, several demands."""

    round = TownForeignKey(Round, null=True)
    area = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)
    held_at = models.DateTimeField(_("Held at"))
    place = models.CharField(_("Place"), max_length=60)
    subject = models.CharField(_("Subject"), max_length=120)
    note = models.TextField(_("Note"), blank=True)
    attendance = models.PositiveSmallIntegerField(_("Attendance"), default=0)
    visitor_names = models.CharField(max_length=200)
    topic_names = models.CharField(max_length=400, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = TownForeignKey(Staff)

    is_repeat = False
    """Set on what a repeated `forum_id` returns: it was stored before."""

    objects: ClassVar[ScopedByVisits] = ScopedByVisits.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_forum"
        constraints: ClassVar = [town_key("forum")]
        indexes: ClassVar = [models.Index(fields=["town", "held_at", "id"], name="forum_held")]

    def __str__(self) -> str:
        return self.subject


class Visit(TownModel):
    """One contact with one household. `happened_at` is the visit, `recorded_at` the writing down.

    `area_path` is where the household lived then. `digest` tells a repeated sending from another
    visit under the same id; corrections leave it as it is.
    """

    round = TownForeignKey(Round, null=True)
    target = TownForeignKey(Target, null=True)
    household = TownForeignKey(Household)
    forum = TownForeignKey(Forum, null=True)
    area_path = models.CharField(max_length=40)
    mode = models.CharField(_("How"), max_length=10, choices=VisitMode.choices)
    outcome = models.CharField(_("Outcome"), max_length=12, choices=VisitOutcome.choices)
    happened_at = models.DateTimeField(_("When"))
    respondent_relation = models.CharField(_("Spoke with"), max_length=2, blank=True)
    village_facts = models.TextField(_("Village facts"), blank=True)
    note = models.TextField(_("Note"), blank=True)
    demand_count = models.PositiveSmallIntegerField(default=0)
    visitor_names = models.CharField(max_length=200)
    topic_names = models.CharField(max_length=400, blank=True)
    channel = models.CharField(
        max_length=10, choices=EntryChannel.choices, default=EntryChannel.DESK
    )
    recorded_at = models.DateTimeField()
    recorded_by = TownForeignKey(Staff)
    corrected_at = models.DateTimeField(null=True)
    digest = models.CharField(max_length=32)

    is_repeat = False
    """Set on what a repeated `visit_id` returns: it was stored before and had no second effect."""

    objects: ClassVar[ScopedByVisits] = ScopedByVisits.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_visit"
        constraints: ClassVar = [
            town_key("visit"),
            models.CheckConstraint(
                condition=Q(round__isnull=True, target__isnull=True)
                | Q(round__isnull=False, target__isnull=False),
                name="visit_round_by_target",
            ),
            models.CheckConstraint(
                condition=Q(mode=VisitMode.FORUM, forum__isnull=False)
                | (~Q(mode=VisitMode.FORUM) & Q(forum__isnull=True)),
                name="visit_forum",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "-happened_at", "-id"], name="visit_recent"),
            models.Index(fields=["town", "household", "happened_at"], name="visit_household"),
            models.Index(fields=["town", "round", "area_path"], name="visit_round_place"),
            models.Index(fields=["town", "target"], name="visit_target"),
        ]

    def __str__(self) -> str:
        return f"{self.happened_at:%Y-%m-%d} {self.get_mode_display()}"


class Visitor(TownModel):
    """Who took part in a visit, with the unit and role held that day."""

    visit = TownForeignKey(Visit, related_name="visitors")
    staff = TownForeignKey(Staff)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    unit_name = models.CharField(max_length=60, blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_visitor"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "visit", "staff"], name="visitor_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "staff", "visit"], name="visitor_staff"),
        ]

    def __str__(self) -> str:
        return str(self.staff_id)


class TopicTold(TownModel):
    """A checklist topic spoken of in a visit: one tap. What residents think of it is not kept."""

    visit = TownForeignKey(Visit, related_name="topics_told")
    topic = TownForeignKey(Topic)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "visits_topictold"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "visit", "topic"], name="topic_told_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "topic"], name="topictold_topic"),
        ]

    def __str__(self) -> str:
        return str(self.topic_id)
