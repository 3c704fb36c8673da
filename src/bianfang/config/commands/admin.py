"""`bianfang admin`: the account that makes all others."""

import argparse
import getpass
import sys

from bianfang.config.commands import ready, towns
from bianfang.kernel import clock
from bianfang.register.areas import queries as areas
from bianfang.register.people import actions as people
from bianfang.register.people import queries as people_queries
from bianfang.register.people.enums import Role


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Whose account."""
    parser.add_argument("username")
    parser.add_argument("--name", default="系统管理员", help="the person's name")
    parser.add_argument("--town", default="")
    parser.add_argument("--password-stdin", action="store_true", help="read it from standard input")


def run(arguments: argparse.Namespace) -> int:
    """Make the account with the role of system administrator, or give it a new password."""
    ready.prepare()
    town = towns.pick(arguments.town)
    actor = people_queries.system_actor(town_id=town.id, name="bianfang admin")
    password = _password(from_stdin=arguments.password_stdin)
    known = people_queries.find_staff(town_id=town.id, username=arguments.username)
    if known:
        people.set_password(actor=actor, staff_id=known.id, password=password)
        sys.stdout.write(f"{known.username}: new password set.\n")
        return 0
    staff = people.create_staff(
        actor=actor, username=arguments.username, name=arguments.name, password=password
    )
    people.give_post(
        actor=actor,
        staff_id=staff.id,
        role=Role.SYSTEM_ADMIN,
        area_id=areas.get_town_area(town.id).id,
        valid_from=clock.today(),
    )
    sys.stdout.write(f"{staff.username}: account made; it can sign in now.\n")
    return 0


def _password(*, from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass("Password (10 characters or more): ")
