from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import storage
from bianfang.kernel.ids import new_id
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.photos.models import Photo
from bianfang.outreach.photos.tests.factories import photo, picture, visit
from bianfang.register.phones.actions import ask_to_empty, note_emptied, register_phone
from bianfang.register.phones.models import FieldPhone


@pytest.fixture(autouse=True)
def uploads(settings: Settings, tmp_path: Path) -> None:
    settings.BIANFANG_UPLOADS = tmp_path


def phone_of(town: SmallTown, who: str = "secretary") -> FieldPhone:
    return register_phone(actor=town.actors[who], phone_id=new_id(), name="Android Chrome")


def test_my_phones_stand_on_my_account_with_the_way_to_empty_them(
    sign_in: SignIn, town: SmallTown
) -> None:
    in_use, ordered, emptied = phone_of(town), phone_of(town), phone_of(town)
    ask_to_empty(actor=town.secretary, phone_id=ordered.id)
    note_emptied(phone_id=emptied.phone_id)

    page = sign_in("secretary").get(reverse("desk:account")).content.decode()

    assert page.count("Android Chrome") == 3
    assert reverse("phones:empty", args=[in_use.id]) in page
    assert reverse("phones:empty", args=[ordered.id]) not in page
    assert reverse("phones:empty", args=[emptied.id]) not in page


def test_who_uses_no_phone_reads_how_one_appears(sign_in: SignIn) -> None:
    page = sign_in("secretary").get(reverse("desk:account")).content.decode()

    assert "还没有手机" in page


@pytest.mark.parametrize("who", ["secretary", "admin"])
def test_emptying_a_phone_is_confirmed_with_what_is_lost(
    sign_in: SignIn, town: SmallTown, who: str
) -> None:
    phone, client = phone_of(town), sign_in(who)
    address = reverse("phones:empty", args=[phone.id])

    page = client.get(address).content.decode()
    answer = client.post(address, {"sent": "1"})

    assert "未上传的走访记录将丢失" in page
    back = (
        reverse("desk:account")
        if who == "secretary"
        else reverse("staff:detail", args=[town.staff["secretary"].id])
    )
    assert (answer.status_code, answer["Location"]) == (302, back)
    phone.refresh_from_db()
    assert phone.wipe_asked_by_id == town.staff[who].id


def test_only_who_manages_accounts_sees_phones_on_the_page_of_somebody(
    sign_in: SignIn, town: SmallTown
) -> None:
    phone_of(town)
    address = reverse("staff:detail", args=[town.staff["secretary"].id])

    assert "Android Chrome" in sign_in("admin").get(address).content.decode()
    assert "Android Chrome" not in sign_in("clerk").get(address).content.decode()


def test_photos_stand_on_the_pages_of_visit_and_demand(sign_in: SignIn, town: SmallTown) -> None:
    made = visit(town, demands=1)
    of_visit = photo(town.secretary, made.visit)
    of_demand = photo(town.secretary, made.visit, place=0)
    client = sign_in("secretary")

    on_visit = client.get(reverse("visits:detail", args=[made.visit.id])).content.decode()
    on_demand = client.get(reverse("demands:detail", args=[made.demands[0].id])).content.decode()

    assert reverse("photos:small", args=[of_visit.id]) in on_visit
    assert reverse("photos:small", args=[of_demand.id]) in on_visit
    assert reverse("photos:small", args=[of_demand.id]) in on_demand
    assert reverse("photos:show", args=[of_visit.id]) not in on_demand
    assert f'alt="诉求 {made.demands[0].number} 的照片' in on_demand


def test_a_photo_is_served_to_nobody_on_the_way(sign_in: SignIn, town: SmallTown) -> None:
    kept = photo(town.secretary, visit(town).visit, content=picture(size=(1000, 500)))
    client = sign_in("clerk")

    large = client.get(reverse("photos:show", args=[kept.id]))
    small = client.get(reverse("photos:small", args=[kept.id]))

    for answer in (large, small):
        assert answer["Content-Type"] == "image/jpeg"
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Content-Type-Options"] == "nosniff"
    assert large.content == storage.read(kept.key)
    assert len(small.content) < len(large.content)


def test_a_photo_is_removed_with_a_reason(sign_in: SignIn, town: SmallTown) -> None:
    kept, client = photo(town.secretary, visit(town).visit), sign_in("clerk")
    address = reverse("photos:remove", args=[kept.id])

    without = client.post(address, {"reason": ""})
    answer = client.post(address, {"reason": "拍到了旁人"})

    assert without.status_code == 200
    assert "用几个字说明原因" in without.content.decode()
    assert answer["Location"] == reverse("visits:detail", args=[kept.visit_id])
    assert Photo.objects.in_town(town.town.id).kept().count() == 0
    page = client.get(reverse("visits:detail", args=[kept.visit_id])).content.decode()
    assert "拍到了旁人" in page
    assert "照片已删除" in page or "删除照片" in page


def test_who_took_it_for_a_demand_without_reading_visits_goes_back_to_the_demand(
    sign_in: SignIn, town: SmallTown
) -> None:
    made = visit(town, demands=1)
    kept = photo(town.secretary, made.visit, place=0)
    Photo.objects.in_town(town.town.id).filter(id=kept.id).update(added_by=town.staff["handler"])
    demand = made.demands[0]
    demand.unit = town.units["civil"]
    demand.save(update_fields=["unit"])

    answer = sign_in("handler").post(reverse("photos:remove", args=[kept.id]), {"reason": "模糊"})

    assert answer["Location"] == reverse("demands:detail", args=[demand.id])
