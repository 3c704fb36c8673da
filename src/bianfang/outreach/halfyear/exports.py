"""The half-year list as it is printed and taken away: its columns, residents masked."""

from collections.abc import Iterator, Sequence
from io import BytesIO

from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.documents.table import CellValue, Column, ColumnKind, Paper, Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.kernel.masking.scan import redact, scan_free_text
from bianfang.outreach.demands.models import Demand, HalfYearList
from bianfang.outreach.halfyear.enums import COLOUR_LABELS
from bianfang.outreach.halfyear.queries import Item


def columns() -> list[Column]:
    """The columns of the list (domain.md 1.3)."""
    return [
        Column(key="place", title=_("No."), width=6, kind=ColumnKind.INTEGER),
        Column(key="title", title=_("Project"), width=24),
        Column(key="goal", title=_("Content and goal"), width=30),
        Column(key="number", title=_("Source demand"), width=12),
        Column(key="leader", title=_("Leading person"), width=12),
        Column(key="unit", title=_("Unit in charge"), width=18),
        Column(key="funds", title=_("Source of funds"), width=16),
        Column(key="amount", title=_("Amount in yuan"), width=14, kind=ColumnKind.DECIMAL),
        Column(key="starts", title=_("Begins on"), width=12, kind=ColumnKind.DATE),
        Column(key="due", title=_("Deadline"), width=12, kind=ColumnKind.DATE),
        Column(key="percent", title=_("Progress %"), width=10, kind=ColumnKind.INTEGER),
        Column(key="state", title=_("State"), width=16),
        Column(key="serves", title=_("Whom it serves"), width=18),
    ]


def rows(items: Sequence[Item]) -> Iterator[list[CellValue]]:
    """A row for each item."""
    for place, item in enumerate(items, start=1):
        plan, demand = item.plan, item.demand
        yield [
            place,
            title_of(item),
            masked(demand, plan.goal or demand.measures),
            demand.number,
            plan.leader.name if plan.leader else "",
            demand.unit.name if demand.unit else "",
            plan.funds_source,
            plan.funds_amount,
            item.starts_on,
            demand.due_on,
            item.percent,
            str(COLOUR_LABELS[item.colour]),
            masked(demand, plan.beneficiaries),
        ]


def title_of(item: Item) -> str:
    """What the item is called; without a name of its own, what is asked."""
    return masked(item.demand, item.plan.title or item.demand.content)


def masked(demand: Demand, text: str) -> str:
    """Without numbers of people and without the resident's name."""
    return redact(text, scan_free_text(text, [demand.proposer_name])) if text else ""


def workbook(half_year_list: HalfYearList, items: Sequence[Item]) -> bytes:
    """One sheet."""
    target = BytesIO()
    day = _("as of %(day)s") % {"day": clock.today()}
    table = Table(
        name=_("Half-year list"),
        title=half_year_list.title,
        subtitles=[day],
        columns=columns(),
        rows=rows(items),
        paper=Paper.A3,
    )
    write_workbook(target, [table])
    return target.getvalue()


def file_name(half_year_list: HalfYearList) -> str:
    """Title and day."""
    return f"{half_year_list.title.replace('/', '-')}_{clock.today()}.xlsx"
