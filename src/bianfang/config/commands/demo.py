"""`bianfang demo`: the invented town of the founding text, built by the actions that staff use."""

import argparse
import os
import sys
from datetime import date

from django.conf import settings
from django.db import connection, transaction

from bianfang.config.commands import ready, serve
from bianfang.config.commands.ready import CommandError
from bianfang.demo.building.build import build_demo
from bianfang.kernel import clock
from bianfang.kernel.tenancy import queries as tenancy


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """As of which day, and whether to serve it."""
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day it is shown on")
    parser.add_argument("--no-serve", action="store_true", help="build and stop")
    parser.add_argument("--fresh", action="store_true", help="throw the demo away and build anew")
    serve.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """Build it where there is none, in one transaction: all of it or nothing; then serve it."""
    os.environ["BIANFANG_DEMO"] = "1"
    if arguments.fresh:
        _throw_away()
    ready.prepare()
    towns = list(tenancy.list_towns())
    if any(not town.is_demo for town in towns):
        msg = (
            f"a real town lives in {settings.DATA_DIR}; the demo does not move in with it. "
            "Name another folder in BIANFANG_DATA_DIR."
        )
        raise CommandError(msg)
    if towns:
        _say(f"{towns[0].name} is here already (--fresh builds it anew).")
    else:
        as_of = arguments.as_of or clock.today()
        with transaction.atomic():
            build_demo(as_of=as_of, say=_say)
        _count_rows()
    if not arguments.no_serve:
        connection.close()
        serve.become_server(arguments)
    return 0


def _count_rows() -> None:
    """Tell the planner at once what the tables hold: it would guess until the database looks."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _throw_away() -> None:
    if connection.vendor != "sqlite":
        msg = "--fresh works on SQLite only; empty the PostgreSQL database by hand."
        raise CommandError(msg)
    if connection.introspection.table_names() and any(
        not town.is_demo for town in tenancy.list_towns()
    ):
        msg = f"a real town lives in {settings.DATA_DIR}; it is not thrown away."
        raise CommandError(msg)
    connection.close()
    for file in settings.DATA_DIR.glob("bianfang.sqlite3*"):
        file.unlink()


def _say(sentence: str) -> None:
    sys.stdout.write(f"{sentence}\n")
    sys.stdout.flush()
