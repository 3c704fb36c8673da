"""Rounds from plan to finish, their households, and the checklists they use."""

import pytest
from django.test import Client
from django.urls import reverse

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.actions.groups import MemberInput
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.visits.actions import checklists, rounds
from bianfang.outreach.visits.enums import RoundChangeKind, TopicKind
from bianfang.outreach.visits.models import Checklist, Round, RoundChange, Target, Topic
from bianfang.outreach.visits.workflow import RoundState
from bianfang.register.households.enums import Priority


@pytest.fixture
def clerk(sign_in: SignIn) -> Client:
    return sign_in("clerk")


def _page(name: str, *args: object) -> str:
    return reverse(f"rounds:{name}", args=args)


def _plan(town: SmallTown) -> Round:
    return rounds.create_round(
        actor=town.actors["clerk"], name="第二轮", starts_on=MONDAY, due_on=MONDAY
    )


def _state(round_: Round) -> str:
    return str(Round.objects.in_town(round_.town_id).get(id=round_.id).state)


def _fill_all_duties(town: SmallTown) -> None:
    clerk = town.actors["clerk"]
    group = groups.create_group(actor=clerk, name="第一包靠组")
    members = [MemberInput(staff_id=town.staff["leader"].id, is_head=True)]
    groups.set_members(actor=clerk, group_id=group.id, members=members, valid_from=MONDAY)
    person = town.staff["worker"].id
    given = [(town.place.town, Duty.PRINCIPAL_LEADER)]
    for village in (town.place.upper, town.place.lower, town.place.far):
        given += [(village, Duty.VILLAGE_CADRE), (village, Duty.VILLAGE_HEAD)]
        duties.assign(
            actor=clerk,
            area_id=village.id,
            duty=Duty.LEADER_GROUP,
            group_id=group.id,
            valid_from=MONDAY,
        )
    for area, duty in given:
        duties.assign(actor=clerk, area_id=area.id, duty=duty, staff_id=person, valid_from=MONDAY)


def test_round_is_planned_and_says_what_is_missing(clerk: Client, town: SmallTown) -> None:
    form = {"name": "第二轮", "starts_on": "2026-11-20", "due_on": "2026-12-20"}

    answer = clerk.post(_page("add"), form)

    page = clerk.get(answer.headers["Location"])
    readiness = page.context["readiness"]
    assert len(readiness.who) == 10
    assert readiness.what
    assert readiness.how
    assert reverse("assignments:gaps") in page.content.decode()
    assert _page("start", page.context["round"].id) not in page.content.decode()


def test_round_that_ends_before_it_begins_is_refused(clerk: Client) -> None:
    form = {"name": "第二轮", "starts_on": "2026-11-20", "due_on": "2026-11-01"}

    text = clerk.post(_page("add"), form).content.decode()

    assert 'id="id_due_on_error"' in text
    assert 'value="第二轮"' in text


def test_start_that_is_not_ready_is_refused_with_everything_missing(
    clerk: Client, town: SmallTown
) -> None:
    plan = _plan(town)

    page = clerk.post(_page("start", plan.id), follow=True)

    assert _state(plan) == RoundState.DRAFT
    assert "notice-error" in page.content.decode()


def test_round_that_is_ready_starts_and_finishes(clerk: Client, town: SmallTown) -> None:
    rounds.finish_round(actor=town.actors["clerk"], round_id=town.round.id)
    plan = _plan(town)
    _fill_all_duties(town)
    things.fill_round(town)
    configured = clerk.post(
        _page("configure", plan.id),
        {
            "checklist": str(town.round.checklist_id),
            "coordinator": str(town.units["civil"].id),
            "timed_days": "10",
        },
    )
    ready = clerk.get(_page("detail", plan.id)).content.decode()

    clerk.post(_page("start", plan.id))
    early = clerk.post(_page("finish", plan.id), follow=True).content.decode()
    for household in (town.household, town.neighbour, town.far_household):
        things.visited(town, household)
    done = clerk.get(_page("detail", plan.id)).content.decode()
    clerk.post(_page("finish", plan.id))

    assert configured.status_code == 302
    assert _page("start", plan.id) in ready
    assert "notice-error" in early
    assert _page("finish", plan.id) in done
    assert _state(plan) == RoundState.FINISHED


