"""Who may add a photo, and who may take one away."""

from django.utils.translation import gettext as _

from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.visits.models import Visit
from bianfang.register.people.enums import Permission


def check_can_add_photo(actor: Actor, visit: Visit) -> None:
    """Only whoever wrote the visit down adds photos to it."""
    own = actor.staff_id is not None and visit.recorded_by_id == actor.staff_id
    if not (own and actor.may_at(Permission.RECORD_VISIT, visit.area_path)):
        raise NotAllowedError(_("Photos are added by whoever wrote the visit down."))


def can_remove_photo(actor: Actor, photo: Photo) -> bool:
    """Whoever added it, and the visiting office."""
    own = actor.staff_id is not None and photo.added_by_id == actor.staff_id
    return own or actor.may_at(Permission.MANAGE_ROUNDS, photo.visit.area_path)


def check_can_remove_photo(actor: Actor, photo: Photo) -> None:
    """Refuse everybody else."""
    if not can_remove_photo(actor, photo):
        raise NotAllowedError(
            _("A photo is removed by whoever added it, or by the visiting office.")
        )
