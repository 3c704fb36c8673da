"""A photo that a phone brings home after its visit."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from bianfang.faces.field import asked
from bianfang.faces.field.api import (
    Answer,
    FieldRequest,
    Refusal,
    bad_request,
    field_api,
    too_large,
)
from bianfang.kernel.errors import DomainError, FieldErrors, NotAllowedError, NotFoundError
from bianfang.outreach.photos.actions.keeping import add_photo
from bianfang.outreach.photos.actions.pictures import MOST_BYTES
from bianfang.outreach.photos.errors import SentTwiceError

AROUND = 100_000
"""What a form may have besides its file."""


@field_api("POST")
def photo(request: FieldRequest) -> Answer:
    """Keep one photo of an accepted visit, once; a photo that is refused names the reason."""
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES + AROUND:
        raise too_large()
    sent = request.FILES.get("file")
    if sent is None:
        raise bad_request(_("The photo itself is missing."))
    operation_id = asked.key_of(request.POST, "operation_id")
    visit_id = asked.key_of(request.POST, "visit_id")
    try:
        kept = add_photo(
            actor=request.actor,
            operation_id=operation_id,
            visit_id=visit_id,
            demand_place=_place(request.POST.get("demand", "")),
            content=sent.read(),
        )
    except SentTwiceError as error:
        raise Refusal(409, "different") from error
    except (NotAllowedError, NotFoundError):
        raise
    except DomainError as error:
        return _rejected(operation_id, error)
    return {"id": str(operation_id), "state": "accepted", "receipt": kept.receipt}


def _rejected(operation_id: UUID, error: DomainError) -> dict[str, Any]:
    errors = error.errors if isinstance(error, FieldErrors) else {"": error.message}
    words = {name: str(sentence) for name, sentence in errors.items()}
    return {"id": str(operation_id), "state": "rejected", "errors": words}


def _place(typed: object) -> int | None:
    """The place of a demand among those of the visit; nothing for the visit itself."""
    text = str(typed)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len("99")):
        raise bad_request(_("Say by its place which demand the photo shows."))
    return int(text)
