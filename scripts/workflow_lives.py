"""What the pages show of a life, read from a package's pure `workflow.py` and its labels."""

import importlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import workflow_words as words

from bianfang.mechanisms.channels import enums as channel_enums
from bianfang.mechanisms.channels import workflow as channels
from bianfang.outreach.demands import enums as demand_enums
from bianfang.outreach.demands import workflow as demands
from bianfang.outreach.lookback import enums as lookback_enums
from bianfang.outreach.lookback import workflow as lookback
from bianfang.outreach.visits import enums as visit_enums
from bianfang.outreach.visits import workflow as visits
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.people.enums import ROLE_PERMISSIONS, Permission, Role
from bianfang.register.rolls import enums as roll_enums
from bianfang.register.rolls.models import STATE_LABELS as ROLL_STATES
from bianfang.register.rolls.workflow import RollState

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "bianfang"
OWNER = "owner"

RIGHTS: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("outreach.meetings", "carry_out"): (OWNER, Permission.MANAGE_MEETINGS),
    ("outreach.meetings", ""): (Permission.MANAGE_MEETINGS,),
    ("mechanisms.longterm", "change"): (Permission.ACCEPT_DEMAND,),
    ("mechanisms.longterm", "finish"): (
        OWNER,
        Permission.HANDLE_DEMAND,
        Permission.ACCEPT_DEMAND,
    ),
}
"""Who may, for tables that name no permission with the move; "" stands for every other move."""

