"""The ledger and the two lists as files: workbooks for A3 landscape, and CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from tempfile import SpooledTemporaryFile
from typing import IO

from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.documents.csv_out import stream_csv
from bianfang.kernel.documents.table import Note, Paper, Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.mechanisms.ledger import queries
from bianfang.mechanisms.ledger.columns import columns_for_file
from bianfang.mechanisms.ledger.enums import FileFormat, ListKind
from bianfang.mechanisms.ledger.queries import LedgerFilter
from bianfang.mechanisms.ledger.rows import Cells, Words, make_words
from bianfang.register.areas import queries as areas
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area

CONTENT_TYPES = {
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileFormat.CSV: "text/csv; charset=utf-8",
}
_IN_MEMORY = 8 * 1024 * 1024
_CHUNK = 64 * 1024


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportedFile:
    """A file to be sent: its name, its type, and its content piece by piece, read once."""

    name: str
    content_type: str
    chunks: Iterator[bytes]


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportRequest:
    """What a file shall hold; `period` is how its heading words the round or days."""

    kind: ListKind
    area: Area
    filters: LedgerFilter
    period: str


def write_export(*, actor: Actor, request: ExportRequest, file_format: FileFormat) -> ExportedFile:
    """The file in the language of this moment; a workbook is written now, CSV while it is sent."""
    words = make_words(queries.list_places(town_id=actor.town_id))
    if file_format is FileFormat.CSV:
        chunks = _csv(actor, request, words)
    else:
        chunks = _in_pieces(_workbook(actor, request, words))
    return ExportedFile(
        name=file_name(request, file_format),
        content_type=CONTENT_TYPES[file_format],
        chunks=chunks,
    )


def file_name(request: ExportRequest, file_format: FileFormat) -> str:
    """List, area and day; without anything about a person."""
    parts = (request.kind.label, request.area.name, f"{clock.today()}")
    return "_".join(str(part).replace("/", "-") for part in parts) + f".{file_format}"


def _csv(actor: Actor, request: ExportRequest, words: Words) -> Iterator[bytes]:
    rows = _rows(actor, request, request.area, words)
    return stream_csv(columns_for_file(request.kind), rows)


def _workbook(actor: Actor, request: ExportRequest, words: Words) -> IO[bytes]:
    """A sheet for each community; for a smaller area one sheet."""
    places = list(areas.list_subtree(actor=actor, area=request.area, kind=AreaKind.COMMUNITY))
    target: IO[bytes] = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - the caller reads it
    write_workbook(target, _sheets(actor, request, places or [request.area], words))
    target.seek(0)
    return target


def _sheets(
    actor: Actor, request: ExportRequest, places: Sequence[Area], words: Words
) -> list[Table | Note]:
    whole = replace(request.filters, area=request.area.reach)
    count = queries.count_rows(actor=actor, kind=request.kind, filters=whole)
    return [
        Table(
            name=place.name,
            title=str(request.kind.label),
            subtitles=[_heading(request, place)],
            columns=columns_for_file(request.kind),
            rows=_rows(actor, request, place, words),
            row_count=count,
            paper=Paper.A3,
        )
        for place in places
    ]


def _rows(actor: Actor, request: ExportRequest, place: Area, words: Words) -> Iterator[Cells]:
    filters = replace(request.filters, area=place.reach)
    return queries.iterate_rows(actor=actor, kind=request.kind, filters=filters, words=words)


def _heading(request: ExportRequest, place: Area) -> str:
    facts = {"place": place.name, "period": request.period, "day": f"{clock.today()}"}
    return _("%(place)s · %(period)s · as of %(day)s") % facts


def _in_pieces(source: IO[bytes]) -> Iterator[bytes]:
    with source:
        while piece := source.read(_CHUNK):
            yield piece
