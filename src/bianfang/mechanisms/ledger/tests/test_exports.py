import csv
from io import BytesIO, StringIO

import openpyxl
import pytest
from django.utils import translation

from bianfang.kernel.errors import NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.mechanisms.ledger import actions, policies
from bianfang.mechanisms.ledger.columns import COLUMNS
from bianfang.mechanisms.ledger.enums import FileFormat, ListKind
from bianfang.mechanisms.ledger.exports import CONTENT_TYPES, ExportedFile
from bianfang.mechanisms.ledger.queries import LedgerFilter
from bianfang.mechanisms.ledger.tests import factories as visits
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.areas.models import Area

XLSX, CSV = FileFormat.XLSX, FileFormat.CSV


def export(
    town: SmallTown,
    file_format: FileFormat,
    kind: ListKind = ListKind.VISITS,
    *,
    area: Area | None = None,
    filters: LedgerFilter | None = None,
    by: str = "clerk",
) -> ExportedFile:
    with translation.override("en"):
        return actions.export_list(
            actor=town.actors[by],
            kind=kind,
            area_id=(area or town.place.town).id,
            filters=filters or LedgerFilter(),
            file_format=file_format,
        )


def book_of(exported: ExportedFile) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(b"".join(exported.chunks)))


@pytest.fixture
def full(town: SmallTown) -> SmallTown:
    for household in (town.household, town.neighbour, town.far_household):
        visits.visited(town, household)
        factories.written_off(town, household_id=household.id)
    return town


@pytest.mark.parametrize("kind", ListKind)
def test_a_workbook_has_a_sheet_for_each_community(full: SmallTown, kind: ListKind) -> None:
    exported = export(full, XLSX, kind)
    book = book_of(exported)

    assert exported.content_type == CONTENT_TYPES[XLSX]
    assert book.sheetnames == ["北社区", "南社区"]
    north = book["北社区"]
    headings = [cell.value for cell in north[3]]
    with translation.override("en"):
        assert headings == [str(column.title) for column in COLUMNS[kind]]
        assert north["A1"].value == str(kind.label)
    assert north["A2"].value == "北社区 · all rounds and days · as of 2026-11-16"
    assert [row[0].value for row in north.iter_rows(min_row=4)] == [1, 2]
    assert [row[0].value for row in book["南社区"].iter_rows(min_row=4)] == [1]


def test_a_workbook_is_ready_for_a3_landscape(full: SmallTown) -> None:
    north = book_of(export(full, XLSX))["北社区"]

    assert (north.page_setup.orientation, north.page_setup.paperSize) == ("landscape", 8)
    assert north.freeze_panes == "A4"
    assert north.print_title_rows == "$3:$3"


def test_a_smaller_area_is_one_sheet_named_after_it(full: SmallTown) -> None:
    exported = export(full, XLSX, area=full.place.upper)
    book = book_of(exported)

    assert book.sheetnames == ["上村"]
    assert exported.name == "Visit filing ledger_上村_2026-11-16.xlsx"


def test_csv_is_one_table_with_harmless_cells(full: SmallTown) -> None:
    exported = export(full, CSV)

    text = b"".join(exported.chunks).decode("utf-8-sig")
    heading, *rows = csv.reader(StringIO(text))
    assert exported.content_type == CONTENT_TYPES[CSV]
    assert exported.name.endswith(".csv")
    assert len(heading) == len(COLUMNS[ListKind.VISITS])
    assert len(rows) == 3
    assert rows[0][-1] == "'=1+1"
    assert rows[0][9] == "2026-11-15 20:00"


def test_the_round_or_days_stand_in_the_heading(full: SmallTown) -> None:
    for filters, words in (
        (LedgerFilter(round_id=full.round.id), full.round.name),
        (LedgerFilter(from_day=MONDAY), "2026-11-16 to …"),
        (LedgerFilter(to_day=MONDAY), "… to 2026-11-16"),
    ):
        book = book_of(export(full, XLSX, filters=filters))
        assert book["北社区"]["A2"].value == f"北社区 · {words} · as of 2026-11-16"


def test_who_took_what_away_is_kept(full: SmallTown) -> None:
    export(full, CSV, ListKind.DEMANDS, area=full.place.north, by="worker")

    about = Entry.objects.about(town_id=full.town.id, kind="area", target_id=full.place.north.id)
    [entry] = about
    assert entry.staff_id == full.staff["worker"].id
    assert entry.verb == "ledger_exported"
    assert entry.facts == {
        "list": "demands",
        "format": "csv",
        "period": "all rounds and days",
    }


def test_only_the_own_area_may_be_taken_away(town: SmallTown) -> None:
    with pytest.raises(NotAllowedError):
        export(town, CSV, by="worker")
    with pytest.raises(NotAllowedError):
        export(town, CSV, area=town.place.upper, by="handler")
    other = factories.make_town("second", code="0002")
    with pytest.raises(NotFoundError):
        export(town, CSV, area=other.place.north)
    assert policies.can_export_ledger(town.worker, town.place.upper.reach)
    assert not policies.can_export_ledger(town.worker, town.place.town.reach)
    assert not Entry.objects.in_town(town.town.id).filter(verb="ledger_exported").exists()
