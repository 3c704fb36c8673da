"""One natural village as a phone takes it along: its households, and nothing that is not needed.

No identity number, no phone number, no birthday; nothing of people who moved away.
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bianfang.faces.desk.demand_rows import content_for
from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.enums import STATE_LABELS
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries.of_place import list_recent_of_place
from bianfang.outreach.demands.workflow import UNSETTLED
from bianfang.outreach.visits.models import Target, Visit
from bianfang.outreach.visits.queries import rounds, taking_along
from bianfang.register.areas.models import Area
from bianfang.register.households import queries as households
from bianfang.register.households.actions.summary import is_child
from bianfang.register.households.models import Household, Resident

Row = dict[str, Any]
MARK = 16
"""Signs of a mark: enough that no two contents of one household share it by chance."""


def prepare(actor: Actor, hamlet: Area, known: Mapping[str, str]) -> Row:
    """The rows that differ from what the phone knows, and the marks of all; six queries."""
    rows = _rows(actor, hamlet.path)
    marks = {row["id"]: row["mark"] for row in rows}
    return {
        "hamlet_id": str(hamlet.id),
        "as_of": clock.local(clock.now()).isoformat(timespec="seconds"),
        "households": [row for row in rows if known.get(row["id"]) != row["mark"]],
        "gone": [key for key in known if key not in marks],
        "marks": marks,
    }


def _rows(actor: Actor, area_path: str) -> list[Row]:
    today = clock.today()
    members: dict[UUID, list[Row]] = defaultdict(list)
    for person in households.list_members_of_place(actor=actor, area_path=area_path):
        members[person.household_id].append(_member(person, today))
    round_ = rounds.active_round(actor.town_id)
    targets = (
        taking_along.targets_of_place(actor=actor, round=round_, area_path=area_path)
        if round_
        else {}
    )
    visits = taking_along.last_visits_of_place(actor=actor, area_path=area_path)
    demands: dict[UUID, list[Row]] = defaultdict(list)
    words = {state: str(label) for state, label in STATE_LABELS.items()}
    for demand in list_recent_of_place(actor=actor, area_path=area_path):
        assert demand.household_id is not None
        demands[demand.household_id].append(_demand(actor, demand, words))
    return [
        _marked(
            _household(one)
            | {
                "members": members[one.id],
                "target": _target(targets.get(one.id)),
                "visits": [_visit(visit) for visit in visits.get(one.id, ())],
                "demands": demands[one.id],
            }
        )
        for one in households.list_of_place(actor=actor, area_path=area_path)
    ]


def _marked(row: Row) -> Row:
    """The row with a word for its content: whatever changes, the word changes."""
    text = json.dumps(row, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {**row, "mark": hashlib.sha256(text.encode()).hexdigest()[:MARK]}


def _household(one: Household) -> Row:
    return {
        "id": str(one.id),
        "number": one.number,
        "door": one.door,
        "head": one.head_name,
        "pinyin": one.head_pinyin,
        "initials": one.head_initials,
        "status": one.living_status,
        "status_reason": one.status_reason,
        "contact_time": one.contact_time,
        "priority": one.priority,
        "note": one.note,
    }


def _member(person: Resident, today: date) -> Row:
    """Whom one talks with; a child's number is never offered."""
    child = is_child(person, day=today)
    return {
        "id": str(person.id),
        "name": person.name,
        "relation": person.relation,
        "is_child": child,
        "is_away": person.is_away,
        "away_place": person.away_place,
        "has_phone": bool(person.phone_last4) and not child,
    }


def _target(target: Target | None) -> Row | None:
    if target is None:
        return None
    return {
        "outcome": target.outcome,
        "attempts": target.attempts,
        "last_try_at": _moment(target.last_try_at) if target.last_try_at else None,
    }


def _visit(visit: Visit) -> Row:
    return {
        "id": str(visit.id),
        "at": _moment(visit.happened_at),
        "mode": visit.mode,
        "outcome": visit.outcome,
        "visitors": visit.visitor_names,
        "topics": visit.topic_names,
        "note": visit.note,
    }


def _demand(actor: Actor, demand: Demand, words: Mapping[str, str]) -> Row:
    return {
        "id": str(demand.id),
        "number": demand.number,
        "content": content_for(actor, demand),
        "category_id": str(demand.category_id),
        "state": demand.state,
        "state_name": words[demand.state],
        "is_open": demand.state in UNSETTLED,
        "due_on": demand.due_on.isoformat() if demand.due_on else None,
        "said_on": clock.local(demand.registered_at).date().isoformat(),
    }


def _moment(at: datetime) -> str:
    return clock.local(at).isoformat(timespec="seconds")
