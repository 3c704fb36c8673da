"""The shared rolls on one register: the full town, three months later, and the messy villages."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from bianfang.kernel import clock
from bianfang.kernel.codes.people_codes import RELATION_WORDS, Relation
from bianfang.kernel.crypto.current import blind_index
from bianfang.register.areas.models import Area
from bianfang.register.households.enums import LivingStatus, ResidentEnd
from bianfang.register.households.models import Fact, Household, Resident
from bianfang.register.households.queries import ID_PURPOSE
from bianfang.register.rolls.models import RollDiff, RollImport, RollProblem
from bianfang.register.rolls.reading.vocabulary import STATUS_WORDS
from bianfang.register.rolls.tests import factories
from bianfang.register.rolls.tests.factories import RollTown
from bianfang.register.rolls.tests.workbooks import shared_file

MESSY_DAY = date(2026, 4, 6)


@dataclass(frozen=True, kw_only=True)
class Story:
    """What happened: the first roll, what stood on the register then, the roll of the summer."""

    town: RollTown
    first: RollImport
    totals: dict[str, Any]
    elsewhere: list[tuple[Any, ...]]
    update: RollImport

    def people(self, **which: Any) -> list[Resident]:
        rows = Resident.objects.in_town(self.town.town.id).filter(**which)
        return list(rows.select_related("household__hamlet").order_by("id"))

    def found(self, changes: Iterable[dict[str, Any]]) -> list[tuple[dict[str, Any], Resident]]:
        """Each change with the person of its identity number, in one look at the table."""
        keys = {blind_index(c["id"], purpose=ID_PURPOSE): c for c in changes}
        people = {person.id_key: person for person in self.people(id_key__in=list(keys))}
        return [(change, people[key]) for key, change in keys.items()]


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(shared_file("roll-update.expected.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def messy() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(shared_file("roll-messy.expected.json").read_text("utf-8"))
    return loaded


@pytest.fixture(scope="module")
def whole_story(
    place_of_files: None, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[Story]:
    with (
        django_db_blocker.unblock(),
        clock.at(clock.in_town(factories.TODAY)),
        transaction.atomic(),
    ):
        yield _tell_story()
        transaction.set_rollback(True)


@pytest.fixture
def story(whole_story: Story) -> Iterator[Story]:
    """The story; what a test does to it is taken back."""
    with transaction.atomic():
        yield whole_story
        transaction.set_rollback(True)


def _tell_story() -> Story:
    town = factories.make_town("whole", has_tree=False)
    first = factories.merged(town, shared_file("roll.xlsx").read_bytes())
    totals = _totals(town)
    elsewhere = _elsewhere(town)
    update = factories.merged(
        town, shared_file("roll-update.xlsx").read_bytes(), as_of=factories.NEXT_DAY
    )
    return Story(town=town, first=first, totals=totals, elsewhere=elsewhere, update=update)


def _totals(town: RollTown) -> dict[str, Any]:
    homes = Household.objects.in_town(town.town.id).on_register()
    people = Resident.objects.in_town(town.town.id).on_register()
    areas = Area.objects.in_town(town.town.id)
    return {
        "status": Counter(homes.values_list("living_status", flat=True)),
        "counted": homes.counted().count(),
        "people": people.count(),
        "members": sum(homes.values_list("member_count", flat=True)),
        "heads": homes.exclude(head_name="").count(),
        "areas": Counter(areas.values_list("kind", flat=True)),
        "dibao": people.filter(dibao="yes").count(),
        "tekun": people.filter(tekun="yes").count(),
        "disability": people.exclude(disability="").count(),
        "phones": people.exclude(phone_key=None).count(),
        "facts": Counter(Fact.objects.in_town(town.town.id).values_list("kind", flat=True)),
    }


def _elsewhere(town: RollTown) -> list[tuple[Any, ...]]:
    """Every person outside the community of the second roll, as the register has them."""
    lake = town.area("南湖社区", "community")
    people = Resident.objects.in_town(town.town.id).exclude(area_path__startswith=lake.path)
    rows = people.order_by("id").values_list(
        "id", "household", "name", "relation", "away_place", "note", "ended_on", "order"
    )
    return list(rows)


def test_first_roll_stands_on_the_register_as_the_office_counts(story: Story) -> None:
    assert story.totals == {
        "status": {"resident": 10_912, "away": 1_935, "vacant": 903},
        "counted": 12_847,
        "people": 39_352,
        "members": 39_352,
        "heads": 13_750,
        "areas": {"town": 1, "community": 12, "village": 66, "hamlet": 114},
        "dibao": 781,
        "tekun": 58,
        "disability": 1_189,
        "phones": 9_505,
        "facts": {"dibao": 781, "tekun": 58, "disability": 1_189},
    }
    assert factories.did(story.first) == {"households_new": 13_750, "residents_new": 39_352}


def test_update_leaves_other_communities_alone(story: Story) -> None:
    assert _elsewhere(story.town) == story.elsewhere
    lake = story.town.area("南湖社区", "community")
    assert all(path.startswith(lake.path) for path in story.update.covers)


def test_update_counts_are_those_of_the_file(story: Story, expected: dict[str, Any]) -> None:
    totals, did = expected["totals"], factories.did(story.update)

    assert did["residents_new"] == totals["people_new"]
    assert did["households_new"] == totals["households_new"]
    assert did["households_changed"] == totals["households_status_changed"]
    assert did["heads_changed"] == totals["households_head_changed"]
    assert did["residents_moved"] == totals["people_moved_between_households"]
    marked = totals["people_marked_dead"] + totals["people_marked_moved_away"]
    assert did["residents_ended"] == marked
    assert story.update.counts["resident_gone"] == totals["people_missing"]
    assert story.update.counts["household_gone"] == totals["households_gone"]
    empty = expected["changes"]["households_without_living_members"]
    assert story.update.counts["household_empty"] == len(empty)
    present = story.people(ended_on=None)
    assert len(present) == 39_352 + totals["people_new"] - marked


def test_update_changes_living_status(story: Story, expected: dict[str, Any]) -> None:
    for change in expected["changes"]["status_changed"]:
        household = story.town.household(change["household_no"])
        status = {word: status.value for status, word in STATUS_WORDS.items()}[change["to"]]
        assert household.living_status == status
        assert bool(household.status_reason) == (status == "vacant")


def test_update_takes_in_who_was_born(story: Story, expected: dict[str, Any]) -> None:
    for change, child in story.found(expected["changes"]["born"]):
        assert (child.name, child.household.number) == (change["name"], change["household_no"])
        assert str(child.birth_date) == change["birth"]
        assert child.entered_on == factories.NEXT_DAY
        assert RELATION_WORDS[Relation(child.relation)] == change["relation"]


@pytest.mark.parametrize(
    ("which", "reason"),
    [("marked_dead", ResidentEnd.DIED), ("marked_moved_away", ResidentEnd.MOVED_OUT)],
)
def test_update_ends_who_is_marked(
    story: Story, expected: dict[str, Any], which: str, reason: ResidentEnd
) -> None:
    for _change, person in story.found(expected["changes"][which]):
        assert (person.ended_on, person.end_reason) == (factories.NEXT_DAY, reason)


def test_update_shows_who_is_missing_and_removes_nobody(
    story: Story, expected: dict[str, Any]
) -> None:
    missing = [person for _, person in story.found(expected["changes"]["missing"])]
    shown = [diff for diff in factories.diffs(story.update) if diff.kind == "resident_gone"]

    assert {person.ended_on for person in missing} == {None}
    assert {diff.resident_id for diff in shown} == {person.id for person in missing}
    assert {diff.decision for diff in shown} == {"skip"}
    for change in expected["changes"]["households_gone"]:
        assert story.town.household(change["household_no"]).ended_on is None


def test_update_changes_phones(story: Story, expected: dict[str, Any]) -> None:
    for change, person in story.found(expected["changes"]["phone_changed"]):
        assert (person.phone, person.phone_last4) == (change["to"], change["to"][-4:])


def test_update_changes_heads_and_leaves_one(story: Story, expected: dict[str, Any]) -> None:
    for change in expected["changes"]["head_changed"]:
        household = story.town.household(change["household_no"])
        heads = story.people(household=household, ended_on=None, relation=Relation.HEAD)
        assert [person.name for person in heads] == [change["to"]["name"]]
        assert household.head_name == change["to"]["name"]
        assert heads[0].id_number == change["to"]["id"]


def test_update_brings_new_households(story: Story, expected: dict[str, Any]) -> None:
    for change in expected["changes"]["new_households"]:
        household = story.town.household(change["household_no"])
        people = story.people(household=household, ended_on=None)
        assert (household.head_name, household.hamlet.name) == (change["head"], change["hamlet"])
        assert STATUS_WORDS[LivingStatus(household.living_status)] == change["status"]
        assert {person.id_number for person in people} == {p["id"] for p in change["people"]}
        assert household.member_count == len(change["people"])


def test_update_moves_nobody_twice(story: Story, expected: dict[str, Any]) -> None:
    for change, person in story.found(expected["changes"]["moved_between_households"]):
        assert person.household.number == change["to_household"]
        assert person.entered_on == factories.ROLL_DAY
        assert change["name"] not in story.town.names(change["from_household"])


def test_update_corrects_names_and_their_spelling(story: Story, expected: dict[str, Any]) -> None:
    for change, person in story.found(expected["changes"]["name_corrected"]):
        assert person.name == change["to"]
        if change["is_head"]:
            assert person.household.head_name == change["to"]


@pytest.mark.parametrize(
    ("which", "field"),
    [("away_place_changed", "away_place"), ("note_changed", "note")],
)
def test_update_changes_words(
    story: Story, expected: dict[str, Any], which: str, field: str
) -> None:
    for change, person in story.found(expected["changes"][which]):
        assert getattr(person, field) == change["to"]


def test_update_changes_relations(story: Story, expected: dict[str, Any]) -> None:
    for change, person in story.found(expected["changes"]["relation_changed"]):
        assert RELATION_WORDS[Relation(person.relation)] == change["to"]


def test_update_imported_again_changes_nothing(story: Story) -> None:
    content = shared_file("roll-update.xlsx").read_bytes()
    before = list(Resident.objects.in_town(story.town.town.id).order_by("id").values())

    again = factories.merged(story.town, content, as_of=factories.NEXT_DAY)

    kinds = Counter(diff.kind for diff in factories.diffs(again))
    assert kinds == {"resident_gone": 6, "household_gone": 1, "household_empty": 1}
    assert factories.did(again) == {}
    assert list(Resident.objects.in_town(story.town.town.id).order_by("id").values()) == before


def test_messy_rows_are_taken_in_as_they_have_to_be(story: Story, messy: dict[str, Any]) -> None:
    content = shared_file("roll-messy.xlsx").read_bytes()

    roll = factories.merged(story.town, content, as_of=MESSY_DAY)

    assert factories.did(roll)["residents_new"] == messy["totals"]["importable_rows"] == 383
    assert factories.did(roll)["households_new"] == messy["totals"]["households_importable"]
    records = [row["record"] for row in messy["rows"] if row["importable"]]
    for record, person in story.found(record for record in records if record["id"]):
        assert (person.name, person.note) == (record["name"], record["note"])
        assert (person.household.door, person.phone) == (record["door"], record["phone"])
        assert person.household.hamlet.name == record["hamlet"]


def test_messy_problems_are_stored_masked(story: Story, messy: dict[str, Any]) -> None:
    content = shared_file("roll-messy.xlsx").read_bytes()

    roll = factories.checked(story.town, content, as_of=MESSY_DAY)

    problems = list(RollProblem.objects.in_town(story.town.town.id).filter(roll=roll).values())
    assert len(problems) == messy["totals"]["problems"]
    stored = json.dumps(
        [
            problems,
            list(RollDiff.objects.in_town(story.town.town.id).filter(roll=roll).values()),
            list(RollImport.objects.in_town(story.town.town.id).filter(id=roll.id).values()),
        ],
        default=str,
    )
    records = [row["record"] for row in messy["rows"] if row["importable"]]
    numbers = {record[name] for record in records for name in ("id", "phone")}
    read = {str(each["read"]) for each in messy["problems"] if each["kind"].startswith("id_")}
    full = {each for each in numbers | read if sum(sign.isdigit() for sign in each) > 10}
    assert full
    assert {each for each in full if each in stored} == set()
