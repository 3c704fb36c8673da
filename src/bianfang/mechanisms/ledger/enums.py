"""The ledger, the two lists, and the files they become."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ListKind(TextChoices):
    """One ledger, two lists (一台账两清单)."""

    VISITS = "visits", _("Visit filing ledger")
    DEMANDS = "demands", _("Demand list")
    CLOSED = "closed", _("Closed list")


class LedgerSort(StrEnum):
    """The orders of the pages, by what `queries.ORDERS` names for the list."""

    NEWEST = "newest"
    OLDEST = "oldest"
    DUE = "due"


class FileFormat(StrEnum):
    """What an export is written as."""

    XLSX = "xlsx"
    CSV = "csv"


class Verb(StrEnum):
    """What the journal says of the ledger."""

    EXPORTED = "ledger_exported"
