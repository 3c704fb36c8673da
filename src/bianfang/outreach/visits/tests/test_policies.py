import pytest

from bianfang.kernel.errors import NotAllowedError
from bianfang.outreach.assignments.tests.factories import PEOPLE
from bianfang.outreach.visits import policies
from bianfang.outreach.visits.actions import recording
from bianfang.outreach.visits.enums import EntryChannel
from bianfang.outreach.visits.tests.factories import Going, told

UPPER = {"clerk", "principal", "leader", "other_leader", "worker", "cadre", "secretary"}


def test_only_the_visiting_office_manages_rounds(going: Going) -> None:
    actors = going.town.actors

    assert {name for name in PEOPLE if policies.can_manage_rounds(actors[name])} == {"clerk"}
    with pytest.raises(NotAllowedError):
        policies.check_can_manage_rounds(actors["leader"])


def test_visits_are_written_down_by_those_who_serve_the_place(going: Going) -> None:
    path, actors = going.town.areas["上庄"].path, going.town.actors

    assert {name for name in PEOPLE if policies.can_record_visit(actors[name], path)} == UPPER
    assert not policies.can_record_visit(going.town.system, path)
    with pytest.raises(NotAllowedError):
        policies.check_can_record_visit(actors["far_secretary"], path)


def test_sheets_are_typed_in_by_the_office_and_the_community(going: Going) -> None:
    path, actors = going.town.areas["上庄"].path, going.town.actors

    assert {
        name for name in PEOPLE if policies.can_record_visit(actors[name], path, EntryChannel.SHEET)
    } == {"clerk", "worker"}


def test_a_visit_is_corrected_by_its_writer_or_the_sheet_office(going: Going) -> None:
    visit = recording.record_visit(actor=going.secretary, visit=told(going))
    actors = going.town.actors

    assert {name for name in PEOPLE if policies.can_correct_visit(actors[name], visit)} == {
        "secretary",
        "clerk",
        "worker",
    }
    with pytest.raises(NotAllowedError):
        policies.check_can_correct_visit(actors["cadre"], visit)
