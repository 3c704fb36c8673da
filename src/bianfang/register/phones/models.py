"""The phone of a person."""

from typing import ClassVar, Self
from uuid import UUID

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.kernel.tenancy.queries import list_towns
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff


class FieldPhoneQuerySet(TownQuerySet["FieldPhone"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """One's own phones; whoever manages accounts sees those of the town."""
        rows = self.in_town(actor.town_id)
        return rows if actor.may(Permission.MANAGE_STAFF) else rows.filter(staff=actor.staff_id)

    def of_phone(self, phone_id: UUID) -> Self:
        """One phone in whatever town: asked where nobody is signed in, so that no town is known."""
        return self.filter(phone_id=phone_id, town__in=list_towns().order_by())

    def to_be_emptied(self) -> Self:
        """Ordered, and not yet done."""
        return self.filter(wipe_asked_on__isnull=False, wiped_on__isnull=True)


class FieldPhone(TownModel):
    """A phone in the hands of one person; a shared phone has a row for each who uses it.

    It knows days only: no time of day, no place, no counts. Staff are not followed by their phones;
    `last_day` says no more than whether what lies on it may be old.
    """

    phone_id = models.UUIDField()
    staff = TownForeignKey(Staff)
    name = models.CharField(pgettext_lazy("device", "Phone"), max_length=60)
    first_day = models.DateField(_("In use since"))
    last_day = models.DateField(_("Last contact"))
    wipe_asked_on = models.DateField(null=True)
    wipe_asked_by = TownForeignKey(Staff, null=True)
    wiped_on = models.DateField(null=True)

    objects: ClassVar[FieldPhoneQuerySet] = FieldPhoneQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "phones_fieldphone"
        constraints: ClassVar = [
            town_key("fieldphone"),
            models.UniqueConstraint(fields=["town", "phone_id", "staff"], name="fieldphone_once"),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="fieldphone_days"
            ),
            models.CheckConstraint(
                condition=Q(wipe_asked_by__isnull=True) | Q(wipe_asked_on__isnull=False),
                name="fieldphone_asked_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "staff", "last_day"], name="fieldphone_staff"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_to_be_emptied(self) -> bool:
        """Whether it will empty itself at its next contact."""
        return self.wipe_asked_on is not None and self.wiped_on is None
