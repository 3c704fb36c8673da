"""What to tell the office about a sheet as a whole: what was understood, what was not, and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.register.rolls.reading.columns import TITLES, Column
from bianfang.register.rolls.reading.kinds import Severity
from bianfang.register.rolls.reading.report import AreaSource, SheetOutcome, SheetReport
from bianfang.register.rolls.reading.structure import ColumnUse, SheetColumn
from bianfang.register.rolls.reading.synonyms import synonyms_of

_EXAMPLES = 6


class NoticeKind(StrEnum):
    """What a notice is about."""

    SHEET_EMPTY = "sheet_empty"
    SHEET_HIDDEN = "sheet_hidden"
    SHEET_WITHOUT_HEADER = "sheet_without_header"
    SHEET_WITHOUT_ROWS = "sheet_without_rows"
    COLUMN_MISSING = "column_missing"
    COLUMN_TWICE = "column_twice"
    COLUMNS_UNKNOWN = "columns_unknown"
    COLUMNS_IGNORED = "columns_ignored"
    AREA_FROM_NAME = "area_from_name"
    AREA_FROM_TITLE = "area_from_title"
    AREA_FROM_SECTIONS = "area_from_sections"
    NO_HOUSEHOLD_NUMBERS = "no_household_numbers"
    NO_LIVING_STATUS = "no_living_status"


_E, _W, _F = Severity.ERROR, Severity.WARNING, Severity.FIXED

NOTICES: Mapping[NoticeKind, tuple[Severity, Promise]] = MappingProxyType(
    {
        NoticeKind.SHEET_EMPTY: (_F, _("Sheet “%(sheet)s” is empty and was passed over.")),
        NoticeKind.SHEET_HIDDEN: (
            _W,
            _(
                "Sheet “%(sheet)s” is hidden and was not read. If it holds people who belong to "
                "the roll, ask for it to be read too."
            ),
        ),
        NoticeKind.SHEET_WITHOUT_HEADER: (
            _W,
            _(
                "No row of column titles was found on sheet “%(sheet)s”, so it was not read. A "
                "roll has at least columns like 姓名 and 公民身份号码 in one row."
            ),
        ),
        NoticeKind.SHEET_WITHOUT_ROWS: (
            _W,
            _("Sheet “%(sheet)s” has column titles and no people below them."),
        ),
        NoticeKind.COLUMN_MISSING: (
            _E,
            _(
                "Sheet “%(sheet)s” has no column %(columns)s, so it was not read. Add a column "
                "with this title in the header row and fill it in. Other titles that are "
                "understood: %(examples)s."
            ),
        ),
        NoticeKind.COLUMN_TWICE: (
            _W,
            _(
                "On sheet “%(sheet)s” several columns mean %(columns)s: “%(read)s” was read, "
                "%(others)s was not. Delete or rename what is not meant."
            ),
        ),
        NoticeKind.COLUMNS_UNKNOWN: (
            _W,
            _(
                "These columns of sheet “%(sheet)s” are not known here and were not read: "
                "%(others)s. If one holds what a roll needs, give it the title of the template."
            ),
        ),
        NoticeKind.COLUMNS_IGNORED: (
            _F,
            _("These columns of sheet “%(sheet)s” are not needed and were not read: %(others)s."),
        ),
        NoticeKind.AREA_FROM_NAME: (
            _F,
            _("The village of sheet “%(sheet)s” was taken from the name of the sheet."),
        ),
        NoticeKind.AREA_FROM_TITLE: (
            _F,
            _("The village of sheet “%(sheet)s” was taken from its title."),
        ),
        NoticeKind.AREA_FROM_SECTIONS: (
            _F,
            _("The villages of sheet “%(sheet)s” were taken from the rows between the people."),
        ),
        NoticeKind.NO_HOUSEHOLD_NUMBERS: (
            _W,
            _(
                "Sheet “%(sheet)s” has no household numbers; people were put together by house "
                "number and head."
            ),
        ),
        NoticeKind.NO_LIVING_STATUS: (
            _W,
            _(
                "Sheet “%(sheet)s” has no living status; it stays “not known” for its households. "
                "Add a column 居住状态 to have it imported."
            ),
        ),
    }
)

_OUTCOMES = {
    SheetOutcome.EMPTY: NoticeKind.SHEET_EMPTY,
    SheetOutcome.HIDDEN: NoticeKind.SHEET_HIDDEN,
    SheetOutcome.NO_HEADER: NoticeKind.SHEET_WITHOUT_HEADER,
    SheetOutcome.NO_ROWS: NoticeKind.SHEET_WITHOUT_ROWS,
}
_SOURCES = {
    AreaSource.SHEET_NAME: NoticeKind.AREA_FROM_NAME,
    AreaSource.TITLE: NoticeKind.AREA_FROM_TITLE,
    AreaSource.SECTIONS: NoticeKind.AREA_FROM_SECTIONS,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Notice:
    """One thing to tell about a sheet; `values` are plain texts and can be stored."""

    kind: NoticeKind
    values: Mapping[str, str]

    @property
    def severity(self) -> Severity:
        """An error keeps the sheet from being read; “fixed” is for information."""
        return NOTICES[self.kind][0]

    def __str__(self) -> str:
        return notice_sentence(self.kind, self.values)


def notice_sentence(kind: NoticeKind, values: Mapping[str, str]) -> str:
    """The notice in words of the reader's language, from what was stored of it."""
    return str(NOTICES[kind][1]) % dict(values)


