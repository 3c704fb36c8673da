import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.codes.phones import (
    PhoneError,
    PhoneFault,
    PhoneKind,
    find_phone_fault,
    parse_phone,
)


@pytest.mark.parametrize(
    ("typed", "number", "kind"),
    [
        ("100-0000-9693", "10000009693", PhoneKind.MOBILE),
        ("100 0000 9758", "10000009758", PhoneKind.MOBILE),
        ("1000000\u30009722", "10000009722", PhoneKind.MOBILE),
        (
            "\uff11\uff10\uff10\uff10\uff10\uff10\uff10\uff19\uff16\uff17\uff14",
            "10000009674",
            PhoneKind.MOBILE,
        ),
        ("+86 1000000 9674", "10000009674", PhoneKind.MOBILE),
        ("0086-10000009674", "10000009674", PhoneKind.MOBILE),
        ("8610000009674", "10000009674", PhoneKind.MOBILE),
        ("\uff080536\uff090005678", "0536-0005678", PhoneKind.LANDLINE),
        ("0536-0001234", "0536-0001234", PhoneKind.LANDLINE),
        ("05360001234", "0536-0001234", PhoneKind.LANDLINE),
        ("0536-0001234-801", "0536-0001234-801", PhoneKind.LANDLINE),
        ("0536-0001234转801", "0536-0001234-801", PhoneKind.LANDLINE),
        ("+86-536-0001234", "0536-0001234", PhoneKind.LANDLINE),
        ("12345", "12345", PhoneKind.SERVICE),
        ("110", "110", PhoneKind.SERVICE),
        ("400-000-0000", "4000000000", PhoneKind.SERVICE),
    ],
)
def test_parse_phone_reads_what_offices_type(typed: str, number: str, kind: PhoneKind) -> None:
    read = parse_phone(typed, allow_invented=True)

    assert (read.number, read.kind) == (number, kind)


@pytest.mark.parametrize(
    ("area", "local"), [("010", "2" * 8), ("021", "5" * 8), ("0536", "3" * 7), ("0755", "8" * 8)]
)
def test_parse_phone_area_number_has_three_or_four_digits(area: str, local: str) -> None:
    assert parse_phone(area + local).number == f"{area}-{local}"
    assert parse_phone(f"+86 {area[1:]} {local}").number == f"{area}-{local}"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        (" \u200b", PhoneFault.EMPTY),
        ("10000009674/10000009675", PhoneFault.SEVERAL_NUMBERS),
        ("10000009674、0536-0001234", PhoneFault.SEVERAL_NUMBERS),
        ("10000009674 10000009675", PhoneFault.SEVERAL_NUMBERS),
        ("无", PhoneFault.BAD_CHARACTERS),
        ("1000000967A", PhoneFault.BAD_CHARACTERS),
        ("2000123", PhoneFault.NO_AREA_NUMBER),
        ("1000000966", PhoneFault.WRONG_LENGTH),
        ("100000096601", PhoneFault.WRONG_LENGTH),
        ("0536-12", PhoneFault.WRONG_LENGTH),
        ("12000009674", PhoneFault.UNKNOWN_RANGE),
        ("0536-1234567", PhoneFault.UNKNOWN_RANGE),
    ],
)
def test_parse_phone_wrong_number_names_the_fault(typed: str, fault: PhoneFault) -> None:
    assert find_phone_fault(typed, allow_invented=True) is fault
    with pytest.raises(PhoneError) as caught:
        parse_phone(typed, allow_invented=True)
    assert caught.value.fault is fault
    assert str(caught.value)


@pytest.mark.parametrize("typed", ["10000009674", "0536-0001234"])
def test_parse_phone_invented_numbers_are_refused_unless_allowed(typed: str) -> None:
    assert find_phone_fault(typed) is PhoneFault.UNKNOWN_RANGE
    assert find_phone_fault(typed, allow_invented=True) is None


@given(st.text(max_size=30))
def test_parse_phone_a_read_number_reads_as_itself(raw: str) -> None:
    if find_phone_fault(raw) is None:
        number = parse_phone(raw).number

        assert parse_phone(number).number == number


@given(start=st.integers(13, 19), rest=st.integers(0, 10**9 - 1))
def test_parse_phone_every_mobile_is_read(start: int, rest: int) -> None:
    number = f"{start}{rest:09d}"

    assert parse_phone(number).number == number
