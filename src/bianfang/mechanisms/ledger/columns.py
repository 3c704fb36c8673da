"""The columns of the ledger and the two lists; pages, print pages and files share them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bianfang.kernel.documents.table import Column, ColumnKind
from bianfang.mechanisms.ledger.enums import ListKind

_DATE, _MOMENT, _WHOLE = ColumnKind.DATE, ColumnKind.DATETIME, ColumnKind.INTEGER


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """A column by its key, with its heading in the reader's language and its width."""

    key: str
    title: Promise
    width: float
    kind: ColumnKind = ColumnKind.TEXT

    def for_file(self) -> Column:
        """As a file writes it, in the language of this moment."""
        return Column(key=self.key, title=str(self.title), width=self.width, kind=self.kind)


COLUMNS: Mapping[ListKind, tuple[LedgerColumn, ...]] = MappingProxyType(
    {
        ListKind.VISITS: (
            LedgerColumn("place", _("No."), 6, _WHOLE),
            LedgerColumn("round", _("Round"), 8),
            LedgerColumn("community", _("Community"), 14),
            LedgerColumn("village", _("Administrative village"), 14),
            LedgerColumn("hamlet", _("Natural village"), 14),
            LedgerColumn("household", _("Household number"), 14),
            LedgerColumn("head", _("Head of household"), 12),
            LedgerColumn("living_status", _("Kind of household"), 12),
            LedgerColumn("members", _("People living there"), 8, _WHOLE),
            LedgerColumn("happened_at", _("Time of visit"), 17, _MOMENT),
            LedgerColumn("mode", _("Way"), 10),
            LedgerColumn("visitors", _("Visitors"), 22),
            LedgerColumn("respondent", _("Spoke with"), 12),
            LedgerColumn("demands", _("Demands brought"), 8, _WHOLE),
            LedgerColumn("topics", _("Topics told"), 26),
            LedgerColumn("note", _("Note"), 24),
        ),
        ListKind.DEMANDS: (
            LedgerColumn("place", _("No."), 6, _WHOLE),
            LedgerColumn("number", _("Number"), 12),
            LedgerColumn("source", _("Source"), 10),
            LedgerColumn("community", _("Community"), 14),
            LedgerColumn("village", _("Village"), 14),
            LedgerColumn("proposer", _("Proposer"), 10),
            LedgerColumn("category", _("Category"), 12),
            LedgerColumn("content", _("Demand content"), 36),
            LedgerColumn("route", _("Handling"), 10),
            LedgerColumn("measures", _("Measures"), 32),
            LedgerColumn("unit", _("Leading unit"), 16),
            LedgerColumn("owner", _("Person in charge"), 10),
            LedgerColumn("due_on", _("Deadline"), 12, _DATE),
            LedgerColumn("progress", _("Progress"), 28),
            LedgerColumn("state", _("State"), 10),
            LedgerColumn("changed_at", _("Last change"), 17, _MOMENT),
        ),
        ListKind.CLOSED: (
            LedgerColumn("place", _("No."), 6, _WHOLE),
            LedgerColumn("number", _("Number"), 12),
            LedgerColumn("content", _("Demand content (public wording)"), 40),
            LedgerColumn("closed_on", _("Closed on"), 12, _DATE),
            LedgerColumn("days", _("Days taken"), 8, _WHOLE),
            LedgerColumn("outcome", _("Result"), 14),
            LedgerColumn("reply_mode", _("Way of reply"), 12),
            LedgerColumn("replied_on", _("Replied on"), 12, _DATE),
            LedgerColumn("satisfaction", _("Satisfaction"), 12),
            LedgerColumn("look_back", _("Look-back result"), 22),
            LedgerColumn("reviewer", _("Written off by"), 12),
            LedgerColumn("is_published", _("Made public"), 8),
        ),
    }
)


def columns_for_file(kind: ListKind) -> list[Column]:
    """The columns of a list as a file writes them."""
    return [column.for_file() for column in COLUMNS[kind]]
