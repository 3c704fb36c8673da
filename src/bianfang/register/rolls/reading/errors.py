"""The file as a whole cannot be read."""

from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.errors import DomainError


class FileFault(StrEnum):
    """Why a file is no readable workbook."""

    EMPTY = "empty"
    OLD_EXCEL = "old_excel"
    PASSWORD = "password"  # noqa: S105 - a reason, not a secret
    TEXT = "text"
    WEB_PAGE = "web_page"
    BINARY_EXCEL = "binary_excel"
    OPEN_DOCUMENT = "open_document"
    OTHER_OFFICE = "other_office"
    UNKNOWN = "unknown"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    STRAY_CELL = "stray_cell"


FILE_FAULT_MESSAGES: dict[FileFault, Promise] = {
    FileFault.EMPTY: _("The file is empty (0 bytes). Save it again in Excel or WPS and upload it."),
    FileFault.OLD_EXCEL: _(
        "This is an old Excel or WPS file (.xls or .et), whatever its name says. Open it in Excel "
        "or WPS, choose “Save as”, the type “Excel workbook (*.xlsx)”, and upload that file."
    ),
    FileFault.PASSWORD: _(
        "The workbook is protected by a password. Open it in Excel or WPS, remove the password for "
        "opening (File, Info, Protect workbook), save it and upload it again."
    ),
    FileFault.TEXT: _(
        "This is a text file (such as .csv), whatever its name says. Open it in Excel or WPS, set "
        "the columns of numbers to “text”, and save it as “Excel workbook (*.xlsx)”."
    ),
    FileFault.WEB_PAGE: _(
        "This is a web page with the name of a workbook, as some systems export it. Open it in "
        "Excel or WPS and save it as “Excel workbook (*.xlsx)”."
    ),
    FileFault.BINARY_EXCEL: _(
        "This is a binary workbook (.xlsb). Save it as “Excel workbook (*.xlsx)” and upload that."
    ),
    FileFault.OPEN_DOCUMENT: _(
        "This is an OpenDocument table (.ods). Save it as “Excel workbook (*.xlsx)” and upload "
        "that file."
    ),
    FileFault.OTHER_OFFICE: _(
        "This is no workbook but another kind of document. Choose the Excel file with the roll."
    ),
    FileFault.UNKNOWN: _(
        "This is no Excel workbook. Choose the file with the roll, saved as “Excel workbook "
        "(*.xlsx)”."
    ),
    FileFault.DAMAGED: _(
        "The workbook is damaged and cannot be opened; perhaps it was copied only in part. Open it "
        "in Excel or WPS, let it be repaired, save it under a new name and upload that."
    ),
    FileFault.TOO_LARGE: _(
        "The workbook is larger than the %(limit)s rows a roll may have. Split it by community and "
        "import the parts one after the other."
    ),
    FileFault.STRAY_CELL: _(
        "Sheet “%(sheet)s” holds something in cell %(cell)s, far outside the table. Delete the "
        "rows and columns outside the table, save the workbook and upload it again."
    ),
}


class UnreadableWorkbookError(DomainError):
    """The file cannot be opened as a workbook; `fault` says why, the message how to mend it."""

    def __init__(self, fault: FileFault, **values: str | int) -> None:
        super().__init__(FILE_FAULT_MESSAGES[fault])
        self.fault = fault
        self.values = values

    def __str__(self) -> str:
        return str(self.message) % self.values if self.values else str(self.message)