def test_plan_is_changed_and_given_up_with_a_reason(clerk: Client, town: SmallTown) -> None:
    plan = _plan(town)
    form = {"name": "秋季遍访", "starts_on": "2026-11-16", "due_on": "2026-12-01"}

    clerk.post(_page("edit", plan.id), form)
    without = clerk.post(_page("cancel", plan.id), {"reason": ""})
    named = Round.objects.in_town(town.town.id).get(id=plan.id).name
    clerk.post(_page("cancel", plan.id), {"reason": "改到明年"})

    assert named == "秋季遍访"
    assert 'id="id_reason_error"' in without.content.decode()
    assert _state(plan) == RoundState.CANCELLED
    assert clerk.get(_page("detail", plan.id)).status_code == 200


def test_progress_counts_by_area_outcome_and_role(clerk: Client, town: SmallTown) -> None:
    things.fill_round(town)
    things.visited(town)

    town_page = clerk.get(_page("detail", town.round.id)).context["progress"]
    north = clerk.get(_page("detail", town.round.id), {"area": town.place.north.path})
    village = clerk.get(_page("detail", town.round.id), {"area": town.place.upper.path})

    assert (town_page.share.part, town_page.share.whole, town_page.left) == (1, 3, 2)
    assert [line.name for line in town_page.places] == ["北社区", "南社区"]
    assert [part.count for part in town_page.outcomes] == [2, 1, 0, 0, 0]
    assert [row.visits for row in town_page.roles] == [1]
    assert [line.name for line in north.context["progress"].places] == [town.place.upper.name]
    assert village.context["progress"].places[0].href.startswith(_page("left", town.round.id))


def test_progress_of_an_area_elsewhere_is_not_there(sign_in: SignIn, town: SmallTown) -> None:
    secretary = sign_in("secretary")
    query = {"area": town.place.far.path}

    for name in ("detail", "left", "households", "changes"):
        assert secretary.get(_page(name, town.round.id), query).status_code == 404, name
    assert secretary.get(_page("list"), query).status_code == 404


def test_rounds_stand_side_by_side(clerk: Client, town: SmallTown) -> None:
    things.fill_round(town)
    things.visited(town)

    lines = clerk.get(_page("list")).context["lines"]

    assert [line.name for line in lines][:2] == ["北社区", "南社区"]
    assert [share.text for _name, share in lines[-1].cells] == ["33.3%"]


def test_who_is_left_comes_hardship_first_and_prints(clerk: Client, town: SmallTown) -> None:
    things.fill_round(town)
    Target.objects.in_town(town.town.id).filter(household=town.far_household).update(
        priority=Priority.HARDSHIP
    )
    address = _page("left", town.round.id)

    page = clerk.get(address)
    paper = clerk.get(address, {"print": "1"})
    hard = clerk.get(address, {"priority": "1"})

    listed = [row["household"].id for row in page.context["rows"]]
    assert listed == [town.far_household.id, town.household.id, town.neighbour.id]
    assert [row["household"].id for row in hard.context["rows"]] == [town.far_household.id]
    assert "data-bf-print" in paper.content.decode()
    assert len(paper.context["rows"]) == 3


def test_left_list_goes_on_behind_the_last_row(clerk: Client, town: SmallTown) -> None:
    things.fill_round(town)
    for place in range(60):
        household = factories.make_household(town.place.upper_hamlet, f"9{place:08d}", "王五")
        things.add_target(town, household)

    first = clerk.get(_page("left", town.round.id))
    rest = clerk.get(_page("left", town.round.id) + first.context["listing"].next_href)

    seen = [row["household"].id for row in (*first.context["rows"], *rest.context["rows"])]
    assert len(seen) == len(set(seen)) == 63