def list_notices(report: SheetReport) -> list[Notice]:
    """Everything to tell about a sheet, gravest first."""
    order = list(Severity)
    return sorted(_notices(report), key=lambda notice: order.index(notice.severity))


def _notices(report: SheetReport) -> Iterator[Notice]:
    if report.outcome in _OUTCOMES:
        yield _notice(report, _OUTCOMES[report.outcome])
    for group in report.missing:
        yield _missing(report, group)
    yield from _about_columns(report)
    if not report.is_read:
        return
    if report.area_source in _SOURCES:
        yield _notice(report, _SOURCES[report.area_source])
    read = {column.column for column in report.columns_used(ColumnUse.READ)}
    if Column.HOUSEHOLD_NO not in read:
        yield _notice(report, NoticeKind.NO_HOUSEHOLD_NUMBERS)
    if Column.STATUS not in read:
        yield _notice(report, NoticeKind.NO_LIVING_STATUS)


def _notice(report: SheetReport, kind: NoticeKind, **values: str) -> Notice:
    return Notice(kind=kind, values={"sheet": report.name, **values})


def _missing(report: SheetReport, group: tuple[Column, ...]) -> Notice:
    ours = {TITLES[column] for column in group}
    words = [w for column in group for w in synonyms_of(column)[:_EXAMPLES] if w not in ours]
    return _notice(
        report,
        NoticeKind.COLUMN_MISSING,
        columns=" / ".join(f"“{TITLES[column]}”" for column in group),
        examples="、".join(words[:_EXAMPLES]),
    )


def _about_columns(report: SheetReport) -> Iterator[Notice]:
    duplicates: dict[Column, list[SheetColumn]] = {}
    for column in report.columns_used(ColumnUse.DUPLICATE):
        if column.column:
            duplicates.setdefault(column.column, []).append(column)
    read = {c.column: c for c in report.columns_used(ColumnUse.READ)}
    for meaning, columns in duplicates.items():
        yield _notice(
            report,
            NoticeKind.COLUMN_TWICE,
            columns=f"“{TITLES[meaning]}”",
            read=_named(read[meaning]),
            others="、".join(f"“{_named(column)}”" for column in columns),
        )
    for use, kind in (
        (ColumnUse.UNKNOWN, NoticeKind.COLUMNS_UNKNOWN),
        (ColumnUse.IGNORED, NoticeKind.COLUMNS_IGNORED),
    ):
        columns_used = report.columns_used(use)
        if columns_used:
            yield _notice(report, kind, others="、".join(map(_named, columns_used)))


def _named(column: SheetColumn) -> str:
    return f"{column.header} ({column.letters})"
