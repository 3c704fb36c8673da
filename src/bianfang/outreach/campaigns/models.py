"""Campaigns, the versions of their questions, spots, findings; leaflets."""

from datetime import date
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy.fields import TownForeignKey
from bianfang.kernel.tenancy.models import TownModel, TownQuerySet, town_key
from bianfang.kernel.tenancy.paths import within_town
from bianfang.outreach.campaigns import definition
from bianfang.outreach.campaigns.enums import STATE_LABELS, Subject
from bianfang.outreach.campaigns.workflow import CampaignState
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.models import Category, Demand
from bianfang.outreach.visits.models import Visit
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Staff


class CampaignQuerySet(TownQuerySet["Campaign"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Campaigns are the town's; its staff may know of them."""
        return self.in_town(actor.town_id)


class Campaign(TownModel):
    """A topic that brings its own short list to visits, in some areas, for some time.

    `version` is that of the questions asked now. Demands that it raises are of `category`, and
    `urgent_measures` says what is to be done at once.
    """

    name = models.CharField(_("Name"), max_length=40)
    theme = models.CharField(_("Theme"), max_length=12, choices=Theme.choices)
    state = models.CharField(
        max_length=10,
        choices=[(state.value, STATE_LABELS[state]) for state in CampaignState],
        default=CampaignState.DRAFT,
    )
    subject = models.CharField(_("Looks at"), max_length=10, choices=Subject.choices)
    spot_word = models.CharField(_("What a spot is called"), max_length=20, blank=True)
    size_unit = models.CharField(_("Unit of the size"), max_length=10, blank=True)
    purpose = models.TextField(_("What it is for"), blank=True)
    starts_on = models.DateField(_("Starts on"))
    ends_on = models.DateField(_("Ends on"))
    category = TownForeignKey(Category, null=True)
    urgent_measures = models.CharField(_("To be done at once"), max_length=200, blank=True)
    version = models.PositiveSmallIntegerField(default=1)
    planned_by = TownForeignKey(Staff)
    planned_at = models.DateTimeField()
    closed_on = models.DateField(null=True)

    objects: ClassVar[CampaignQuerySet] = CampaignQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "campaigns_campaign"
        constraints: ClassVar = [
            town_key("campaign"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")), name="campaign_period"
            ),
            models.CheckConstraint(
                condition=Q(state=CampaignState.CLOSED, closed_on__isnull=False)
                | (~Q(state=CampaignState.CLOSED) & Q(closed_on__isnull=True)),
                name="campaign_closed_when",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "-planned_at", "-id"], name="campaign_recent"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_running(self) -> bool:
        """Whether visits may bring findings."""
        return self.state == CampaignState.RUNNING

    @property
    def has_spots(self) -> bool:
        """Whether it looks at numbered spots."""
        return self.subject == Subject.SPOT


class CampaignArea(TownModel):
    """A part of the town that a campaign covers, with all that lies below it."""

    campaign = TownForeignKey(Campaign, related_name="areas")
    area = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "campaigns_campaignarea"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["town", "campaign", "area"], name="campaignarea_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "area_path"], name="campaignarea_path"),
        ]

    def __str__(self) -> str:
        return self.area_path


class Definition(TownModel):
    """What a campaign asks, in one version; a version that was answered never changes."""

    campaign = TownForeignKey(Campaign, related_name="definitions")
    version = models.PositiveSmallIntegerField()
    asks = models.JSONField(default=list)
    made_by = TownForeignKey(Staff)
    made_at = models.DateTimeField()

    objects: ClassVar[TownQuerySet[Any]] = TownQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "campaigns_definition"
        constraints: ClassVar = [
            town_key("definition"),
            models.UniqueConstraint(
                fields=["town", "campaign", "version"], name="definition_version_once"
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.version}"

    @cached_property
    def fields(self) -> tuple[definition.Field, ...]:
        """The questions."""
        return definition.read_fields(self.asks)


class ScopedByVisits(TownQuerySet[Any]):
    """Rows with an `area_path`, read by whoever may read visits there."""

    def visible_to(self, actor: Actor) -> Self:
        """Rows in the areas where the actor may read visits."""
        reach = within_town(actor.reach(Permission.VIEW_VISITS))
        return self.in_town(actor.town_id).filter(reach)


class Spot(TownModel):
    """A place with a number that a campaign looks after, such as a farmland map patch.

    `status` and `is_done` are those of the last finding; before the first there are none.
    """

    campaign = TownForeignKey(Campaign, related_name="spots")
    number = models.CharField(_("Number"), max_length=30)
    area = TownForeignKey(Area)
    area_path = models.CharField(max_length=40)
    place = models.CharField(_("Where it lies"), max_length=120, blank=True)
    size = models.DecimalField(_("Size"), max_digits=12, decimal_places=2, null=True)
    status = models.CharField(max_length=20, blank=True)
    is_done = models.BooleanField(default=False)
    last_found_on = models.DateField(null=True)

    objects: ClassVar[ScopedByVisits] = ScopedByVisits.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "campaigns_spot"
        constraints: ClassVar = [
            town_key("spot"),
            models.UniqueConstraint(fields=["town", "campaign", "number"], name="spot_number_once"),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__gte=0), name="spot_size"
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["town", "campaign", "area_path", "number", "id"], name="spot_place"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Finding(TownModel):
    """What was found in a household or at a spot, by the questions of one version.

    Later findings do not overwrite earlier ones: `is_last` marks the one that counts.
    """

    campaign = TownForeignKey(Campaign, related_name="findings")
    definition = TownForeignKey(Definition)
    household = TownForeignKey(Household, null=True)
    spot = TownForeignKey(Spot, null=True, related_name="findings")
    visit = TownForeignKey(Visit, null=True)
    area_path = models.CharField(max_length=40)
    answers = models.JSONField(default=dict)
    found_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = TownForeignKey(Staff)
    urgent = models.BooleanField(default=False)
    demand = TownForeignKey(Demand, null=True)
    recheck_on = models.DateField(null=True)
    is_last = models.BooleanField(default=True)

    objects: ClassVar[ScopedByVisits] = ScopedByVisits.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "campaigns_finding"
        constraints: ClassVar = [
            town_key("finding"),
            models.CheckConstraint(
                condition=Q(household__isnull=False, spot__isnull=True)
                | Q(household__isnull=True, spot__isnull=False),
                name="finding_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(urgent=False) | Q(demand__isnull=False), name="finding_urgent_demand"
            ),
            models.UniqueConstraint(
                fields=["town", "campaign", "household"],
                condition=Q(is_last=True, household__isnull=False),
                name="finding_last_of_household",
            ),
            models.UniqueConstraint(
                fields=["town", "spot"],
                condition=Q(is_last=True, spot__isnull=False),
                name="finding_last_of_spot",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["town", "-found_at", "-id"], name="finding_recent"),
            models.Index(
                fields=["town", "campaign", "area_path"],
                condition=Q(is_last=True),
                name="finding_progress",
            ),
            models.Index(
                fields=["town", "recheck_on", "id"],
                condition=Q(is_last=True, recheck_on__isnull=False),
                name="finding_recheck",
            ),
            models.Index(
                fields=["town", "visit"],
                condition=Q(visit__isnull=False),
                name="finding_visit",
            ),
            models.Index(
                fields=["town", "demand"],
                condition=Q(demand__isnull=False),
                name="finding_demand",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.found_at:%Y-%m-%d}"

    @property
    def text(self) -> str:
        """The answers in one line, by the questions they were given to."""
        return definition.summary(self.definition.fields, self.answers)


class LeafletQuerySet(TownQuerySet["Leaflet"]):
    """Scoped chains."""

    def visible_to(self, actor: Actor) -> Self:
        """Leaflets are made to be shown; the town's staff may read them all."""
        return self.in_town(actor.town_id)

    def valid_on(self, day: date) -> Self:
        """Those in force on a day."""
        ended = Q(valid_to__isnull=False, valid_to__lt=day)
        return self.filter(~ended, valid_from__lte=day)


class Leaflet(TownModel):
    """What a visitor shows or leaves behind on a topic: plain words, questions and answers.

    It belongs to the words of a topic, so that a new version of the checklist keeps it.
    """

    topic = models.CharField(_("Topic"), max_length=60)
    title = models.CharField(_("Title"), max_length=60)
    body = models.TextField(_("Text"))
    source = models.CharField(_("Source"), max_length=120)
    valid_from = models.DateField(_("In force from"))
    valid_to = models.DateField(_("In force until"), null=True)
    changed_by = TownForeignKey(Staff)
    changed_at = models.DateTimeField()

    objects: ClassVar[LeafletQuerySet] = LeafletQuerySet.as_manager()  # type: ignore[assignment]  # django-stubs: manager of a queryset

    class Meta:
        db_table = "campaigns_leaflet"
        constraints: ClassVar = [
            town_key("leaflet"),
            models.UniqueConstraint(fields=["town", "topic", "title"], name="leaflet_title_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="leaflet_period",
            ),
        ]

    def __str__(self) -> str:
        return self.title
