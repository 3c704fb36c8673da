"""Households and residents at the desk: finding, changing, conflicts, the protected numbers."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.journal.models import AccessEntry
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.households.actions import residents
from bianfang.register.households.actions.residents import ResidentInput
from bianfang.register.households.models import Household, Resident
from bianfang.register.people.queries import load_actor

ID_NUMBER = "999999198003070018"


@pytest.fixture
def secretary(sign_in: SignIn) -> Client:
    return sign_in("secretary")


@pytest.fixture
def person(town: SmallTown) -> Resident:
    actor = load_actor(town.staff["secretary"], day=factories.MONDAY)
    typed = ResidentInput(name="董大山", relation="02", phone="10000001234")
    return residents.add_resident(actor=actor, household_id=town.household.id, person=typed)


def _household(town: SmallTown) -> Household:
    return Household.objects.in_town(town.town.id).get(id=town.household.id)


def _page(name: str, *args: object) -> str:
    return reverse(f"households:{name}", args=args)


def test_list_finds_by_pinyin_and_by_number(
    secretary: Client, town: SmallTown, person: Resident
) -> None:
    for words in ("dds", "0101010"):
        text = secretary.get(_page("list"), {"text": words}).content.decode()

        assert town.household.number in text, words
        assert town.far_household.number not in text


def test_whole_phone_is_found_without_standing_in_an_address(
    secretary: Client, town: SmallTown, person: Resident
) -> None:
    listed = secretary.get(_page("list"), {"text": "10000001234"})
    found = secretary.post(_page("find"), {"number": "10000001234"})
    nobody = secretary.post(_page("find"), {"number": "10000009999"})

    assert listed.context["is_protected"]
    assert found.headers["Location"] == _page("detail", town.household.id)
    assert 'id="id_number_error"' in nobody.content.decode()


def test_filter_in_force_is_a_chip_that_takes_it_away(secretary: Client) -> None:
    text = secretary.get(_page("list"), {"status": "vacant", "text": "王"}).content.decode()

    assert 'class="chip" href="?text=' in text
    assert 'class="chip" href="?status=vacant"' in text


def test_nonsense_in_the_address_gives_the_list_as_it_is(secretary: Client) -> None:
    asked = {"status": "nonsense", "sort": "nonsense", "page": "nonsense", "area": "x"}

    assert secretary.get(_page("list"), asked).status_code == 200


def test_swapped_region_is_the_region_of_the_page(secretary: Client, town: SmallTown) -> None:
    whole = secretary.get(_page("list")).content.decode()
    headers = {"hx-request": "true", "hx-target": "rows"}

    part = secretary.get(_page("list"), headers=headers).content.decode()

    assert "<html" not in part
    assert part.strip() in whole


def test_sort_turns_round_on_the_chosen_column(secretary: Client) -> None:
    text = secretary.get(_page("list"), {"sort": "number"}).content.decode()

    assert 'aria-sort="ascending"' in text
    assert 'href="?sort=-number"' in text


def test_pages_follow_each_other(secretary: Client, town: SmallTown) -> None:
    for place in range(60):
        factories.make_household(town.place.upper_hamlet, f"5{place:08d}", "王五")
    first = secretary.get(_page("list"), {"sort": "number"})
    following = first.context["listing"].next_href

    second = secretary.get(_page("list") + following)

    assert len(first.context["rows"]) == 50
    assert len(second.context["rows"]) == 12
    assert second.context["listing"].previous_href


def test_household_is_added_and_named_on_its_page(secretary: Client, town: SmallTown) -> None:
    typed = {
        "hamlet_id": str(town.place.upper_hamlet.id),
        "number": "010101777",
        "living_status": "resident",
        "contact_time": "evening",
    }

    response = secretary.post(_page("add"), typed, follow=True)

    assert response.redirect_chain[0][0].startswith("/households/")
    assert "010101777" in response.content.decode()


def test_refused_form_keeps_what_was_typed_and_names_the_field(
    secretary: Client, town: SmallTown
) -> None:
    typed = {
        "hamlet_id": str(town.place.upper_hamlet.id),
        "number": town.household.number,
        "living_status": "resident",
        "contact_time": "any",
        "door": "3巷9号",
    }

    response = secretary.post(_page("add"), typed)

    text = response.content.decode()
    assert response.status_code == 200
    assert "3巷9号" in text
    assert 'id="id_number_error"' in text
    assert 'aria-invalid="true"' in text


def test_change_of_somebody_else_is_shown_and_then_overruled_knowingly(
    secretary: Client, sign_in: SignIn, town: SmallTown
) -> None:
    page = _page("edit", town.household.id)
    opened = _household(town).version
    theirs = {"version": opened, "door": "1巷1号", "contact_time": "any", "note": ""}
    mine = {"version": opened, "door": "2巷2号", "contact_time": "evening", "note": "晚上在家"}
    sign_in("clerk").post(page, theirs)

    conflict = secretary.post(page, mine)

    text = conflict.content.decode()
    assert conflict.status_code == 200
    assert "1巷1号" in text
    assert "2巷2号" in text
    assert _household(town).door == "1巷1号"

    again = secretary.post(page, {**mine, "version": conflict.context["form"]["version"].value()})

    assert again.status_code == 302
    assert _household(town).door == "2巷2号"


def test_vacant_house_needs_its_reason(secretary: Client, town: SmallTown) -> None:
    page = _page("status", town.household.id)

    refused = secretary.post(page, {"status": "vacant"})
    done = secretary.post(page, {"status": "vacant", "status_reason": "全家在外"})

    assert 'id="id_status_reason_error"' in refused.content.decode()
    assert done.status_code == 302
    assert _household(town).living_status == "vacant"


def test_household_that_joined_another_settles_its_people_first(
    secretary: Client, town: SmallTown, person: Resident
) -> None:
    page = _page("end", town.household.id)

    response = secretary.post(page, {"reason": "merged", "on": "2026-11-16"})

    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()


def test_person_is_added_changed_and_taken_off(secretary: Client, town: SmallTown) -> None:
    typed = {"name": "董小山", "relation": "20", "id_number": ID_NUMBER}
    secretary.post(_page("add_resident", town.household.id), typed)
    child = Resident.objects.in_town(town.town.id).get(name="董小山")
    edit = reverse("residents:edit", args=[child.id])

    secretary.post(edit, {"name": "董晓山", "relation": "20"})
    changed = Resident.objects.in_town(town.town.id).get(id=child.id)
    secretary.post(edit, {"name": "董晓山", "relation": "20", "forget_id_number": "on"})
    forgotten = Resident.objects.in_town(town.town.id).get(id=child.id)
    secretary.post(
        reverse("residents:end", args=[child.id]), {"reason": "moved_out", "on": "2026-11-16"}
    )
    left = Resident.objects.in_town(town.town.id).get(id=child.id)

    assert (changed.name, changed.id_last4) == ("董晓山", ID_NUMBER[-4:])
    assert forgotten.id_number == ""
    assert left.ended_on == date(2026, 11, 16)


def test_person_moves_by_household_number(
    secretary: Client, town: SmallTown, person: Resident
) -> None:
    page = reverse("residents:move", args=[person.id])

    unknown = secretary.post(page, {"number": "000", "relation": "97"})
    moved = secretary.post(page, {"number": town.neighbour.number, "relation": "97"})

    assert 'id="id_number_error"' in unknown.content.decode()
    assert moved.headers["Location"] == _page("detail", town.neighbour.id)


def test_head_is_changed_and_a_fact_stated(
    secretary: Client, town: SmallTown, person: Resident
) -> None:
    other = factories.make_resident(town.household, "董二山")
    secretary.post(reverse("residents:make_head", args=[other.id]), {"former_relation": "73"})
    fact = reverse("residents:state_fact", args=[other.id])

    refused = secretary.post(fact, {"kind": "disability", "answer": "yes", "as_of": "2026-11-01"})
    secretary.post(fact, {"kind": "dibao", "answer": "yes", "as_of": "2026-11-01"})

    household = _household(town)
    assert household.head_name == "董二山"
    assert 'id="id_grade_error"' in refused.content.decode()
    assert household.priority == "1"


def test_page_masks_the_protected_numbers(secretary: Client, person: Resident) -> None:
    text = secretary.get(_page("detail", person.household_id)).content.decode()

    assert "****1234" in text
    assert "10000001234" not in text


def test_whole_numbers_are_shown_once_for_a_reason_that_is_logged(
    secretary: Client, town: SmallTown, person: Resident
) -> None:
    page = reverse("residents:reveal", args=[person.id])

    asked = secretary.get(page)
    empty = secretary.post(page, {"reason": ""})
    shown = secretary.post(page, {"reason": "电话约定走访时间"})

    logged = AccessEntry.objects.in_town(town.town.id).get()
    assert "10000001234" not in asked.content.decode() + empty.content.decode()
    assert "10000001234" in shown.content.decode()
    assert "no-store" in shown.headers["Cache-Control"]
    assert (logged.reason, logged.target_id) == ("电话约定走访时间", person.id)


def test_official_sees_who_looked(
    secretary: Client, sign_in: SignIn, town: SmallTown, person: Resident
) -> None:
    secretary.post(reverse("residents:reveal", args=[person.id]), {"reason": "核对电话号码"})

    text = sign_in("officer").get(reverse("journal:access")).content.decode()

    assert "核对电话号码" in text
    assert "董大山" not in text
