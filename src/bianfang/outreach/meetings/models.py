"""Meetings, who attends, their agenda, and what they resolve."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.meetings.enums import STATE_LABELS, ItemOutcome
from bianfang.outreach.meetings.workflow import MeetingState
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff, Unit

SETTING_ASIDE = (ItemOutcome.PUT_OFF, ItemOutcome.WITHDRAWN)


class MeetingQuerySet(TownQuerySet["Meeting"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """All of the town's, for whoever reads demands of an area or of a unit."""
        rows = self.in_town(actor.town_id)
        may = actor.may(Permission.VIEW_DEMANDS) or bool(actor.unit_ids)
        return rows if may else rows.none()


class Meeting(TownModel):
    """A joint meeting; its number is given once, within the year.

    `held_on` is the planned day until it begins, then the day on which it began.
    """

    year = models.PositiveSmallIntegerField(_("Year"))
    serial = models.PositiveSmallIntegerField(_("Number"))
    title = models.CharField(_("Name of the meeting"), max_length=60)
    state = models.CharField(
        max_length=12,
        choices=[(state.value, STATE_LABELS[state]) for state in MeetingState],
        default=MeetingState.PLANNED,
    )
    held_on = models.DateField(_("Day of the meeting"))
    location = models.CharField(_("Place of the meeting"), max_length=60)
    chair = TownForeignKey(Staff)
    recorder = TownForeignKey(Staff)
    guests = models.CharField(_("Others present"), max_length=200, blank=True)
    begun_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    objects: ClassVar[MeetingQuerySet] = MeetingQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "meetings_meeting"
        constraints: ClassVar = [
            town_key("meeting"),
            models.UniqueConstraint(fields=["town", "year", "serial"], name="meeting_number_once"),
            models.CheckConstraint(
                condition=Q(state__in=[MeetingState.PLANNED, MeetingState.CANCELLED])
                | Q(begun_at__isnull=False),
                name="meeting_begun",
            ),
            models.CheckConstraint(
                condition=Q(state=MeetingState.CLOSED, closed_at__isnull=False)
                | (~Q(state=MeetingState.CLOSED) & Q(closed_at__isnull=True)),
                name="meeting_closed",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "-held_on", "-id"], name="meeting_recent"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As it is printed and spoken, such as 2026-3."""
        return f"{self.year}-{self.serial}"


class Attendance(TownModel):
    """Somebody of the staff who attends."""

    meeting = TownForeignKey(Meeting, related_name="attendances")
    staff = TownForeignKey(Staff)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "meetings_attendance"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "meeting", "staff"], name="attendance_once"),
        ]

    def __str__(self) -> str:
        return str(self.staff_id)


class AgendaItemQuerySet(TownQuerySet["AgendaItem"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Items of meetings in scope whose demand is in scope."""
        rows = self.in_town(actor.town_id)
        if not (actor.may(Permission.VIEW_DEMANDS) or actor.unit_ids):
            return rows.none()
        seen = Demand.objects.visible_to(actor).filter(id=OuterRef("demand_id"))
        return rows.filter(Exists(seen))


class AgendaItem(TownModel):
    """A demand on the agenda of a meeting, with its minutes and what became of it."""

    meeting = TownForeignKey(Meeting, related_name="items")
    demand = TownForeignKey(Demand)
    place = models.PositiveSmallIntegerField()
    minutes = models.TextField(_("Minutes"), blank=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=ItemOutcome.choices, blank=True)
    reason = models.CharField(_("Reason"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[AgendaItemQuerySet] = AgendaItemQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "meetings_agendaitem"
        constraints: ClassVar = [
            town_key("agendaitem"),
            models.UniqueConstraint(fields=["town", "meeting", "demand"], name="agendaitem_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=SETTING_ASIDE) & ~Q(reason="")
                | ~Q(outcome__in=SETTING_ASIDE) & Q(reason=""),
                name="agendaitem_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "demand", "id"], name="agendaitem_demand"),
        ]

    def __str__(self) -> str:
        return f"{self.place}"


class FormerMinutes(TownModel):
    """What minutes said before they were changed: by whom, when, and after the meeting why."""

    item = TownForeignKey(AgendaItem, related_name="former_minutes")
    minutes = models.TextField(_("Minutes"))
    replaced_at = models.DateTimeField()
    replaced_by = TownForeignKey(Staff)
    reason = models.TextField(_("Reason"), blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "meetings_formerminutes"
        indexes: ClassVar = [models.Index(fields=["town", "item", "id"], name="formerminutes_item")]

    def __str__(self) -> str:
        return self.minutes[:40]


class Resolution(TownModel):
    """What a meeting resolved of an item: by whom, until when, and what came of it."""

    item = TownForeignKey(AgendaItem, related_name="resolutions")
    text = models.CharField(_("Resolution"), max_length=300)
    owner = TownForeignKey(Staff)
    unit = TownForeignKey(Unit, null=True)
    due_on = models.DateField(_("Deadline"))
    done_on = models.DateField(_("Carried out on"), null=True)
    done_by = TownForeignKey(Staff, null=True)
    result = models.TextField(_("Result"), blank=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "meetings_resolution"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, done_by__isnull=True, result="")
                | Q(done_on__isnull=False, done_by__isnull=False) & ~Q(result=""),
                name="resolution_done",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "item", "id"], name="resolution_item"),
            models.Index(
                fields=["town", "owner", "due_on", "id"],
                condition=Q(done_on__isnull=True),
                name="resolution_open",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_done(self) -> bool:
        """Whether it has been carried out."""
        return self.done_on is not None
