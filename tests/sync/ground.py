"""A town of its own for a server process: made, and counted afterwards, by a process of its own.

The server is killed again and again, so that it cannot share the test's own database.
"""

import json
import sys
from typing import Any

from bianfang.config.commands import ready
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.visits.enums import EntryChannel
from bianfang.outreach.visits.models import Visit
from bianfang.register.households.models import HeldChange, Household
from tests.journeys.town import PASSWORD, found_town, settle


def found() -> dict[str, Any]:
    """Keys, tables, town, roll, round; what the phone needs to know to write visits."""
    ready.prepare()
    town = found_town()
    settle(town)
    households = town.households()
    return {
        "password": PASSWORD,
        "staff": str(town.staff["cadre"].id),
        "category": str(town.category.id),
        "households": [{"id": str(one.id), "door": one.door} for one in households],
    }


def count() -> dict[str, Any]:
    """What is stored: what came from the phone page, doors, and what waits to be decided."""
    visits = Visit.objects.filter(channel=EntryChannel.FIELD)
    demands = Demand.objects.filter(visit__in=visits)
    return {
        "visits": sorted(str(one) for one in visits.values_list("id", flat=True)),
        "demands": sorted(demands.values_list("content", flat=True)),
        "doors": {str(one.id): one.door for one in Household.objects.all()},
        "held": sorted(one.sent for one in HeldChange.objects.all()),
    }


def main(what: str) -> None:
    """Say it as JSON."""
    json.dump({"found": found, "count": count}[what](), sys.stdout)
