"""What a change of the tree does to the households in it."""

from datetime import date
from uuid import UUID

from django.db import transaction

from bianfang.kernel.actor import Actor
from bianfang.register.areas import actions as area_actions
from bianfang.register.areas import queries as areas
from bianfang.register.areas.models import Area
from bianfang.register.households import policies, queries
from bianfang.register.households.actions.households import move_households


@transaction.atomic
def close_area(*, actor: Actor, area_id: UUID, successor_id: UUID, on: date) -> Area:
    """End an area in favour of another of its kind; households of a hamlet move there with it."""
    area = areas.get_area(actor=actor, area_id=area_id)
    if queries.has_households(town_id=actor.town_id, hamlet_id=area.id):
        policies.check_day(on)
        move_households(actor=actor, from_area_id=area.id, to_area_id=successor_id, on=on)
    return area_actions.close_area(actor=actor, area_id=area_id, successor_id=successor_id, on=on)
