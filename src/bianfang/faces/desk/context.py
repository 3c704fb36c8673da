"""What the frame of every page needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def frame(request: HttpRequest) -> dict[str, Any]:
    """The acting person, the town, and whether this is the demo."""
    actor = getattr(request, "actor", None)
    if actor is None:
        return {"actor": None, "is_demo": settings.DEMO}
    return {"actor": actor, "town": request.user.town, "is_demo": settings.DEMO}  # type: ignore[union-attr]  # an actor has a user
