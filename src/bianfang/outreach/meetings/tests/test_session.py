import pytest

from bianfang.kernel.errors import ChangedError, FieldErrors, NotAllowedError
from bianfang.kernel.journal.models import Entry
from bianfang.outreach.demands.tests.factories import SmallTown
from bianfang.outreach.meetings.actions import session
from bianfang.outreach.meetings.enums import ItemOutcome, Verb
from bianfang.outreach.meetings.errors import MeetingMoveError
from bianfang.outreach.meetings.models import AgendaItem, Meeting, Resolution
from bianfang.outreach.meetings.tests import factories
from bianfang.register.people.models import Staff, Unit


@pytest.fixture
def meeting(town: SmallTown) -> Meeting:
    return factories.in_session(town)


def _now(item: AgendaItem) -> AgendaItem:
    return AgendaItem.objects.in_town(item.town_id).get(id=item.id)


def _write(
    town: SmallTown,
    item: AgendaItem,
    *,
    outcome: ItemOutcome | None = None,
    reason: str = "",
    who: str = "clerk",
) -> AgendaItem:
    return session.write_minutes(
        actor=town.actors[who],
        item_id=item.id,
        version=_now(item).version,
        minutes=" 各单位发言 ",
        outcome=outcome,
        reason=reason,
    )


def test_minutes_are_written(town: SmallTown, meeting: Meeting) -> None:
    item = _write(town, factories.item_of(meeting), reason="不用的理由")

    assert (_now(item).minutes, _now(item).outcome, _now(item).reason) == ("各单位发言", "", "")


@pytest.mark.parametrize("outcome", [ItemOutcome.PUT_OFF, ItemOutcome.WITHDRAWN])
def test_setting_aside_needs_a_reason(
    outcome: ItemOutcome, town: SmallTown, meeting: Meeting
) -> None:
    item = factories.item_of(meeting)

    with pytest.raises(FieldErrors) as refused:
        _write(town, item, outcome=outcome)
    assert set(refused.value.errors) == {"reason"}
    with pytest.raises(FieldErrors):
        _write(town, item, outcome=outcome, reason="长" * 201)
    _write(town, item, outcome=outcome, reason=" 资料不全 ")

    assert (_now(item).outcome, _now(item).reason) == (outcome, "资料不全")


def test_resolved_follows_from_resolutions_only(town: SmallTown, meeting: Meeting) -> None:
    item = factories.item_of(meeting)

    with pytest.raises(FieldErrors) as refused:
        _write(town, item, outcome=ItemOutcome.RESOLVED)
    assert set(refused.value.errors) == {"outcome"}

    factories.resolve(town, item)
    with pytest.raises(FieldErrors) as refused:
        _write(town, item, outcome=ItemOutcome.PUT_OFF, reason="资料不全")
    assert set(refused.value.errors) == {"outcome"}
    _write(town, item)

    assert _now(item).outcome == ItemOutcome.RESOLVED


def test_a_resolution_ends_the_putting_off(town: SmallTown, meeting: Meeting) -> None:
    item = factories.item_of(meeting)
    _write(town, item, outcome=ItemOutcome.PUT_OFF, reason="资料不全")

    made = factories.resolve(town, item, unit_id=town.units["civil"].id)

    assert (_now(item).outcome, _now(item).reason) == (ItemOutcome.RESOLVED, "")
    assert made.unit == town.units["civil"]
    assert str(made) == made.text
    assert not made.is_done


def test_a_resolution_needs_text_owner_and_deadline(town: SmallTown, meeting: Meeting) -> None:
    item = factories.item_of(meeting)

    with pytest.raises(FieldErrors) as refused:
        factories.resolve(town, item, text="", owner_id=None, due_on=None)
    assert set(refused.value.errors) == {"text", "owner", "due_on"}
    with pytest.raises(FieldErrors) as refused:
        factories.resolve(town, item, text="长" * 301, due_on=factories.day(-1))
    assert set(refused.value.errors) == {"text", "due_on"}