ROUND_MOVES = {
    (RoundState.DRAFT, RoundState.ACTIVE): visit_enums.Verb.ROUND_STARTED,
    (RoundState.DRAFT, RoundState.CANCELLED): visit_enums.Verb.ROUND_CANCELLED,
    (RoundState.ACTIVE, RoundState.FINISHED): visit_enums.Verb.ROUND_FINISHED,
}
ROLL_MOVES = {
    RollState.CHECKED: roll_enums.Verb.ROLL_CHECKED,
    RollState.MERGING: roll_enums.Verb.ROLL_MERGE_BEGUN,
    RollState.MERGED: roll_enums.Verb.ROLL_MERGED,
    RollState.DISCARDED: roll_enums.Verb.ROLL_DISCARDED,
    RollState.FAILED: roll_enums.Verb.ROLL_FAILED,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class State:
    """A state, and who has to act next; `runs` tells whether the deadline can be missed in it."""

    name: str
    label: object
    owner: tuple[str, ...] = ()
    runs: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Arrow:
    """A move from one state (None: a birth) to another (None: stays)."""

    source: str | None
    target: str | None
    label: object
    may: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    otherwise: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Life:
    """Everything that one page shows."""

    key: str
    states: tuple[State, ...]
    arrows: tuple[Arrow, ...]


def lives() -> Iterator[Life]:
    """Every life that a `workflow.py` of the project holds, the ladder of reminders left out."""
    for name in packages():
        yield from SPECIAL.get(name, _of_rules)(name)


def packages() -> list[str]:
    """The packages with a workflow, such as `outreach.demands`, in the order of the floors."""
    floors = {"outreach": 0, "register": 1, "mechanisms": 2}
    found = [
        ".".join(path.parent.relative_to(PACKAGE).parts) for path in PACKAGE.rglob("workflow.py")
    ]
    return sorted(found, key=lambda name: (floors.get(name.partition(".")[0], 3), name))


def roles_of(permission: str) -> list[object]:
    """The words for the roles that hold the permission."""
    return [role.label for role in Role if Permission(permission) in ROLE_PERMISSIONS[role]]


def _of_rules(name: str) -> Iterator[Life]:
    """A life whose table is `RULES`: the common shape."""
    workflow = importlib.import_module(f"bianfang.{name}.workflow")
    enums = importlib.import_module(f"bianfang.{name}.enums")
    clock = getattr(workflow, "CLOCK_RUNS", None)
    states = tuple(
        State(
            name=str(state),
            label=enums.STATE_LABELS[state],
            owner=(owner,),
            runs=None if clock is None else state in clock,
        )
        for state, owner in workflow.OWNERS.items()
    )
    arrows = [
        arrow
        for move, rule in workflow.RULES.items()
        for arrow in _of_rule(name, move, rule, enums.MOVE_LABELS[move])
    ]
    order = [None, *(state.name for state in states)]
    arrows.sort(key=lambda arrow: order.index(arrow.source))
    yield Life(key=name, states=states, arrows=tuple(arrows))


def _of_rule(name: str, move: str, rule: Any, label: object) -> Iterator[Arrow]:
    held = (rule.permission,) if hasattr(rule, "permission") else _right(name, move)
    in_unit = getattr(rule, "in_unit", "")
    held = (*held, in_unit) if in_unit else held
    if name == "outreach.demands" and held == (Permission.HANDLE_DEMAND,):
        held = (OWNER, *held)
    plain = {"sources", "target", "permission", "requires", "in_unit"}
    otherwise = tuple(
        (field.name, str(value))
        for field in fields(rule)
        if field.name not in plain and (value := getattr(rule, field.name)) is not None
    )
    sources = [str(state) for state in type_of(rule).__members__.values() if state in rule.sources]
    for source in sources or (None,):
        yield Arrow(
            source=source,
            target=str(rule.target) if rule.target else None,
            label=label,
            may=held,
            requires=rule.requires,
            otherwise=otherwise,
        )


def type_of(rule: Any) -> type[StrEnum]:
    """The enum of the states that the rule speaks of."""
    known = next(iter(rule.sources), None) or rule.target
    return type(known)


def _right(name: str, move: str) -> tuple[str, ...]:
    return RIGHTS.get((name, move)) or RIGHTS[name, ""]


def _demands(name: str) -> Iterator[Life]:
    yield from _of_rules(name)
    labels = demand_enums.REQUEST_LABELS
    yield Life(
        key=f"{name}.request",
        states=_owned(demands.REQUEST_OWNERS, labels),
        arrows=tuple(
            Arrow(
                source=source,
                target=rule.target,
                label=labels[rule.target],
                may=(rule.permission or SYSTEM,),
                requires=rule.requires,
            )
            for rule in demands.REQUEST_RULES.values()
            for source in rule.sources or (None,)
        ),
    )


def _channels(name: str) -> Iterator[Life]:
    labels = channel_enums.STATE_LABELS
    yield Life(
        key=name,
        states=_owned(dict.fromkeys(channels.OWNERS, SYSTEM), labels),
        arrows=tuple(
            Arrow(source=source, target=rule.target, label=labels[rule.target], may=(SYSTEM,))
            for rule in channels.RULES.values()
            for source in channels.DeliveryState
            if source in rule.sources
        ),
    )


def _look_back(name: str) -> Iterator[Life]:
    yield from _of_rules(name)
    labels = lookback_enums.RESULT_LABELS
    may = (lookback.RULES[lookback.Move.RECORD].permission,)
    yield Life(
        key=f"{name}.check",
        states=tuple(
            State(name=result, label=labels[result], owner=may if after else ("nobody",))
            for result, after in lookback.NEXT_RESULTS.items()
        ),
        arrows=tuple(
            Arrow(
                source=result,
                target=following,
                label=labels[following],
                may=may,
                requires=lookback.RULES[lookback.Move.RECORD].requires,
            )
            for result, after in lookback.NEXT_RESULTS.items()
            for following in lookback.CheckResult
            if following in after
        ),
    )


def _visits(name: str) -> Iterator[Life]:
    yield Life(
        key=name,
        states=_owned(visits.OWNERS, visit_enums.ROUND_STATE_LABELS),
        arrows=tuple(
            Arrow(
                source=source,
                target=target,
                label=ROUND_MOVES[source, target].label,
                may=(visits.OWNERS[source],),
            )
            for source, targets in visits.MOVES.items()
            for target in RoundState
            if target in targets
        ),
    )
    yield Life(
        key=f"{name}.household",
        states=tuple(
            State(
                name=outcome,
                label=outcome.label,
                owner=(
                    ("nobody",)
                    if outcome is visit_enums.TargetOutcome.MET
                    else (Permission.RECORD_VISIT,)
                ),
            )
            for outcome in visit_enums.TargetOutcome
        ),
        arrows=tuple(_of_standings()),
    )


def _of_standings() -> Iterator[Arrow]:
    """What gives way to what when another visit, or the leaving, is told."""
    reasons: dict[visit_enums.TargetOutcome, object] = {
        settled: outcome.label for outcome, settled in visit_enums.SETTLING.items()
    }
    left = visit_enums.TargetOutcome.LEFT
    reasons[left] = left.label
    for source in visit_enums.TargetOutcome:
        for target, reason in reasons.items():
            if visits.RANK[target] < visits.RANK[source]:
                may = (SYSTEM,) if target is left else (Permission.RECORD_VISIT,)
                yield Arrow(source=source, target=target, label=reason, may=may)


SYSTEM = "system"


def _rolls(name: str) -> Iterator[Life]:
    workflow = importlib.import_module(f"bianfang.{name}.workflow")
    arrows = [
        Arrow(
            source=source,
            target=target,
            label=_roll_move(source, target),
            may=(SYSTEM if _is_job(target) else Permission.IMPORT_ROLL,),
        )
        for source, targets in workflow.MOVES.items()
        for target in RollState
        if target in targets
    ]
    yield Life(key=name, states=_owned(workflow.OWNERS, dict(ROLL_STATES)), arrows=tuple(arrows))


def _is_job(target: RollState) -> bool:
    return target not in {RollState.MERGING, RollState.DISCARDED}


def _roll_move(source: RollState, target: RollState) -> object:
    if (source, target) == (RollState.MERGING, RollState.CHECKED):
        return roll_enums.Verb.ROLL_MERGE_REFUSED.label
    return ROLL_MOVES[target].label


def _owned(owners: Mapping[Any, str], labels: Mapping[Any, object]) -> tuple[State, ...]:
    return tuple(
        State(name=str(state), label=labels[state], owner=(owner,))
        for state, owner in owners.items()
    )


def _none(name: str) -> Iterator[Life]:
    yield from ()


SPECIAL: Mapping[str, Callable[[str], Iterator[Life]]] = {
    "mechanisms.channels": _channels,
    "mechanisms.reminders": _none,
    "outreach.demands": _demands,
    "outreach.lookback": _look_back,
    "outreach.visits": _visits,
    "register.rolls": _rolls,
}
"""Packages whose tables have a shape of their own; every other one has `RULES` and `OWNERS`."""


def word_of(owner: str) -> words.Words | list[object]:
    """Who a name of the tables stands for: a word, or the roles that hold the permission."""
    known = {OWNER: words.OWNER, SYSTEM: words.SYSTEM, "nobody": words.NOBODY}
    return known.get(owner) or roles_of(owner)
