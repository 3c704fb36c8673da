"""Adding a photo to a visit, and taking it away."""

import hashlib
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from bianfang.kernel import clock, storage
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import FieldError
from bianfang.kernel.journal import actions as journal
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import one as demands
from bianfang.outreach.photos import policies, queries
from bianfang.outreach.photos.actions import pictures
from bianfang.outreach.photos.enums import Verb
from bianfang.outreach.photos.errors import SentTwiceError
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.visits.models import Visit
from bianfang.outreach.visits.queries.visits import get_visit_for_update

MOST_OF_A_VISIT = 6
LEAST_REASON, LONGEST_REASON = 2, 400


@transaction.atomic
def add_photo(
    *, actor: Actor, operation_id: UUID, visit_id: UUID, demand_place: int | None, content: bytes
) -> Photo:
    """Keep a photo of a visit that the actor wrote down, or of the demand at that place in it.

    A repeated operation gives what is stored; with other content it is refused (SentTwiceError).
    """
    visit = get_visit_for_update(actor=actor, visit_id=visit_id)
    policies.check_can_add_photo(actor, visit)
    sent = _digest(visit_id, demand_place, content)
    before = queries.find_operation(town_id=actor.town_id, operation_id=operation_id)
    if before is not None:
        if (before.sent_digest, before.added_by_id) != (sent, actor.staff_id):
            raise SentTwiceError
        return before
    demand = _demand_at(actor, visit, demand_place)
    if queries.count_of_visit(town_id=actor.town_id, visit_id=visit.id) >= MOST_OF_A_VISIT:
        raise FieldError(
            "file", _("A visit has at most %(most)d photos.") % {"most": MOST_OF_A_VISIT}
        )
    photo = Photo(
        town_id=actor.town_id,
        visit=visit,
        demand=demand,
        operation_id=operation_id,
        sent_digest=sent,
        added_by_id=actor.person_id,
        added_at=clock.now(),
    )
    _keep(photo, pictures.clean(content))
    facts = {"demand": demand.number} if demand else {}
    journal.record(actor=actor, verb=Verb.ADDED, target=visit, facts=facts)
    return photo


@transaction.atomic
def remove_photo(*, actor: Actor, photo_id: UUID, reason: str) -> Photo:
    """Take a photo away for a reason that is kept; its file is gone with the commit."""
    photo = queries.get_photo_for_update(actor=actor, photo_id=photo_id)
    policies.check_can_remove_photo(actor, photo)
    reason = reason.strip()
    if not LEAST_REASON <= len(reason) <= LONGEST_REASON:
        raise FieldError("reason", _("Say in a few words why."))
    photo.removed_at, photo.removed_by_id = clock.now(), actor.person_id
    photo.save(update_fields=["removed_at", "removed_by"])
    journal.record(actor=actor, verb=Verb.REMOVED, target=photo.visit, reason=reason)
    transaction.on_commit(lambda: storage.remove(photo.key))
    return photo


def _demand_at(actor: Actor, visit: Visit, place: int | None) -> Demand | None:
    if place is None:
        return None
    brought = list(demands.list_of_visits(actor=actor, visit_ids=[visit.id]))
    if not 0 <= place < len(brought):
        raise FieldError("demand", _("The visit brought no such demand."))
    return brought[place]


def _keep(photo: Photo, picture: pictures.Picture) -> None:
    """The file first: a row without its file would be a promise that is not kept."""
    stored = storage.keep(picture.content, suffix=".jpg")
    photo.key, photo.digest, photo.size = stored.key, stored.digest, len(picture.content)
    photo.width, photo.height = picture.width, picture.height
    try:
        photo.save(force_insert=True)
    except BaseException:
        storage.remove(stored.key)
        raise


def _digest(visit_id: UUID, demand_place: int | None, content: bytes) -> str:
    """A word for all that was sent under the operation."""
    found = hashlib.sha256(f"{visit_id} {demand_place} ".encode())
    found.update(content)
    return found.hexdigest()
