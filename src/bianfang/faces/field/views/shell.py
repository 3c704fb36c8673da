"""The page itself and its service worker, as they were built; without anything personal."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_safe

from bianfang.kernel.storage import digest_of

KINDS = {
    "index.html": "text/html; charset=utf-8",
    "sw.js": "text/javascript; charset=utf-8",
    "manifest.webmanifest": "application/manifest+json",
}
LASTING = "no-cache"
"""Asked for anew each time, and answered by 304 while the build is the same."""


def _content(name: str) -> bytes | None:
    path = settings.BUILD_DIR / "static" / "field" / name
    return path.read_bytes() if path.is_file() else None


def _etag(_request: HttpRequest, name: str) -> str | None:
    content = _content(name)
    return None if content is None else f'"{digest_of(content)[:32]}"'


@login_not_required
@require_safe
@condition(etag_func=_etag)
def built(_request: HttpRequest, name: str) -> HttpResponse:
    """One file of the build; a town whose office never built it gets a sentence, not an error."""
    content = _content(name)
    if content is None:
        words = _("The phone page is not built on this server. Use the plain form for visits.")
        return HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    return HttpResponse(content, content_type=KINDS[name], headers={"Cache-Control": LASTING})
