"""Scoped reads of photos."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotFoundError
from bianfang.outreach.photos.models import Photo


def list_of_visit(*, actor: Actor, visit_id: UUID) -> "QuerySet[Photo]":
    """The photos of a visit, in the order they came."""
    return _listed(actor).filter(visit=visit_id)


def list_of_demand(*, actor: Actor, demand_id: UUID) -> "QuerySet[Photo]":
    """The photos of a demand, in the order they came."""
    return _listed(actor).filter(demand=demand_id)


def get_photo(*, actor: Actor, photo_id: UUID) -> Photo:
    """A photo that was not removed, with its visit and demand; NotFoundError out of scope."""
    return _only(_listed(actor), photo_id)


def get_photo_for_update(*, actor: Actor, photo_id: UUID) -> Photo:
    """The same, locked."""
    return _only(_listed(actor).select_for_update(of=("self",), no_key=True), photo_id)


def find_operation(*, town_id: UUID, operation_id: UUID) -> Photo | None:
    """What came of an operation before, removed or not."""
    return Photo.objects.in_town(town_id).filter(operation_id=operation_id).first()


def count_of_visit(*, town_id: UUID, visit_id: UUID) -> int:
    """How many photos a visit has."""
    return Photo.objects.in_town(town_id).kept().filter(visit=visit_id).count()


def _listed(actor: Actor) -> "QuerySet[Photo]":
    rows = Photo.objects.visible_to(actor).kept()
    return rows.select_related("visit", "demand", "added_by").order_by("id")


def _only(rows: "QuerySet[Photo]", photo_id: UUID) -> Photo:
    found = rows.filter(id=photo_id).first()
    if found is None:
        raise NotFoundError(_("There is no such photo."))
    return found
