"""The shared workbooks: the full roll, the re-import, and the messy one, cell by cell."""

import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest

from bianfang.register.rolls.reading.areas import AreaIndex
from bianfang.register.rolls.reading.columns import TITLES, Column
from bianfang.register.rolls.reading.problems import Problem
from bianfang.register.rolls.reading.reader import read_roll
from bianfang.register.rolls.reading.report import HouseholdCells, RollReading, SheetOutcome
from bianfang.register.rolls.reading.rows import words_of
from bianfang.register.rolls.tests.workbooks import shared_file

STATUS_VALUES = {"常住": "resident", "外出务工": "away", "空户": "vacant", "unknown": "unknown"}


@pytest.fixture(scope="module")
def roll() -> RollReading:
    return read_roll(
        shared_file("roll.xlsx"),
        areas="from_file",
        as_of=date(2026, 3, 31),
        allow_invented_phones=True,
    )


@pytest.fixture(scope="module")
def tree(roll: RollReading) -> AreaIndex:
    return roll.areas


@pytest.fixture(scope="module")
def messy(tree: AreaIndex) -> RollReading:
    return read_roll(
        shared_file("roll-messy.xlsx"),
        areas=tree,
        as_of=date(2026, 4, 6),
        allow_invented_phones=True,
    )


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(shared_file("roll-messy.expected.json").read_text("utf-8"))
    return loaded


def test_roll_every_person_and_household_is_read_without_a_problem(roll: RollReading) -> None:
    totals = roll.totals()

    assert roll.problems == ()
    assert (totals.person_rows, totals.importable_rows) == (39_352, 39_352)
    assert totals.households == totals.households_importable == 13_750
    assert totals.households_by_status == {"resident": 10_912, "away": 1_935, "vacant": 903}
    assert all(household.head for household in roll.households)


def test_roll_describes_its_own_area_tree(tree: AreaIndex) -> None:
    counts = [len(tree.names(c)) for c in (Column.COMMUNITY, Column.VILLAGE, Column.HAMLET)]

    assert counts == [12, 66, 114]


def test_roll_facts_are_counted_as_the_readme_says(roll: RollReading) -> None:
    rows = roll.rows

    assert sum(row.dibao == "yes" for row in rows) == 781
    assert sum(row.tekun == "yes" for row in rows) == 58
    assert sum(bool(row.disability) for row in rows) == 1_189
    assert sum(bool(row.phone) for row in rows) == 9_505
    assert len({row.phone for row in rows} - {""}) == 9_265


def test_roll_update_is_read_against_the_tree_of_the_roll(tree: AreaIndex) -> None:
    reading = read_roll(
        shared_file("roll-update.xlsx"),
        areas=tree,
        as_of=date(2026, 6, 30),
        allow_invented_phones=True,
    )
    totals = reading.totals()

    assert reading.problems == ()
    assert (totals.person_rows, totals.households) == (2_981, 1_007)
    assert {row.path.community for row in reading.rows if row.path} == {"南湖社区"}


def test_messy_every_problem_is_found_and_no_other(
    messy: RollReading, expected: dict[str, Any]
) -> None:
    wanted = sorted(map(_expected_problem, expected["problems"]), key=str)
    found = sorted(map(_found_problem, messy.problems), key=str)

    assert found == wanted
    assert len({problem.kind for problem in messy.problems}) == 47


def test_messy_every_importable_row_becomes_the_expected_record(
    messy: RollReading, expected: dict[str, Any]
) -> None:
    wanted = {(row["sheet"], row["row"]): row.get("record") for row in expected["rows"]}
    found = dict(_records(messy))

    assert found == wanted


def test_messy_rows_that_are_no_people_are_named(
    messy: RollReading, expected: dict[str, Any]
) -> None:
    found = [(row.sheet, row.row, row.kind.value) for row in messy.skipped]

    assert found == [(row["sheet"], row["row"], row["kind"]) for row in expected["skipped_rows"]]


