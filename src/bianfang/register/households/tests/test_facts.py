from datetime import date, timedelta
from typing import Any

import pytest

from bianfang.kernel import clock
from bianfang.kernel.errors import DomainError, FieldError, NotAllowedError, NotFoundError
from bianfang.kernel.journal.models import Entry
from bianfang.register.households import queries
from bianfang.register.households.actions.facts import state_fact
from bianfang.register.households.actions.residents import end_resident
from bianfang.register.households.enums import (
    FactKind,
    FactSource,
    Priority,
    ResidentEnd,
    YesNo,
)
from bianfang.register.households.models import Fact, Resident
from bianfang.register.households.tests.factories import Village
from bianfang.register.people.tests.factories import TODAY

pytestmark = pytest.mark.django_db
EARLIER, LATER = date(2026, 1, 1), date(2026, 2, 1)


@pytest.fixture
def person(village: Village) -> Resident:
    return village.person(village.home(), "秦某某")


def state(village: Village, person: Resident, **changes: Any) -> Fact:
    given: dict[str, Any] = {
        "actor": village.worker,
        "kind": FactKind.DIBAO,
        "value": YesNo.YES,
        "source": FactSource.VISIT,
        "as_of": LATER,
    }
    return state_fact(resident_id=person.id, **given | changes)


def answer(person: Resident, kind: FactKind = FactKind.DIBAO) -> str:
    stored = Resident.objects.in_town(person.town_id).get(id=person.id)
    return str(getattr(stored, kind.value))


def test_a_statement_keeps_its_source_day_and_writer(village: Village, person: Resident) -> None:
    fact = state(village, person)

    (stored,) = queries.list_facts(actor=village.worker, resident_ids=[person.id])
    assert stored == fact
    assert (str(stored), stored.source, stored.as_of) == ("dibao: yes", FactSource.VISIT, LATER)
    assert stored.recorded_at == clock.now()
    assert stored.recorded_by_id == village.worker.staff_id
    entry = Entry.objects.in_town(person.town_id).get(verb="fact_stated")
    assert (entry.target_id, entry.facts) == (person.id, {"kind": "dibao", "source": "visit"})


def test_a_statement_becomes_the_answer_and_moves_the_household_up(
    village: Village, person: Resident
) -> None:
    state(village, person)

    home = queries.get_household(actor=village.worker, household_id=person.household_id)
    assert (answer(person), home.priority, home.version) == (YesNo.YES, Priority.HARDSHIP, 3)
    state(village, person, value=YesNo.NO)
    home.refresh_from_db()
    assert (answer(person), home.priority) == (YesNo.NO, Priority.COMMON)


def test_the_latest_day_is_the_answer_whenever_it_is_written_down(
    village: Village, person: Resident
) -> None:
    state(village, person, value=YesNo.YES, as_of=LATER)
    state(village, person, value=YesNo.NO, as_of=EARLIER)

    assert answer(person) == YesNo.YES
    assert Fact.objects.in_town(person.town_id).count() == 2
    state(village, person, value=YesNo.NO, as_of=LATER)
    assert answer(person) == YesNo.NO
    state(village, person, kind=FactKind.TEKUN, value=YesNo.NO, as_of=EARLIER)
    assert answer(person, FactKind.TEKUN) == YesNo.NO


@pytest.mark.parametrize(
    ("from_roll", "expected"), [(YesNo.NO, YesNo.NO), (YesNo.UNKNOWN, YesNo.YES)]
)
def test_an_answer_of_the_roll_stands_against_older_statements(
    village: Village, person: Resident, from_roll: YesNo, expected: YesNo
) -> None:
    rows = Resident.objects.in_town(person.town_id).filter(id=person.id)
    rows.update(dibao=from_roll, facts_as_of=LATER)

    state(village, person, as_of=EARLIER)
    assert answer(person) == expected
    state(village, person, as_of=TODAY)
    assert answer(person) == YesNo.YES


@pytest.mark.parametrize("value", ["肢体二级", "视力四级", "精神", ""])
def test_a_disability_is_told_by_kind_and_grade(
    village: Village, person: Resident, value: str
) -> None:
    state(village, person, kind=FactKind.DISABILITY, value=value)

    assert answer(person, FactKind.DISABILITY) == value


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"value": "perhaps"}, "value"),
        ({"kind": FactKind.TEKUN, "value": ""}, "value"),
        ({"kind": FactKind.DISABILITY, "value": "二级"}, "value"),
        ({"kind": FactKind.DISABILITY, "value": "肢体五级"}, "value"),
        ({"kind": FactKind.DISABILITY, "value": YesNo.YES}, "value"),
        ({"as_of": TODAY + timedelta(days=1)}, "as_of"),
    ],
)
def test_a_statement_that_cannot_be_is_refused(
    village: Village, person: Resident, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(FieldError) as refused:
        state(village, person, **changes)

    assert list(refused.value.errors) == [field]
    assert not Fact.objects.in_town(person.town_id).exists()


def test_statements_are_made_where_one_may_edit_about_present_people(
    village: Village, person: Resident
) -> None:
    with pytest.raises(NotAllowedError):
        state(village, person, actor=village.leader)
    with pytest.raises(NotFoundError):
        state(village, person, actor=village.far_worker)
    end_resident(actor=village.worker, resident_id=person.id, reason=ResidentEnd.DIED, on=TODAY)
    with pytest.raises(DomainError):
        state(village, person)
