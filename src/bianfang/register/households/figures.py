"""Figures of the register."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.figures import Figure, FigureScope
from bianfang.kernel.hedges.words import HedgeRule
from bianfang.kernel.tenancy.paths import within
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.households.models import Household, Resident


def _areas(kind: AreaKind) -> Any:
    def rows(scope: FigureScope) -> "QuerySet[Area]":
        areas = Area.objects.in_town(scope.town_id).open_on(scope.as_of)
        return areas.filter(within(scope.ranges, "path"), kind=kind).order_by("path")

    return rows


def households(scope: FigureScope) -> "QuerySet[Household]":
    """Every household on the register."""
    rows = Household.objects.in_town(scope.town_id).on_register()
    return rows.filter(within(scope.ranges)).order_by("area_path", "number")


def resident_households(scope: FigureScope) -> "QuerySet[Household]":
    """Households that a round has to visit."""
    rows = Household.objects.in_town(scope.town_id).counted()
    return rows.filter(within(scope.ranges)).order_by("area_path", "number")


def residents(scope: FigureScope) -> "QuerySet[Resident]":
    """Every person on the register."""
    rows = Resident.objects.in_town(scope.town_id).on_register()
    return rows.filter(within(scope.ranges)).order_by("area_path", "id")


FIGURES = (
    Figure(
        key="villages",
        label=_("Administrative villages"),
        unit=_("villages"),
        formula=_("Open administrative villages"),
        rows=_areas(AreaKind.VILLAGE),
        page="areas:tree",
    ),
    Figure(
        key="hamlets",
        label=_("Natural villages"),
        unit=_("natural villages"),
        formula=_("Open natural villages"),
        rows=_areas(AreaKind.HAMLET),
        page="areas:tree",
    ),
    Figure(
        key="households",
        label=_("Households"),
        unit=_("households"),
        formula=_("All households on the register, vacant ones included"),
        rows=households,
        page="households:list",
    ),
    Figure(
        key="resident_households",
        label=_("Resident households"),
        unit=_("households"),
        formula=_(
            "Households living here or working away; vacant and unknown ones are not counted"
        ),
        rows=resident_households,
        hedge=HedgeRule.OVER,
        hedge_step=100,
        page="households:list",
        page_query={"status": "counted"},
    ),
    Figure(
        key="residents",
        label=_("Residents"),
        unit=_("people"),
        formula=_("All people on the register"),
        rows=residents,
        page="households:list",
    ),
)
