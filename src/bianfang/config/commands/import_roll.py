"""`bianfang import-roll`: a household roll from the command line."""

import argparse
import sys
from datetime import date
from pathlib import Path

from django.db import transaction
from django.utils import translation

from bianfang.config.commands import ready, roll_report
from bianfang.config.commands.ready import CommandError
from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.tenancy import queries as tenancy
from bianfang.register.areas import actions as areas
from bianfang.register.people import queries as people
from bianfang.register.rolls.actions import checking, intake, merging
from bianfang.register.rolls.models import RollImport
from bianfang.register.rolls.workflow import RollState


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
    """Report; with --merge also carry out. 1 only when nothing at all could be taken in."""
    ready.prepare()
    path = Path(arguments.file)
    if not path.is_file():
        msg = f"there is no file {path}; name an .xlsx workbook."
        raise CommandError(msg)
    is_usable = False
    with translation.override(arguments.language):
        try:
            with transaction.atomic():
                is_usable = _import(arguments, path)
                if not (is_usable and arguments.merge):
                    raise _OnlyLooked
        except _OnlyLooked:
            pass
    return 0 if is_usable else 1


def _import(arguments: argparse.Namespace, path: Path) -> bool:
    actor = _actor(arguments)
    roll = intake.upload_roll(
        actor=actor,
        file_name=path.name,
        content=path.read_bytes(),
        as_of=arguments.as_of or clock.today(),
    )
    try:
        roll = checking.check_roll(actor=actor, roll_id=roll.id)
        roll_report.report(actor, roll, _say)
        if arguments.merge and roll.state == RollState.CHECKED:
            roll = merging.merge_roll(actor=actor, roll_id=roll.id)
    finally:
        storage.remove(roll.file_key)
    _conclude(roll)
    return roll.state != RollState.FAILED


def _conclude(roll: RollImport) -> None:
    """What came of it, in the last line."""
    if roll.state == RollState.FAILED:
        _say(f"nothing to take in from {roll.file_name}: {roll.failure or 'no row can be used'}")
    elif roll.state == RollState.MERGED:
        _say(f"done: {roll_report.done(roll)}")
        _say(f"merged {roll.file_name}: {roll_report.total(roll)}")
    else:
        _say(f"only looked at {roll.file_name}: {roll_report.total(roll)}; --merge takes it in")


def _actor(arguments: argparse.Namespace) -> Actor:
    town = tenancy.find_town(arguments.town)
    if town is None:
        town = areas.create_town(name=arguments.town, county_name=arguments.county)
        _say(f"{town.name}: a new town")
    return people.system_actor(town_id=town.id, name="bianfang import-roll")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
