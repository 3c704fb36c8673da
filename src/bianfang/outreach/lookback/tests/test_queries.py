from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bianfang.kernel.errors import NotFoundError
from bianfang.kernel.figures import NOTHING
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.lookback import policies
from bianfang.outreach.lookback.actions import checking
from bianfang.outreach.lookback.queries import checkers, lists, one
from bianfang.outreach.lookback.queries.lists import CheckFilter
from bianfang.outreach.lookback.queries.one import Tally
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.tests.factories import handed_out, record
from bianfang.outreach.lookback.workflow import CheckResult
from bianfang.register.people import queries as people
from bianfang.register.people.enums import Permission
from bianfang.register.people.models import Post

PASSED, FAILED, NOT_REACHED = CheckResult.PASSED, CheckResult.FAILED, CheckResult.NOT_REACHED


@pytest.fixture
def closed(town: SmallTown) -> SmallTown:
    factories.closed(town)
    return town


def test_a_look_back_is_seen_in_its_area_and_below(closed: SmallTown) -> None:
    whole = factories.drawn(closed)
    north = factories.drawn(closed, area_id=closed.place.north.id)

    seen = {
        name: {row.id for row in lists.page_look_backs(actor=closed.actors[name]).rows}
        for name in ("clerk", "leader", "worker", "secretary", "far_secretary", "handler")
    }

    both = {whole.id, north.id}
    assert seen == {
        "clerk": both,
        "leader": both,
        "worker": both,
        "secretary": both,
        "far_secretary": {whole.id},
        "handler": set(),
    }
    with pytest.raises(NotFoundError):
        one.get_look_back(actor=closed.far_secretary, look_back_id=north.id)


def test_checks_are_seen_where_their_demands_are(closed: SmallTown) -> None:
    look_back = factories.drawn(closed)

    def seen(name: str) -> list[str]:
        rows = lists.list_checks(actor=closed.actors[name], look_back=look_back)
        return [check.area_path for check in rows.order_by("id")]

    assert seen("clerk") == [closed.household.area_path, closed.far_household.area_path]
    assert seen("secretary") == [closed.household.area_path]
    assert seen("far_secretary") == [closed.far_household.area_path]
    assert seen("handler") == []


def test_checks_are_counted_by_group_and_in_all(closed: SmallTown) -> None:
    look_back = factories.drawn(closed, of_each=2)
    factories.give(closed, look_back)
    first, second, third, _fourth = factories.checks_of(look_back)
    record(closed, first, PASSED)
    record(closed, second, NOT_REACHED)
    record(closed, third, FAILED)
    checking.replace(actor=closed.clerk, check_id=second.id)

    found = one.tally_by_stratum(actor=closed.clerk, look_back=look_back)

    assert found == {
        closed.place.north.path: Tally(waiting=1, passed=1, replaced=1),
        closed.place.south.path: Tally(waiting=1, failed=1),
    }
    all_of_them = sum(found.values(), Tally())
    assert (all_of_them.total, all_of_them.checked) == (4, 2)
    assert all_of_them.pass_rate.text() == "50.0%"
    [counted] = lists.tally_look_backs(actor=closed.clerk, look_backs=[look_back]).values()
    assert counted == all_of_them
    assert one.tally_by_stratum(actor=closed.far_secretary, look_back=look_back) == {
        closed.place.south.path: Tally(waiting=1, failed=1)
    }


def test_without_a_decided_check_there_is_no_rate() -> None:
    assert Tally(waiting=3).pass_rate.text() == NOTHING


def test_what_waits_for_me_is_open_and_mine(closed: SmallTown) -> None:
    first, second = handed_out(closed)
    factories.drawn(closed)
    record(closed, first, PASSED)
    record(closed, second, NOT_REACHED)

    assert [check.id for check in lists.list_mine(actor=closed.second_clerk)] == [second.id]
    assert list(lists.list_mine(actor=closed.clerk)) == []
    checking.replace(actor=closed.clerk, check_id=second.id)
    assert list(lists.list_mine(actor=closed.second_clerk)) == []


