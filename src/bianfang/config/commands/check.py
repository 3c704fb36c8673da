"""`bianfang check`: is everything in its place? One line a matter; 1 when something is wrong."""

import argparse
import sys
from collections.abc import Callable, Iterator

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from bianfang.kernel import clock
from bianfang.kernel.crypto.current import open_sealed, seal
from bianfang.kernel.errors import DomainError
from bianfang.kernel.figures import FigureScope
from bianfang.kernel.tenancy import queries as tenancy
from bianfang.kernel.workcalendar import queries as workcalendar
from bianfang.mechanisms.figurebook import BOOK
from bianfang.register.areas import queries as areas

Finding = tuple[bool, str]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """None."""


def run(arguments: argparse.Namespace) -> int:
    """Print the findings."""
    sound = True
    for look in LOOKS:
        for good, sentence in look():
            sound &= good
            sys.stdout.write(f"{'ok   ' if good else 'WRONG'} {sentence}\n")
    return 0 if sound else 1


def _settings() -> Iterator[Finding]:
    try:
        call_command("check", verbosity=0)
    except SystemCheckError as error:
        yield False, f"settings: {error}"
        return
    yield True, f"settings; data in {settings.DATA_DIR}"


def _tables() -> Iterator[Finding]:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        yield False, f"{len(plan)} migrations are missing; `bianfang serve` applies them."
    else:
        yield True, f"tables are up to date ({connection.vendor})"


def _keys() -> Iterator[Finding]:
    label = b"check"
    try:
        sound = open_sealed(seal("遍访", label), label) == "遍访"
    except (DomainError, OSError) as error:
        yield False, f"keys: {error}"
        return
    yield sound, f"keys open what they sealed ({settings.BIANFANG_CIPHER})"


def _calendar() -> Iterator[Finding]:
    calendar, today = workcalendar.load_calendar(), clock.today()
    if calendar.covers(today):
        yield True, "work calendar covers today"
    else:
        yield False, "work calendar ends before today; paste the year's notice on its page."


def _links() -> Iterator[Finding]:
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            broken = cursor.execute("PRAGMA foreign_key_check").fetchall()
        yield not broken, f"links between records: {len(broken)} broken"


def _figures() -> Iterator[Finding]:
    for town in tenancy.list_towns():
        top = areas.get_town_area(town.id)
        scope = FigureScope(town_id=town.id, ranges=(top.reach,), as_of=clock.today())
        for figure in BOOK:
            if not figure.per_round:
                figure.value(scope)
        yield True, f"figures of {town.name} can be counted"


LOOKS: tuple[Callable[[], Iterator[Finding]], ...] = (
    _settings,
    _tables,
    _keys,
    _calendar,
    _links,
    _figures,
)
