"""The form of a group talk: households are looked for and ticked without leaving the page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext as _

from bianfang.faces.desk import alike, staff_names
from bianfang.faces.desk.alike import ALIKE
from bianfang.faces.desk.area_choice import exists_on, place
from bianfang.faces.desk.forms import demand_rows
from bianfang.faces.desk.forms.demand_rows import DemandRow
from bianfang.faces.desk.forms.forums import ForumForm
from bianfang.faces.desk.requests import DeskRequest, words_sought
from bianfang.faces.desk.visit_desk import ADD, all_visitors, moment_shown, read_rows
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.kernel.tenancy.paths import PathRange
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions.inputs import ForumInput
from bianfang.outreach.visits.enums import TopicKind
from bianfang.outreach.visits.models import Topic
from bianfang.outreach.visits.queries import checklists, rounds
from bianfang.register.areas.enums import AreaKind
from bianfang.register.areas.models import Area
from bianfang.register.households import queries as households
from bianfang.register.households.models import Household
from bianfang.register.households.queries import HouseholdFilter

LOOK = "look"
FOUND = 20
HELD_IN = frozenset({AreaKind.TOWN, AreaKind.COMMUNITY, AreaKind.VILLAGE})


@dataclass(frozen=True, kw_only=True, slots=True)
class ForumDesk:
    """The form with its rows of demands."""

    actor: Actor
    form: ForumForm
    rows: list[DemandRow]
    asked: list[Topic]
    nothing_found: bool

    @property
    def filled_rows(self) -> list[DemandRow]:
        """Rows that tell something."""
        return [row for row in self.rows if not row.is_empty]

    def is_valid(self) -> bool:
        """Look at the form and at all rows, so that one answer names everything."""
        are_good = [row.is_valid() for row in self.rows]
        is_good = self.form.is_valid()
        is_known = staff_names.read_names(self.actor, self.form)
        return is_good and is_known and all(are_good)

    def to_input(self) -> ForumInput:
        """The group talk as the domain takes it."""
        given = self.form.cleaned_data
        return ForumInput(
            area_id=given["area"],
            held_at=given["held_at"],
            place=given["place"],
            subject=given["subject"],
            visitor_ids=all_visitors(given),
            household_ids=tuple(given["households"]),
            topic_ids=tuple(given["topics"]),
            attendance=given["attendance"],
            note=given["note"],
            forum_id=given["forum_id"],
        )


def open_forum(request: DeskRequest, data: QueryDict | None) -> ForumDesk:
    """The form as it is opened, sent, or only made longer by a search or a row."""
    is_longer = data is not None and bool({ADD, LOOK, ALIKE} & data.keys())
    sent = None if is_longer else data
    came = _named(request, data)
    topics = _topics(request.actor)
    found = _found(request, data) if data is not None and LOOK in data else []
    offered = {one.id: _text(request, one) for one in [*came, *found]}
    form = ForumForm(
        sent,
        areas=_areas(request),
        visitors=staff_names.usual_visitors(
            request.actor, _path(request, data), first_me=True
        ).items(),
        topics=[(one.id, one.text) for one in topics if one.kind != TopicKind.ASK],
        households=offered.items(),
        initial=_first(request.actor) if data is None else _typed(data),
    )
    return ForumDesk(
        actor=request.actor,
        form=form,
        rows=read_rows(
            request.actor,
            data,
            sent,
            [(one.id, one.head_name or one.number) for one in came],
            _("Who asks"),
        ),
        asked=[one for one in topics if one.kind == TopicKind.ASK],
        nothing_found=data is not None and LOOK in data and not found,
    )


def said(request: DeskRequest, data: QueryDict, prefix: str) -> alike.Said:
    """What one row of demands says: of the household that asks, else of the village of the talk."""
    asking = data.get(f"{prefix}-resident", "")
    household = next((one for one in _named(request, data) if str(one.id) == asking), None)
    if household is not None:
        village = alike.village_of(household.area_path)
        return alike.of_row(village, household.id, data, prefix)
    area = _area(request, data)
    village = area.path if area is not None and area.kind == AreaKind.VILLAGE else ""
    return alike.of_row(village, None, data, prefix)


def show_alike(request: DeskRequest, desk: ForumDesk, data: QueryDict) -> None:
    """Without scripts the button of a row draws the page anew, with what was found beside it."""
    for row in desk.rows:
        if row["content"].value() or row.prefix == demand_rows.prefix(alike.row_asked(request)):
            row.alike = alike.look(request, said(request, data, str(row.prefix)))


def _typed(data: QueryDict) -> dict[str, Any]:
    """Ticks are lists even where one is ticked."""
    ticks = {name: data.getlist(name) for name in ("visitors", "topics", "households")}
    return {**demand_rows.typed(data), **ticks}


def _first(actor: Actor) -> dict[str, Any]:
    return {
        "forum_id": new_id(),
        "held_at": moment_shown(clock.now()),
        "visitors": [str(actor.staff_id)],
    }


def _areas(request: DeskRequest) -> Iterable[tuple[UUID, str]]:
    today = clock.today()
    for area in request.town_areas.values():
        is_open = area.kind in HELD_IN and exists_on(area, today)
        if is_open and policies.can_record_visit(request.actor, area.path):
            yield area.id, place(request, area.path) or area.name


def _area(request: DeskRequest, data: QueryDict | None) -> Area | None:
    asked = data.get("area", "") if data is not None else ""
    return next((one for one in request.town_areas.values() if str(one.id) == asked), None)


def _path(request: DeskRequest, data: QueryDict | None) -> str:
    area = _area(request, data)
    if area is not None:
        return area.path
    return next((one.path for one in request.town_areas.values() if one.kind == AreaKind.TOWN), "")


def _topics(actor: Actor) -> list[Topic]:
    round_ = rounds.active_round(actor.town_id)
    if round_ is None or round_.checklist is None:
        return []
    return list(checklists.list_topics(actor=actor, checklist=round_.checklist))


def _named(request: DeskRequest, data: QueryDict | None) -> Sequence[Household]:
    """The households ticked so far."""
    ids = [value for value in data.getlist("households") if _is_id(value)] if data else []
    if not ids:
        return []
    rows = households.list_households(actor=request.actor, filters=HouseholdFilter())
    return list(rows.filter(id__in=ids))


def _found(request: DeskRequest, data: QueryDict) -> Sequence[Household]:
    """What was looked for, in the area of the talk if it is chosen."""
    text = words_sought(data.get("find"))
    if not text:
        return []
    area = _area(request, data)
    reach = PathRange.under(area.path) if area else None
    wanted = HouseholdFilter(text=text, reach=reach)
    return list(households.list_households(actor=request.actor, filters=wanted)[:FOUND])


def _text(request: DeskRequest, household: Household) -> str:
    hamlet = request.town_areas[household.area_path].name
    return f"{household.head_name or household.number} · {hamlet} {household.door}".strip()


def _is_id(value: str) -> bool:
    try:
        UUID(value)
    except ValueError:
        return False
    return True