def test_a_list_of_checks_is_narrowed_by_result(closed: SmallTown) -> None:
    first, second = handed_out(closed)
    record(closed, first, NOT_REACHED)
    look_back = first.look_back

    rows = lists.list_checks(actor=closed.clerk, look_back=look_back, result=NOT_REACHED)

    assert [check.id for check in rows.order_by("id")] == [first.id]
    assert second.id != first.id


def test_the_latest_check_stands_beside_a_demand(closed: SmallTown) -> None:
    first, second = handed_out(closed)
    record(closed, first, PASSED)
    record(closed, second, FAILED)
    rows = Demand.objects.in_town(closed.town.id).order_by("number")

    beside = {
        demand.id: (demand.look_back_result, demand.look_back_on)
        for demand in lists.with_latest(rows)
    }

    today = factories.day(0)
    assert beside.pop(first.demand_id) == (PASSED, today)
    assert beside.pop(second.demand_id) == (FAILED, today)
    assert set(beside.values()) == {(None, None)}
    shown = one.list_of_demand(actor=closed.clerk, demand=first.demand)
    assert [check.id for check in shown] == [first.id]


def test_those_offered_leave_out_who_had_it_in_hand_or_wrote_it_off(closed: SmallTown) -> None:
    checks = factories.checks_of(factories.drawn(closed))

    found = checkers.list_checkers(actor=closed.clerk, checks=checks)

    assert [(each.name, each.fits) for each in found] == [
        ("leader", 2),
        ("second_clerk", 2),
        ("worker", 1),
    ]
    [near, _far] = checks
    assert checkers.list_checkers(actor=closed.clerk, checks=[]) == []
    names = {each.name for each in checkers.list_checkers(actor=closed.clerk, checks=[near])}
    assert names == {"leader", "second_clerk", "worker"}


def test_decided_checks_page_in_one_query(closed: SmallTown) -> None:
    for check in handed_out(closed, of_each=2):
        record(closed, check, PASSED)

    with CaptureQueriesContext(connection) as captured:
        page = lists.page_decided(actor=closed.clerk, filters=CheckFilter(), size=2)
        names = [(row.demand.number, row.look_back.title, row.checker.name) for row in page.rows]

    assert len(captured) == 1
    assert len(names) == 2
    assert page.next_token
    south = CheckFilter(result=PASSED, area=closed.place.south.reach)
    assert len(lists.page_decided(actor=closed.clerk, filters=south).rows) == 2
    assert lists.page_decided(actor=closed.clerk, filters=CheckFilter(result=FAILED)).rows == []


def test_a_job_of_the_system_sees_all_checks(closed: SmallTown) -> None:
    look_back = factories.drawn(closed)
    job = people.system_actor(town_id=closed.town.id, name="seal")

    assert lists.list_checks(actor=job, look_back=look_back).count() == 2
    assert not policies.can_plan_look_back(job, closed.place.town.path)
    near = replace(job, grants={Permission.VIEW_DEMANDS: (closed.place.north.reach,)})
    assert lists.list_checks(actor=near, look_back=look_back).count() == 1


def test_another_town_sees_nothing(closed: SmallTown) -> None:
    check, _other = handed_out(closed)
    stranger = demands.make_town("second", code="0002").clerk

    assert lists.page_look_backs(actor=stranger).rows == []
    with pytest.raises(NotFoundError):
        one.get_check(actor=stranger, check_id=check.id)


def test_the_person_asked_may_record(closed: SmallTown) -> None:
    check, _other = handed_out(closed)

    assert policies.can_record_check(closed.second_clerk, check)
    assert not policies.can_record_check(closed.leader, check)


def test_a_post_without_an_area_offers_nobody(closed: SmallTown) -> None:
    checks = factories.checks_of(factories.drawn(closed))
    posts = Post.objects.in_town(closed.town.id).filter(staff=closed.staff["leader"])
    posts.update(area=None, unit=closed.units["civil"].id)

    found = checkers.list_checkers(actor=closed.clerk, checks=checks)

    assert "leader" not in {each.name for each in found}