def test_households_are_reached_or_not(clerk: Client, town: SmallTown) -> None:
    things.fill_round(town)
    things.visited(town)
    address = _page("households", town.round.id)

    def listed(**query: str) -> list[object]:
        return [row["household"].id for row in clerk.get(address, query).context["rows"]]

    assert listed(group="settled") == [town.household.id]
    assert listed(group="left") == [town.neighbour.id, town.far_household.id]
    assert listed(outcome="met") == [town.household.id]
    assert len(listed()) == 3


def test_changes_of_the_register_stand_beside_the_round(clerk: Client, town: SmallTown) -> None:
    RoundChange.objects.create(
        town=town.town,
        round=town.round,
        household=town.neighbour,
        area_path=town.neighbour.area_path,
        kind=RoundChangeKind.JOINED,
        at=factories.morning(),
    )

    page = clerk.get(_page("changes", town.round.id))

    assert [change.household_id for change, _place, _kind in page.context["rows"]] == [
        town.neighbour.id
    ]


def test_plan_has_no_households_yet(clerk: Client, town: SmallTown) -> None:
    assert clerk.get(_page("left", _plan(town).id)).status_code == 404


@pytest.mark.parametrize("name", ["left", "households"])
def test_swapped_region_is_the_region_of_the_page(
    name: str, clerk: Client, town: SmallTown
) -> None:
    things.fill_round(town)
    address = _page(name, town.round.id)
    whole = clerk.get(address).content.decode()

    part = clerk.get(address, headers={"hx-request": "true", "hx-target": "rows"}).content.decode()

    assert part.strip().startswith('<div id="rows">')
    assert part.strip() in whole


def _list(name: str, *args: object) -> str:
    return reverse(f"checklists:{name}", args=args)


def test_checklist_is_begun_filled_published_and_renewed(clerk: Client, town: SmallTown) -> None:
    begun = clerk.post(_list("add"), {"name": "冬季清单", "intro": "您好"})
    checklist = Checklist.objects.in_town(town.town.id).get(name="冬季清单")
    topic = {"kind": "explain", "text": "防溺水", "hint": "看好孩子"}

    clerk.post(_list("add_topic", checklist.id), topic)
    clerk.post(_list("intro", checklist.id), {"intro": "您好，我们来听听"})
    row = Topic.objects.in_town(town.town.id).get(checklist=checklist)
    clerk.post(_list("edit_topic", row.id), {**topic, "text": "防火"})
    clerk.post(_list("publish", checklist.id))
    page = clerk.get(_list("detail", checklist.id)).content.decode()
    paper = clerk.get(_list("paper", checklist.id)).content.decode()
    clerk.post(_list("renew", checklist.id))

    versions = Checklist.objects.in_town(town.town.id).filter(name="冬季清单")
    assert begun.headers["Location"] == _list("detail", checklist.id)
    assert "防火" in page
    assert _list("add_topic", checklist.id) not in page
    assert "您好，我们来听听" in paper
    assert sorted(versions.values_list("version", flat=True)) == [1, 2]


def test_topic_without_words_is_marked_and_stays_typed(clerk: Client, town: SmallTown) -> None:
    checklist = checklists.create_checklist(actor=town.actors["clerk"], name="草稿")

    answer = clerk.post(
        _list("add_topic", checklist.id), {"kind": "ask", "text": " ", "hint": "写过的提示"}
    )

    assert 'id="id_text_error"' in answer.content.decode()
    assert "写过的提示" in answer.content.decode()


def test_topic_is_taken_off(clerk: Client, town: SmallTown) -> None:
    actor = town.actors["clerk"]
    checklist = checklists.create_checklist(actor=actor, name="草稿")
    topic = checklists.add_topic(
        actor=actor, checklist_id=checklist.id, kind=TopicKind.ASK, text="就业"
    )

    clerk.post(_list("remove_topic", topic.id))

    assert not Topic.objects.in_town(town.town.id).filter(checklist=checklist).exists()


def test_published_checklist_is_not_changed(clerk: Client, town: SmallTown) -> None:
    topic = {"kind": "ask", "text": "就业", "hint": ""}

    answer = clerk.post(_list("add_topic", town.round.checklist_id), topic)

    assert "notice-error" in answer.content.decode()
    assert not Topic.objects.in_town(town.town.id).exists()
