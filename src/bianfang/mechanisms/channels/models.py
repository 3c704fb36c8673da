"""The rules of a town, its robots, own addresses, and every message on its way."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.crypto.fields import EncryptedTextField
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.mechanisms.channels.enums import ROBOTS, STATE_LABELS, ChannelKind, Occasion
from bianfang.mechanisms.channels.wording import Counts
from bianfang.mechanisms.channels.workflow import DeliveryState, Window
from bianfang.register.people.models import Staff, Unit


class ChannelRules(TownModel):
    """When messages may leave, where their link leads, and whether e-mail is used at all."""

    base_url = models.CharField(_("Address of this system"), max_length=200, blank=True)
    opens = models.TimeField(_("Work time begins"), default=Window().opens)
    closes = models.TimeField(_("Work time ends"), default=Window().closes)
    mail_on = models.BooleanField(_("E-mail to who wishes it"), default=False)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "channels_rules"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town"], name="channelrules_one_of_a_town"),
            models.CheckConstraint(
                condition=Q(opens__lt=models.F("closes")), name="channelrules_opens_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.opens:%H:%M}-{self.closes:%H:%M}"

    @property
    def window(self) -> Window:
        """The hours as the workflow knows them."""
        return Window(self.opens, self.closes)


class Robot(TownModel):
    """A robot in the chat group of a unit; its address and secret are sealed, never shown again."""

    unit = TownForeignKey(Unit)
    kind = models.CharField(max_length=10, choices=[(each.value, each.label) for each in ROBOTS])
    webhook = EncryptedTextField(_("Webhook address"))
    secret = EncryptedTextField(_("Sign secret"), blank=True)
    is_on = models.BooleanField(default=False)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "channels_robot"
        constraints: ClassVar = [
            town_key("robot"),
            models.UniqueConstraint(fields=["town", "unit", "kind"], name="robot_one_of_a_kind"),
        ]

    def __str__(self) -> str:
        return self.kind


class OwnAddress(TownModel):
    """The e-mail address that a person chose for the own digest."""

    staff = TownForeignKey(Staff)
    address = EncryptedTextField(_("E-mail address"), blank=True)
    is_on = models.BooleanField(default=False)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "channels_ownaddress"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "staff"], name="ownaddress_one_of_a_person"),
        ]

    def __str__(self) -> str:
        return "on" if self.is_on else "off"


class Delivery(TownModel):
    """One message by one channel, once. It holds numbers only; `subject` names what it is of."""

    kind = models.CharField(max_length=10, choices=ChannelKind.choices)
    robot = TownForeignKey(Robot, null=True)
    staff = TownForeignKey(Staff, null=True)
    occasion = models.CharField(max_length=10, choices=Occasion.choices)
    subject = models.CharField(max_length=80)
    near = models.PositiveIntegerField(default=0)
    late = models.PositiveIntegerField(default=0)
    hazards = models.PositiveIntegerField(default=0)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, STATE_LABELS[state]) for state in DeliveryState],
        default=DeliveryState.QUEUED,
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=200, blank=True)
    queued_at = models.DateTimeField()
    not_before = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "channels_delivery"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "robot", "occasion", "subject"],
                condition=Q(robot__isnull=False),
                name="delivery_once_by_robot",
            ),
            models.UniqueConstraint(
                fields=["town", "staff", "occasion", "subject"],
                condition=Q(staff__isnull=False),
                name="delivery_once_by_mail",
            ),
            models.CheckConstraint(
                condition=Q(kind=ChannelKind.MAIL, staff__isnull=False, robot__isnull=True)
                | (~Q(kind=ChannelKind.MAIL) & Q(staff__isnull=True, robot__isnull=False)),
                name="delivery_one_way",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "-queued_at", "-id"], name="delivery_recent"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.state}"

    @property
    def counts(self) -> Counts:
        """The numbers it tells."""
        return Counts(near=self.near, late=self.late, hazards=self.hazards)

    @property
    def is_digest(self) -> bool:
        """Whether it waits for work time: tests and hazards do not."""
        return self.occasion == Occasion.DIGEST

    @property
    def waits_for_switch(self) -> bool:
        """Whether it leaves only by a robot that is on: a test does before."""
        return self.occasion != Occasion.TEST
