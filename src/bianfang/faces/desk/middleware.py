"""Between the server and the views: content rules, read-only GETs, the acting person."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.functional import SimpleLazyObject

from bianfang.register.areas import queries as areas
from bianfang.register.people import queries as people
from bianfang.register.people.models import Staff

GetResponse = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)


def content_security_policy(get_response: GetResponse) -> GetResponse:
    """Own scripts and styles from own files only, on every answer."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "geolocation=(), camera=(), microphone=()"
        )
        return response

    return middleware


class WriteInGetError(RuntimeError):
    """A page that is only looked at tried to write (I13)."""


WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")
EXCEPTIONS = ("django_session", "axes_", "mfa_authenticator")
"""May be written on a GET: the session, failed sign-ins, the note that recovery codes were seen."""


def read_only_get(get_response: GetResponse) -> GetResponse:
    """Refuse writes while a GET or HEAD is answered."""

    def refuse(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and not any(t in sql for t in EXCEPTIONS):
            raise WriteInGetError(sql.split("(", 1)[0])
        return execute(sql, params, many, context)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method not in {"GET", "HEAD"}:
            return get_response(request)
        with connection.execute_wrapper(refuse):
            return get_response(request)

    return middleware


def session_for_htmx(get_response: GetResponse) -> GetResponse:
    """Tell htmx of an ended session by 401: it must not draw the sign-in page into a region."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        is_swap = request.headers.get("HX-Request") == "true"
        if is_swap and response.headers.get("Location", "").startswith(sign_in):
            return HttpResponse(status=401)
        return response

    return middleware


def acting_person(get_response: GetResponse) -> GetResponse:
    """Put on the request the actor, from today's posts, and the town's areas, when asked for."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if isinstance(user, Staff):
            town_id = user.town_id
            request.actor = people.load_actor(user)  # type: ignore[attr-defined]  # see DeskRequest
            request.town_areas = SimpleLazyObject(lambda: areas.area_map_kept(town_id=town_id))  # type: ignore[attr-defined]  # see DeskRequest
        return get_response(request)

    return middleware
