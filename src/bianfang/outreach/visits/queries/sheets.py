"""The paper sheet: the households of a hamlet with blanks to fill in, and its number to type in by.

A number reads round-community-village-hamlet-page, as 2-3-1-2-1. The pages of a round stay as they
are: lines are in the order of the targets, and who joins later stands at the end.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError, NotFoundError
from bianfang.kernel.tenancy.paths import STEP, PathRange, within
from bianfang.outreach.visits.models import Round, Target, Topic
from bianfang.outreach.visits.queries.checklists import list_topics
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area
from bianfang.register.people.enums import Permission

LINES = 15
_NUMBER = re.compile(r"(\d{1,3})\D+(\d{1,4})\D+(\d{1,4})\D+(\d{1,4})\D+(\d{1,3})")


@dataclass(frozen=True, kw_only=True, slots=True)
class SheetRow:
    """One line: the household as the register knows it; the rest is left blank."""

    line: int
    target: Target


@dataclass(frozen=True, kw_only=True, slots=True)
class Sheet:
    """One page of a hamlet, with the topics whose numbers are ticked."""

    number: str
    round: Round
    hamlet: Area
    names_above: tuple[str, ...]
    page: int
    page_count: int
    topics: tuple[Topic, ...]
    rows: tuple[SheetRow, ...]


def sheet_rows(*, actor: Actor, round: Round, area: Area) -> list[Sheet]:
    """The sheets of all hamlets under an area, page by page; four queries."""
    area_map = areas.area_map(town_id=actor.town_id)
    topics = tuple(list_topics(actor=actor, checklist=round.checklist)) if round.checklist else ()
    by_hamlet: dict[str, list[Target]] = {}
    for target in _targets(actor, round, area.reach):
        by_hamlet.setdefault(target.area_path, []).append(target)
    return [
        sheet
        for path, targets in by_hamlet.items()
        for sheet in _pages(round, path, targets, area_map, topics)
    ]


def find_sheet(*, actor: Actor, number: str) -> Sheet:
    """The sheet that a clerk types in, by its printed number."""
    parts = _NUMBER.fullmatch(number.strip())
    if parts is None:
        sentence = _("A sheet number has five parts, as 2-3-1-2-1; it is printed at the top.")
        raise FieldError("number", sentence)
    round_number, *place, page = (int(part) for part in parts.groups())
    town = areas.get_town_area(actor.town_id)
    path = town.path + "".join(f"{step:0{STEP}d}" for step in place)
    round_ = Round.objects.in_town(actor.town_id).begun().filter(number=round_number).first()
    hamlet = areas.area_map(town_id=actor.town_id).get(path)
    if round_ is not None and hamlet is not None:
        for sheet in sheet_rows(actor=actor, round=round_, area=hamlet):
            if sheet.page == page:
                return sheet
    raise NotFoundError(_("There is no sheet of this number in your area; look at it again."))


def find_line(*, actor: Actor, household: str) -> tuple[str, int]:
    """The number of the sheet of the round going on, and the line there, of a household's number.

    It is what the code beside a household on the paper leads to.
    """
    rows = Target.objects.visible_to(actor).filter(
        within(actor.reach(Permission.VIEW_REGISTER)), round__state=RoundState.ACTIVE
    )
    found = rows.filter(household__number=household).select_related("round").first()
    if found is None:
        raise NotFoundError(_("No sheet of this round has that household in your area."))
    before = rows.filter(area_path=found.area_path, id__lte=found.id).count()
    page = -(-before // LINES)
    return f"{found.round.number}-{_place(found.area_path)}-{page}", before


def _targets(actor: Actor, round: Round, reach: PathRange) -> Iterable[Target]:
    """Names stand on the sheet, so the register must be open to the reader as well."""
    readable = within(actor.reach(Permission.VIEW_REGISTER))
    rows = Target.objects.visible_to(actor).filter(readable, within([reach]), round=round)
    return rows.select_related("household").order_by("area_path", "id")


def _pages(
    round: Round,
    path: str,
    targets: Sequence[Target],
    area_map: Mapping[str, Area],
    topics: tuple[Topic, ...],
) -> Iterable[Sheet]:
    page_count = -(-len(targets) // LINES)
    for page in range(1, page_count + 1):
        start = (page - 1) * LINES
        yield Sheet(
            number=f"{round.number}-{_place(path)}-{page}",
            round=round,
            hamlet=area_map[path],
            names_above=tuple(areas.names_above(path, area_map)[:-1]),
            page=page,
            page_count=page_count,
            topics=topics,
            rows=tuple(
                SheetRow(line=line, target=target)
                for line, target in enumerate(targets[start : start + LINES], start=start + 1)
            ),
        )


def _place(path: str) -> str:
    """Community, village and hamlet of the path, without the county and the town."""
    steps = [path[start : start + STEP] for start in range(2 * STEP, len(path), STEP)]
    return "-".join(str(int(step)) for step in steps)
