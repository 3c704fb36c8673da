"""What residents say of the handling, the codes by which they may say it, and what they ask for."""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.crypto.fields import EncryptedTextField
from bianfang.kernel.journal.models import AppendOnlyError, AppendOnlyQuerySet
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.outreach.demands.enums import REQUEST_LABELS, ConfirmWay, ReplyMode, Satisfaction
from bianfang.outreach.demands.models.demand import Demand
from bianfang.outreach.demands.workflow import RequestState
from bianfang.register.people.models import Staff


class Receipt(TownModel):
    """The code on a demand's receipt slip: found by its key, sealed for printing the slip again."""

    demand = TownForeignKey(Demand)
    code_key = models.BinaryField(max_length=32)
    code = EncryptedTextField()

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_receipt"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "demand"], name="receipt_one_each"),
            models.UniqueConstraint(fields=["town", "code_key"], name="receipt_code_once"),
        ]

    def __str__(self) -> str:
        return f"{self.demand_id}"


class WrongCode(TownModel):
    """A code that leads nowhere, typed at one place; kept for a day, against guessing."""

    at = models.DateTimeField()
    source = models.CharField(max_length=64)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_wrongcode"
        indexes: ClassVar = [models.Index(fields=["town", "at"], name="wrongcode_recent")]

    def __str__(self) -> str:
        return f"{self.at}"


class Confirmation(TownModel):
    """What a proposer said of the handling, once; a later word stands beside it.

    `demand` is the proposer's own, `about` the one that was answered: the original of a merged one.
    Without `noted_by` the resident used the code alone.
    """

    demand = TownForeignKey(Demand)
    about = TownForeignKey(Demand)
    answer = models.CharField(max_length=12, choices=Satisfaction.choices)
    way = models.CharField(max_length=8, choices=ConfirmWay.choices, blank=True)
    word = models.CharField(max_length=200, blank=True)
    noted_by = TownForeignKey(Staff, null=True)
    is_by_handler = models.BooleanField(default=False)
    at = models.DateTimeField()
    times_reopened = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[AppendOnlyQuerySet] = AppendOnlyQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_confirmation"
        constraints: ClassVar = [
            town_key("confirmation"),
            models.CheckConstraint(
                condition=~Q(way="") | Q(answer=Satisfaction.NOT_ASKED) & ~Q(word=""),
                name="confirmation_way_or_why_not",
            ),
            models.CheckConstraint(
                condition=Q(noted_by__isnull=False) | Q(way=ConfirmWay.CODE, is_by_handler=False),
                name="confirmation_alone_by_code",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "about", "id"], name="confirmation_about"),
            models.Index(fields=["town", "demand", "id"], name="confirmation_demand"),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()}"

    def delete(self, *_args: Any, **_options: Any) -> NoReturn:
        """Refused."""
        raise AppendOnlyError

    def _do_update(self, *_args: Any, **_options: Any) -> NoReturn:
        raise AppendOnlyError


class ReopenRequestQuerySet(TownQuerySet["ReopenRequest"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Requests about demands that the actor sees."""
        seen = Demand.objects.visible_to(actor).order_by().values("id")
        return self.in_town(actor.town_id).filter(demand__in=seen)


class ReopenRequest(TownModel):
    """A resident is not satisfied with what was written off; who did not handle it decides.

    `handled_by` is who had handled it when the request came. `answer` is why it is reopened, or
    what the resident was told instead.
    """

    demand = TownForeignKey(Demand)
    confirmation = TownForeignKey(Confirmation)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, REQUEST_LABELS[state]) for state in RequestState],
        default=RequestState.RAISED,
    )
    raised_at = models.DateTimeField()
    handled_by = TownForeignKey(Staff)
    decided_at = models.DateTimeField(null=True)
    decided_by = TownForeignKey(Staff, null=True)
    answer = models.TextField(_("Reason"), blank=True)
    reply_mode = models.CharField(max_length=10, choices=ReplyMode.choices, blank=True)

    objects: ClassVar[ReopenRequestQuerySet] = ReopenRequestQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "demands_reopenrequest"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["town", "demand"],
                condition=Q(state=RequestState.RAISED),
                name="reopenrequest_one_open",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.RAISED, decided_at__isnull=True)
                | (~Q(state=RequestState.RAISED) & Q(decided_at__isnull=False)),
                name="reopenrequest_decided_once",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.ACCEPTED, RequestState.DECLINED])
                | Q(decided_by__isnull=False) & ~Q(answer="") & ~Q(decided_by=F("handled_by")),
                name="reopenrequest_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.DECLINED) | ~Q(reply_mode=""),
                name="reopenrequest_resident_told",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "demand", "id"], name="reopenrequest_demand"),
            models.Index(
                fields=["town", "raised_at", "id"],
                condition=Q(state=RequestState.RAISED),
                name="reopenrequest_open",
            ),
            models.Index(
                fields=["town", "-decided_at", "-id"],
                condition=Q(decided_at__isnull=False),
                name="reopenrequest_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}"
