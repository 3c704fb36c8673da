"""Pictures as phones send them, and photos of visits."""

import io
from uuid import UUID

from PIL import Image

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.actions.outings import VisitWithDemands, record_visit_with_demands
from bianfang.outreach.demands.enums import Source
from bianfang.outreach.demands.tests.factories import SmallTown, words
from bianfang.outreach.photos.actions.keeping import add_photo
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.visits.actions.inputs import VisitInput
from bianfang.outreach.visits.enums import VisitMode, VisitOutcome
from bianfang.outreach.visits.models import Visit

PLACE, MADE_BY = 0x8825, 0x010F
"""Tags of Exif: where it was taken, and by what."""


def picture(
    kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), colour: str = "teal", turned: int = 0
) -> bytes:
    """A picture with all that a camera writes into it."""
    made = io.BytesIO()
    exif = Image.Exif()
    exif[MADE_BY] = "invented"
    exif.get_ifd(PLACE)[1] = "N"
    if turned:
        exif[0x0112] = turned
    Image.new("RGB", size, colour).save(made, kind, exif=exif)
    return made.getvalue()


def visit(town: SmallTown, *, demands: int = 0, by: str = "secretary") -> VisitWithDemands:
    """A visit to the upper village's household that brought so many demands."""
    actor = town.actors[by]
    return record_visit_with_demands(
        actor=actor,
        visit=VisitInput(
            household_id=town.household.id,
            mode=VisitMode.DAY,
            outcome=VisitOutcome.MET,
            happened_at=clock.now(),
            visitor_ids=(actor.person_id,),
        ),
        demands=[
            words(town, source=Source.VISIT, household_id=None, content=f"第{place}件事，路灯不亮")
            for place in range(demands)
        ],
    )


def photo(
    actor: Actor,
    of: Visit,
    *,
    place: int | None = None,
    content: bytes = b"",
    operation_id: UUID | None = None,
) -> Photo:
    """A photo of a visit, of the demand at that place in it."""
    return add_photo(
        actor=actor,
        operation_id=operation_id or new_id(),
        visit_id=of.id,
        demand_place=place,
        content=content or picture(),
    )