def test_a_resolution_goes_to_nobody_who_left_and_to_no_closed_unit(
    town: SmallTown, meeting: Meeting
) -> None:
    Staff.objects.in_town(town.town.id).filter(id=town.staff["handler"].id).update(is_active=False)
    Unit.objects.in_town(town.town.id).filter(id=town.units["civil"].id).update(
        closed_on=factories.day(-1)
    )

    with pytest.raises(FieldErrors) as refused:
        factories.resolve(town, factories.item_of(meeting), unit_id=town.units["civil"].id)

    assert set(refused.value.errors) == {"owner", "unit"}


def test_a_resolution_is_changed_and_removed(town: SmallTown, meeting: Meeting) -> None:
    item = factories.item_of(meeting)
    first, second = factories.resolve(town, item), factories.resolve(town, item)
    given = factories.decision(town, text=" 两周内换完 ", owner_id=town.staff["head"].id)

    session.change_resolution(actor=town.clerk, resolution_id=first.id, given=given)
    rows = Resolution.objects.in_town(town.town.id)
    now = rows.get(id=first.id)
    assert (now.text, now.owner) == ("两周内换完", town.staff["head"])

    session.remove_resolution(actor=town.clerk, resolution_id=first.id)
    assert _now(item).outcome == ItemOutcome.RESOLVED
    session.remove_resolution(actor=town.clerk, resolution_id=second.id)

    assert _now(item).outcome == ""
    assert not rows.exists()


def test_two_recorders_do_not_overwrite_each_other(town: SmallTown, meeting: Meeting) -> None:
    item = factories.item_of(meeting)
    _write(town, item)

    with pytest.raises(ChangedError):
        session.write_minutes(
            actor=town.second_clerk, item_id=item.id, version=item.version, minutes="另一份"
        )


@pytest.mark.parametrize("who", ["leader", "secretary", "handler"])
def test_readers_write_nothing(who: str, town: SmallTown, meeting: Meeting) -> None:
    item = factories.item_of(meeting)
    made = factories.resolve(town, item)
    actor = town.actors[who]

    with pytest.raises(NotAllowedError):
        _write(town, item, who=who)
    with pytest.raises(NotAllowedError):
        session.add_resolution(actor=actor, item_id=item.id, given=factories.decision(town))
    with pytest.raises(NotAllowedError):
        session.remove_resolution(actor=actor, resolution_id=made.id)


def test_before_and_after_the_session_nothing_is_recorded(town: SmallTown) -> None:
    for meeting in (factories.planned(town), factories.closed(town)):
        item = factories.item_of(meeting)
        with pytest.raises(MeetingMoveError):
            _write(town, item)
        with pytest.raises(MeetingMoveError):
            factories.resolve(town, item)
    made = factories.resolution_of(meeting)
    with pytest.raises(MeetingMoveError):
        session.change_resolution(
            actor=town.clerk, resolution_id=made.id, given=factories.decision(town)
        )


def test_closed_minutes_are_corrected_for_a_reason_that_is_kept(town: SmallTown) -> None:
    item = factories.item_of(factories.closed(town))

    def correct(minutes: str, reason: str) -> AgendaItem:
        return session.correct_minutes(
            actor=town.clerk,
            item_id=item.id,
            version=item.version,
            minutes=minutes,
            reason=reason,
        )

    with pytest.raises(FieldErrors) as refused:
        correct(" ", "")
    assert set(refused.value.errors) == {"minutes", "reason"}
    correct("更正后的纪要", "单位名称写错")
    with pytest.raises(ChangedError):
        correct("再改", "再改")

    last = Entry.objects.about(
        town_id=town.town.id, kind="meeting", target_id=item.meeting_id
    ).last()
    assert last is not None
    assert (last.verb, last.reason) == (Verb.MINUTES_CORRECTED, "单位名称写错")
    item = _now(item)
    assert item.minutes == "更正后的纪要"
    with pytest.raises(FieldErrors):
        correct("更正后的纪要", "没有改动")
