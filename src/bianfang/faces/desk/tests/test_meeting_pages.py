"""Joint meetings on the desk: pool, list, agenda, minutes, wall, paper, file."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import gettext
from docx import Document
from openpyxl import load_workbook

from bianfang.faces.desk import meeting_report
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.meetings.actions import carrying, closing, planning, session
from bianfang.outreach.meetings.enums import ItemOutcome
from bianfang.outreach.meetings.models import AgendaItem, Meeting, Resolution
from bianfang.outreach.meetings.queries import one
from bianfang.outreach.meetings.tests import factories
from bianfang.outreach.meetings.workflow import MeetingState as State
from bianfang.register.people.models import Staff


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _text(client: Client, name: str, *args: object, **query: str | int) -> str:
    response = client.get(reverse(name, args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def _now(meeting: Meeting) -> Meeting:
    return Meeting.objects.in_town(meeting.town_id).get(id=meeting.id)


def _particulars(town: SmallTown, **changes: str) -> dict[str, str]:
    return {
        "title": "第三次集中会办会",
        "held_on": f"{MONDAY}",
        "location": "二楼会议室",
        "chair_id": str(town.staff["leader"].id),
        "recorder_id": str(town.staff["clerk"].id),
        "others": "worker, head",
        "guests": "县供电公司",
    } | changes


def test_the_pool_tells_age_meetings_and_last_resolution(clerk: Client, town: SmallTown) -> None:
    waiting, back = factories.pooled(town), factories.pooled(town)
    factories.closed(town, back)
    coming = factories.planned(town, factories.pooled(town))

    response = clerk.get(reverse("demands:pool"))

    rows = {one.row.demand.id: one for one in response.context["rows"]}
    assert (rows[waiting.id].age, rows[waiting.id].past.times) == (0, 0)
    assert (rows[back.id].past.times, rows[back.id].last_resolution) == (1, "由供电所更换线路")
    text = response.content.decode()
    assert f'value="{waiting.id}"' in text
    assert f'value="{factories.item_of(coming).demand_id}"' not in text
    assert coming.number in text


def test_what_was_put_off_is_said_in_the_pool(clerk: Client, town: SmallTown) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    session.write_minutes(
        actor=town.clerk, item_id=item.id, version=item.version, minutes="",
        outcome=ItemOutcome.PUT_OFF, reason="资料不全",
    )  # fmt: skip
    closing.close_meeting(actor=town.clerk, meeting_id=meeting.id)

    assert meeting.number in _text(clerk, "demands:pool")


def test_readers_of_the_pool_tick_nothing(sign_in: SignIn, town: SmallTown) -> None:
    factories.pooled(town)

    assert 'name="demand"' not in _text(sign_in("leader"), "demands:pool")


def test_ticked_demands_go_on_the_agenda(clerk: Client, town: SmallTown) -> None:
    meeting = factories.planned(town)
    more = [factories.pooled(town), factories.pooled(town)]
    ticked = [str(each.id) for each in more]

    response = clerk.post(
        reverse("meetings:put_on"), {"meeting": str(meeting.id), "demand": [*ticked, "nonsense"]}
    )

    assert response["Location"] == reverse("demands:pool")
    assert [item.demand for item in factories.items(meeting)][1:] == more
    again = clerk.post(
        reverse("meetings:put_on"), {"meeting": str(meeting.id), "demand": ticked}, follow=True
    )
    assert 'role="alert"' in again.content.decode()


def test_a_meeting_is_planned_with_what_was_ticked(clerk: Client, town: SmallTown) -> None:
    demand = factories.pooled(town)

    way = clerk.post(
        f"{reverse('meetings:put_on')}?area={town.place.north.path}", {"demand": str(demand.id)}
    )["Location"]
    assert clerk.get(way).status_code == 200
    response = clerk.post(way, _particulars(town))

    meeting = Meeting.objects.in_town(town.town.id).get()
    assert reverse("meetings:detail", args=[meeting.id]) in response["Location"]
    assert factories.item_of(meeting).demand == demand
    present = {each.name for each in one.list_attendees(actor=town.clerk, meeting=meeting)}
    assert present == {"worker", "head"}


def test_people_present_are_typed_by_name_unless_two_share_it(
    clerk: Client, town: SmallTown
) -> None:
    meeting = factories.planned(town, attendee_ids=(town.staff["worker"].id, town.staff["head"].id))
    page = reverse("meetings:edit", args=[meeting.id])
    worker, other = town.staff["worker"], town.staff["secretary"]
    Staff.objects.in_town(town.town.id).filter(id=worker.id).update(name="张三")
    assert set(clerk.get(page).context["form"].initial["others"].split()) == {"张三", "head"}

    Staff.objects.in_town(town.town.id).filter(id=other.id).update(name="张三")
    typed = set(clerk.get(page).context["form"].initial["others"].split())
    assert typed == {worker.username, "head"}


def test_nothing_ticked_leads_to_an_empty_plan(clerk: Client) -> None:
    assert clerk.post(reverse("meetings:put_on"))["Location"] == reverse("meetings:add")


def test_wrong_particulars_are_told_beside_their_fields(clerk: Client, town: SmallTown) -> None:
    wrong = _particulars(town, title="", chair_id="")
    response = clerk.post(reverse("meetings:add"), wrong)
    unknown = clerk.post(reverse("meetings:add"), _particulars(town, others="没有此人"))

    assert {"title", "chair_id"} <= set(response.context["form"].errors)
    assert set(unknown.context["form"].errors) == {"others"}
    assert not Meeting.objects.in_town(town.town.id).exists()


def test_particulars_are_changed(clerk: Client, town: SmallTown) -> None:
    meeting = factories.planned(town)
    address = reverse("meetings:edit", args=[meeting.id])

    assert "first-worker" in clerk.get(address).content.decode()
    assert clerk.post(address, _particulars(town, title="")).status_code == 200
    clerk.post(address, _particulars(town, title="改名"))

    assert _now(meeting).title == "改名"


def test_the_agenda_is_put_in_order_without_scripts(clerk: Client, town: SmallTown) -> None:
    first, second = factories.pooled(town), factories.pooled(town)
    meeting = factories.planned(town, first, second)
    lines = clerk.get(reverse("meetings:detail", args=[meeting.id])).context["lines"]
    assert [(line.up, line.down) for line in lines] == [(None, 2), (1, None)]

    address = reverse("meetings:place", args=[lines[1].item.id])
    clerk.post(address, {"position": "1"})
    assert [item.demand for item in factories.items(meeting)] == [second, first]
    clerk.post(address, {"position": "nowhere"})
    clerk.post(reverse("meetings:take_off", args=[lines[1].item.id]))

    assert [item.demand for item in factories.items(meeting)] == [first]


def test_a_meeting_from_beginning_to_end(clerk: Client, town: SmallTown) -> None:
    meeting = factories.planned(town)
    item = factories.item_of(meeting)
    page, screen = reverse("meetings:item", args=[item.id]), "meetings:detail"

    clerk.post(reverse("meetings:begin", args=[meeting.id]))
    refused = clerk.post(reverse("meetings:close", args=[meeting.id]), follow=True)
    assert item.demand.number in refused.content.decode()
    clerk.post(page, {"version": "1", "minutes": "各单位发言"})
    clerk.post(
        reverse("meetings:resolve", args=[item.id]),
        {
            "text": "由供电所更换",
            "owner_id": str(town.staff["handler"].id),
            "unit_id": "",
            "due_on": f"{MONDAY + timedelta(days=3)}",
        },
    )
    text = _text(clerk, screen, meeting.id)
    assert "各单位发言" in text
    assert "由供电所更换" in text
    clerk.post(reverse("meetings:close", args=[meeting.id]))

    assert _now(meeting).state == State.CLOSED
    demand = _text(clerk, "demands:detail", item.demand_id)
    assert "由供电所更换" in demand
    assert meeting.number in demand


def test_a_wrong_resolution_keeps_what_was_typed(clerk: Client, town: SmallTown) -> None:
    item = factories.item_of(factories.in_session(town))

    response = clerk.post(
        reverse("meetings:resolve", args=[item.id]),
        {"text": "写了一半", "owner_id": "", "unit_id": "", "due_on": ""},
    )

    assert {"owner_id", "due_on"} <= set(response.context["resolution"].errors)
    assert "写了一半" in response.content.decode()


def test_resolutions_are_changed_and_removed(clerk: Client, town: SmallTown) -> None:
    meeting = factories.in_session(town)
    made = factories.resolve(town, factories.item_of(meeting))
    address = reverse("meetings:resolution", args=[made.id])
    given = {
        "text": "换一种说法",
        "owner_id": str(town.staff["handler"].id),
        "unit_id": "",
        "due_on": f"{factories.DUE}",
    }

    assert made.text in clerk.get(address).content.decode()
    assert clerk.post(address, given | {"text": ""}).status_code == 200
    clerk.post(address, given)
    assert factories.resolution_of(meeting).text == "换一种说法"
    clerk.post(reverse("meetings:remove", args=[made.id]))

    assert not Resolution.objects.in_town(town.town.id).exists()


def test_wrong_minutes_are_told(clerk: Client, town: SmallTown) -> None:
    item = factories.item_of(factories.in_session(town))

    response = clerk.post(
        reverse("meetings:item", args=[item.id]),
        {"version": "1", "minutes": "写了一半", "outcome": "put_off", "reason": ""},
    )

    unversioned = clerk.post(reverse("meetings:item", args=[item.id]), {"minutes": "没有版本"})

    assert set(unversioned.context["minutes"].errors) == {"version"}
    assert set(response.context["minutes"].errors) == {"reason"}
    assert "写了一半" in response.content.decode()


def test_two_recorders_see_each_other(clerk: Client, town: SmallTown) -> None:
    item = factories.item_of(factories.in_session(town))
    address = reverse("meetings:item", args=[item.id])
    clerk.post(address, {"version": "1", "minutes": "第一份"})

    conflict = clerk.post(address, {"version": "1", "minutes": "第二份"})
    assert "第一份" in conflict.content.decode()
    assert "第二份" in conflict.content.decode()
    version = conflict.context["minutes"]["version"].value()
    clerk.post(address, {"version": version, "minutes": "第二份"})

    assert AgendaItem.objects.in_town(town.town.id).get(id=item.id).minutes == "第二份"


def test_minutes_are_corrected_with_a_reason(clerk: Client, town: SmallTown) -> None:
    meeting = factories.closed(town)
    item = factories.item_of(meeting)
    address = reverse("meetings:correct", args=[item.id])

    assert clerk.get(address).status_code == 200
    nothing = {"version": f"{item.version}", "minutes": "更正", "reason": ""}
    assert "reason" in clerk.post(address, nothing).context["form"].errors
    clerk.post(address, nothing | {"reason": "写错单位"})
    late = clerk.post(address, nothing | {"reason": "再改", "minutes": "再更正"})

    assert late.context["conflict"]
    assert "写错单位" in _text(clerk, "meetings:detail", meeting.id)


def test_its_person_in_charge_says_that_it_is_done(sign_in: SignIn, town: SmallTown) -> None:
    meeting = factories.closed(town)
    handler = sign_in("handler")
    made = factories.resolution_of(meeting)
    address = reverse("meetings:carry_out", args=[made.id])

    assert address in _text(handler, "meetings:list")
    assert made.text in handler.get(address).content.decode()
    assert handler.post(address, {"result": ""}).status_code == 200
    handler.post(address, {"result": "已换新线"})

    assert factories.resolution_of(meeting).is_done
    assert address not in _text(handler, "meetings:list")
    assert "已换新线" in _text(handler, "meetings:item", factories.item_of(meeting).id)


def test_own_work_lists_own_resolutions_until_they_are_done(
    sign_in: SignIn, town: SmallTown
) -> None:
    factories.closed(town)
    handler = sign_in("handler")
    work, home = reverse("desk:work"), reverse("desk:home")
    response = handler.get(work)
    [line] = response.context["resolutions"]
    assert response.context["resolution_count"] == 1
    assert line.may_carry_out
    before = handler.get(home)
    assert before.context["resolutions"] == 1
    assert f"{work}#resolutions" in before.content.decode()

    handler.post(reverse("meetings:carry_out", args=[line.resolution.id]), {"result": "已更换"})

    after = handler.get(work)
    assert after.context["resolutions"] == []
    assert [done.resolution.id for done in after.context["resolutions_done"]] == [
        line.resolution.id
    ]
    assert handler.get(home).context["todo_count"] == before.context["todo_count"] - 1


def test_own_work_names_no_resolution_of_others_or_of_a_meeting_that_sits(
    sign_in: SignIn, town: SmallTown
) -> None:
    meeting = factories.in_session(town)
    factories.resolve(town, factories.items(meeting)[0])

    assert sign_in("handler").get(reverse("desk:work")).context["resolutions"] == []
    assert sign_in("head").get(reverse("desk:work")).context["resolutions"] == []


def test_a_meeting_is_cancelled_with_a_reason(clerk: Client, town: SmallTown) -> None:
    meeting = factories.planned(town)
    address = reverse("meetings:cancel", args=[meeting.id])

    assert clerk.post(address, {"reason": ""}).status_code == 200
    assert clerk.get(address).status_code == 200
    clerk.post(address, {"reason": "防汛"})

    assert _now(meeting).state == State.CANCELLED
    assert "防汛" in _text(clerk, "meetings:detail", meeting.id)


def test_items_of_elsewhere_are_a_number_and_nothing_more(sign_in: SignIn, town: SmallTown) -> None:
    near, far = factories.pooled(town), factories.far_pooled(town)
    meeting = factories.planned(town, near, far)
    secretary = sign_in("secretary")

    for name in ("meetings:detail", "meetings:screen", "meetings:paper"):
        text = _text(secretary, name, meeting.id)
        assert near.number in text
        assert far.number not in text
    assert secretary.get(reverse("meetings:detail", args=[meeting.id])).context["unseen"] == 1


def test_what_earlier_meetings_left_stands_on_top(clerk: Client, town: SmallTown) -> None:
    factories.closed(town)
    second = factories.planned(town, held_on=factories.day(2))

    response = clerk.get(reverse("meetings:detail", args=[second.id]))

    assert [line.text for line in response.context["left"]] == ["由供电所更换线路"]


def _named(town: SmallTown) -> tuple[Demand, Meeting]:
    """A meeting on whose papers the proposer's name could appear."""
    demand = factories.pooled(town, content="董大山家门口路灯不亮")
    meeting = factories.in_session(town, demand)
    item = factories.item_of(meeting)
    session.write_minutes(actor=town.clerk, item_id=item.id, version=1, minutes="董大山到会说明")
    factories.resolve(town, item, text="给董大山家装灯")
    closing.close_meeting(actor=town.clerk, meeting_id=meeting.id)
    made = factories.resolution_of(meeting)
    carrying.carry_out(actor=town.clerk, resolution_id=made.id, result="董大山已签收")
    return demand, meeting


