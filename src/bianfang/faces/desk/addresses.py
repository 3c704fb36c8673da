"""Addresses of pages, with what has to stay in the query string."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

AREA = "area"
PAGE = "page"


def address(area_path: str, name: str, *args: Any, **query: Any) -> str:
    """The address of a page with a chosen area; empty parts of the query are left out."""
    parts = {key: value for key, value in query.items() if value not in (None, "")}
    if area_path:
        parts.setdefault(AREA, area_path)
    return reverse(name, args=args) + (f"?{urlencode(parts)}" if parts else "")


def same_page(request: HttpRequest, **changes: str | None) -> str:
    """This page's query with some parts changed (None takes one away); paging starts anew."""
    query = request.GET.copy()
    for name in (PAGE, *changes):
        query.pop(name, None)
    for name, value in changes.items():
        if value is not None:
            query[name] = value
    return f"?{query.urlencode()}" if query else request.path
