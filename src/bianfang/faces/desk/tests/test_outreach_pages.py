"""Every page of who visits and what is asked: both languages, full and empty, within budget."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.tests import outreach_things as things
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.outreach.assignments.actions import duties, groups
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.visits.actions import checklists, rounds
from bianfang.outreach.visits.enums import TopicKind

FRAME = 4
"""Session, person, posts, areas."""

LISTS = [
    ("assignments:list", FRAME + 2),
    ("assignments:gaps", FRAME + 4),
    ("assignments:groups", FRAME + 3),
    ("visits:list", FRAME + 4),
    ("visits:add", FRAME + 4),
    ("rounds:list", FRAME + 4),
    ("forums:list", FRAME + 2),
    ("checklists:list", FRAME + 2),
    ("sheets:list", FRAME + 4),
]
OF_ROUND = [
    ("rounds:detail", FRAME + 12),
    ("rounds:left", FRAME + 3),
    ("rounds:households", FRAME + 3),
    ("rounds:changes", FRAME + 3),
]
SINGLE = [
    ("assignments:area", "village"),
    ("assignments:person", "staff"),
    ("assignments:group", "group"),
    ("assignments:members", "group"),
    ("assignments:end_group", "group"),
    ("rounds:detail", "plan"),
    ("rounds:edit", "plan"),
    ("rounds:configure", "plan"),
    ("rounds:cancel", "plan"),
    ("checklists:detail", "checklist"),
    ("checklists:detail", "draft"),
    ("checklists:paper", "checklist"),
    ("checklists:intro", "draft"),
    ("checklists:edit_topic", "topic"),
    ("visits:record", "household"),
    ("visits:detail", "visit"),
    ("visits:saved", "visit"),
    ("visits:correct", "visit"),
    ("forums:detail", "forum"),
]
FORMS = (
    "assignments:give",
    "assignments:hand_over",
    "assignments:add_group",
    "rounds:add",
    "checklists:add",
    "forums:add",
    "sheets:enter",
)


@pytest.fixture
def found(town: SmallTown) -> dict[str, str]:
    """One thing of each kind that a page is about."""
    clerk = town.actors["clerk"]
    things.fill_round(town)
    group = groups.create_group(actor=clerk, name="第一包靠组")
    duties.assign(
        actor=clerk,
        area_id=town.place.upper.id,
        duty=Duty.VILLAGE_HEAD,
        staff_id=town.staff["secretary"].id,
        valid_from=MONDAY,
    )
    draft = checklists.create_checklist(actor=clerk, name="草稿")
    topic = checklists.add_topic(
        actor=clerk, checklist_id=draft.id, kind=TopicKind.ASK, text="看病"
    )
    plan = rounds.create_round(actor=clerk, name="第二轮", starts_on=MONDAY, due_on=MONDAY)
    ids = {
        "visit": things.visited(town, asks=True).id,
        "forum": things.talked(town).id,
        "village": town.place.upper.id,
        "staff": town.staff["secretary"].id,
        "group": group.id,
        "plan": plan.id,
        "checklist": town.round.checklist_id,
        "draft": draft.id,
        "topic": topic.id,
        "household": town.household.id,
    }
    return {name: str(key) for name, key in ids.items()}


def _draw(client: Client, address: str, language: str) -> None:
    response = client.get(address, headers={"accept-language": language})

    text = response.content.decode()
    assert response.status_code == 200
    assert f'lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in text
    assert '<main class="page" id="main">' in text


def _ask(client: Client, address: str) -> int:
    """Queries of a page that has been opened before: the calendar is read once a process."""
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address)
    assert response.status_code == 200
    return len(asked)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", [*[name for name, _budget in LISTS], *FORMS])
def test_page_without_a_thing_is_drawn_full_and_empty(
    name: str, language: str, sign_in: SignIn, request: pytest.FixtureRequest
) -> None:
    client = sign_in("clerk")

    _draw(client, reverse(name), language)
    request.getfixturevalue("found")
    _draw(client, reverse(name), language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", [name for name, _budget in OF_ROUND])
def test_page_of_a_round_is_drawn_full_and_empty(
    name: str,
    language: str,
    sign_in: SignIn,
    town: SmallTown,
    request: pytest.FixtureRequest,
) -> None:
    client, address = sign_in("clerk"), reverse(name, args=[town.round.id])

    _draw(client, address, language)
    request.getfixturevalue("found")
    _draw(client, address, language)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(("name", "thing"), SINGLE)
def test_page_of_a_thing_is_drawn(
    name: str, thing: str, language: str, sign_in: SignIn, found: dict[str, str]
) -> None:
    who = "secretary" if name.startswith("visits:") else "clerk"

    _draw(sign_in(who), reverse(name, args=[found[thing]]), language)


def _more(town: SmallTown) -> None:
    """Eight more of whatever a list may show."""
    for place in range(8):
        household = factories.make_household(town.place.upper_hamlet, f"8{place:08d}", "赵六")
        things.add_target(town, household)
        things.visited(town, household, asks=True)
        things.talked(town)
        groups.create_group(actor=town.actors["clerk"], name=f"第{place}组")


@pytest.mark.parametrize(("name", "budget"), LISTS)
def test_list_keeps_its_budget_however_many_rows(
    name: str, budget: int, sign_in: SignIn, town: SmallTown, found: dict[str, str]
) -> None:
    client, address = sign_in("clerk"), reverse(name)
    few = _ask(client, address)
    _more(town)

    many = _ask(client, address)

    assert many == few
    assert many <= budget


@pytest.mark.parametrize(("name", "budget"), OF_ROUND)
def test_page_of_a_round_keeps_its_budget(
    name: str, budget: int, sign_in: SignIn, town: SmallTown, found: dict[str, str]
) -> None:
    client, address = sign_in("clerk"), reverse(name, args=[town.round.id])
    few = _ask(client, address)
    _more(town)

    many = _ask(client, address)

    assert many == few
    assert many <= budget


@pytest.mark.parametrize(
    ("name", "thing"), [("visits:record", "household"), ("visits:detail", "visit")]
)
def test_page_of_a_visit_keeps_its_budget(
    name: str, thing: str, sign_in: SignIn, town: SmallTown, found: dict[str, str]
) -> None:
    client, address = sign_in("secretary"), reverse(name, args=[found[thing]])
    few = _ask(client, address)
    for _place in range(3):
        factories.make_resident(town.household, "子")
        things.visited(town, asks=True)

    many = _ask(client, address)

    assert many == few
    assert many <= FRAME + 14
