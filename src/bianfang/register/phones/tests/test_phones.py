from datetime import timedelta

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from bianfang.kernel import clock
from bianfang.kernel.actor import Actor
from bianfang.kernel.errors import NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.kernel.journal.models import Entry
from bianfang.register.people import actions as people
from bianfang.register.people.tests.factories import TODAY, Office, make_office
from bianfang.register.phones import actions, policies, queries
from bianfang.register.phones.models import FieldPhone

pytestmark = pytest.mark.django_db
PHONE = new_id()


def phone_of(actor: Actor, name: str = "Android Chrome") -> FieldPhone:
    return actions.register_phone(actor=actor, phone_id=PHONE, name=name)


def fresh(phone: FieldPhone) -> FieldPhone:
    return FieldPhone.objects.in_town(phone.town_id).get(id=phone.id)


def verbs_of(phone: FieldPhone) -> list[str]:
    rows = Entry.objects.in_town(phone.town_id).filter(target_id=phone.id).order_by("id")
    return list(rows.values_list("verb", flat=True))


def test_a_phone_knows_days_only_no_time_no_place_no_count() -> None:
    kinds = {field.name: type(field) for field in FieldPhone._meta.get_fields()}

    numbers = [
        name
        for name, kind in kinds.items()
        if issubclass(kind, models.DateTimeField | models.IntegerField | models.FloatField)
    ]
    assert numbers == []
    assert set(kinds) == {
        "id",
        "town",
        "phone_id",
        "staff",
        "name",
        "first_day",
        "last_day",
        "wipe_asked_on",
        "wipe_asked_by",
        "wiped_on",
    }


def test_a_phone_is_registered_once_and_its_last_day_renewed_once_a_day(cadre: Actor) -> None:
    first = phone_of(cadre, name="  Android   Chrome " + "x" * 80)
    phone_of(cadre, name="Android Chrome")

    with clock.at(clock.in_town(TODAY + timedelta(days=3))):
        again = phone_of(cadre)

    assert again.id == first.id
    assert str(again) == "Android Chrome"
    assert (again.first_day, again.last_day) == (TODAY, TODAY + timedelta(days=3))
    assert verbs_of(first) == ["phone_registered"]


def test_the_same_day_writes_nothing(cadre: Actor) -> None:
    phone_of(cadre)

    with CaptureQueriesContext(connection) as asked:
        phone_of(cadre)

    assert [each["sql"] for each in asked if each["sql"].startswith(("INSERT", "UPDATE"))] == []


def test_a_phone_without_a_name_has_a_dash(cadre: Actor) -> None:
    assert phone_of(cadre, name="  ").name == "—"


def test_a_shared_phone_has_a_row_for_each_who_uses_it(cadre: Actor, colleague: Actor) -> None:
    mine, theirs = phone_of(cadre), phone_of(colleague)

    assert mine.id != theirs.id
    assert list(queries.list_phones(actor=cadre, staff_id=cadre.person_id)) == [mine]
    assert list(queries.list_phones(actor=cadre, staff_id=colleague.person_id)) == []


def test_whoever_manages_accounts_sees_the_phones_of_the_town_and_no_other(
    office: Office, cadre: Actor
) -> None:
    phone = phone_of(cadre)
    stranger = make_office("second").admin

    assert queries.get_phone(actor=office.admin, phone_id=phone.id) == phone
    with pytest.raises(NotFoundError):
        queries.get_phone(actor=stranger, phone_id=phone.id)
    with pytest.raises(NotFoundError):
        actions.ask_to_empty(actor=stranger, phone_id=phone.id)


@pytest.mark.parametrize("who", ["admin", "cadre"])
def test_a_phone_is_ordered_to_be_emptied_once(office: Office, cadre: Actor, who: str) -> None:
    actor = office.admin if who == "admin" else cadre
    phone = phone_of(cadre)

    actions.ask_to_empty(actor=actor, phone_id=phone.id)
    actions.ask_to_empty(actor=cadre, phone_id=phone.id)

    stored = fresh(phone)
    assert stored.is_to_be_emptied
    assert (stored.wipe_asked_on, stored.wipe_asked_by_id) == (TODAY, actor.staff_id)
    assert verbs_of(phone) == ["phone_registered", "phone_wipe_asked"]


