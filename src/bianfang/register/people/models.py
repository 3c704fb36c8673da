"""Units, staff and posts."""

from datetime import date
from typing import ClassVar, Self
from uuid import UUID

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import Town, TownModel, TownQuerySet, town_key
from bianfang.register.areas.models import Area
from bianfang.register.people.enums import Role, UnitKind


class UnitQuerySet(TownQuerySet["Unit"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Units of one's town are no secret."""
        return self.in_town(actor.town_id)


class Unit(TownModel):
    """A body that takes demands into its hands or sends people out."""

    name = models.CharField(_("Name"), max_length=60)
    kind = models.CharField(_("Kind"), max_length=20, choices=UnitKind.choices)
    area = TownForeignKey(Area, null=True, blank=True)
    phone = models.CharField(_("Phone"), max_length=30, blank=True)
    closed_on = models.DateField(_("Closed on"), null=True, blank=True)

    objects: ClassVar[UnitQuerySet] = UnitQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "people_unit"
        constraints: ClassVar = [
            town_key("unit"),
            models.UniqueConstraint(fields=["town", "name"], name="unit_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class StaffManager(BaseUserManager["Staff"]):
    """Sign-in look-ups; the only unscoped reads of staff."""

    def get_by_natural_key(self, username: str | None) -> "Staff":
        """The account of a sign-in name."""
        return self.get(username=username)

    def in_town(self, town_id: UUID) -> "models.QuerySet[Staff]":
        """Staff of one town."""
        return self.filter(town_id=town_id)


class Staff(AbstractBaseUser):
    """A person who serves in a town and signs in; not a resident's record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    town = models.ForeignKey(Town, on_delete=models.PROTECT, related_name="+", db_index=False)
    username = models.CharField(_("Sign-in name"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=60)
    email = models.EmailField(_("E-mail"), blank=True)
    phone = models.CharField(_("Phone"), max_length=30, blank=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[StaffManager] = StaffManager()

    class Meta:
        db_table = "people_staff"
        constraints: ClassVar = [town_key("staff")]

    def __str__(self) -> str:
        return self.name


class PostQuerySet(TownQuerySet["Post"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Who serves where is no secret inside the town."""
        return self.in_town(actor.town_id)

    def current_on(self, day: date) -> Self:
        """Posts in their term on that day."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=day), valid_from__lte=day)


class Post(TownModel):
    """A role held by a person in an area or a unit, with a term and perhaps a substitute.

    During the substitute's days both the holder and the substitute have the rights of the post.
    """

    staff = TownForeignKey(Staff)
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    title = models.CharField(_("Title"), max_length=60, blank=True)
    unit = TownForeignKey(Unit, null=True, blank=True)
    area = TownForeignKey(Area, null=True, blank=True)
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("To"), null=True, blank=True)
    substitute = TownForeignKey(Staff, null=True, blank=True)
    substitute_from = models.DateField(_("Substitute from"), null=True, blank=True)
    substitute_to = models.DateField(_("Substitute to"), null=True, blank=True)

    objects: ClassVar[PostQuerySet] = PostQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "people_post"
        constraints: ClassVar = [
            town_key("post"),
            models.CheckConstraint(
                condition=Q(area__isnull=False) | Q(unit__isnull=False), name="post_has_place"
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="post_term",
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
                name="post_substitute_days",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "staff"], name="post_staff"),
            models.Index(fields=["town", "substitute"], name="post_substitute"),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}"
