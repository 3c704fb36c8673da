import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.outreach.demands.actions import categories as keeping
from bianfang.outreach.demands.actions.categories import CategorySeed
from bianfang.outreach.demands.actions.taxonomy import STARTING_TREE
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.models import Category
from bianfang.outreach.demands.queries import categories
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown


def test_the_starting_tree_has_what_residents_ask_about(town: SmallTown) -> None:
    """M19: jobs, medical care, education, pensions, and something for everything else."""
    keeping.seed_categories(actor=town.clerk, tree=STARTING_TREE)

    grouped = categories.list_by_theme(actor=town.clerk)
    assert list(grouped) == list(Theme)
    assert all(grouped.values())
    names = {category.name for theme in grouped.values() for category in theme}
    assert {"就业创业", "医疗卫生", "教育", "养老保障", "其他公共服务"} <= names


def test_sowing_again_adds_only_what_is_new(town: SmallTown) -> None:
    Category.objects.in_town(town.town.id).filter(code="lighting").update(name="路灯")
    seed = CategorySeed(
        code="parking", name="停车", name_en="Parking", theme=Theme.PROJECTS, usual_days=9
    )

    added = keeping.seed_categories(actor=town.clerk, tree=STARTING_TREE)
    again = keeping.seed_categories(actor=town.clerk, tree=[*STARTING_TREE, seed])

    assert added == len(STARTING_TREE) - 2
    assert again == 1
    found = categories.find_category(actor=town.clerk, code="lighting")
    assert str(found) == "路灯"
    assert categories.find_category(actor=town.clerk, code="nothing") is None


def test_codes_of_the_starting_tree_are_unique() -> None:
    codes = [seed.code for seed in STARTING_TREE]

    assert len(codes) == len(set(codes))


def offered(town: SmallTown) -> list[Category]:
    by_theme = categories.list_by_theme(actor=town.clerk)
    return [category for found in by_theme.values() for category in found]


def test_usual_units_are_set_by_code(town: SmallTown) -> None:
    keeping.set_usual_units(actor=town.clerk, units={"dibao": town.units["civil"].id})

    found = {each.code: each.usual_unit_id for each in offered(town)}
    assert found == {"dibao": town.units["civil"].id, "lighting": town.units["roads"].id}


def test_a_closed_category_is_offered_no_longer(town: SmallTown) -> None:
    closed = keeping.close_category(actor=town.clerk, category_id=town.category.id)

    assert closed.closed_on == MONDAY
    assert [each.code for each in offered(town)] == ["dibao"]
    with pytest.raises(NotFoundError):
        keeping.close_category(actor=town.clerk, category_id=factories.some_id())


def test_closing_is_felt_at_the_next_registration(
    town: SmallTown, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    factories.registered(town)

    with django_capture_on_commit_callbacks(execute=True):
        keeping.close_category(actor=town.clerk, category_id=town.category.id)

    with pytest.raises(FieldErrors) as refused:
        factories.registered(town)
    assert set(refused.value.errors) == {"category"}


def test_categories_are_kept_by_the_office(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        keeping.seed_categories(actor=town.secretary, tree=[])
    with pytest.raises(NotAllowedError):
        keeping.set_usual_units(actor=town.secretary, units={})
    with pytest.raises(NotAllowedError):
        keeping.close_category(actor=town.secretary, category_id=town.category.id)


def test_days_for_again_are_set_within_bounds_by_who_keeps_the_categories(
    town: SmallTown,
) -> None:
    changed = keeping.set_recurrence_days(actor=town.clerk, category_id=town.category.id, days=90)

    assert changed.recurrence_days == 90
    for days in (-1, 366):
        with pytest.raises(FieldErrors):
            keeping.set_recurrence_days(actor=town.clerk, category_id=town.category.id, days=days)
    with pytest.raises(NotAllowedError):
        keeping.set_recurrence_days(actor=town.secretary, category_id=town.category.id, days=90)
    with pytest.raises(NotFoundError):
        keeping.set_recurrence_days(actor=town.clerk, category_id=factories.some_id(), days=90)
