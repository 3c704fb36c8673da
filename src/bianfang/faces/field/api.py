"""One kind of view for everything the phone page asks: JSON in, JSON out, never a page.

What goes wrong is a status with a `code` and, where a person has to do something, a sentence; both
are listed in `docs/how-to/field-api.md`.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest, HttpResponse, JsonResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _

from bianfang.faces.desk import errors
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import DomainError, NotAllowedError, NotFoundError
from bianfang.register.people.models import Staff
from bianfang.register.phones import queries as phones

ROOT = "/field/api/"
PHONE = "X-Bianfang-Phone"
P = ParamSpec("P")
Answer = Mapping[str, Any]


class FieldRequest(HttpRequest):
    """Middleware has put the acting person beside the user."""

    actor: Actor
    user: Staff


class Refusal(Exception):  # noqa: N818 - an answer with a status, not an error of ours
    """The request is not carried out; the phone knows by the code what to do."""

    def __init__(self, status: int, code: str, message: str = "") -> None:
        super().__init__(message or code)
        self.status, self.code, self.message = status, code, message


def bad_request(message: str) -> Refusal:
    """What was sent cannot be understood; the sentence says what is wrong with it."""
    return Refusal(400, "bad_request", message)


def too_large() -> Refusal:
    """More was sent at once than is taken."""
    return Refusal(413, "too_large", _("Too much was sent at once."))


View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Told = Callable[Concatenate[FieldRequest, P], Answer]


def field_api(
    method: str, *, is_open: bool = False, is_last: bool = False
) -> Callable[[Told[P]], View[P]]:
    """Answer this method with the mapping that the view gives; `is_open` asks for no sign-in.

    A phone that was ordered to be emptied gets no other answer, but by a view that `is_last`.
    """

    def decorate(view: Told[P]) -> View[P]:
        @wraps(view)
        def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if request.method != method:
                return refused(Refusal(405, "bad_request", _("This is asked in another way.")))
            if not is_last and _is_to_be_emptied(request):
                return refused(Refusal(410, "wipe"))
            if not is_open and not isinstance(request.user, Staff):
                return refused(Refusal(401, "sign_in"))
            try:
                return told(view(request, *args, **kwargs))  # type: ignore[arg-type]  # see FieldRequest
            except (Refusal, DomainError, *_BROKEN) as error:
                return refused(_as_refusal(error))

        return login_not_required(answered)

    return decorate


def _is_to_be_emptied(request: HttpRequest) -> bool:
    """Whether the phone that asks was ordered to be emptied, whoever is signed in or nobody."""
    try:
        phone_id = UUID(request.headers.get(PHONE, ""))
    except ValueError:
        return False
    actor = request.actor if isinstance(request.user, Staff) else None  # type: ignore[attr-defined]  # see FieldRequest
    return phones.is_to_be_emptied(actor=actor, phone_id=phone_id)


def told(answer: Answer, *, status: int = 200) -> HttpResponse:
    """JSON that nobody keeps on the way."""
    options = {"ensure_ascii": False}
    response = JsonResponse(dict(answer), status=status, json_dumps_params=options)
    response["Cache-Control"] = "no-store"
    return response


def refused(refusal: Refusal) -> HttpResponse:
    """The refusal as the phone reads it."""
    words = {"message": refusal.message} if refusal.message else {}
    return told({"code": refusal.code, **words}, status=refusal.status)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The phone asks for a new token by itself; at the desk a page explains it."""
    if request.path.startswith(ROOT):
        return refused(Refusal(403, "csrf"))
    return errors.csrf_failed(request, reason)


_BROKEN = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)
"""What Django says of a request that it cannot read."""


def _as_refusal(error: Exception) -> Refusal:
    if isinstance(error, Refusal):
        return error
    if isinstance(error, NotFoundError):
        return Refusal(404, "not_found", str(error))
    if isinstance(error, NotAllowedError):
        return Refusal(403, "not_allowed", str(error))
    if isinstance(error, DomainError):
        return bad_request(str(error))
    if isinstance(error, RequestDataTooBig):
        return too_large()
    return bad_request(_("What was sent arrived broken; send it again."))
