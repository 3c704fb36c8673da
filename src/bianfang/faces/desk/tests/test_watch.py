"""Calendar and journal at the desk; accounts, posts and units as the administrator keeps them."""

from datetime import date

from django.urls import reverse
from django.utils import translation

from bianfang.faces.desk import verbs
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.workcalendar.queries import load_calendar
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.register.areas.models import Area
from bianfang.register.people.models import Post, Staff, Unit

NOTICE = "2027-01-01,休\n2027-02-06,班\n2027-10-01,休\n"


def test_notice_is_taken_in_and_told(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("clerk")
    page = reverse("calendar:notice", args=[2027])

    response = client.post(page, {"source": "国办发明电〔2026〕7号", "text": NOTICE}, follow=True)

    text = response.content.decode()
    assert load_calendar().is_workday(date(2027, 1, 1)) is False
    assert "2027-02-06" in text
    assert 'role="status"' in text


def test_wrong_line_of_a_notice_is_named_and_what_was_typed_stays(sign_in: SignIn) -> None:
    page = reverse("calendar:notice", args=[2027])

    response = sign_in("clerk").post(page, {"source": "x", "text": "2027-01-01,maybe"})

    text = response.content.decode()
    assert response.status_code == 200
    assert "2027-01-01,maybe" in text
    assert 'role="alert"' in text


def test_year_that_cannot_be_is_not_there(sign_in: SignIn) -> None:
    assert sign_in("clerk").get(reverse("calendar:year_of", args=[1900])).status_code == 404


def test_journal_tells_changes_in_words_and_can_be_narrowed(
    sign_in: SignIn, town: SmallTown
) -> None:
    factories.handling_state(town)
    client, page = sign_in("officer"), reverse("journal:changes")

    everything = client.get(page, headers={"accept-language": "en"}).content.decode()
    households = client.get(page, {"kind": "household"}).context["lines"]
    later = client.get(page, {"since": "2030-01-01"}).context["lines"]
    by_name = client.get(page, {"who": "clerk", "until": "2026-11-16"}).context["lines"]

    assert "Accepted" in everything
    assert households == later == []
    assert by_name


def test_outcomes_of_all_kinds_and_rules_have_words(town: SmallTown) -> None:
    facts = {"outcome": "closed_door", "mode": "evening", "days_given": 3, "counted_in": "calendar"}
    with translation.override("en"):
        line = verbs.facts_line(facts)
        others = [verbs.facts_line({"outcome": value}) for value in ("solved", "put_off", "odd")]

    assert line == (
        "Outcome Nobody at home; How Evening home visit; Number of days 3; Counted in Calendar days"
    )
    assert others == ["Outcome Solved", "Outcome Put off to the next meeting", "Outcome odd"]


def test_account_is_made_with_a_post_closed_and_opened(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("admin")
    typed = {"name": "新人", "username": "new.one", "password": "a-long-password"}

    made = client.post(reverse("staff:add"), typed)
    staff = Staff.objects.in_town(town.town.id).get(username="new.one")
    post = {
        "role": "village_cadre",
        "area_id": str(town.place.upper.id),
        "valid_from": "2026-11-16",
    }
    client.post(reverse("posts:give", args=[staff.id]), post)
    client.post(reverse("staff:close", args=[staff.id]))
    closed = Staff.objects.in_town(town.town.id).get(id=staff.id).is_active
    client.post(reverse("staff:open", args=[staff.id]))

    assert made.headers["Location"] == reverse("staff:detail", args=[staff.id])
    assert Post.objects.in_town(town.town.id).filter(staff=staff).count() == 1
    assert closed is False
    assert Staff.objects.in_town(town.town.id).get(id=staff.id).is_active


def test_own_account_is_not_closed_and_the_reason_is_told(sign_in: SignIn, town: SmallTown) -> None:
    admin = town.staff["admin"]

    response = sign_in("admin").post(reverse("staff:close", args=[admin.id]), follow=True)

    assert 'role="alert"' in response.content.decode()


def test_post_without_its_place_is_refused_beside_the_field(
    sign_in: SignIn, town: SmallTown
) -> None:
    page = reverse("posts:give", args=[town.staff["handler"].id])

    response = sign_in("admin").post(page, {"role": "unit_head", "valid_from": "2026-11-16"})

    assert 'id="id_unit_id_error"' in response.content.decode()


def test_post_gets_a_substitute_and_ends(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("admin")
    post = Post.objects.in_town(town.town.id).get(staff=town.staff["secretary"])
    standing_in = {
        "substitute_id": str(town.staff["worker"].id), "from_": "2026-11-16", "to": "2026-11-20",
    }  # fmt: skip

    client.post(reverse("posts:substitute", args=[post.id]), standing_in)
    named = Post.objects.in_town(town.town.id).get(id=post.id).substitute_id
    client.post(reverse("posts:end_substitute", args=[post.id]))
    client.post(reverse("posts:end", args=[post.id]), {"on": "2026-11-30"})

    ended = Post.objects.in_town(town.town.id).get(id=post.id)
    assert named == town.staff["worker"].id
    assert (ended.substitute_id, ended.valid_to) == (None, date(2026, 11, 30))


def test_password_is_set_anew_and_a_short_one_refused(sign_in: SignIn, town: SmallTown) -> None:
    client, page = sign_in("admin"), reverse("staff:password", args=[town.staff["clerk"].id])

    short = client.post(page, {"password": "short"})
    done = client.post(page, {"password": "a-long-password"})

    assert 'id="id_password_error"' in short.content.decode()
    assert done.status_code == 302


def test_person_is_changed_and_found_by_role(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("admin")
    client.post(
        reverse("staff:edit", args=[town.staff["handler"].id]), {"name": "李经办", "phone": "1"}
    )

    found = client.get(reverse("staff:list"), {"role": "unit_handler"}).content.decode()

    assert "李经办" in found
    assert town.staff["clerk"].username not in found


def test_unit_is_added_and_closed_once_nobody_serves_there(
    sign_in: SignIn, town: SmallTown
) -> None:
    client = sign_in("admin")
    client.post(reverse("units:add"), {"name": "新站", "kind": "station"})
    unit = Unit.objects.in_town(town.town.id).get(name="新站")
    busy = reverse("units:close", args=[town.units["civil"].id])

    refused = client.post(busy, {"on": "2026-11-16"})
    done = client.post(reverse("units:close", args=[unit.id]), {"on": "2026-11-16"})

    assert 'role="alert"' in refused.content.decode()
    assert done.status_code == 302


def test_areas_are_added_renamed_and_end_with_a_successor(sign_in: SignIn, town: SmallTown) -> None:
    client = sign_in("clerk")
    client.post(reverse("areas:add", args=[town.place.upper.id]), {"name": "新庄"})
    hamlet = Area.objects.in_town(town.town.id).get(name="新庄")
    client.post(reverse("areas:rename", args=[hamlet.id]), {"name": "新新庄"})
    end = {"successor": str(town.place.upper_hamlet.id), "on": "2026-11-16"}

    client.post(reverse("areas:close", args=[hamlet.id]), end)
    page = client.get(reverse("areas:detail", args=[hamlet.id])).content.decode()

    assert "新新庄" in page
    assert town.place.upper_hamlet.name in page


def test_taken_name_of_an_area_is_refused_beside_the_field(
    sign_in: SignIn, town: SmallTown
) -> None:
    page = reverse("areas:add", args=[town.place.upper.id])

    response = sign_in("clerk").post(page, {"name": town.place.upper_hamlet.name})

    assert 'id="id_name_error"' in response.content.decode()