def test_wall_and_paper_name_no_resident(clerk: Client, town: SmallTown) -> None:
    demand, meeting = _named(town)

    for name in ("meetings:screen", "meetings:paper"):
        text = _text(clerk, name, meeting.id)
        assert demand.number in text
        assert "董大山" not in text
    assert "董大山" in _text(clerk, "meetings:detail", meeting.id)


def test_who_may_not_know_who_asks_does_not_read_it_here(sign_in: SignIn, town: SmallTown) -> None:
    _demand, meeting = _named(town)
    head, handler = sign_in("head"), sign_in("roads_handler")

    assert "董大山" in _text(head, "meetings:detail", meeting.id)
    assert "董大山" not in _text(handler, "meetings:detail", meeting.id)


def test_the_wall_shows_one_item_at_a_time(clerk: Client, town: SmallTown) -> None:
    first, second = factories.pooled(town), factories.pooled(town)
    meeting = factories.planned(town, first, second)

    for asked, shown in (("", first), ("1", first), ("2", second), ("99", second), ("x", first)):
        text = _text(clerk, "meetings:screen", meeting.id, item=asked)
        assert shown.number in text
    assert 'rel="next"' in _text(clerk, "meetings:screen", meeting.id)
    assert 'rel="prev"' in _text(clerk, "meetings:screen", meeting.id, item=2)


