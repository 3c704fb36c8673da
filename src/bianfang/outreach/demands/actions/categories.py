"""Keeping the categories: set up from a tree, closed when no longer used."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, NotFoundError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands import policies
from bianfang.outreach.demands.enums import Theme, Verb
from bianfang.outreach.demands.models import Category
from bianfang.outreach.demands.queries.categories import forget_categories

MOST_DAYS = 365


@dataclass(frozen=True, kw_only=True, slots=True)
class CategorySeed:
    """A category as a town sets it up; `unit_id` is who usually handles it."""

    code: str
    name: str
    name_en: str
    theme: Theme
    usual_days: int
    unit_id: UUID | None = None


@transaction.atomic
def seed_categories(*, actor: Actor, tree: Sequence[CategorySeed]) -> int:
    """Create the categories of the tree that are not there yet, in its order. Tells how many.

    What a town has changed since stays as it is, so that the tree may be sown again.
    """
    policies.check_can_manage_categories(actor)
    existing = Category.objects.in_town(actor.town_id)
    known = set(existing.values_list("code", flat=True).order_by("code"))
    created = Category.objects.bulk_create(
        Category(
            town_id=actor.town_id,
            code=seed.code,
            name=seed.name,
            name_en=seed.name_en,
            theme=seed.theme,
            usual_days=seed.usual_days,
            usual_unit_id=seed.unit_id,
            order=place,
        )
        for place, seed in enumerate(tree, start=1)
        if seed.code not in known
    )
    told = [(category, {"code": category.code}) for category in created]
    journal.record_many(actor=actor, verb=Verb.CATEGORIES_SEEDED, targets=told)
    transaction.on_commit(forget_categories)
    return len(created)


@transaction.atomic
def set_usual_units(*, actor: Actor, units: Mapping[str, UUID]) -> None:
    """Say who usually handles which category, by its code; others stay as they are."""
    policies.check_can_manage_categories(actor)
    rows = Category.objects.in_town(actor.town_id)
    for unit_id in sorted(set(units.values())):
        codes = sorted(code for code, each in units.items() if each == unit_id)
        rows.filter(code__in=codes).update(usual_unit=unit_id)
    changed = rows.filter(code__in=sorted(units)).order_by("code")
    told = [(category, {"unit": str(category.usual_unit_id)}) for category in changed]
    journal.record_many(actor=actor, verb=Verb.CATEGORY_UNIT_SET, targets=told)
    transaction.on_commit(forget_categories)


@transaction.atomic
def set_recurrence_days(*, actor: Actor, category_id: UUID, days: int) -> Category:
    """Within how many days after its write-off the same problem at a place has come again."""
    policies.check_can_manage_categories(actor)
    if not 0 <= days <= MOST_DAYS:
        words = _("Between 0 and %(most)d days; 0: it is not looked at.")
        raise FieldError("days", str(words) % {"most": MOST_DAYS})
    category = _get_category(actor, category_id)
    old, category.recurrence_days = category.recurrence_days, days
    category.save(update_fields=["recurrence_days"])
    facts = {"code": category.code, "old": old, "new": days}
    journal.record(actor=actor, verb=Verb.CATEGORY_DAYS_SET, target=category, facts=facts)
    transaction.on_commit(forget_categories)
    return category


@transaction.atomic
def close_category(*, actor: Actor, category_id: UUID) -> Category:
    """Offer a category no longer; demands that have it keep it."""
    policies.check_can_manage_categories(actor)
    category = _get_category(actor, category_id)
    category.closed_on = category.closed_on or clock.today()
    category.save(update_fields=["closed_on"])
    journal.record(
        actor=actor, verb=Verb.CATEGORY_CLOSED, target=category, facts={"code": category.code}
    )
    transaction.on_commit(forget_categories)
    return category


def _get_category(actor: Actor, category_id: UUID) -> Category:
    category = Category.objects.in_town(actor.town_id).filter(id=category_id).first()
    if category is None:
        raise NotFoundError(_("There is no such category."))
    assert isinstance(category, Category)
    return category
