"""Look-backs on the desk: drawing, handing out, checking, and what other pages show of them."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk import lookback_page
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel.actor import Actor
from bianfang.outreach.demands.actions import review
from bianfang.outreach.demands.tests import factories as demands
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.demands.workflow import DemandState
from bianfang.outreach.lookback.actions import checking
from bianfang.outreach.lookback.enums import STATE_LABELS, StrataBy
from bianfang.outreach.lookback.models import Check, LookBack
from bianfang.outreach.lookback.tests import factories
from bianfang.outreach.lookback.tests.factories import handed_out, record
from bianfang.outreach.lookback.workflow import CheckResult, LookBackState
from bianfang.register.areas.queries import forget_areas
from bianfang.register.people.enums import Permission

FRAME = 4
PASSED, FAILED, NOT_REACHED = CheckResult.PASSED, CheckResult.FAILED, CheckResult.NOT_REACHED


@pytest.fixture
def closed(town: SmallTown) -> SmallTown:
    factories.closed(town)
    return town


def typed(town: SmallTown, **changes: object) -> dict[str, object]:
    """What the drawing form sends; None takes a field away."""
    common = {
        "title": "十一月回头看",
        "area_id": str(town.place.town.id),
        "from_day": "2026-11-01",
        "to_day": "2026-11-16",
        "strata_by": "community",
        "method": "of_each",
        "confidence": "95",
        "of_each": "1",
        "seed": "7",
        **changes,
    }
    return {name: value for name, value in common.items() if value is not None}


def english(client: Client, address: str, data: dict[str, Any] | None = None) -> str:
    response = client.get(address, data, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


def test_the_numbers_are_shown_before_anything_is_drawn(closed: SmallTown, sign_in: SignIn) -> None:
    client, address = sign_in("clerk"), reverse("lookbacks:draw")

    text = english(client, address, typed(closed, method="confidence", margin="30"))

    assert "<b>5</b> demands were written off" in text
    assert "<b>4</b> of them would be checked" in text
    assert "北社区" in text
    assert "percentage points of that of all" in text
    assert not LookBack.objects.in_town(closed.town.id).exists()


def test_the_form_starts_with_last_month(closed: SmallTown, sign_in: SignIn) -> None:
    text = english(sign_in("clerk"), reverse("lookbacks:draw"))

    assert 'value="2026-10-01"' in text
    assert 'value="2026-10-31"' in text
    assert "would be checked" not in text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"to_day": "2026-10-01", "from_day": "2026-10-01"}, "Nothing was written off there"),
        ({"of_each": None}, "Set how many of each group"),
        ({"area_id": ""}, "Choose the area."),
        ({"method": "luck"}, "luck"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    closed: SmallTown, sign_in: SignIn, changes: dict[str, object], sentence: str
) -> None:
    assert sentence in english(
        sign_in("clerk"), reverse("lookbacks:draw"), typed(closed, **changes)
    )


def test_drawing_leads_to_the_look_back(closed: SmallTown, sign_in: SignIn) -> None:
    client = sign_in("clerk")

    response = client.post(reverse("lookbacks:draw"), typed(closed))

    made = LookBack.objects.in_town(closed.town.id).get()
    assert response.headers["Location"] == reverse("lookbacks:detail", args=[made.id])
    assert made.seed == 7
    text = english(client, response.headers["Location"])
    assert "1 of each group" in text
    assert "±" in text


def test_a_refused_drawing_keeps_what_was_typed(closed: SmallTown, sign_in: SignIn) -> None:
    response = sign_in("clerk").post(
        reverse("lookbacks:draw"), typed(closed, title=""), headers={"accept-language": "en"}
    )

    text = response.content.decode()
    assert "Give the look-back a name." in text
    assert 'value="2026-11-01"' in text


def test_checks_are_handed_out_and_refusals_named(closed: SmallTown, sign_in: SignIn) -> None:
    look_back = factories.drawn(closed)
    near, far = factories.checks_of(look_back)
    client = sign_in("clerk")
    detail = reverse("lookbacks:detail", args=[look_back.id])

    offered = english(client, detail)
    response = client.post(
        reverse("lookbacks:assign", args=[look_back.id]),
        {"check": [str(near.id), str(far.id)], "checker": str(closed.staff["worker"].id)},
        follow=True,
        headers={"accept-language": "en"},
    )

    assert "worker · Community worker (1 of 2)" in offered
    assert "handler ·" not in offered
    text = response.content.decode()
    assert "1 check handed out." in text
    assert f"{far.demand.number} Checks are for those who may review" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"checker": ""}, "Choose who checks."),
        ({"checker": "worker"}, "Tick what is to be handed out."),
    ],
)
def test_nothing_ticked_or_nobody_chosen_is_told(
    closed: SmallTown, sign_in: SignIn, data: dict[str, str], sentence: str
) -> None:
    look_back = factories.drawn(closed)
    if data["checker"]:
        data = {"checker": str(closed.staff["worker"].id), "check": "nonsense"}

    response = sign_in("clerk").post(
        reverse("lookbacks:assign", args=[look_back.id]),
        data,
        follow=True,
        headers={"accept-language": "en"},
    )

    assert sentence in response.content.decode()


def test_my_work_leads_to_my_checks_and_on_to_the_next(closed: SmallTown, sign_in: SignIn) -> None:
    first, second = handed_out(closed)
    client = sign_in("second_clerk")
    page = reverse("lookbacks:check", args=[first.id])

    work = english(client, reverse("desk:work"))
    mine = english(client, reverse("lookbacks:mine"))
    on = client.post(page, {"way": "phone", "result": "passed", "found": ""})
    last = client.post(
        reverse("lookbacks:check", args=[second.id]),
        {"way": "visit", "result": "failed", "found": "灯又不亮了"},
    )

    assert page in work
    assert first.demand.number in mine
    assert second.demand.number in mine
    assert on.headers["Location"] == reverse("lookbacks:mine")
    assert last.headers["Location"] == reverse("desk:work")
    assert factories.fresh(second).demand.state == DemandState.HANDLING
    assert state_of(first) == LookBackState.FINISHED
    assert "No check waits for you" in english(client, reverse("lookbacks:mine"))
    assert "Nothing waits for you" in english(client, reverse("desk:work"))


def state_of(check: Check) -> str:
    return factories.state_of(check.look_back)


def test_a_failure_without_words_stays_on_the_form(closed: SmallTown, sign_in: SignIn) -> None:
    check, _other = handed_out(closed)

    response = sign_in("second_clerk").post(
        reverse("lookbacks:check", args=[check.id]),
        {"way": "phone", "result": "failed"},
        headers={"accept-language": "en"},
    )

    assert "Write down what was found" in response.content.decode()
    assert factories.fresh(check).result == CheckResult.WAITING


def test_only_the_person_asked_sees_the_form(closed: SmallTown, sign_in: SignIn) -> None:
    check, _other = handed_out(closed)
    page = reverse("lookbacks:check", args=[check.id])

    assert "Record the result" not in english(sign_in("leader"), page)
    assert "Only the person it was handed to" in english(sign_in("leader"), page)
    refused = sign_in("leader").post(page, {"way": "phone", "result": "passed"})
    assert refused.status_code == 403
    record(closed, check, PASSED)
    assert "Record the result" not in english(sign_in("second_clerk"), page)


def test_the_phone_is_offered_to_who_may_see_it(town: SmallTown, sign_in: SignIn) -> None:
    demands.written_off(town, proposer_phone="13900000000")
    [check] = handed_out(town)
    page = reverse("lookbacks:check", args=[check.id])
    phone = reverse("demands:phone", args=[check.demand_id])

    assert phone in english(sign_in("second_clerk"), page)
    assert phone not in english(sign_in("leader"), page)


def test_who_was_not_reached_is_replaced_from_the_page(closed: SmallTown, sign_in: SignIn) -> None:
    check, other = handed_out(closed)
    record(closed, check, NOT_REACHED)
    record(closed, other, PASSED)
    client = sign_in("clerk")
    detail = reverse("lookbacks:detail", args=[check.look_back_id])
    replace = reverse("lookbacks:replace", args=[check.id])

    assert replace in english(client, detail)
    assert reverse("lookbacks:finish", args=[check.look_back_id]) in english(client, detail)
    client.post(replace)
    text = english(client, detail)

    new = factories.fresh(check).replaced_by
    assert new.demand.number in text
    assert "Replaced" in text
    assert replace not in text
    assert reverse("lookbacks:finish", args=[check.look_back_id]) not in text


def test_a_look_back_is_finished_from_its_page(closed: SmallTown, sign_in: SignIn) -> None:
    check, other = handed_out(closed)
    record(closed, check, PASSED)
    client = sign_in("clerk")
    finish = reverse("lookbacks:finish", args=[check.look_back_id])

    refused = client.post(finish, follow=True, headers={"accept-language": "en"})
    assert "Some checks have no result yet" in refused.content.decode()
    record(closed, other, NOT_REACHED)
    finished = client.post(finish, follow=True, headers={"accept-language": "en"})

    text = finished.content.decode()
    assert "The look-back is finished." in text
    assert "Finished on" in text
    assert "100.0%" in text
    assert 'name="checker"' not in text


def test_the_tiles_and_tabs_open_their_rows(closed: SmallTown, sign_in: SignIn) -> None:
    check, other = handed_out(closed)
    record(closed, check, PASSED)
    record(closed, other, FAILED)
    detail = reverse("lookbacks:detail", args=[check.look_back_id])
    client = sign_in("leader")

    passed = english(client, detail, {"result": "passed"})
    waiting = english(client, detail, {"result": "waiting"})

    assert check.demand.number in passed
    assert other.demand.number not in passed
    assert "No check here" in waiting
    assert "50.0%" in passed


def test_whoever_sees_a_part_is_told_so_and_sees_only_that(
    closed: SmallTown, sign_in: SignIn
) -> None:
    near, far = handed_out(closed)
    detail = reverse("lookbacks:detail", args=[near.look_back_id])

    text = english(sign_in("far_secretary"), detail)

    assert far.demand.number in text
    assert near.demand.number not in text
    assert "You see 1 check of your area, of 2 drawn in all." in text


def test_whoever_sees_none_of_it_is_told_so(closed: SmallTown, sign_in: SignIn) -> None:
    look_back = factories.drawn(closed)
    Check.objects.in_town(closed.town.id).filter(stratum=closed.place.south.path).update(
        area_path=closed.place.north.path
    )

    text = english(sign_in("far_secretary"), reverse("lookbacks:detail", args=[look_back.id]))

    assert "No check in your area" in text


def test_the_list_shows_figures_and_how_far_each_is(closed: SmallTown, sign_in: SignIn) -> None:
    check, _other = handed_out(closed)
    client = sign_in("leader")
    assert "—" in english(client, reverse("lookbacks:list"))
    record(closed, check, FAILED)

    text = english(client, reverse("lookbacks:list"))

    assert "0.0%" in text
    assert "20.0%" in text
    assert "Draw a look-back" not in text
    assert "1 / 2" in text


def test_the_figure_opens_exactly_its_rows(closed: SmallTown, sign_in: SignIn) -> None:
    check, other = handed_out(closed)
    record(closed, check, PASSED)
    record(closed, other, FAILED)
    client, address = sign_in("leader"), reverse("lookbacks:checks")

    passed = english(client, address, {"result": "passed"})
    everything = english(client, address, {"result": "waiting"})
    reopened = english(client, reverse("demands:list"), {"group": "reopened"})

    assert check.demand.number in passed
    assert other.demand.number not in passed
    assert other.demand.number in everything
    assert other.demand.number in reopened
    assert check.demand.number not in reopened
    assert "Reopened at least once" in reopened


def test_the_demand_tells_its_checks(closed: SmallTown, sign_in: SignIn) -> None:
    check, _other = handed_out(closed)
    record(closed, check, FAILED, found="董大山说灯又不亮了")
    page = reverse("demands:detail", args=[check.demand_id])
    of_check = reverse("lookbacks:check", args=[check.id])

    clerk, handler = english(sign_in("clerk"), page), english(sign_in("handler"), page)

    assert of_check in clerk
    assert "董大山说灯又不亮了" in clerk
    assert "十一月回头看" in handler
    assert of_check not in handler


def test_the_demand_tells_a_check_that_still_waits(closed: SmallTown, sign_in: SignIn) -> None:
    check = factories.checks_of(factories.drawn(closed))[0]

    text = english(sign_in("clerk"), reverse("demands:detail", args=[check.demand_id]))

    assert "十一月回头看" in text
    assert "To be checked" in text


def test_who_may_not_see_who_asks_reads_masked_words(closed: SmallTown) -> None:
    check, _other = handed_out(closed)
    record(closed, check, FAILED, found="董大山说灯又不亮了")
    reader = Actor(
        town_id=closed.town.id,
        name="reader",
        grants={Permission.VIEW_DEMANDS: (closed.place.town.reach,)},
    )
    stored = factories.fresh(check)

    assert lookback_page.found_for(reader, stored) == "董某某说灯又不亮了"
    assert lookback_page.proposer_for(reader, stored.demand) == "董某某"
    assert lookback_page.proposer_for(closed.clerk, stored.demand) == "董大山"


def test_nothing_is_handed_out_in_another_town(closed: SmallTown, sign_in: SignIn) -> None:
    address = reverse("lookbacks:assign", args=[demands.some_id()])

    assert sign_in("clerk").post(address, {"check": str(demands.some_id())}).status_code == 404


def test_the_workbook_is_a_post(closed: SmallTown, sign_in: SignIn) -> None:
    look_back = factories.drawn(closed, strata_by=StrataBy.THEME)
    address = reverse("lookbacks:export", args=[look_back.id])
    client = sign_in("clerk")

    assert client.get(address).status_code == 405
    response = client.post(address)
    assert response.content[:2] == b"PK"
    assert sign_in("worker").post(address).status_code == 403


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "name", ["lookbacks:list", "lookbacks:checks", "lookbacks:mine", "lookbacks:draw"]
)
def test_empty_pages_say_what_comes_here(
    town: SmallTown, sign_in: SignIn, name: str, language: str
) -> None:
    response = sign_in("clerk").get(reverse(name), headers={"accept-language": language})

    assert response.status_code == 200
    assert '<main class="page" id="main">' in response.content.decode()


def test_pages_keep_their_budget_however_many_rows(closed: SmallTown, sign_in: SignIn) -> None:
    look_back = factories.drawn(closed, of_each=1)
    factories.give(closed, look_back)
    client = sign_in("second_clerk")
    check = factories.checks_of(look_back)[0]
    budgets = {
        reverse("lookbacks:list"): FRAME + 3,
        reverse("lookbacks:detail", args=[look_back.id]): FRAME + 4,
        reverse("lookbacks:mine"): FRAME + 1,
        reverse("lookbacks:checks"): FRAME + 1,
        reverse("lookbacks:check", args=[check.id]): FRAME + 2,
    }
    few = {address: _ask(client, address) for address in budgets}
    record(closed, check, NOT_REACHED)
    checking.replace(actor=closed.clerk, check_id=check.id)
    for each in handed_out(closed, of_each=3)[:-1]:
        record(closed, each, NOT_REACHED)
    factories.give(closed, look_back)

    many = {address: _ask(client, address) for address in budgets}

    assert many == few
    assert {address: count for address, count in many.items() if count > budgets[address]} == {}


def _ask(client: Client, address: str) -> int:
    client.get(address)
    forget_areas()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_the_row_of_a_demand_open_again_can_still_be_checked(
    closed: SmallTown, sign_in: SignIn
) -> None:
    check, _other = handed_out(closed)
    review.reopen(actor=closed.clerk, demand_id=check.demand_id, reason="群众来电")
    page = reverse("lookbacks:check", args=[check.id])

    assert "Written off by" in english(sign_in("second_clerk"), page)


def test_a_wrongly_drawn_one_is_given_up_and_stays_to_be_seen(
    closed: SmallTown, sign_in: SignIn
) -> None:
    clerk = sign_in("clerk")
    look_back = handed_out(closed)[0].look_back
    page, form = (
        reverse(f"lookbacks:{name}", args=[look_back.id]) for name in ("detail", "give_up")
    )
    assert form in clerk.get(page).content.decode()
    assert clerk.post(form, {"reason": ""}).context["form"].has_error("reason")

    response = clerk.post(form, {"reason": "日期选错"}, follow=True)

    text = response.content.decode()
    assert "日期选错" in text
    assert str(look_back.seed) in text
    assert form not in text
    assert response.context["form"] is None
    assert {str(row.state.text) for row in response.context["rows"]} == {
        str(STATE_LABELS[LookBackState.GIVEN_UP])
    }
    assert list(sign_in("second_clerk").get(reverse("desk:work")).context["checks"]) == []


def test_one_with_results_is_not_offered_to_be_given_up(closed: SmallTown, sign_in: SignIn) -> None:
    check, _other = handed_out(closed)
    record(closed, check, CheckResult.NOT_REACHED)
    form = reverse("lookbacks:give_up", args=[check.look_back_id])
    clerk = sign_in("clerk")

    page = reverse("lookbacks:detail", args=[check.look_back_id])
    assert form not in clerk.get(page).content.decode()
    assert clerk.post(form, {"reason": "日期选错"}).context["form"].has_error("__all__")