def test_empty_pages_say_what_to_do(clerk: Client, town: SmallTown) -> None:
    clerk.post(reverse("meetings:add"), _particulars(town, others="", guests=""))
    meeting = Meeting.objects.in_town(town.town.id).get()

    for name in ("meetings:detail", "meetings:screen", "meetings:paper"):
        assert _text(clerk, name, meeting.id)
    assert 'class="nothing"' in _text(clerk, "meetings:detail", meeting.id)
    assert 'class="nothing"' in _text(clerk, "demands:pool")
    Meeting.objects.in_town(town.town.id).filter(id=meeting.id).delete()
    assert 'class="nothing"' in _text(clerk, "meetings:list")


def test_agenda_and_minutes_are_taken_away(clerk: Client, town: SmallTown) -> None:
    _demand, meeting = _named(town)
    second = factories.in_session(town, factories.pooled(town), factories.pooled(town))
    put_off = factories.item_of(second)
    session.write_minutes(
        actor=town.clerk, item_id=put_off.id, version=1, minutes="",
        outcome=ItemOutcome.PUT_OFF, reason="资料不全",
    )  # fmt: skip

    words = [_words(clerk, each) for each in (meeting, second)]

    assert "装灯" in words[0]
    assert "董大山" not in words[0]
    assert "资料不全" in words[1]


