"""The overview: figures counted together, coverage beside the round before, what presses."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bianfang.faces.desk.charts import Bar, BarChart, percent, share_text
from bianfang.faces.desk.figures import count_together
from bianfang.faces.desk.tests.conftest import SignIn
from bianfang.kernel import clock
from bianfang.kernel.figures import FigureScope
from bianfang.mechanisms.figurebook import BOOK
from bianfang.outreach.assignments.enums import Duty
from bianfang.outreach.assignments.models import Responsibility
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.outreach.visits.enums import TargetOutcome
from bianfang.outreach.visits.models import Round, Target
from bianfang.register.households.models import Household


def _target(town: SmallTown, round_: Round, household: Household, *, met: bool) -> None:
    Target.objects.create(
        town=town.town,
        round=round_,
        household=household,
        area_path=household.area_path,
        priority=household.priority,
        living_status=household.living_status,
        outcome=TargetOutcome.MET if met else TargetOutcome.OPEN,
        settled_at=clock.now() if met else None,
    )


def _visited_partly(town: SmallTown) -> None:
    _target(town, town.round, town.household, met=True)
    _target(town, town.round, town.neighbour, met=False)
    _target(town, town.round, town.far_household, met=True)


def _scope(town: SmallTown) -> FigureScope:
    return FigureScope(
        town_id=town.town.id, ranges=(town.place.town.reach,), as_of=MONDAY, round_number=1
    )


def test_figures_counted_together_are_those_counted_one_by_one(town: SmallTown) -> None:
    _visited_partly(town)
    factories.written_off(town)
    factories.handling_state(town)
    scope = _scope(town)
    figures = list(BOOK)
    alone = {
        figure.key: figure.value(scope if figure.per_round else replace(scope, round_number=None))
        for figure in figures
    }

    with CaptureQueriesContext(connection) as asked:
        together = count_together(figures, scope)

    assert together == alone
    assert len(asked) == 1
    assert together["solved_rate"].text() == "50.0%"


def test_no_figure_asks_nothing(town: SmallTown) -> None:
    assert count_together([], _scope(town)) == {}


def test_coverage_is_drawn_by_community_for_the_town(sign_in: SignIn, town: SmallTown) -> None:
    _visited_partly(town)

    response = sign_in("clerk").get(reverse("desk:home"))

    now = response.context["round_now"]
    bars = {bar.label: bar for bar in now.chart.bars}
    assert (now.settled, now.targets, now.share_text) == (2, 3, "66.7%")
    assert (bars["北社区"].text, bars["北社区"].is_short) == ("50.0%", True)
    assert (bars["南社区"].text, bars["南社区"].is_full) == ("100%", True)
    assert 'fill="url(#stripes)"' in response.content.decode()


def test_coverage_is_drawn_by_village_for_a_community(sign_in: SignIn, town: SmallTown) -> None:
    _visited_partly(town)
    page = {"area": town.place.north.path}

    now = sign_in("clerk").get(reverse("desk:home"), page).context["round_now"]

    assert [bar.label for bar in now.chart.bars] == ["上村"]
    assert now.chart.bars[0].detail


def test_before_the_first_round_no_coverage_is_told(sign_in: SignIn, town: SmallTown) -> None:
    town.round.state = "draft"
    town.round.save()

    response = sign_in("clerk").get(reverse("desk:home"))

    assert response.context["round_now"] is None


def test_overdue_and_near_deadlines_press(sign_in: SignIn, town: SmallTown) -> None:
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    later = demand.due_on + timedelta(days=3)

    with clock.at(factories.morning(later)):
        response = sign_in("handler").get(reverse("desk:home"))
    with clock.at(factories.morning(demand.due_on)):
        today = sign_in("handler").get(reverse("desk:home"))

    assert response.context["todo_count"] == 1
    assert response.context["todo"][0].state.kind == "late"
    assert today.context["due"][0].state.kind == "soon"


def test_work_lists_whom_i_still_have_to_visit(sign_in: SignIn, town: SmallTown) -> None:
    _visited_partly(town)
    Responsibility.objects.create(
        town=town.town,
        area=town.place.upper,
        area_path=town.place.upper.path,
        duty=Duty.VILLAGE_HEAD,
        staff=town.staff["secretary"],
        valid_from=MONDAY,
    )

    secretary = sign_in("secretary").get(reverse("desk:work")).context
    clerk = sign_in("clerk").get(reverse("desk:work")).context

    assert [target.household for target, _place in secretary["left"].rows] == [town.neighbour]
    assert secretary["left"].count == 1
    assert [duty.place for duty in secretary["duties"]] == ["北社区 · 上村"]
    assert clerk["left"] is None


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(0, 0, "—"), (1, 3, "33.3%"), (9999, 10000, "99.9%"), (10, 10, "100%"), (116, 127, "91.3%")],
)
def test_share_is_a_hundred_only_when_nobody_is_missing(part: int, whole: int, said: str) -> None:
    assert share_text(percent(part, whole)) == said


def test_unknown_share_draws_nothing() -> None:
    bar = Bar(label="x", href="", share=None, before=None)
    chart = BarChart(caption="", name="now", before_name="", bars=[bar])

    assert (bar.width, bar.text, bar.is_full, bar.is_short) == ("0%", "—", False, False)
    assert not chart.has_short
    assert not chart.has_full
