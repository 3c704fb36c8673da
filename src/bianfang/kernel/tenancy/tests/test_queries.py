import pytest

from bianfang.kernel.tenancy import queries
from bianfang.kernel.tenancy.models import Town

pytestmark = pytest.mark.django_db


def test_towns_are_listed_by_name_and_found_by_name_or_short_name() -> None:
    second = Town.objects.create(name="乙镇", slug="second")
    first = Town.objects.create(name="甲镇", slug="乙镇-no")

    assert set(queries.list_towns()) == {first, second}
    assert queries.find_town("乙镇") == second
    assert queries.find_town("second") == second
    assert queries.find_town("丙镇") is None
    assert str(first) == "甲镇"
