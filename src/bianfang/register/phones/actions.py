"""What becomes of phones."""

from uuid import UUID

from django.db import transaction

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.journal import actions as journal
from bianfang.register.people.events import AccountClosed
from bianfang.register.phones import policies, queries
from bianfang.register.phones.enums import Verb
from bianfang.register.phones.models import FieldPhone

LONGEST_NAME = 60
UNNAMED = "—"
SYSTEM = "phone"
"""The name in the journal of a phone that reports although nobody is signed in on it."""


@transaction.atomic
def register_phone(*, actor: Actor, phone_id: UUID, name: str) -> FieldPhone:
    """Note that the person uses this phone today; written once a day, and only the day.

    A phone that was emptied and is used again begins anew.
    """
    today = clock.today()
    name = " ".join(name.split())[:LONGEST_NAME] or UNNAMED
    phone, is_new = FieldPhone.objects.in_town(actor.town_id).get_or_create(
        town_id=actor.town_id,
        phone_id=phone_id,
        staff_id=actor.person_id,
        defaults={"name": name, "first_day": today, "last_day": today},
    )
    if phone.wiped_on is not None:
        phone.first_day, is_new = today, True
        phone.wipe_asked_on = phone.wipe_asked_by = phone.wiped_on = None
    if is_new:
        facts = {"name": name}
        journal.record(actor=actor, verb=Verb.REGISTERED, target=phone, facts=facts)
    if is_new or (phone.last_day, phone.name) != (today, name):
        phone.last_day, phone.name = max(phone.last_day, today), name
        phone.save()
    return phone


@transaction.atomic
def ask_to_empty(*, actor: Actor, phone_id: UUID) -> FieldPhone:
    """Order a phone to empty itself at its next contact; what it has not sent is lost."""
    phone = queries.get_phone_for_update(actor=actor, phone_id=phone_id)
    policies.check_can_empty_phone(actor, phone)
    if phone.wiped_on is None and phone.wipe_asked_on is None:
        _order(actor, phone)
    return phone


def empty_phones_of(event: AccountClosed) -> None:
    """Whoever leaves the service takes no register along."""
    rows = FieldPhone.objects.in_town(event.actor.town_id).filter(staff=event.staff_id)
    open_rows = rows.filter(wipe_asked_on__isnull=True, wiped_on__isnull=True)
    for phone in open_rows.select_for_update(of=("self",), no_key=True).order_by("id"):
        _order(event.actor, phone)


@transaction.atomic
def note_emptied(*, phone_id: UUID) -> int:
    """The phone says that nothing is left on it, of nobody; telling it twice is telling it once.

    It needs no sign-in: whose account was closed can sign in no more.
    """
    rows = FieldPhone.objects.of_phone(phone_id).filter(wiped_on__isnull=True)
    phones = list(rows.select_for_update(of=("self",), no_key=True).order_by("id"))
    for phone in phones:
        phone.wiped_on = clock.today()
        phone.save(update_fields=["wiped_on"])
        itself = Actor(town_id=phone.town_id, name=SYSTEM)
        facts = {"name": phone.name}
        journal.record(actor=itself, verb=Verb.WIPED, target=phone, facts=facts)
    return len(phones)


def _order(actor: Actor, phone: FieldPhone) -> None:
    phone.wipe_asked_on, phone.wipe_asked_by_id = clock.today(), actor.staff_id
    phone.save(update_fields=["wipe_asked_on", "wipe_asked_by"])
    facts = {"name": phone.name}
    journal.record(actor=actor, verb=Verb.WIPE_ASKED, target=phone, facts=facts)
