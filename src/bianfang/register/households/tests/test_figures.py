import pytest

from bianfang.kernel.figures import FigureBook, FigureScope
from bianfang.register.households.actions import households, residents
from bianfang.register.households.enums import HouseholdEnd, LivingStatus, ResidentEnd
from bianfang.register.households.figures import FIGURES
from bianfang.register.households.tests.factories import SON, Village, make_village
from bianfang.register.people.tests.factories import TODAY

pytestmark = pytest.mark.django_db
BOOK = FigureBook(FIGURES)


@pytest.fixture
def full(village: Village) -> Village:
    """Four homes, one of them gone, and people in two; another town beside it."""
    home = village.home("1")
    village.home("2", "远庄", living_status=LivingStatus.AWAY)
    village.home("3", living_status=LivingStatus.VACANT, status_reason="迁居县城")
    village.home("4", living_status=LivingStatus.UNKNOWN)
    gone = village.home("5")
    village.person(gone, "走某")
    households.end_household(
        actor=village.worker, household_id=gone.id, reason=HouseholdEnd.MOVED_OUT, on=TODAY
    )
    village.person(home, "秦某某")
    dead = village.person(home, "秦大", SON)
    residents.end_resident(
        actor=village.worker, resident_id=dead.id, reason=ResidentEnd.DIED, on=TODAY
    )
    other = make_village("second")
    other.person(other.home(), "外某")
    return village


def counted(village: Village, place: str) -> dict[str, int]:
    scope = FigureScope(
        town_id=village.office.town_id, ranges=(village.office[place].reach,), as_of=TODAY
    )
    return {figure.key: figure.value(scope).numerator for figure in BOOK}


def test_the_register_is_counted_in_the_town_and_in_its_parts(full: Village) -> None:
    assert counted(full, "镇") == {
        "villages": 3,
        "hamlets": 3,
        "households": 4,
        "resident_households": 2,
        "residents": 1,
    }
    assert counted(full, "上村") == {
        "villages": 1,
        "hamlets": 1,
        "households": 3,
        "resident_households": 1,
        "residents": 1,
    }


def test_every_figure_counts_exactly_the_rows_behind_it(full: Village) -> None:
    scope = FigureScope(town_id=full.office.town_id, ranges=(full.office["镇"].reach,), as_of=TODAY)

    for figure in BOOK:
        assert figure.value(scope).numerator == len(list(figure.rows(scope)))


def test_every_figure_says_what_it_is_and_where_its_rows_are_shown() -> None:
    for figure in BOOK:
        assert str(figure.label)
        assert str(figure.unit)
        assert str(figure.formula)
        assert figure.page
