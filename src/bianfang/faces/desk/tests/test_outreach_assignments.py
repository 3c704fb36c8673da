"""Who visits: the villages with who answers, giving and ending, gaps, groups, handing over."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import GroupMember, LeaderGroup, Responsibility
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown

SINCE = date(2026, 1, 1)


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _page(name: str, *args: object) -> str:
    return reverse(f"assignments:{name}", args=args)


def _give(town: SmallTown, duty: Duty, who: str, area: str = "upper") -> Responsibility:
    return duties.assign(
        actor=town.actors["clerk"],
        area_id=getattr(town.place, area).id,
        duty=duty,
        staff_id=town.staff[who].id,
        valid_from=SINCE,
    )


def _group(town: SmallTown, name: str = "第一包靠组", *members: str) -> LeaderGroup:
    clerk = town.actors["clerk"]
    group = groups.create_group(actor=clerk, name=name)
    named = [MemberInput(staff_id=town.staff[who].id, is_head=True) for who in members]
    if named:
        groups.set_members(actor=clerk, group_id=group.id, members=named, valid_from=SINCE)
    return group


def _villages(client: Client, **query: str) -> list[str]:
    page = client.get(_page("list"), query)
    return [line.village.name for block in page.context["blocks"] for line in block.lines]


def test_overview_shows_every_village_with_its_cells(clerk: Client, town: SmallTown) -> None:
    _give(town, Duty.VILLAGE_HEAD, "secretary")

    page = clerk.get(_page("list"))

    upper = page.context["blocks"][0].lines[0]
    assert _villages(clerk) == [town.place.upper.name, town.place.lower.name, town.place.far.name]
    assert [cell.is_missing for cell in upper.cells] == [True, True, False]
    assert town.staff["secretary"].name in page.content.decode()


def test_overview_is_that_of_ones_area(sign_in: SignIn, town: SmallTown) -> None:
    secretary = sign_in("secretary")

    assert _villages(secretary) == [town.place.upper.name]
    assert secretary.get(_page("list"), {"area": town.place.far.path}).status_code == 404
    assert secretary.get(_page("gaps"), {"area": town.place.far.path}).status_code == 404


def test_overview_is_narrowed_by_name_duty_and_gap(clerk: Client, town: SmallTown) -> None:
    _give(town, Duty.VILLAGE_HEAD, "secretary")
    name = town.staff["secretary"].name

    assert _villages(clerk, text=name) == [town.place.upper.name]
    assert _villages(clerk, duty="village_head", gaps="on") == [
        town.place.lower.name,
        town.place.far.name,
    ]
    assert _villages(clerk, area=town.place.south.path) == [town.place.far.name]


def test_group_of_a_community_stands_in_its_heading(clerk: Client, town: SmallTown) -> None:
    group = _group(town, "第一包靠组", "leader")
    duties.assign(
        actor=town.actors["clerk"],
        area_id=town.place.north.id,
        duty=Duty.LEADER_GROUP,
        group_id=group.id,
        valid_from=SINCE,
    )

    north = clerk.get(_page("list")).context["blocks"][0]

    assert north.group.group_name == group.name
    assert not any(line.cells[0].is_missing for line in north.lines)
    assert not any(line.cells[0].own_links for line in north.lines)


def test_each_gap_leads_to_the_form_already_filled(clerk: Client, town: SmallTown) -> None:
    page = clerk.get(_page("gaps"))

    upper = town.place.upper
    address = f"{_page('give')}?duty=village_head&to={upper.id}&gap=1"
    form = clerk.get(address)
    assert address.replace("&", "&amp;") in page.content.decode()
    assert f'value="{upper.id}" selected' in form.content.decode()
    assert "group" not in form.context["form"].fields


def test_giving_from_a_gap_leads_back_to_the_gaps(clerk: Client, town: SmallTown) -> None:
    address = f"{_page('give')}?duty=village_head&to={town.place.upper.id}&gap=1"
    form = {
        "area": str(town.place.upper.id),
        "staff": str(town.staff["secretary"].id),
        "valid_from": "2026-11-16",
        "valid_to": "",
    }

    answer = clerk.post(address, form)

    row = Responsibility.objects.in_town(town.town.id).get()
    assert answer.headers["Location"] == _page("gaps")
    assert (row.duty, row.staff_id) == (Duty.VILLAGE_HEAD, town.staff["secretary"].id)


def test_refused_duty_keeps_what_was_typed(clerk: Client, town: SmallTown) -> None:
    _give(town, Duty.VILLAGE_CADRE, "worker")
    form = {
        "area": str(town.place.upper.id),
        "staff": str(town.staff["worker"].id),
        "valid_from": "2026-11-20",
        "valid_to": "",
    }

    answer = clerk.post(f"{_page('give')}?duty=village_cadre", form)

    text = answer.content.decode()
    assert 'id="id_staff_error"' in text
    assert 'value="2026-11-20"' in text


def test_page_of_a_place_tells_the_chain_and_the_history(clerk: Client, town: SmallTown) -> None:
    _give(town, Duty.PRINCIPAL_LEADER, "leader", "town")
    row = _give(town, Duty.VILLAGE_HEAD, "secretary")
    duties.end_assignment(actor=town.actors["clerk"], responsibility_id=row.id, on=SINCE)

    page = clerk.get(_page("area", town.place.upper.id))

    terms = page.context["terms"]
    assert [link.duty for link in page.context["links"]] == [Duty.PRINCIPAL_LEADER]
    assert [(one.staff_id, badge.kind) for one, badge in terms] == [
        (town.staff["secretary"].id, "void")
    ]


def test_substitute_is_named_and_the_holder_comes_back(clerk: Client, town: SmallTown) -> None:
    row = _give(town, Duty.VILLAGE_HEAD, "secretary")
    form = {"substitute": str(town.staff["worker"].id), "from_": "2026-11-16", "to": "2026-11-20"}

    clerk.post(_page("substitute", row.area_id, row.id), form)
    named = Responsibility.objects.in_town(town.town.id).get().substitute_id
    clerk.post(_page("end_substitute", row.area_id, row.id))

    assert named == town.staff["worker"].id
    assert Responsibility.objects.in_town(town.town.id).get().substitute_id is None


def test_duty_ends_on_a_day(clerk: Client, town: SmallTown) -> None:
    row = _give(town, Duty.VILLAGE_HEAD, "secretary")

    wrong = clerk.post(_page("end", row.area_id, row.id), {"on": "2025-01-01"})
    clerk.post(_page("end", row.area_id, row.id), {"on": "2026-11-30"})

    assert 'id="id_on_error"' in wrong.content.decode()
    assert Responsibility.objects.in_town(town.town.id).get().valid_to == date(2026, 11, 30)


def test_duty_of_another_place_is_not_there(clerk: Client, town: SmallTown) -> None:
    row = _give(town, Duty.VILLAGE_HEAD, "secretary")

    assert clerk.get(_page("end", town.place.far.id, row.id)).status_code == 404


def test_everything_is_handed_over(clerk: Client, town: SmallTown) -> None:
    _give(town, Duty.VILLAGE_CADRE, "worker")
    to = town.staff["secretary"]
    form = {"from_staff": str(town.staff["worker"].id), "to_staff": str(to.id), "on": "2026-11-16"}

    answer = clerk.post(_page("hand_over"), form)

    page = clerk.get(answer.headers["Location"])
    assert answer.headers["Location"] == _page("person", to.id)
    assert [row.duty for row, _place, _way in page.context["rows"]] == [Duty.VILLAGE_CADRE]


def test_handing_over_to_oneself_is_refused(clerk: Client, town: SmallTown) -> None:
    me = str(town.staff["worker"].id)

    answer = clerk.post(_page("hand_over"), {"from_staff": me, "to_staff": me, "on": "2026-11-16"})

    assert 'id="id_to_staff_error"' in answer.content.decode()


def test_person_sees_in_which_way_he_or_she_answers(clerk: Client, town: SmallTown) -> None:
    row = _give(town, Duty.VILLAGE_HEAD, "secretary")
    duties.set_substitute(
        actor=town.actors["clerk"],
        responsibility_id=row.id,
        substitute_id=town.staff["worker"].id,
        from_=MONDAY,
        to=MONDAY,
    )

    page = clerk.get(_page("person", town.staff["worker"].id))

    assert [found.id for found, _place, _way in page.context["rows"]] == [row.id]
    assert "2026-11-16" in page.context["rows"][0][2]


def test_group_is_formed_filled_and_dissolved(clerk: Client, town: SmallTown) -> None:
    formed = clerk.post(_page("add_group"), {"name": "第二包靠组"})
    group = LeaderGroup.objects.in_town(town.town.id).get()
    leader, clerk_self = town.staff["leader"], town.staff["clerk"]
    members: dict[str, Any] = {
        "members": [str(leader.id)],
        "other": str(clerk_self.id),
        "head": str(leader.id),
        "valid_from": "2026-11-16",
    }

    clerk.post(_page("members", group.id), members)
    sitting = GroupMember.objects.in_town(town.town.id).order_by("-is_head", "id")
    seats = [(seat.staff_id, seat.is_head) for seat in sitting]
    clerk.post(_page("end_group", group.id), {"on": "2026-11-30"})

    assert formed.headers["Location"] == _page("members", group.id)
    assert seats == [(leader.id, True), (clerk_self.id, False)]
    assert LeaderGroup.objects.in_town(town.town.id).get().ended_on == date(2026, 11, 30)


def test_group_without_members_and_without_a_name_is_refused(
    clerk: Client, town: SmallTown
) -> None:
    group = _group(town)
    nobody = {"other": "", "head": "", "valid_from": "2026-11-16"}

    no_members = clerk.post(_page("members", group.id), nobody)
    same_name = clerk.post(_page("add_group"), {"name": group.name})

    assert 'id="id_members_error"' in no_members.content.decode()
    assert 'id="id_name_error"' in same_name.content.decode()
    assert f'value="{group.name}"' in same_name.content.decode()


def test_swapped_region_is_the_region_of_the_page(clerk: Client) -> None:
    whole = clerk.get(_page("list")).content.decode()

    part = clerk.get(
        _page("list"), headers={"hx-request": "true", "hx-target": "rows"}
    ).content.decode()

    assert part.strip().startswith('<div id="rows">')
    assert part.strip() in whole
