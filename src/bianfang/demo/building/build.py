"""The whole demonstration, from an empty register to the day it is shown on."""

import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

from bianfang.demo import demands, people, roll, timeline, town, visits
from bianfang.demo.building.campaigns import Campaigns, villages_of
from bianfang.demo.building.deadlines import plan_reminders, set_rules
from bianfang.demo.building.detours import Detours
from bianfang.demo.building.found_changes import plan_found_changes
from bianfang.demo.building.ground import Ground, lay_ground
from bianfang.demo.building.half_year import plan_half_year
from bianfang.demo.building.look_backs import LookBacks
from bianfang.demo.building.measures import plan_measures
from bianfang.demo.building.meetings import Meetings
from bianfang.demo.building.phones import plan_phones
from bianfang.demo.building.rounds import CLERK, Rounds
from bianfang.demo.building.script import Script
from bianfang.demo.building.stories import Stories
from bianfang.demo.building.words import Words
from bianfang.demo.people import DemoHousehold
from bianfang.demo.seeds import DEFAULT_SEED
from bianfang.kernel import clock
from bianfang.register.households.models import Household, Resident
from bianfang.register.rolls.actions import checking, intake, merging

Say = Callable[[str], None]


def build_demo(*, as_of: date, say: Say, seed: int = DEFAULT_SEED) -> Ground:
    """Build it inside the caller's transaction; tells what it is at."""
    began = time.monotonic()
    line = timeline.build_timeline(as_of=as_of)
    plan = town.build_town(as_of=as_of, seed=seed)
    households = people.build_households(as_of=line.roll_date, seed=seed)
    book = demands.build_demands(town=plan, households=households, timeline=line, seed=seed)
    visited = visits.plan_visits(
        town=plan, households=households, book=book, timeline=line, seed=seed
    )
    say(f"Founding the town as it was on {line.staff_since} …")
    ground = lay_ground(plan, since=line.staff_since)
    say(f"Importing the roll of {line.roll_date}: {len(households):,} households …")
    import_roll(ground, households, day=line.roll_date)
    say(f"Playing two rounds: {len(visited):,} visits, {len(book.demands)} demands …")
    script = Script()
    rounds = Rounds(ground=ground, households=household_ids(ground), timeline=line, script=script)
    carried = Campaigns(
        ground=ground, rounds=rounds, script=script, villages=villages_of(households)
    )
    stories = Stories(
        ground=ground,
        rounds=rounds,
        script=script,
        residents=resident_ids(ground),
        campaigns=carried,
    )
    apart = {id(visit) for visit in carried.plan(visited)}
    rounds.plan([visit for visit in visited if id(visit) not in apart])
    stories.plan(book, visited)
    plan_reminders(ground, first=line.roll_date, last=as_of, script=script)
    Detours(stories=stories).plan(book, as_of=as_of)
    Meetings(ground=ground, stories=stories, script=script, timeline=line).plan(book)
    Words(ground=ground, stories=stories, script=script, as_of=as_of).plan(book)
    LookBacks(ground=ground, script=script, as_of=as_of, seed=seed).plan()
    plan_half_year(ground, rounds, script)
    plan_measures(ground, rounds, script)
    plan_found_changes(ground, rounds, script)
    plan_phones(ground, rounds, script)
    script.play()
    set_rules(ground, as_of=as_of)
    say(f"Built in {time.monotonic() - began:.0f} s; shown as of {as_of}.")
    return ground


def import_roll(ground: Ground, households: tuple[DemoHousehold, ...], *, day: date) -> None:
    """Write the roll as an office keeps it and take it in by the import that staff use."""
    with clock.at(clock.in_town(day, 14)), tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "住户花名册.xlsx"
        roll.write_households(path, households, as_of=day)
        actor = ground.actor(CLERK)
        made = intake.upload_roll(
            actor=actor, file_name=path.name, content=path.read_bytes(), as_of=day
        )
        checking.check_roll(actor=actor, roll_id=made.id)
        merging.merge_roll(actor=actor, roll_id=made.id)


def household_ids(ground: Ground) -> dict[str, UUID]:
    """Households by the number on the roll."""
    rows = Household.objects.in_town(ground.town.id).order_by("number")
    return dict(rows.values_list("number", "id"))


def resident_ids(ground: Ground) -> dict[str, UUID]:
    """Residents by their identity number."""
    rows = Resident.objects.in_town(ground.town.id).order_by("id").only("id", "id_number")
    return {person.id_number: person.id for person in rows}
