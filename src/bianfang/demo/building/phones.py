"""Phones of a few cadres, one of them lost, and photos of the last visits that brought demands."""

import io
from datetime import time

from PIL import Image, ImageDraw

from bianfang.demo.building.ground import Ground
from bianfang.demo.building.rounds import Rounds
from bianfang.demo.building.script import Script, moment
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one
from bianfang.outreach.photos.actions.keeping import add_photo
from bianfang.register.phones.actions import ask_to_empty, register_phone

USED = time(9, 50)
USERS = ("cadre01", "worker011", "visits.1")
NAME, LOST = "Android Chrome", "Android（旧）"
CATEGORIES = ("roads", "drainage", "sanitation")
PHOTOS = 3
SIZE = (1200, 900)


def plan_phones(ground: Ground, rounds: Rounds, script: Script) -> None:
    """On the day of the showing."""
    script.plan(moment(rounds.timeline.as_of, USED), lambda: use_phones(ground))


def use_phones(ground: Ground) -> None:
    """Each cadre has a phone; the first one lost an old one; three demands get a photo."""
    for name in USERS:
        register_phone(actor=ground.actor(name), phone_id=new_id(), name=NAME)
    owner = ground.actor(USERS[0])
    lost = register_phone(actor=owner, phone_id=new_id(), name=LOST)
    ask_to_empty(actor=owner, phone_id=lost.id)
    rows = Demand.objects.in_town(ground.town.id).filter(
        category__code__in=CATEGORIES, visit__isnull=False
    )
    rows = rows.select_related("visit__recorded_by").order_by("-registered_at", "-id")
    for number, demand in enumerate(rows[:PHOTOS]):
        _photograph(ground, demand, number)


def _photograph(ground: Ground, demand: Demand, number: int) -> None:
    visit = demand.visit
    assert visit is not None
    actor = ground.actor(visit.recorded_by.username)
    brought = list(one.list_of_visits(actor=actor, visit_ids=[visit.id]))
    add_photo(
        actor=actor,
        operation_id=new_id(),
        visit_id=visit.id,
        demand_place=brought.index(demand),
        content=draw_lane(number),
    )


def draw_lane(number: int) -> bytes:
    """An invented lane between walls, with a puddle that lies elsewhere each time."""
    width, height = SIZE
    horizon, middle = height * 2 // 5, width // 2
    picture = Image.new("RGB", SIZE, (176, 200, 214))
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, horizon, width, height), fill=(150, 158, 112))
    pen.polygon(
        [(middle - 60, horizon), (middle + 60, horizon), (width, height), (0, height)],
        fill=(168, 160, 150),
    )
    pen.polygon([(0, 120), (middle - 60, horizon), (0, height)], fill=(182, 142, 116))
    pen.polygon([(width, 120), (middle + 60, horizon), (width, height)], fill=(190, 152, 126))
    left, top = 300 + 180 * number, 620 + 40 * number
    pen.ellipse((left, top, left + 300, top + 90), fill=(98, 108, 116))
    made = io.BytesIO()
    picture.save(made, "JPEG", quality=85)
    return made.getvalue()
