import pytest
from django.utils import translation

from bianfang.mechanisms.ledger.columns import COLUMNS, columns_for_file
from bianfang.mechanisms.ledger.enums import ListKind
from bianfang.mechanisms.ledger.rows import FIELDS, ROW_OF


@pytest.mark.parametrize("kind", ListKind)
def test_every_list_has_columns_with_keys_of_their_own(kind: ListKind) -> None:
    keys = [column.key for column in COLUMNS[kind]]

    assert len(keys) == len(set(keys))
    assert kind in FIELDS
    assert kind in ROW_OF


def test_the_four_compulsory_fields_stand_on_the_demand_list() -> None:
    """M87: content, measures, person in charge, deadline."""
    keys = {column.key for column in COLUMNS[ListKind.DEMANDS]}

    assert {"content", "measures", "owner", "due_on"} <= keys


def test_headings_follow_the_readers_language() -> None:
    with translation.override("en"):
        titles = [column.title for column in columns_for_file(ListKind.VISITS)]

    assert titles[:3] == ["No.", "Round", "Community"]
