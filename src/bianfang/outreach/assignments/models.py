"""Leader groups and responsibilities."""

from datetime import date
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.outreach.assignments.enums import Duty
from bianfang.register.areas.models import Area
from bianfang.register.people.models import Staff


class LeaderGroup(TownModel):
    """Leaders who answer together for communities or villages."""

    name = models.CharField(_("Name"), max_length=60)
    ended_on = models.DateField(null=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "assignments_group"
        constraints: ClassVar = [
            town_key("leader_group"),
            models.UniqueConstraint(fields=["town", "name"], name="leader_group_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class TermQuerySet(TownQuerySet[Any]):
    """Rows that hold from a day to a day, both included."""

    def current_on(self, day: date) -> Self:
        """Those in force on that day."""
        return self.not_over(day).filter(valid_from__lte=day)

    def not_over(self, day: date) -> Self:
        """Those in force on that day or later."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day))


class GroupMember(TownModel):
    """A leader in a group, from a day to a day; one of them heads it."""

    group = TownForeignKey(LeaderGroup, related_name="members")
    staff = TownForeignKey(Staff)
    is_head = models.BooleanField(_("Heads the group"), default=False)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True)

    objects: ClassVar[TermQuerySet] = TermQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "assignments_member"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "group", "staff", "valid_from"], name="group_member_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.staff)


class ResponsibilityQuerySet(TermQuerySet):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Who answers for what is no secret inside the town."""
        return self.in_town(actor.town_id)


class Responsibility(TownModel):
    """An area, a duty, and the person or group who answers, from a day to a day."""

    area = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)
    duty = models.CharField(_("Duty"), max_length=20, choices=Duty.choices)
    staff = TownForeignKey(Staff, null=True)
    group = TownForeignKey(LeaderGroup, null=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True)
    substitute = TownForeignKey(Staff, null=True)
    substitute_from = models.DateField(_("Substitute from"), null=True)
    substitute_to = models.DateField(_("Substitute to"), null=True)

    objects: ClassVar[ResponsibilityQuerySet] = ResponsibilityQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "assignments_responsibility"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(duty=Duty.LEADER_GROUP, group__isnull=False, staff__isnull=True)
                | (~Q(duty=Duty.LEADER_GROUP) & Q(group__isnull=True, staff__isnull=False)),
                name="responsibility_has_holder",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="responsibility_period",
            ),
            models.CheckConstraint(
                condition=Q(
                    substitute__isnull=True,
                    substitute_from__isnull=True,
                    substitute_to__isnull=True,
                )
                | Q(
                    substitute__isnull=False,
                    substitute_from__isnull=False,
                    substitute_to__gte=F("substitute_from"),
                ),
                name="responsibility_substitute_days",
            ),
            models.UniqueConstraint(
                fields=["town", "area"],
                condition=Q(duty=Duty.LEADER_GROUP, valid_to__isnull=True),
                name="responsibility_one_group",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "duty", "area_path"], name="responsibility_place"),
            models.Index(fields=["town", "staff"], name="responsibility_staff"),
        ]

    def __str__(self) -> str:
        return f"{self.get_duty_display()}"
