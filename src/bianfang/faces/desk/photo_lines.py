"""Photos beside a visit or a demand: small, with words in their place, opening large."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from bianfang.faces.desk.addresses import address
from bianfang.faces.desk.area_choice import chosen_path
from bianfang.faces.desk.requests import DeskRequest
from bianfang.kernel import clock
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.photos import policies, queries
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.visits.models import Visit


@dataclass(frozen=True, kw_only=True, slots=True)
class PhotoLine:
    """A photo with its words, its two sizes, and the page on which it is removed."""

    photo: Photo
    words: str
    caption: str
    href: str
    small: str
    remove_href: str


def photos_of_visit(request: DeskRequest, visit: Visit) -> list[PhotoLine]:
    """All photos of the visit, those of its demands too; one query."""
    found = queries.list_of_visit(actor=request.actor, visit_id=visit.id)
    return [_line(request, one, one.demand.number if one.demand else "") for one in found]


def photos_of_demand(request: DeskRequest, demand: Demand) -> list[PhotoLine]:
    """The photos that show the demand; one query, and none where no visit brought it."""
    if demand.visit_id is None:
        return []
    found = queries.list_of_demand(actor=request.actor, demand_id=demand.id)
    return [_line(request, one, "") for one in found]


def words_for(photo: Photo) -> str:
    """What stands in place of the picture for whoever does not see it."""
    day = clock.local(photo.visit.happened_at).date().isoformat()
    if photo.demand is None:
        return _("Photo of the visit on %(day)s") % {"day": day}
    facts = {"number": photo.demand.number, "day": day}
    return _("Photo of demand %(number)s, visit on %(day)s") % facts


def _line(request: DeskRequest, photo: Photo, caption: str) -> PhotoLine:
    path, may_remove = chosen_path(request), policies.can_remove_photo(request.actor, photo)
    return PhotoLine(
        photo=photo,
        words=words_for(photo),
        caption=caption,
        href=address(path, "photos:show", photo.id),
        small=address("", "photos:small", photo.id),
        remove_href=address(path, "photos:remove", photo.id) if may_remove else "",
    )
