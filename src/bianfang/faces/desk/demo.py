"""Who can be signed in as in the demo; empty everywhere else.

The demo stands beside the faces and neither knows the other: `config.wiring` brings them together.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise

from bianfang.kernel.tenancy import queries as towns
from bianfang.kernel.tenancy.models import Town


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoLogin:
    """One button of the sign-in page; the password is nobody's secret in the demo."""

    username: str
    password: str
    name: str
    role: str | Promise
    note: str | Promise = ""


Lister = Callable[[Town], Iterable[DemoLogin]]
_listers: list[Lister] = []


def offer_logins(lister: Lister) -> None:
    """Let the demo's own list fill the sign-in page."""
    _listers[:] = [lister]


def list_logins() -> list[DemoLogin]:
    """The buttons: in demo mode, for towns marked as demo, nowhere else."""
    if not settings.DEMO:
        return []
    demo_towns = [town for town in towns.list_towns() if town.is_demo]
    return [login for town in demo_towns for lister in _listers for login in lister(town)]
