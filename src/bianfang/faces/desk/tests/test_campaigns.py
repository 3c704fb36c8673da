"""Campaigns on the desk: planning, questions, spots, what a visit finds, leaflets."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.campaigns.actions import asking
from bianfang.outreach.campaigns.definition import Field
from bianfang.outreach.campaigns.enums import FieldKind
from bianfang.outreach.campaigns.models import Campaign, Definition, Finding, Leaflet, Spot
from bianfang.outreach.campaigns.tests import factories
from bianfang.outreach.campaigns.tests.factories import GENERAL, URGENT
from bianfang.outreach.campaigns.workflow import CampaignState
from bianfang.outreach.demands.enums import Theme
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.areas.queries import forget_areas


@pytest.fixture(autouse=True)
def chinese() -> Iterator[None]:
    with override("zh-hans"):
        yield


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


@pytest.fixture
def secretary(sign_in: SignIn, town: SmallTown) -> Client:
    things.fill_round(town)
    return sign_in("secretary")


def _text(client: Client, name: str, *args: object, **query: str) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def _campaign(town: SmallTown) -> Campaign:
    [one] = Campaign.objects.in_town(town.town.id)
    return one


def _particulars(town: SmallTown, **changes: str) -> dict[str, object]:
    return {
        "name": "入户燃气排查",
        "theme": Theme.ENVIRONMENT.value,
        "starts_on": f"{MONDAY}",
        "ends_on": f"{MONDAY + timedelta(days=30)}",
        "areas": [str(town.place.north.id)],
        "category_id": str(town.category.id),
        "urgent_measures": "先关阀",
        **changes,
    }


def _question(**changes: str) -> dict[str, str]:
    return {"version": "1", "label": "有没有险情", "kind": "choice", **changes}


def test_without_campaigns_the_lists_say_what_they_are_for(clerk: Client, sign_in: SignIn) -> None:
    assert "还没有专项工作" in _text(clerk, "campaigns:list")
    assert reverse("campaigns:add") not in _text(sign_in("secretary"), "campaigns:list")
    assert "没有排查结果" in _text(clerk, "campaigns:findings")
    assert "没有待复查的" in _text(clerk, "campaigns:rechecks")
    assert "没有点位" in _text(clerk, "campaigns:all_spots")
    assert "还没有宣传单" in _text(clerk, "leaflets:list")
    assert "还没有宣传单" in _text(sign_in("secretary"), "leaflets:list")


def test_a_template_is_planned_started_and_closed(clerk: Client, town: SmallTown) -> None:
    assert "燃气安全隐患排查" in _text(clerk, "campaigns:add")
    address = reverse("campaigns:add") + "?template=gas_safety"
    assert "先关阀" not in clerk.get(address).content.decode()

    made = clerk.post(address, _particulars(town))

    campaign = _campaign(town)
    assert made["Location"] == reverse("campaigns:detail", args=[campaign.id])
    for act, state in (("start", CampaignState.RUNNING), ("close", CampaignState.CLOSED)):
        clerk.post(reverse(f"campaigns:{act}", args=[campaign.id]))
        assert _campaign(town).state == state


def test_an_own_campaign_gets_its_questions_by_forms(clerk: Client, town: SmallTown) -> None:
    address = reverse("campaigns:add") + "?template=own"
    wrong = clerk.post(address, _particulars(town, subject="spot", name=""))
    assert "请填写专项名称" in wrong.content.decode()
    clerk.post(address, _particulars(town, subject="spot", spot_word="井", size_unit="米"))
    campaign = _campaign(town)
    add = reverse("campaigns:question_add", args=[campaign.id])
    assert "还没有问题" in _text(clerk, "campaigns:detail", campaign.id)

    wrong = clerk.post(add, _question(choice_0="无"))
    clerk.post(add, _question(choice_0="无", done_0="on", choice_1="有", urgent_1="1"))

    assert wrong.status_code == 200
    [field] = Definition.objects.in_town(town.town.id).get(campaign=campaign).fields
    assert [(one.value, one.label) for one in field.choices] == [("c1", "无"), ("c2", "有")]
    edit = reverse("campaigns:question_edit", args=[campaign.id, field.key])
    assert 'value="有没有险情"' in clerk.get(edit).content.decode()
    clerk.post(edit, _question(choice_1="有险", choice_2="不清楚", kind="choice"))
    [field] = Definition.objects.in_town(town.town.id).get(campaign=campaign).fields
    assert [(one.value, one.label) for one in field.choices] == [("c2", "有险"), ("c3", "不清楚")]
    clerk.post(
        reverse("campaigns:question_remove", args=[campaign.id, field.key]), {"version": "1"}
    )
    assert Definition.objects.in_town(town.town.id).get(campaign=campaign).fields == ()


def test_an_unknown_question_is_not_there(clerk: Client, town: SmallTown) -> None:
    campaign = factories.drafted(town)

    response = clerk.get(reverse("campaigns:question_edit", args=[campaign.id, "else"]))

    assert response.status_code == 404
    clerk.post(reverse("campaigns:question_remove", args=[campaign.id, "what"]), {"version": "x"})
    assert len(Definition.objects.in_town(town.town.id).get(campaign=campaign).fields) == 4


def test_particulars_are_changed_what_it_looks_at_stays(clerk: Client, town: SmallTown) -> None:
    campaign = factories.running(town)
    address = reverse("campaigns:edit", args=[campaign.id])
    assert 'name="subject"' not in clerk.get(address).content.decode()

    clerk.post(address, _particulars(town, name="新名", subject="spot"))

    assert (_campaign(town).name, _campaign(town).has_spots) == ("新名", False)


def test_detail_shows_progress_of_households_and_of_spots(clerk: Client, town: SmallTown) -> None:
    campaign, patches = factories.running(town), factories.patches(town)
    factories.leaflet(town, topic=patches.name)
    factories.spot(town, patches)
    factories.found(town, campaign)

    assert "1 / 2 · 50.0%" in _text(clerk, "campaigns:detail", campaign.id)
    text = _text(clerk, "campaigns:detail", patches.id, area=town.place.upper.path)
    assert "0 / 1 · 0.0%" in text
    assert "三看" in text
    assert "这里还没有要排查的" in _text(
        clerk, "campaigns:detail", patches.id, area=town.place.south.path
    )


def test_spots_are_listed_written_down_and_changed(clerk: Client, town: SmallTown) -> None:
    campaign = factories.patches(town)
    add = reverse("campaigns:spot_add", args=[campaign.id])
    wrong = clerk.post(add, {"number": "", "area_id": "", "place": "", "size": ""})
    assert "请填写编号" in wrong.content.decode()

    clerk.post(
        add, {"number": "TB-7", "area_id": str(town.place.upper.id), "place": "", "size": "1.20"}
    )

    spot = Spot.objects.in_town(town.town.id).get()
    assert "TB-7" in clerk.get(add.replace("spots/add", "spots")).content.decode()
    edit = reverse("campaigns:spot_edit", args=[spot.id])
    assert "1.20" in clerk.get(edit).content.decode()
    clerk.post(
        edit, {"number": "TB-8", "area_id": str(town.place.upper.id), "place": "河边", "size": ""}
    )
    assert "河边" in _text(clerk, "campaigns:spot", spot.id)


def test_lists_of_spots_filter(clerk: Client, town: SmallTown) -> None:
    campaign = factories.patches(town)
    done, new = factories.spot(town, campaign), factories.spot(town, campaign, "X-2")
    clerk.post(reverse("campaigns:spot", args=[done.id]), {"version": "1", "status": "checked"})

    for query, number in (
        ({"status": "checked"}, done.number),
        ({"status": "none"}, new.number),
        ({"done": "yes"}, done.number),
        ({"done": "no"}, new.number),
        ({"text": "X"}, new.number),
    ):
        page = clerk.get(reverse("campaigns:spots", args=[campaign.id]), query)
        assert [line["spot"].number for line in page.context["lines"]] == [number]
    page = clerk.get(reverse("campaigns:all_spots"), {"done": "yes"})
    assert [line["spot"].number for line in page.context["lines"]] == [done.number]


def test_a_finding_at_a_spot_is_refused_by_field_or_written_down(
    secretary: Client, town: SmallTown
) -> None:
    spot = factories.spot(town, factories.patches(town))
    address = reverse("campaigns:spot", args=[spot.id])

    refused = secretary.post(address, {"version": "1", "restored": "1.234"})
    secretary.post(address, {"version": "1", "status": "going_on", "deadline": "2026-12-01"})

    assert "最多2位小数" in refused.content.decode()
    assert Finding.objects.in_town(town.town.id).get().answers == {
        "status": "going_on",
        "deadline": "2026-12-01",
    }
    assert "整改中" in secretary.get(address).content.decode()


def test_a_workbook_is_taken_in_or_told_row_by_row(clerk: Client, town: SmallTown) -> None:
    campaign = factories.patches(town)
    address = reverse("campaigns:spots_import", args=[campaign.id])

    def send(*rows: tuple[object, ...]) -> HttpResponse:
        file = SimpleUploadedFile("图斑.xlsx", factories.workbook(rows))
        return clerk.post(address, {"file": file})  # type: ignore[return-value]  # Django's own test response

    assert "模板" in clerk.get(address).content.decode()
    wrong = send(("TB-1", "无此村", "", "", "")).content.decode()
    right = send(("TB-1", "上村", "", "", "1"))

    assert "专项覆盖范围内没有这个村" in wrong
    assert right.status_code == 302
    assert Spot.objects.in_town(town.town.id).count() == 1
    assert clerk.post(address).status_code == 200
    template = clerk.get(reverse("campaigns:spots_template", args=[campaign.id]))
    export = clerk.post(reverse("campaigns:spots_export", args=[campaign.id]))
    assert template.content.startswith(b"PK")
    assert export.content.startswith(b"PK")


def test_the_visit_form_folds_campaigns_away_and_shows_leaflets(
    secretary: Client, town: SmallTown
) -> None:
    campaign = factories.running(town)
    factories.found(town, campaign, GENERAL)
    leaflet = factories.leaflet(town, topic="医保")

    text = _text(secretary, "visits:record", town.household.id)

    assert f'name="campaign-{campaign.id.hex}-level"' in text
    assert "软管老化" in text
    assert reverse("leaflets:detail", args=[leaflet.id]) in text
    assert '<details class="more" open>' not in text


def test_a_visit_with_an_urgent_finding_shows_its_demand_everywhere(
    secretary: Client, clerk: Client, town: SmallTown
) -> None:
    campaign = factories.running(town)
    part = f"campaign-{campaign.id.hex}"
    form = things.visit_form(town)
    form |= {f"{part}-{key}": value for key, value in URGENT.items()} | {f"{part}-version": "1"}

    made = secretary.post(reverse("visits:record", args=[town.household.id]), form)

    demand = Demand.objects.in_town(town.town.id).get()
    finding = Finding.objects.in_town(town.town.id).get()
    assert demand.urgent
    saved = secretary.get(made["Location"]).content.decode()
    assert demand.number in saved
    assert "阀门漏气" in saved
    assert demand.number in _text(clerk, "visits:detail", finding.visit_id)
    assert "紧急" in _text(clerk, "demands:list")
    assert "专项排查发现" in _text(clerk, "demands:detail", demand.id)
    assert demand.number in _text(clerk, "campaigns:findings", urgent="yes")
    assert campaign.name in _text(clerk, "campaigns:rechecks", campaign=str(campaign.id))
    assert "没有待复查的" in _text(clerk, "campaigns:rechecks", due="yes")


def test_wrong_answers_stand_beside_their_question_and_all_is_kept(
    secretary: Client, town: SmallTown
) -> None:
    campaign, second = factories.running(town), factories.patches(town)
    factories.spot(town, second)
    part, other = f"campaign-{campaign.id.hex}", f"campaign-{second.id.hex}"
    form = things.visit_form(town)
    form |= {f"{part}-version": "1", f"{part}-what": "漏气", f"{other}-version": "1"}
    form |= {f"{other}-status": "checked"}

    refused = secretary.post(reverse("visits:record", args=[town.household.id]), form)

    text = refused.content.decode()
    assert "请填写此项，或整个部分都不填" in text
    assert "请选择查看的是哪一处" in text
    assert "请查看标出的" in text or "请" in text
    assert 'value="漏气"' in text
    assert not Finding.objects.in_town(town.town.id).exists()


def test_a_changed_question_is_told_and_a_longer_form_keeps_answers(
    secretary: Client, town: SmallTown
) -> None:
    campaign = factories.running(town)
    part = f"campaign-{campaign.id.hex}"
    form = things.visit_form(town)
    form |= {f"{part}-version": "1", f"{part}-result": "sound"}
    address = reverse("visits:record", args=[town.household.id])

    longer = secretary.post(address, form | {"add_demand": "1"}).content.decode()
    asking.put_field(
        actor=town.clerk,
        campaign_id=campaign.id,
        field=Field(key="", label="备注", kind=FieldKind.WHOLE),
        version=1,
    )
    told = secretary.post(address, form).content.decode()

    assert '<details class="more" open>' in longer
    assert "问题刚被修改" in told


def test_leaflets_are_written_shown_large_and_printed(clerk: Client, town: SmallTown) -> None:
    things.fill_round(town)
    add = reverse("leaflets:add")
    given = {
        "topic": "医保",
        "title": "医保明白纸",
        "body": "一年一缴。\n问:怎么报?\n答:先备案。",
        "source": "医保文件",
        "valid_from": f"{MONDAY}",
        "valid_to": "",
    }
    assert "请填写" in clerk.post(add, given | {"title": ""}).content.decode()

    clerk.post(add, given)

    leaflet = Leaflet.objects.in_town(town.town.id).get()
    for name in ("leaflets:detail", "leaflets:paper"):
        assert "怎么报?" in _text(clerk, name, leaflet.id)
    edit = reverse("leaflets:edit", args=[leaflet.id])
    assert "医保明白纸" in clerk.get(edit).content.decode()
    later = f"{MONDAY + timedelta(days=5)}"
    clerk.post(edit, given | {"valid_from": later, "valid_to": later})
    assert "尚未生效" in _text(clerk, "leaflets:list")
    gone = f"{MONDAY - timedelta(days=5)}"
    clerk.post(edit, given | {"valid_from": gone, "valid_to": gone})
    assert "已失效" in _text(clerk, "leaflets:detail", leaflet.id)


def test_pages_ask_no_more_for_many_rows_than_for_few(clerk: Client, town: SmallTown) -> None:
    campaign, patches = factories.running(town), factories.patches(town)
    factories.found(town, campaign, URGENT)
    spot = factories.spot(town, patches)
    factories.found(town, patches, {"status": "going_on"}, spot_id=spot.id)
    addresses = [
        reverse("campaigns:list"),
        reverse("campaigns:findings"),
        reverse("campaigns:rechecks"),
        reverse("campaigns:all_spots"),
        reverse("campaigns:detail", args=[campaign.id]),
        reverse("campaigns:detail", args=[patches.id]),
        reverse("campaigns:spots", args=[patches.id]),
        reverse("campaigns:spot", args=[spot.id]),
        reverse("visits:record", args=[town.household.id]),
        reverse("leaflets:list"),
    ]

    def asked() -> list[int]:
        found = []
        for address in addresses:
            forget_areas()
            with CaptureQueriesContext(connection) as queries:
                assert clerk.get(address).status_code == 200
            found.append(len(queries))
        return found

    asked()
    before = asked()
    factories.found(town, campaign, URGENT, household_id=town.neighbour.id)
    factories.found(town, patches, {"status": "checked"}, spot_id=spot.id)
    for number in range(3):
        factories.spot(town, patches, f"X-{number}")
        factories.leaflet(town, title=f"标题{number}")
    assert asked() == before
    assert max(before) <= 24
