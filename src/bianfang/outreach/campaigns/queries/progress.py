"""How far a campaign is: the rows that its figures count, and a table by area."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from bianfang.kernel.actor import Actor
from bianfang.kernel.figures import FigureValue
from bianfang.kernel.tenancy.paths import STEP, PathRange, within
from bianfang.outreach.campaigns.models import Campaign, CampaignArea, Finding, Spot
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import LEVELS, AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household


@dataclass(kw_only=True, slots=True)
class ProgressRow:
    """One area of a campaign. `statuses` counts spots by status, "" for those not looked at."""

    area: Area
    to_check: int = 0
    checked: int = 0
    statuses: Counter[str] = field(default_factory=Counter)
    done: int = 0

    @property
    def share(self) -> FigureValue:
        """Checked ÷ to check; of spots, done ÷ all."""
        return FigureValue(numerator=self.checked, denominator=self.to_check)


def households_to_check(
    *, town_id: UUID, campaign: Campaign, reach: Iterable[PathRange]
) -> "QuerySet[Household]":
    """Households that a round would visit, in the areas that the campaign covers."""
    rows = Household.objects.in_town(town_id).counted().filter(within(reach))
    return rows.filter(_covered(town_id, campaign))


def households_checked(
    *, town_id: UUID, campaign: Campaign, reach: Iterable[PathRange]
) -> "QuerySet[Household]":
    """Those of them with a finding."""
    found = Finding.objects.in_town(town_id).filter(
        campaign=campaign, is_last=True, household__isnull=False
    )
    wanted = found.order_by().values("household_id")
    return households_to_check(town_id=town_id, campaign=campaign, reach=reach).filter(
        id__in=wanted
    )


def spots_of(*, town_id: UUID, campaign: Campaign, reach: Iterable[PathRange]) -> "QuerySet[Spot]":
    """All spots of the campaign in these areas."""
    rows = Spot.objects.in_town(town_id).filter(within(reach), campaign=campaign)
    return rows.order_by("area_path", "number", "id")


def progress(
    *, actor: Actor, campaign: Campaign, reach: Sequence[PathRange], level: AreaKind
) -> list[ProgressRow]:
    """The areas of one level in their order; a fixed number of queries."""
    tree = areas.area_map(town_id=actor.town_id)
    rows = _Rows(tree=tree, width=STEP * (LEVELS.index(level) + 1))
    asked: dict[str, Any] = {"town_id": actor.town_id, "campaign": campaign, "reach": reach}
    if campaign.has_spots:
        counted = spots_of(**asked).order_by().values_list("area_path", "status", "is_done")
        for path, status, is_done, count in counted.annotate(count=Count("id")):
            row = rows.at(path)
            row.to_check += count
            row.statuses[status] += count
            row.checked += count if is_done else 0
        return rows.sorted()
    for path, count in _by_path(households_to_check(**asked)):
        rows.at(path).to_check += count
    for path, count in _by_path(households_checked(**asked)):
        rows.at(path).checked += count
    return rows.sorted()


def total(rows: Iterable[ProgressRow]) -> FigureValue:
    """Checked ÷ to check over several areas."""
    found = list(rows)
    return FigureValue(
        numerator=sum(row.checked for row in found), denominator=sum(row.to_check for row in found)
    )


@dataclass(kw_only=True, slots=True)
class _Rows:
    tree: Mapping[str, Area]
    width: int
    found: dict[str, ProgressRow] = field(default_factory=dict)

    def at(self, path: str) -> ProgressRow:
        place = path[: self.width]
        return self.found.setdefault(place, ProgressRow(area=self.tree[place]))

    def sorted(self) -> list[ProgressRow]:
        return [self.found[place] for place in sorted(self.found)]


def _by_path(rows: "QuerySet[Household]") -> Iterable[tuple[str, int]]:
    counted: Iterable[tuple[str, int]] = (
        rows.order_by().values_list("area_path").annotate(count=Count("id"))
    )
    return counted


def _covered(town_id: UUID, campaign: Campaign) -> Q:
    paths = CampaignArea.objects.in_town(town_id).filter(campaign=campaign)
    return within(PathRange.under(path) for path in paths.values_list("area_path", flat=True))
