"""Channels on the desk: what is set up, what left, one's own e-mail; safety hazards in lists."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.jobs import worker
from bianfang.mechanisms.channels import queries, transport, wording
from bianfang.mechanisms.channels.actions import telling
from bianfang.mechanisms.channels.tests import factories as channels
from bianfang.mechanisms.channels.tests.factories import WECOM
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import SmallTown

LIST, RULES, ADD = (reverse(f"channels:{name}") for name in ("list", "rules", "add"))
OWN = reverse("desk:own_mail")
BUDGET = 10


@pytest.fixture
def admin(sign_in: SignIn) -> Client:
    return sign_in("admin")


def _hazards(town: SmallTown, number: int = 1) -> None:
    for place in range(number):
        telling.tell_hazard(
            town_id=town.town.id,
            subject=f"{place}",
            staff_ids=[],
            unit_id=town.units["civil"].id,
        )


def test_the_link_of_a_message_is_the_inbox() -> None:
    assert wording.inbox() == reverse("desk:reminders")


def test_nothing_is_on_at_first(admin: Client) -> None:
    page = admin.get(LIST)

    assert page.context["robots"] == []
    assert page.content.decode().count('class="nothing"') == 2


def test_hours_and_address_are_chosen(admin: Client, town: SmallTown) -> None:
    typed = {"base_url": "https://b.example/", "opens": "09:00", "closes": "17:00"}
    assert admin.get(RULES).context["form"]["opens"].value()

    assert admin.post(RULES, typed).status_code == 302

    assert queries.rules_of(town.town.id).base_url == "https://b.example"
    wrong = admin.post(RULES, {**typed, "closes": "08:00", "mail_on": "on"})
    assert set(wrong.context["form"].errors) == {"closes", "mail_on"}


def test_a_robot_is_sealed_and_never_shown_again(admin: Client, town: SmallTown) -> None:
    channels.rules(town)
    typed = {"unit_id": town.units["civil"].id, "kind": "wecom", "webhook": WECOM, "is_on": "on"}

    assert admin.post(ADD, typed).status_code == 302

    [robot] = queries.list_robots(actor=town.admin)
    assert (robot.webhook, robot.is_on) == (WECOM, True)
    edit = reverse("channels:edit", args=[robot.id])
    pages = [admin.get(each).content.decode() for each in (LIST, edit)]
    refused = admin.post(edit, {"webhook": "https://example.org/k-e-y"})
    pages.append(refused.content.decode())
    assert not any("k-e-y" in page for page in pages)
    assert set(refused.context["form"].errors) == {"webhook"}
    assert admin.post(edit, {"webhook": "", "secret": ""}).status_code == 302
    assert not queries.get_robot(actor=town.admin, robot_id=robot.id).is_on


def test_a_wrong_robot_is_refused_beside_its_fields(admin: Client) -> None:
    page = admin.post(ADD, {"kind": "wecom", "webhook": "http://example.org"})

    assert set(page.context["form"].errors) == {"unit_id"}


def test_a_test_is_sent_and_appears_with_its_end(
    admin: Client, town: SmallTown, monkeypatch: pytest.MonkeyPatch
) -> None:
    def answer(*_given: Any, **_more: Any) -> dict[str, int]:
        return {"errcode": 93000}

    monkeypatch.setattr(transport, "post_json", answer)
    robot = channels.robot(town, is_on=False)

    admin.post(reverse("channels:test", args=[robot.id]))
    worker.run_next()

    [line] = admin.get(LIST, {"show": "failed"}).context["lines"]
    assert (line.to, line.state.css) == (town.units["civil"].name, "state-late")
    assert "93000" in admin.get(LIST).content.decode()


def test_the_list_is_paged_within_its_budget(admin: Client, town: SmallTown) -> None:
    channels.robot(town)
    _hazards(town, 60)

    with CaptureQueriesContext(connection) as asked:
        page = admin.get(LIST)

    assert len(page.context["lines"]) == 50
    assert len(asked) <= BUDGET
    behind = f"{LIST}{page.context['listing'].next_href}".replace(f"{LIST}{LIST}", LIST)
    assert len(admin.get(behind).context["lines"]) == 10


def test_ones_own_mail_is_chosen_by_oneself(sign_in: SignIn, town: SmallTown) -> None:
    handler = sign_in("handler")
    assert OWN in handler.get(reverse("desk:account")).content.decode()
    wrong = handler.post(OWN, {"address": "nobody", "is_on": "on"})
    assert set(wrong.context["form"].errors) == {"address"}

    assert handler.post(OWN, {"address": "a@town.example", "is_on": "on"}).status_code == 302

    assert handler.get(OWN).context["form"].initial == {"address": "a@town.example", "is_on": True}
    assert sign_in("head").get(OWN).context["form"].initial == {}


def test_who_a_mail_went_to_is_named_without_the_address(admin: Client, town: SmallTown) -> None:
    channels.wishes_mail(town, "handler")
    rules = queries.rules_of(town.town.id)
    rules.mail_on, rules.base_url = True, channels.BASE
    rules.save(force_insert=True)
    telling.tell_hazard(
        town_id=town.town.id, subject="1", staff_ids=[town.staff["handler"].id], unit_id=None
    )

    page = admin.get(LIST)

    assert [line.to for line in page.context["lines"]] == ["handler"]
    assert "handler@town.example" not in page.content.decode()


def test_a_hazard_is_ticked_at_the_desk_and_stands_first_in_the_queue(
    sign_in: SignIn, town: SmallTown
) -> None:
    clerk = sign_in("clerk")
    factories.registered(town)
    typed = {
        "source": "walk_in",
        "who": "register",
        "household_id": town.household.id,
        "household_number": town.household.number,
        "content": "电线落地",
        "category_id": town.category.id,
        "route": "later",
        "urgent": "on",
    }

    assert clerk.post(reverse("demands:add"), typed).status_code == 302

    hazard = Demand.objects.in_town(town.town.id).get(urgent=True)
    first, _second = clerk.get(reverse("demands:dispatch")).context["waiting"]
    assert first.row.demand == hazard
    assert first.row.hazard is not None
    inbox = clerk.get(reverse("desk:reminders"))
    assert [line.demand for line in inbox.context["urgent"]] == [hazard]
    groups = clerk.get(reverse("desk:work")).context["groups"]
    assert [line.demand for line in groups[0].lines] == [hazard]
    for name, args in (("demands:list", []), ("demands:detail", [hazard.id])):
        assert "紧急" in clerk.get(reverse(name, args=args)).content.decode()


def test_a_hazard_that_is_settled_is_none_any_more(town: SmallTown, sign_in: SignIn) -> None:
    demand = factories.written_off(town, urgent=True)

    page = sign_in("clerk").get(reverse("demands:detail", args=[demand.id]))

    assert page.context["hazard"] is None
    [line] = sign_in("handler").get(reverse("desk:reminders")).context["urgent"]
    assert line.state.text == "已解决"
