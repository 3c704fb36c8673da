from threading import Thread

import pytest
from django.db import connection
from django.db.models import Prefetch

from bianfang.kernel.numbering.models import Series
from bianfang.kernel.tenancy.models import Town
from bianfang.register.households.models import Household, Resident
from tests.rows import make_row
from tests.traps import scope
from tests.traps.scope import UnscopedQueryError

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return Town.objects.create(name="某镇", slug="some")


def test_reading_a_towns_table_without_the_town_fails_and_names_the_line() -> None:
    rows = Series.objects.filter(name="demand")

    with pytest.raises(UnscopedQueryError, match=r"tests/traps/test_scope.py:\d+ asks number"):
        list(rows)


def test_counting_changing_and_deleting_without_the_town_fail(town: Town) -> None:
    rows = Series.objects.all()

    for act in (rows.count, rows.exists, lambda: rows.update(last=1), rows.delete):
        with pytest.raises(UnscopedQueryError):
            act()


def test_fetching_ahead_without_the_town_fails_and_with_it_works(town: Town) -> None:
    person = make_row(Resident, town)
    rows = Household.objects.in_town(town.id).order_by("id")
    people = Resident.objects.in_town(town.id).order_by("id")

    with pytest.raises(UnscopedQueryError, match="households_resident"):
        list(rows.prefetch_related("residents"))
    (household,) = rows.prefetch_related(Prefetch("residents", queryset=people))
    assert list(household.residents.all()) == [person]


def test_saving_deleting_and_reading_again_name_the_town(town: Town) -> None:
    series = Series(town=town, name="demand", last=1)
    series.save()
    series.last = 2
    series.save(update_fields=["last"])
    series.refresh_from_db()
    rows = Series.objects.in_town(town.id)
    rows.bulk_update([series], ["last"])

    assert rows.get().last == 2
    assert series.delete() == (1, {"numbering.Series": 1})
    assert not rows.exists()


def test_a_test_may_look_at_its_own_tables_on_the_asking_line() -> None:
    assert list(Series.objects.filter(name="demand")) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM numbering_series")


def test_connections_of_other_threads_are_watched() -> None:
    rows, caught = Series.objects.filter(name="demand"), []

    def ask() -> None:
        try:
            list(rows)
        except UnscopedQueryError as error:
            caught.append(error)
        finally:
            connection.close()

    thread = Thread(target=ask)
    thread.start()
    thread.join()

    assert len(caught) == 1


def test_every_table_of_a_town_is_watched_and_shared_ones_are_not() -> None:
    tables = scope.town_tables()

    assert {"households_resident", "demands_demand", "journal_entry"} <= tables
    assert not {"tenancy_town", "people_staff", "areas_area"} & tables
