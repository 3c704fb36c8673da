from datetime import timedelta

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import FieldErrors, NotAllowedError, NotFoundError
from bianfang.kernel.ids import new_id
from bianfang.outreach.assignments.tests import factories as towns
from bianfang.outreach.assignments.tests.factories import TODAY
from bianfang.outreach.visits.actions import forums
from bianfang.outreach.visits.actions.inputs import ForumInput
from bianfang.outreach.visits.errors import SentTwiceError
from bianfang.outreach.visits.models import Forum, Visit
from bianfang.outreach.visits.queries import forums as queries
from bianfang.outreach.visits.tests import factories
from bianfang.outreach.visits.tests.factories import Going, meet, target_of, yesterday


def words(going: Going, *numbers: str, **changes: object) -> ForumInput:
    given: dict[str, object] = {
        "area_id": going.town.areas["上村"].id,
        "held_at": yesterday(19),
        "place": "上村大院",
        "subject": "路灯怎么修",
        "visitor_ids": (going.town.staff["secretary"].id,),
        "household_ids": tuple(going.households[number].id for number in numbers),
        **changes,
    }
    return ForumInput(**given)  # type: ignore[arg-type]  # names are checked by the dataclass


def hold(going: Going, *numbers: str, **changes: object) -> Forum:
    return forums.record_forum(actor=going.clerk, forum=words(going, *numbers, **changes))


def refused(going: Going, *numbers: str, **changes: object) -> dict[str, str]:
    with pytest.raises(FieldErrors) as error:
        hold(going, *numbers, **changes)
    assert not Forum.objects.in_town(going.id).exists()
    assert not Visit.objects.in_town(going.id).exists()
    return {field: str(sentence) for field, sentence in error.value.errors.items()}


def test_every_household_that_came_counts_in_full(going: Going) -> None:
    topics = (going.topics["燃气安全"].id,)

    forum = hold(going, "1001", "1002", "1001", topic_ids=topics)

    assert (forum.attendance, forum.round, forum.visitor_names) == (2, going.round, "secretary")
    assert (str(forum), forum.topic_names) == ("路灯怎么修", "燃气安全")
    visits = queries.list_attendees(actor=going.clerk, forum=forum)
    assert [(visit.household.number, visit.mode, visit.outcome) for visit in visits] == [
        ("1001", "forum", "met"),
        ("1002", "forum", "met"),
    ]
    assert {visit.topic_names for visit in visits} == {"燃气安全"}
    assert target_of(going, "1002").outcome == "met"


def test_heads_are_counted_beside_households(going: Going) -> None:
    assert hold(going, "1001", attendance=23).attendance == 23
    assert hold(going, attendance=14, held_at=yesterday(20)).attendance == 14


def test_without_a_round_a_talk_has_none(db: None) -> None:
    ready = factories.make_ready()

    assert hold(ready, "1001").round is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"place": " "}, "place"),
        ({"subject": "题" * 121}, "subject"),
        ({"visitor_ids": ()}, "visitors"),
        ({"topic_ids": (new_id(),)}, "topics"),
        ({"held_at": clock.in_town(TODAY + timedelta(days=1), 9)}, "held_at"),
        ({"attendance": 1}, "attendance"),
        ({"attendance": 10_000}, "attendance"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    going: Going, changes: dict[str, object], field: str
) -> None:
    assert list(refused(going, "1001", "1002", **changes)) == [field]


def test_a_household_that_cannot_have_come_refuses_the_whole(going: Going) -> None:
    going.households["1002"].ended_on = TODAY - timedelta(days=3)
    going.households["1002"].end_reason = "moved_out"
    going.households["1002"].save(update_fields=["ended_on", "end_reason"])

    errors = refused(going, "1001", "1002")

    assert errors["households"].startswith("1002")


def test_a_household_out_of_reach_is_not_named(going: Going) -> None:
    with pytest.raises(FieldErrors) as error:
        forums.record_forum(actor=going.secretary, forum=words(going, "1001", "3001"))

    assert "3001" not in str(error.value.errors["households"])


def test_a_talk_is_written_down_by_whoever_serves_the_place(going: Going) -> None:
    far = going.town.actors["far_secretary"]

    with pytest.raises(NotAllowedError):
        forums.record_forum(actor=far, forum=words(going))
    assert forums.record_forum(actor=going.secretary, forum=words(going, "1001")).attendance == 1


def test_a_place_of_another_town_does_not_exist(going: Going) -> None:
    other = towns.make_town("second")

    with pytest.raises(NotFoundError):
        hold(going, area_id=other.areas["上村"].id)


def test_a_repeated_sending_returns_what_is_stored(going: Going) -> None:
    forum_id = new_id()
    first = hold(going, "1001", forum_id=forum_id)

    again = hold(going, "1001", forum_id=forum_id)

    assert (again, again.is_repeat, first.is_repeat) == (first, True, False)
    assert Visit.objects.in_town(going.id).count() == 1
    with pytest.raises(SentTwiceError):
        hold(going, "1001", forum_id=forum_id, subject="别的事")


def test_somebody_who_came_can_be_added_later(going: Going) -> None:
    forum = hold(going, "1001")

    visit = meet(going, "1002", mode="forum", forum_id=forum.id, happened_at=forum.held_at)

    assert visit.forum_id == forum.id
    assert len(queries.list_attendees(actor=going.clerk, forum=forum)) == 2


def test_talks_are_listed_in_reach_and_by_round(going: Going) -> None:
    early = hold(going, "1001")
    late = hold(going, held_at=yesterday(20), subject="垃圾清运")

    assert list(queries.list_forums(actor=going.clerk)) == [late, early]
    assert list(queries.list_forums(actor=going.clerk, round_id=going.round.id)) == [late, early]
    assert not queries.list_forums(actor=going.clerk, round_id=new_id())
    assert not queries.list_forums(actor=going.town.actors["far_secretary"])
    assert queries.get_forum(actor=going.secretary, forum_id=early.id).area.name == "上村"
    with pytest.raises(NotFoundError):
        queries.get_forum(actor=going.town.actors["far_secretary"], forum_id=early.id)
