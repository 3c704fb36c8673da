"""A look-back as a workbook: a line for each check, residents masked."""

from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext as _

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.documents.table import CellValue, Column, ColumnKind, Paper, Table
from bianfang.kernel.documents.xlsx_out import write_workbook
from bianfang.kernel.masking.scan import redact, scan_free_text
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.lookback.enums import RESULT_LABELS, CheckWay, StrataBy
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.queries import lists
from bianfang.register.areas import queries as areas


def look_back_workbook(*, actor: Actor, look_back: LookBack) -> bytes:
    """All checks in scope, replaced ones as well, under the rule they were drawn by."""
    target = BytesIO()
    write_workbook(
        target,
        [
            Table(
                name=_("Look-back"),
                title=look_back.title,
                subtitles=[heading(look_back)],
                columns=_columns(),
                rows=_rows(actor, look_back),
                paper=Paper.A4,
            )
        ],
    )
    return target.getvalue()


def file_name(look_back: LookBack) -> str:
    """Title and day; without anything about a person."""
    return f"{look_back.title.replace('/', '-')}_{clock.today()}.xlsx"


def heading(look_back: LookBack) -> str:
    """What was drawn from what, by which seed."""
    facts = {
        "from": look_back.from_day,
        "to": look_back.to_day,
        "population": look_back.population,
        "sample": look_back.sample_size,
        "seed": look_back.seed,
    }
    sentence = _(
        "Written off %(from)s to %(to)s · %(sample)d drawn of %(population)d · seed %(seed)d"
    )
    return sentence % facts


def stratum_name(look_back: LookBack, key: str, name: str = "") -> str:
    """A group by its name: a theme in the reader's language, a community as it was called."""
    if look_back.strata_by == StrataBy.THEME:
        return str(Theme(key).label)
    return name or _("the town itself")


def _columns() -> list[Column]:
    return [
        Column(key="place", title=_("No."), width=6, kind=ColumnKind.INTEGER),
        Column(key="number", title=_("Number"), width=12),
        Column(key="group", title=_("Sample group"), width=14),
        Column(key="area", title=_("Place"), width=20),
        Column(key="content", title=_("Demand content"), width=40),
        Column(key="closed", title=_("Written off on"), width=12, kind=ColumnKind.DATE),
        Column(key="checker", title=_("Checker"), width=10),
        Column(key="way", title=_("Way"), width=10),
        Column(key="result", title=_("Check result"), width=12),
        Column(key="checked", title=_("Checked on"), width=12, kind=ColumnKind.DATE),
        Column(key="found", title=_("What was found"), width=36),
        Column(key="replaced", title=_("Replaced by"), width=12),
    ]


def _rows(actor: Actor, look_back: LookBack) -> Iterator[list[CellValue]]:
    tree = areas.area_map(town_id=actor.town_id)
    names = {each["key"]: stratum_name(look_back, **_named(each)) for each in look_back.strata}
    ways = {"": "", **{way.value: str(way.label) for way in CheckWay}}
    checks = lists.list_checks(actor=actor, look_back=look_back).order_by("id")
    for place, check in enumerate(checks, start=1):
        yield [
            place,
            check.demand.number,
            names[check.stratum],
            " · ".join(areas.names_above(check.area_path, tree)),
            _public(check, check.demand.content),
            check.demand.written_off_on,
            check.checker.name if check.checker else "",
            ways[check.way],
            str(RESULT_LABELS[check.result]),
            check.checked_on,
            _public(check, check.found),
            check.replaced_by.demand.number if check.replaced_by else "",
        ]


def _named(stratum: dict[str, str]) -> dict[str, str]:
    return {"key": stratum["key"], "name": stratum["name"]}


def _public(check: Check, text: str) -> str:
    """Without numbers of people and without the resident's name."""
    return redact(text, scan_free_text(text, [check.demand.proposer_name])) if text else ""
