"""Who hears what: the one place where parts that do not know each other are brought together."""

from collections.abc import Iterator

from bianfang.demo import logins
from bianfang.faces.desk.demo import DemoLogin, offer_logins
from bianfang.kernel import events
from bianfang.kernel.tenancy.models import Town
from bianfang.mechanisms.reminders.actions import note_urgent
from bianfang.outreach.demands.events import UrgentDemandPlaced
from bianfang.outreach.visits.actions import register_changes
from bianfang.register.households.events import HouseholdChanged
from bianfang.register.people.events import AccountClosed
from bianfang.register.phones.actions import empty_phones_of


def connect() -> None:
    """Called once, when all apps are loaded."""
    events.connect(HouseholdChanged, register_changes.note_register_change)
    events.connect(UrgentDemandPlaced, note_urgent)
    events.connect(AccountClosed, empty_phones_of)
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