def test_messy_totals(messy: RollReading, expected: dict[str, Any]) -> None:
    totals, wanted = messy.totals(), expected["totals"]

    for name in ("person_rows", "importable_rows", "error_rows", "households"):
        assert getattr(totals, name) == wanted[name], name
    assert totals.rows_with_warning == wanted["rows_with_warning"]
    assert totals.rows_with_fix == wanted["rows_with_fix"]
    assert totals.households_importable == wanted["households_importable"]
    assert totals.households_by_status == {
        STATUS_VALUES[word]: count
        for word, count in wanted["households_importable_by_status"].items()
    }
    assert totals.skipped_rows == wanted["skipped_rows"]
    assert totals.problems_by_severity == wanted["problems_by_severity"]
    assert totals.problems_by_kind == wanted["problems_by_kind"]


def test_messy_structure_is_understood(messy: RollReading, expected: dict[str, Any]) -> None:
    wanted = {sheet["name"]: sheet for sheet in expected["structure"]["sheets"]}

    assert [sheet.name for sheet in messy.sheets] == list(wanted)
    for sheet in messy.sheets:
        assert sheet.is_read == wanted[sheet.name]["use"]
        if sheet.is_read:
            assert list(sheet.title_rows) == wanted[sheet.name]["title_rows"]
            assert list(sheet.note_rows) == wanted[sheet.name]["note_rows"]
            assert sheet.header_rows == (wanted[sheet.name]["header_row"],) * 2
            titles = {c.header: TITLES[c.column] for c in sheet.columns if c.column}
            assert titles == wanted[sheet.name]["columns"]


def test_messy_sheets_that_are_not_read_say_why(messy: RollReading) -> None:
    outcomes = {sheet.name: sheet.outcome for sheet in messy.sheets if not sheet.is_read}

    assert outcomes == {
        "Sheet3": SheetOutcome.EMPTY,
        "2025年旧表": SheetOutcome.HIDDEN,
        "字典": SheetOutcome.HIDDEN,
    }


def test_messy_household_cells_are_merged_or_left_blank(
    messy: RollReading, expected: dict[str, Any]
) -> None:
    merged, blank = messy.sheets[0], messy.sheets[1]

    assert merged.household_cells is HouseholdCells.MERGED
    assert blank.household_cells is HouseholdCells.FIRST_ROW
    spans = [list(span) for span in merged.merged_households]
    assert spans == expected["structure"]["merged_households"]["rows"]


def test_messy_problems_are_stored_without_full_numbers(messy: RollReading) -> None:
    numbers = {row.id_number for row in messy.rows if row.id_number}
    numbers |= {row.phone for row in messy.rows if row.phone}
    numbers |= {str(p.read).strip() for p in messy.problems if p.column is Column.ID}
    numbers = {number for number in numbers if len(number) > 8}

    stored = [f"{p.read} {p.value_after} {p.hint}" for p in map(Problem.masked, messy.problems)]

    assert len(numbers) > 400
    assert not [text for text in stored for number in numbers if number in text]


def _expected_problem(problem: dict[str, Any]) -> tuple[object, ...]:
    related = problem.get("related_row")
    return (
        problem["sheet"],
        problem["row"],
        problem["column"],
        problem["cell"],
        problem["kind"],
        problem["severity"],
        problem["read"],
        problem.get("value_after"),
        tuple(problem.get("applies_to_rows", ())),
        (related["sheet"], related["row"]) if related else None,
    )


def _found_problem(problem: Problem) -> tuple[object, ...]:
    related = problem.related_row
    return (
        problem.sheet,
        problem.row,
        problem.header,
        problem.cell,
        problem.kind.value,
        problem.severity.value,
        problem.read,
        problem.value_after,
        problem.applies_to_rows,
        (related.sheet, related.row) if related else None,
    )


def _records(reading: RollReading) -> Iterator[tuple[tuple[str, int], dict[str, str] | None]]:
    for row in reading.rows:
        words = {column.value: word for column, word in words_of(row).items()}
        del words["community"], words["head_name"]
        yield (row.sheet, row.row), words if row.is_importable else None
