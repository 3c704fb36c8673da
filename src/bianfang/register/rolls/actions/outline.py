"""What was understood of a workbook and what merging would do, as an import keeps it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from bianfang.register.rolls.enums import DiffKind
from bianfang.register.rolls.plans import Comparison, HouseholdPlan
from bianfang.register.rolls.reading.areas import AreaPath
from bianfang.register.rolls.reading.notices import list_notices
from bianfang.register.rolls.reading.report import RollReading, SheetReport


def outline(reading: RollReading, comparison: Comparison) -> dict[str, Any]:
    """Sheets and columns as they were understood, and hamlet by hamlet what would become there."""
    return {
        "sheets": [_sheet(sheet) for sheet in reading.sheets],
        "skipped": len(reading.skipped),
        "hamlets": _hamlets(comparison),
    }


def count(reading: RollReading, comparison: Comparison) -> dict[str, int]:
    """Rows, people, places, and what merging would do, in numbers."""
    totals = reading.totals()
    places = {home.roll.path for home in comparison.households if home.roll.path}
    return {
        **comparison.counts(),
        "rows": totals.person_rows,
        "rows_refused": totals.error_rows,
        "rows_with_warning": totals.rows_with_warning,
        "rows_with_fix": totals.rows_with_fix,
        "communities": len({place.community for place in places}),
        "villages": len({place[:2] for place in places}),
        "hamlets": len(places),
        "households": totals.households_importable,
        "people": totals.importable_rows,
        **{f"status_{status}": n for status, n in totals.households_by_status.items()},
    }


def _sheet(sheet: SheetReport) -> dict[str, Any]:
    return {
        "name": sheet.name,
        "state": sheet.state.value,
        "outcome": sheet.outcome.value,
        "header_rows": list(sheet.header_rows or ()),
        "people": sheet.person_rows,
        "columns": [
            {
                "letters": column.letters,
                "header": column.header,
                "meaning": column.column.value if column.column else "",
                "use": column.use.value,
            }
            for column in sheet.columns
        ],
        "notices": [
            {
                "kind": notice.kind.value,
                "severity": notice.severity.value,
                "values": dict(notice.values),
            }
            for notice in list_notices(sheet)
        ],
    }


def _hamlets(comparison: Comparison) -> list[dict[str, Any]]:
    """In the order of the roll: households, people, and differences by kind."""
    counted: dict[AreaPath, Counter[str]] = {}
    for home in comparison.households:
        assert home.roll.path is not None, "a household that can be imported has a place"
        counted.setdefault(home.roll.path, Counter()).update(_counts(home))
    for kind, area_path in _missing(comparison):
        place = comparison.places.get(area_path)
        if place is not None:
            counted.setdefault(place, Counter())[kind.value] += 1
    return [{**place._asdict(), "counts": dict(numbers)} for place, numbers in counted.items()]


def _counts(home: HouseholdPlan) -> Counter[str]:
    counted = Counter(person.kind.value for person in home.people if person.kind)
    if home.kind:
        counted[home.kind.value] += 1
    return counted + Counter(households=1, people=len(home.people))


def _missing(comparison: Comparison) -> Iterator[tuple[DiffKind, str]]:
    for person in comparison.gone_residents:
        yield DiffKind.RESIDENT_GONE, person.area_path
    for household in comparison.gone_households:
        yield DiffKind.HOUSEHOLD_GONE, household.area_path
    for household in comparison.empty_households:
        yield DiffKind.HOUSEHOLD_EMPTY, household.area_path
