"""Households, residents and facts."""

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.crypto.fields import EncryptedTextField
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.kernel.tenancy.paths import within_town
from bianfang.register.areas.models import Area
from bianfang.register.households.enums import (
    COUNTED_STATUSES,
    STATE_LABELS,
    ContactTime,
    FactKind,
    FactSource,
    HeldField,
    HouseholdEnd,
    LivingStatus,
    Priority,
    ResidentEnd,
    YesNo,
)
from bianfang.register.households.workflow import HeldState
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff


class HouseholdQuerySet(TownQuerySet["Household"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Households in the areas where the actor may read the register."""
        reach = within_town(actor.reach(Permission.VIEW_REGISTER))
        return self.in_town(actor.town_id).filter(reach)

    def on_register(self) -> Self:
        """Households that have not ended."""
        return self.filter(ended_on__isnull=True)

    def counted(self) -> Self:
        """Resident households: those that a round has to visit."""
        return self.on_register().filter(living_status__in=COUNTED_STATUSES)


class Household(TownModel):
    """People living together at one dwelling of a hamlet.

    `head_name`, `head_pinyin`, `member_count`, `priority` and `area_path` are kept by the actions
    for lists and scope; the residents and the hamlet are their source.
    """

    hamlet = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)
    number = models.CharField(_("Household number"), max_length=20)
    door = models.CharField(_("House number"), max_length=60, blank=True)
    living_status = models.CharField(
        _("Living status"),
        max_length=10,
        choices=LivingStatus.choices,
        default=LivingStatus.UNKNOWN,
    )
    status_reason = models.CharField(_("Reason"), max_length=120, blank=True)
    contact_time = models.CharField(
        _("Best time"), max_length=10, choices=ContactTime.choices, default=ContactTime.ANY
    )
    note = models.TextField(_("Note"), blank=True)
    head_name = models.CharField(_("Head of household"), max_length=60, blank=True)
    head_pinyin = models.CharField(max_length=120, blank=True)
    head_initials = models.CharField(max_length=20, blank=True)
    member_count = models.PositiveSmallIntegerField(_("Members"), default=0)
    priority = models.CharField(max_length=1, choices=Priority.choices, default=Priority.COMMON)
    entered_on = models.DateField(_("On the register since"))
    ended_on = models.DateField(_("Ended on"), null=True)
    end_reason = models.CharField(max_length=20, choices=HouseholdEnd.choices, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects: ClassVar[HouseholdQuerySet] = HouseholdQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "households_household"
        constraints: ClassVar = [
            town_key("household"),
            models.UniqueConstraint(fields=["town", "number"], name="household_number_once"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="")
                | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="household_end_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "area_path", "number"], name="household_place"),
            models.Index(fields=["town", "head_initials"], name="household_initials"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.head_name}".strip()

    @property
    def is_counted(self) -> bool:
        """Whether it stands in the denominator of coverage."""
        return self.ended_on is None and self.living_status in COUNTED_STATUSES


class ResidentQuerySet(TownQuerySet["Resident"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Residents in the areas where the actor may read the register."""
        reach = within_town(actor.reach(Permission.VIEW_REGISTER))
        return self.in_town(actor.town_id).filter(reach)

    def on_register(self) -> Self:
        """People who have not left."""
        return self.filter(ended_on__isnull=True)


class Resident(TownModel):
    """A person of a household.

    The identity number is encrypted; `id_key` is its blind index, `id_last4` is for showing. A
    first "no" to an assistance fact leaves no `Fact` row: its source is the roll of `facts_as_of`.
    """

    household = TownForeignKey(Household, related_name="residents")
    area_path = models.CharField(max_length=40)
    name = models.CharField(_("Name"), max_length=60)
    pinyin = models.CharField(max_length=120, blank=True)
    initials = models.CharField(max_length=20, blank=True)
    relation = models.CharField(_("Relation to head"), max_length=2, blank=True)
    sex = models.CharField(_("Sex"), max_length=1, default="0")
    birth_date = models.DateField(_("Date of birth"), null=True)
    id_number = EncryptedTextField(_("Identity number"), blank=True)
    id_key = models.BinaryField(null=True)
    id_last4 = models.CharField(max_length=4, blank=True)
    id_is_verified = models.BooleanField(default=True)
    phone = EncryptedTextField(_("Phone"), blank=True)
    phone_key = models.BinaryField(null=True)
    phone_last4 = models.CharField(max_length=4, blank=True)
    is_away = models.BooleanField(_("Away"), default=False)
    away_place = models.CharField(_("Where"), max_length=60, blank=True)
    dibao = models.CharField(max_length=7, choices=YesNo.choices, default=YesNo.UNKNOWN)
    tekun = models.CharField(max_length=7, choices=YesNo.choices, default=YesNo.UNKNOWN)
    disability = models.CharField(_("Disability"), max_length=20, blank=True)
    facts_as_of = models.DateField(null=True)
    note = models.TextField(_("Note"), blank=True)
    entered_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=20, choices=ResidentEnd.choices, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects: ClassVar[ResidentQuerySet] = ResidentQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "households_resident"
        constraints: ClassVar = [
            town_key("resident"),
            models.UniqueConstraint(
                fields=["town", "id_key"],
                condition=Q(ended_on__isnull=True, id_key__isnull=False),
                name="resident_id_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "household", "order"], name="resident_household"),
            models.Index(fields=["town", "initials"], name="resident_initials"),
            models.Index(
                fields=["town", "phone_key"],
                condition=Q(phone_key__isnull=False),
                name="resident_phone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Fact(TownModel):
    """One statement about a resident: kind, value, source, the day it held, who wrote it down."""

    resident = TownForeignKey(Resident, related_name="facts")
    kind = models.CharField(max_length=20, choices=FactKind.choices)
    value = models.CharField(max_length=40)
    source = models.CharField(max_length=10, choices=FactSource.choices)
    as_of = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = TownForeignKey(Staff, null=True)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "households_fact"
        indexes: ClassVar = [
            models.Index(fields=["town", "resident", "kind", "as_of"], name="fact_resident"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.value}"


class HeldChangeQuerySet(TownQuerySet["HeldChange"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Held changes in the areas where the actor may read the register."""
        reach = within_town(actor.reach(Permission.VIEW_REGISTER), "household__area_path")
        return self.in_town(actor.town_id).filter(reach)

    def to_be_decided_by(self, actor: Actor) -> Self:
        """Open ones in the areas where the actor may change the register."""
        reach = within_town(actor.reach(Permission.EDIT_REGISTER), "household__area_path")
        return self.in_town(actor.town_id).filter(reach, state=HeldState.OPEN)


class HeldChange(TownModel):
    """A change that met another one in the register: kept with both values until a person decides.

    `seen` is what the visitor had before him, `now` what the register said when it arrived, `sent`
    what he found. All are sealed, since one of them may be a phone. Of a phone nothing is seen.
    """

    household = TownForeignKey(Household)
    resident = TownForeignKey(Resident, null=True)
    field = models.CharField(max_length=14, choices=HeldField.choices)
    seen = EncryptedTextField(blank=True)
    now = EncryptedTextField(blank=True)
    sent = EncryptedTextField(blank=True)
    reason = models.CharField(max_length=120, blank=True)
    visit_id = models.UUIDField()
    reported_by = TownForeignKey(Staff)
    reported_at = models.DateTimeField()
    state = models.CharField(
        max_length=8,
        choices=[(state.value, STATE_LABELS[state]) for state in HeldState],
        default=HeldState.OPEN,
    )
    decided_by = TownForeignKey(Staff, null=True)
    decided_at = models.DateTimeField(null=True)

    objects: ClassVar[HeldChangeQuerySet] = HeldChangeQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "households_held_change"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state=HeldState.OPEN, decided_by__isnull=True, decided_at__isnull=True)
                | (
                    ~Q(state=HeldState.OPEN) & Q(decided_by__isnull=False, decided_at__isnull=False)
                ),
                name="held_change_decided_by",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["town", "-reported_at", "-id"],
                condition=Q(state=HeldState.OPEN),
                name="held_change_open",
            ),
            models.Index(fields=["town", "household"], name="held_change_household"),
            models.Index(fields=["town", "visit_id"], name="held_change_visit"),
        ]

    def __str__(self) -> str:
        return f"{self.field} {self.state}"
