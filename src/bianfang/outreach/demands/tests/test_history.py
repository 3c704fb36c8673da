from datetime import date, timedelta

from django.utils import translation

from bianfang.kernel.workcalendar.models import WorkdayOverride
from bianfang.kernel.workcalendar.queries import forget_calendar
from bianfang.outreach.demands.actions import deadlines, handling, review
from bianfang.outreach.demands.enums import ExtensionDecision, Verb
from bianfang.outreach.demands.models import Demand
from bianfang.outreach.demands.queries import history
from bianfang.outreach.demands.tests import factories
from bianfang.outreach.demands.tests.factories import MONDAY, SmallTown
from bianfang.register.people import queries as people


def _live_a_whole_life(town: SmallTown) -> tuple[Demand, date]:
    """More time refused and granted, sent back once, written off; with the deadline granted."""
    demand = factories.handling_state(town)
    assert demand.due_on is not None
    handling.note_progress(actor=town.handler, demand_id=demand.id, note="已联系供电所")
    later = demand.due_on + timedelta(days=3)
    for grant, note, told in (
        (ExtensionDecision.REFUSE, "再催一次", ""),
        (ExtensionDecision.GRANT, "", "已告知多三天"),
    ):
        extension = handling.ask_extension(
            actor=town.handler, demand_id=demand.id, new_due_on=later, reason="配件未到"
        )
        handling.decide_extension(
            actor=town.head,
            extension_id=extension.id,
            grant=grant,
            note=note,
            told_resident=told,
        )
    demand = factories.submitted(town, factories.fresh(demand))
    review.send_back(actor=town.clerk, demand_id=demand.id, reason="补照明效果")
    demand = factories.submitted(town, factories.fresh(demand))
    review.write_off(actor=town.clerk, demand_id=demand.id)
    return factories.fresh(demand), later


def test_the_whole_life_is_one_line_of_time_in_words(town: SmallTown) -> None:
    demand, later = _live_a_whole_life(town)

    with translation.override("en"):
        lines = history.list_history(actor=town.clerk, demand=demand)
        told_lines = {line.verb: line for line in lines}

        assert [line.verb for line in lines] == [
            Verb.REGISTERED,
            Verb.ACCEPTED,
            Verb.PROGRESS_NOTED,
            Verb.EXTENSION_ASKED,
            Verb.EXTENSION_REFUSED,
            Verb.EXTENSION_ASKED,
            Verb.EXTENSION_GRANTED,
            Verb.RESULT_SUBMITTED,
            Verb.SENT_BACK,
            Verb.RESULT_SUBMITTED,
            Verb.WRITTEN_OFF,
        ]
        accepted = told_lines[Verb.ACCEPTED]
        assert (accepted.who, accepted.role) == ("clerk", "Visiting office clerk")
        assert accepted.title == "Accepted"
        assert ("Person in charge", "handler") in accepted.details
        assert ("Handling", "Within a deadline") in accepted.details
        assert told_lines[Verb.PROGRESS_NOTED].details == (("Progress", "已联系供电所"),)
        assert ("Note", "再催一次") in told_lines[Verb.EXTENSION_REFUSED].details
        granted = told_lines[Verb.EXTENSION_GRANTED].details
        assert ("What the resident was told", "已告知多三天") in granted
        assert ("Deadline", f"{later}") in granted
        assert told_lines[Verb.EXTENSION_ASKED].reason == "配件未到"
        assert told_lines[Verb.SENT_BACK].reason == "补照明效果"
        assert ("Outcome", "Solved") in told_lines[Verb.WRITTEN_OFF].details


def test_a_job_has_a_name_and_no_role(town: SmallTown) -> None:
    factories.handling_state(town)
    job = people.system_actor(town_id=town.town.id, name="calendar import")
    WorkdayOverride.objects.create(
        date=MONDAY + timedelta(days=1), is_workday=False, source="notice", provisional=False
    )
    forget_calendar()
    deadlines.recount_deadlines(actor=job)
    [demand] = Demand.objects.in_town(town.town.id)

    last = history.list_history(actor=town.clerk, demand=demand)[-1]

    assert (last.who, last.role) == ("calendar import", "")
    assert last.verb is Verb.DEADLINE_RECOMPUTED
    assert [value for _label, value in last.details] == ["2026-12-02", "2026-12-03"]


def test_history_holds_no_personal_data_of_residents(town: SmallTown) -> None:
    demand = factories.written_off(town, proposer_phone="10000001234")

    for line in history.list_history(actor=town.clerk, demand=demand):
        told = f"{line.details} {line.reason}"
        assert "董大山" not in told
        assert "10000001234" not in told
