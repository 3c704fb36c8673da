"""The request of a signed-in person, as views see it."""

from collections.abc import Mapping

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from bianfang.kernel.actor import Actor
from bianfang.register.areas.models import Area
from bianfang.register.people.models import Staff


class DeskRequest(HttpRequest):
    """Middleware has put the acting person beside the user."""

    actor: Actor
    town_areas: Mapping[str, Area]
    user: Staff
    htmx: HtmxDetails


def words_sought(typed: object) -> str:
    """Words typed to look for something, without the sign that PostgreSQL refuses in a text."""
    return str(typed or "").replace("\0", "").strip()