def _words(client: Client, meeting: Meeting) -> str:
    response = client.post(reverse("meetings:export", args=[meeting.id]))
    book = load_workbook(BytesIO(response.content))
    assert len(book.sheetnames) == 2
    return " ".join(
        str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value
    )


def test_agenda_and_minutes_are_taken_away_as_a_document(clerk: Client, town: SmallTown) -> None:
    first, second = factories.pooled(town), factories.pooled(town)
    meeting = factories.in_session(town, first, second)
    one_item, other = factories.items(meeting)
    factories.resolve(town, one_item)
    session.write_minutes(
        actor=town.clerk,
        item_id=other.id,
        version=other.version,
        minutes=f"听取{second.proposer_name}的意见",
        outcome=ItemOutcome.PUT_OFF,
        reason="资金未定",
    )
    closing.close_meeting(actor=town.clerk, meeting_id=meeting.id)

    response = clerk.post(reverse("meetings:document", args=[meeting.id]))

    assert response.headers["Content-Type"] == meeting_report.DOCX
    assert ".docx" in response.headers["Content-Disposition"]
    paper = Document(BytesIO(response.content))
    told = "\n".join(line.text for line in paper.paragraphs)
    [table] = paper.tables
    cells = [cell.text for row in table.rows for cell in row.cells]
    for text in (
        meeting.title,
        meeting.number,
        f"{meeting.held_on}",
        meeting.location,
        meeting.guests,
        town.staff["leader"].name,
        town.staff["worker"].name,
        first.number,
        first.content,
        "资金未定",
    ):
        assert text in told
    assert {"由供电所更换线路", town.staff["handler"].name, f"{factories.DUE}"} <= set(cells)
    assert second.proposer_name not in "\n".join([told, *cells])