def test_nobody_else_orders_it(cadre: Actor, colleague: Actor) -> None:
    phone = phone_of(cadre)

    with pytest.raises(NotFoundError):
        actions.ask_to_empty(actor=colleague, phone_id=phone.id)
    with pytest.raises(NotAllowedError):
        policies.check_can_empty_phone(colleague, phone)


def test_a_phone_is_to_be_emptied_in_the_hands_of_whom_it_was_ordered(
    cadre: Actor, colleague: Actor
) -> None:
    mine = phone_of(cadre)
    assert not queries.is_to_be_emptied(actor=cadre, phone_id=PHONE)

    actions.ask_to_empty(actor=cadre, phone_id=mine.id)

    assert queries.is_to_be_emptied(actor=cadre, phone_id=PHONE)
    assert not queries.is_to_be_emptied(actor=colleague, phone_id=PHONE)
    assert queries.is_to_be_emptied(actor=None, phone_id=PHONE)
    assert not queries.is_to_be_emptied(actor=None, phone_id=new_id())


def test_a_phone_that_somebody_else_goes_on_using_is_not_emptied_without_a_sign_in(
    cadre: Actor, colleague: Actor
) -> None:
    mine, theirs = phone_of(cadre), phone_of(colleague)
    actions.ask_to_empty(actor=cadre, phone_id=mine.id)

    assert not queries.is_to_be_emptied(actor=None, phone_id=PHONE)
    actions.ask_to_empty(actor=colleague, phone_id=theirs.id)
    assert queries.is_to_be_emptied(actor=None, phone_id=PHONE)


def test_a_phone_tells_that_it_is_empty_and_that_holds_for_all_who_used_it(
    cadre: Actor, colleague: Actor
) -> None:
    mine, theirs = phone_of(cadre), phone_of(colleague)
    actions.ask_to_empty(actor=cadre, phone_id=mine.id)

    assert actions.note_emptied(phone_id=PHONE) == 2
    assert actions.note_emptied(phone_id=PHONE) == 0

    assert fresh(mine).wiped_on == fresh(theirs).wiped_on == TODAY
    assert not queries.is_to_be_emptied(actor=cadre, phone_id=PHONE)
    assert not queries.is_to_be_emptied(actor=None, phone_id=PHONE)
    assert verbs_of(mine) == ["phone_registered", "phone_wipe_asked", "phone_wiped"]


def test_an_emptied_phone_is_not_ordered_again_and_begins_anew_when_used(cadre: Actor) -> None:
    phone = phone_of(cadre)
    actions.note_emptied(phone_id=PHONE)
    actions.ask_to_empty(actor=cadre, phone_id=phone.id)
    assert fresh(phone).wipe_asked_on is None

    with clock.at(clock.in_town(TODAY + timedelta(days=1))):
        again = phone_of(cadre)

    assert (again.id, again.first_day, again.wiped_on) == (
        phone.id,
        TODAY + timedelta(days=1),
        None,
    )
    assert verbs_of(phone) == ["phone_registered", "phone_wiped", "phone_registered"]


def test_closing_an_account_orders_all_its_phones_to_be_emptied(
    office: Office, cadre: Actor, colleague: Actor
) -> None:
    mine, theirs = phone_of(cadre), phone_of(colleague)

    people.set_active(actor=office.admin, staff_id=cadre.person_id, active=False)

    assert fresh(mine).wipe_asked_by_id == office.admin.staff_id
    assert fresh(theirs).wipe_asked_on is None
    assert verbs_of(mine) == ["phone_registered", "phone_wipe_asked"]


def test_opening_an_account_orders_nothing(office: Office, cadre: Actor) -> None:
    phone = phone_of(cadre)

    people.set_active(actor=office.admin, staff_id=cadre.person_id, active=True)

    assert fresh(phone).wipe_asked_on is None
