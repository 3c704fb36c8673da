import pytest

from bianfang.kernel.codes.area_codes import (
    AreaCodeError,
    AreaCodeFault,
    AreaKind,
    AreaLevel,
    parse_area_code,
)


@pytest.mark.parametrize(
    ("typed", "level", "kind", "parent"),
    [
        ("990000000000", AreaLevel.PROVINCE, None, None),
        ("999900000000", AreaLevel.CITY, None, "990000000000"),
        ("999999000000", AreaLevel.COUNTY, None, "999900000000"),
        ("999999001000", AreaLevel.TOWN, AreaKind.STREET, "999999000000"),
        ("999999100000", AreaLevel.TOWN, AreaKind.TOWN, "999999000000"),
        ("999999200000", AreaLevel.TOWN, AreaKind.TOWNSHIP, "999999000000"),
        ("999999400000", AreaLevel.TOWN, AreaKind.ENTERPRISE, "999999000000"),
        ("999999900000", AreaLevel.TOWN, AreaKind.OTHER, "999999000000"),
        ("999999100001", AreaLevel.VILLAGE, AreaKind.RESIDENTS_COMMITTEE, "999999100000"),
        ("999999100201", AreaLevel.VILLAGE, AreaKind.VILLAGE_COMMITTEE, "999999100000"),
        ("999999100498", AreaLevel.VILLAGE, AreaKind.OTHER, "999999100000"),
        ("999999100201003", AreaLevel.HAMLET, None, "999999100201"),
        ("999900100000", AreaLevel.TOWN, AreaKind.TOWN, "999900000000"),
    ],
)
def test_parse_area_code_reads_level_kind_and_parent(
    typed: str, level: AreaLevel, kind: AreaKind | None, parent: str | None
) -> None:
    read = parse_area_code(typed)

    assert (read.code, read.level, read.kind, read.parent) == (typed, level, kind, parent)


def test_parse_area_code_zero_hamlet_is_the_village() -> None:
    read = parse_area_code("\uff199 9999 100201 000")

    assert (read.code, read.level) == ("999999100201", AreaLevel.VILLAGE)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("999999", AreaCodeFault.WRONG_LENGTH),
        ("99999910020A", AreaCodeFault.BAD_CHARACTERS),
        ("009999100201", AreaCodeFault.NO_PROVINCE),
        ("990099000000", AreaCodeFault.GAP),
        ("999999000201", AreaCodeFault.GAP),
        ("999999100000001", AreaCodeFault.GAP),
    ],
)
def test_parse_area_code_wrong_code_names_the_fault(typed: str, fault: AreaCodeFault) -> None:
    with pytest.raises(AreaCodeError) as caught:
        parse_area_code(typed)
    assert caught.value.fault is fault
    assert str(caught.value)


def test_is_within_follows_the_digits() -> None:
    town = parse_area_code("999999100000")

    assert parse_area_code("999999100201").is_within(town)
    assert town.is_within(town)
    assert not town.is_within(parse_area_code("999999100201"))
    assert not parse_area_code("999999101201").is_within(town)
