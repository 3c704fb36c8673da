"""Who hears what: the one place where parts that do not know each other are brought together."""

from collections.abc import Iterator

from bianfang.demo import logins
from bianfang.faces.desk.demo import DemoLogin, offer_logins
from bianfang.kernel.tenancy.models import Town


def connect() -> None:
    """Called once, when all apps are loaded."""
    offer_logins(_demo_logins)


def _demo_logins(town: Town) -> Iterator[DemoLogin]:
    for offered in logins.list_logins(town.id):
        yield DemoLogin(
            username=offered.username,
            password=offered.password,
            name=offered.name,
            role=offered.title,
            note=offered.work,
        )
