"""`bianfang import-roll`: a household roll from the command line."""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import translation

from bianfang.config.commands import ready
from bianfang.config.commands.ready import CommandError
from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy import queries as tenancy
from bianfang.register.areas import actions as areas
from bianfang.register.people import queries as people
from bianfang.register.rolls.actions import checking, intake, merging
from bianfang.register.rolls.models import RollImport, RollProblem
from bianfang.register.rolls.queries import list_problems
from bianfang.register.rolls.reading.kinds import Kind, Severity
from bianfang.register.rolls.reading.messages import sentence
from bianfang.register.rolls.reading.notices import NoticeKind, notice_sentence
from bianfang.register.rolls.workflow import RollState

SHOWN = 8
SEVERITIES = (Severity.ERROR, Severity.WARNING, Severity.FIXED, Severity.KEPT)


class _OnlyLooked(Exception):  # noqa: N818  # not an error: it takes the transaction back
    """Nothing is kept of a mere report."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which file, which town."""
    parser.add_argument("file", help="an .xlsx workbook")
    parser.add_argument("--town", required=True, help="the town's name; made if it is not here")
    parser.add_argument("--county", default="", help="the county's name, for a new town")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day of the roll")
    parser.add_argument("--merge", action="store_true", help="put it into the register")
    parser.add_argument("--language", choices=("zh-hans", "en"), default="en")


def run(arguments: argparse.Namespace) -> int:
    """Report; with --merge also carry out. 1 when nothing could be taken in."""
    ready.prepare()
    path = Path(arguments.file)
    if not path.is_file():
        msg = f"there is no file {path}; name an .xlsx workbook."
        raise CommandError(msg)
    usable = False
    with translation.override(arguments.language):
        try:
            with transaction.atomic():
                usable = _import(arguments, path)
                if not (usable and arguments.merge):
                    raise _OnlyLooked
        except _OnlyLooked:
            pass
    return 0 if usable else 1


def _import(arguments: argparse.Namespace, path: Path) -> bool:
    actor = _actor(arguments)
    roll = intake.upload_roll(
        actor=actor,
        file_name=path.name,
        content=path.read_bytes(),
        as_of=arguments.as_of or clock.today(),
    )
    try:
        return _carry_out(arguments, path, actor, roll)
    finally:
        storage.remove(roll.file_key)


def _carry_out(arguments: argparse.Namespace, path: Path, actor: Actor, roll: RollImport) -> bool:
    roll = checking.check_roll(actor=actor, roll_id=roll.id)
    _report(actor, roll)
    if roll.state == RollState.FAILED:
        _say(f"nothing to take in from {path.name}: {roll.failure or 'no row can be imported'}")
        return False
    if not arguments.merge:
        _say(f"only looked: {_sum(roll)}; --merge takes it in.")
        return True
    roll = merging.merge_roll(actor=actor, roll_id=roll.id)
    done = {name[4:]: n for name, n in roll.counts.items() if name.startswith("did_")}
    did = ", ".join(f"{n:,} {name.replace('_', ' ')}" for name, n in sorted(done.items()))
    _say(f"merged {path.name}: {_sum(roll)}; {did or 'nothing had changed'}.")
    return True


def _actor(arguments: argparse.Namespace) -> Actor:
    town = tenancy.find_town(arguments.town)
    if town is None:
        town = areas.create_town(name=arguments.town, county_name=arguments.county)
        _say(f"{town.name}: a new town.")
    return people.system_actor(town_id=town.id, name="bianfang import-roll")


def _report(actor: Actor, roll: RollImport) -> None:
    for sheet in roll.understood.get("sheets", ()):
        _report_sheet(sheet)
    _report_problems(list(list_problems(actor=actor, roll=roll)))


def _report_sheet(sheet: dict[str, Any]) -> None:
    read = [c["header"] for c in sheet["columns"] if c["use"] == "read"]
    unread = [c["header"] for c in sheet["columns"] if c["use"] != "read"]
    _say(f"sheet {sheet['name']}: {sheet['outcome']}, {sheet['people']:,} people")
    if read:
        _say(f"  columns read: {' '.join(read)}")
    if unread:
        _say(f"  not read: {' '.join(unread)}")
    for notice in sheet["notices"]:
        _say(f"  {notice_sentence(NoticeKind(notice['kind']), notice['values'])}")


def _report_problems(problems: list[RollProblem]) -> None:
    counted = Counter(problem.severity for problem in problems)
    for severity in SEVERITIES:
        if counted[severity.value]:
            _say(f"{severity.value}: {counted[severity.value]}")
    grave = [problem for problem in problems if problem.severity == Severity.ERROR.value]
    for problem in grave[:SHOWN]:
        words = sentence(
            kind=Kind(problem.kind),
            severity=Severity(problem.severity),
            read=problem.read,
            value=problem.value_after,
            column=problem.column,
            hint=problem.hint,
        )
        _say(f"  {problem.sheet} {problem.cell}: {words}")
    if len(grave) > SHOWN:
        _say(f"  … and {len(grave) - SHOWN} more; the page of the import marks them in your file.")


def _sum(roll: RollImport) -> str:
    counts = roll.counts
    statuses = ", ".join(
        f"{n:,} {name.removeprefix('status_')}"
        for name, n in sorted(counts.items())
        if name.startswith("status_")
    )
    return (
        f"{counts['households']:,} households ({statuses}), {counts['people']:,} people; "
        f"{counts['rows_refused']} rows refused"
    )


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