def test_document_of_an_empty_agenda_says_so(clerk: Client, town: SmallTown) -> None:
    meeting = planning.plan_meeting(
        actor=town.clerk, given=factories.particulars(town, guests="", attendee_ids=())
    )

    response = clerk.post(reverse("meetings:document", args=[meeting.id]))

    texts = [line.text for line in Document(BytesIO(response.content)).paragraphs]
    assert texts[0] == meeting.title
    assert texts[-1] == gettext("Nothing is on the agenda yet")
    assert len(texts) == 8


def test_former_wordings_of_minutes_stay_on_the_page(clerk: Client, town: SmallTown) -> None:
    meeting = factories.in_session(town)
    [item] = factories.items(meeting)
    page = reverse("meetings:item", args=[item.id])
    for minutes in ("初稿", "二稿"):
        version = factories.items(meeting)[0].version
        clerk.post(page, {"version": str(version), "minutes": minutes, "outcome": "", "reason": ""})
    assert [line.what for line in clerk.get(page).context["former"]] == ["初稿"]
    factories.resolve(town, item)
    closing.close_meeting(actor=town.clerk, meeting_id=meeting.id)

    version = factories.items(meeting)[0].version
    clerk.post(
        reverse("meetings:correct", args=[item.id]),
        {"version": str(version), "minutes": "定稿", "reason": "漏记一句"},
    )

    response = clerk.get(page)
    assert [line.what for line in response.context["former"]] == ["二稿", "初稿"]
    assert [line.said for line in response.context["former"]] == ["漏记一句", ""]
    assert response.context["former"][0].who == town.staff["clerk"].name
    assert "漏记一句" in response.content.decode()


def test_items_can_be_dragged_only_by_who_may_put_them_in_order(
    clerk: Client, sign_in: SignIn, town: SmallTown
) -> None:
    page = reverse("meetings:detail", args=[factories.planned(town).id])

    assert "data-bf-drag" in clerk.get(page).content.decode()
    assert "data-bf-drag" not in sign_in("secretary").get(page).content.decode()


def test_a_meeting_without_guests_is_taken_away(clerk: Client, town: SmallTown) -> None:
    meeting = factories.planned(town, guests="", attendee_ids=())
    clerk.post(reverse("meetings:begin", args=[meeting.id]))

    assert meeting.number in _words(clerk, meeting)


@pytest.mark.parametrize("who", ["leader", "secretary", "handler"])
def test_readers_find_no_forms(who: str, sign_in: SignIn, town: SmallTown) -> None:
    meeting = factories.in_session(town)
    item = factories.item_of(meeting)
    client = sign_in(who)

    text = _text(client, "meetings:item", item.id)
    assert 'name="minutes"' not in text
    assert client.post(reverse("meetings:item", args=[item.id]), {}).status_code == 403
    assert reverse("meetings:close", args=[meeting.id]) not in _text(
        client, "meetings:detail", meeting.id
    )
