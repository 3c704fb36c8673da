"""Pages for what went wrong, in the style of the rest."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.csrf import requires_csrf_token

from bianfang.kernel.errors import DomainError, NotAllowedError


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400."""
    return render(request, "400.html", status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: in scope, but not yours to do; the reason is on the page where there is one."""
    known = isinstance(exception, NotAllowedError)
    reason = str(exception) if known else _("Your posts do not include it.")
    return render(request, "403.html", {"reason": reason}, status=403)


@requires_csrf_token
def impossible(request: HttpRequest, error: DomainError) -> HttpResponse:
    """409: not now; the sentence says why and how to mend it."""
    return render(request, "409.html", {"reason": str(error)}, status=409)


@requires_csrf_token
def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: the form was open too long or came from elsewhere."""
    return render(request, "csrf.html", status=403)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or not in your scope."""
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without the database, the session or the frame."""
    return HttpResponse(render_to_string("500.html", {"type_size": "normal"}), status=500)
