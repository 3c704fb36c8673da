"""What `bianfang import-roll` tells of a roll: columns, problems, differences, totals."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from bianfang.kernel.actor import Actor
from bianfang.register.rolls import queries
from bianfang.register.rolls.enums import LEFT_TO_PEOPLE, DiffKind
from bianfang.register.rolls.models import RollImport, RollProblem
from bianfang.register.rolls.reading.kinds import Kind, Severity
from bianfang.register.rolls.reading.messages import sentence
from bianfang.register.rolls.reading.notices import NoticeKind, notice_sentence

EXAMPLES = 2
MEANINGS = {
    Severity.ERROR: "rows refused because of them",
    Severity.WARNING: "taken in; please look",
    Severity.FIXED: "put right",
    Severity.KEPT: "odd, and kept as they are",
}
DONE = {
    "households_new": "new households",
    "households_changed": "changed households",
    "households_returned": "households back",
    "households_ended": "households ended",
    "residents_new": "new people",
    "residents_changed": "changed people",
    "residents_moved": "moved people",
    "residents_returned": "people back",
    "residents_ended": "people ended",
    "heads_changed": "other heads",
    "waiting": "differences left for the next check",
}
PLACES = {
    "communities": ("community", "communities"),
    "villages": ("village", "villages"),
    "hamlets": ("hamlet", "hamlets"),
}
STATUSES = ("resident", "away", "vacant", "unknown")

Say = Callable[[str], None]


def report(actor: Actor, roll: RollImport, say: Say) -> None:
    """Everything that a person needs to decide whether to merge."""
    for sheet in roll.understood.get("sheets", ()):
        _report_sheet(sheet, say)
    _report_problems(list(queries.list_problems(actor=actor, roll=roll)), say)
    _report_differences(actor, roll, say)


def total(roll: RollImport) -> str:
    """Places, households and people of the roll in one sentence."""
    counts = roll.counts
    statuses = ", ".join(
        f"{counts[f'status_{status}']:,} {status}"
        for status in STATUSES
        if counts.get(f"status_{status}")
    )
    places = ", ".join(_many(counts[name], *words) for name, words in PLACES.items())
    households = _many(counts["households"], "household", "households")
    people = _many(counts["people"], "person", "people")
    refused = _many(counts["rows_refused"], "row refused", "rows refused")
    return f"{places}; {households} ({statuses}), {people}; {refused}"


def done(roll: RollImport) -> str:
    """What merging did."""
    acts = [
        f"{roll.counts[f'did_{name}']:,} {words}"
        for name, words in DONE.items()
        if roll.counts.get(f"did_{name}")
    ]
    return ", ".join(acts) or "nothing had changed"


def _report_sheet(sheet: Mapping[str, Any], say: Say) -> None:
    read = [c["header"] for c in sheet["columns"] if c["use"] == "read"]
    unread = [c["header"] for c in sheet["columns"] if c["use"] != "read"]
    say(f"sheet {sheet['name']}: {sheet['outcome']}, {sheet['people']:,} people")
    if read:
        say(f"  columns read: {' '.join(read)}")
    if unread:
        say(f"  not read: {' '.join(unread)}")
    for notice in sheet["notices"]:
        say(f"  {notice_sentence(NoticeKind(notice['kind']), notice['values'])}")


def _report_problems(problems: Iterable[RollProblem], say: Say) -> None:
    """By severity and kind; of what needs a person, the first cells and how to mend them."""
    sorted_out: dict[str, dict[str, list[RollProblem]]] = defaultdict(lambda: defaultdict(list))
    for problem in problems:
        sorted_out[problem.severity][problem.kind].append(problem)
    for severity, meaning in MEANINGS.items():
        kinds = sorted_out[severity.value]
        if kinds:
            number = sum(map(len, kinds.values()))
            say(f"{severity.value}: {_many(number, 'cell', 'cells')}, {meaning}")
        for kind, found in sorted(kinds.items()):
            say(f"  {kind}: {len(found):,}")
            if severity in {Severity.ERROR, Severity.WARNING}:
                for problem in found[:EXAMPLES]:
                    say(f"    {problem.sheet} {problem.cell}: {_words(problem)}")


def _words(problem: RollProblem) -> str:
    return sentence(
        kind=Kind(problem.kind),
        severity=Severity(problem.severity),
        read=problem.read,
        value=problem.value_after,
        column=problem.column,
        hint=problem.hint,
    )


def _report_differences(actor: Actor, roll: RollImport, say: Say) -> None:
    for kind in DiffKind:
        number = roll.counts.get(kind.value, 0)
        if number:
            is_left = kind in LEFT_TO_PEOPLE
            say(f"{kind.label}: {number:,}" + (" (left for a person to decide)" if is_left else ""))
            if is_left:
                for diff in queries.list_diffs(actor=actor, roll=roll, kind=kind)[:EXAMPLES]:
                    say(f"  household {diff.household_number}")


def _many(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
