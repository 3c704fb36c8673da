from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.codes.identity import (
    IdentityError,
    IdentityFault,
    check_digit,
    find_identity_fault,
    normalise_identity,
    parse_identity,
)
from bianfang.kernel.codes.people_codes import Sex

DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2099, 12, 31))
SERIALS = st.integers(0, 999)


def make_number(born: date, serial: int) -> str:
    body = f"999999{born:%Y%m%d}{serial:03d}"
    return body + check_digit(body)


def test_parse_identity_reads_birth_date_and_sex() -> None:
    read = parse_identity("99999920000521031X")

    assert read.number == "99999920000521031X"
    assert read.birth_date == date(2000, 5, 21)
    assert read.sex is Sex.MALE
    assert read.is_verified


def test_parse_identity_even_serial_is_female() -> None:
    assert parse_identity("999999202010190981").sex is Sex.FEMALE


@pytest.mark.parametrize(
    "typed",
    [
        "99999920000521031x",
        "\uff19\uff19\uff19\uff19\uff19\uff19\uff12\uff10\uff10\uff10\uff10\uff15\uff12\uff11\uff10\uff13\uff11\uff38",
        "\ufeff99999920000521031X",
        "999999\u200b20000521031X",
        "\u00a0999999 20000521 031X\n",
        "'99999920000521031X",
        "\u201899999920000521031X",
    ],
)
def test_parse_identity_typing_habits_are_normalised(typed: str) -> None:
    assert parse_identity(typed).number == "99999920000521031X"


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", IdentityFault.WRONG_LENGTH),
        ("99999920012257173", IdentityFault.WRONG_LENGTH),
        ("9999991977041387621", IdentityFault.WRONG_LENGTH),
        ("99999920000521X31X", IdentityFault.BAD_CHARACTERS),
        ("99999X200005210310", IdentityFault.BAD_CHARACTERS),
        ("99999959031605X", IdentityFault.BAD_CHARACTERS),
        ("999999199302319420", IdentityFault.IMPOSSIBLE_DATE),
        ("999999201613320322", IdentityFault.IMPOSSIBLE_DATE),
        ("999999590230055", IdentityFault.IMPOSSIBLE_DATE),
        ("999999201706090470", IdentityFault.CHECK_DIGIT),
    ],
)
def test_parse_identity_wrong_number_names_the_fault(typed: str, fault: IdentityFault) -> None:
    assert find_identity_fault(typed) is fault
    with pytest.raises(IdentityError) as caught:
        parse_identity(typed)
    assert caught.value.fault is fault
    assert str(caught.value)


def test_find_identity_fault_right_number_is_none() -> None:
    assert find_identity_fault("99999920000521031X") is None


def test_parse_identity_fifteen_digits_become_eighteen_unverified() -> None:
    read = parse_identity("999999590316055")

    assert read.number == "99999919590316055X"
    assert read.birth_date == date(1959, 3, 16)
    assert read.sex is Sex.MALE
    assert not read.is_verified


def test_parse_identity_never_asks_whether_the_area_exists() -> None:
    body = "000000" + "19800101" + "001"

    assert parse_identity(body + check_digit(body)).is_verified


@given(born=DAYS, serial=SERIALS)
def test_parse_identity_gives_back_what_the_number_was_made_of(born: date, serial: int) -> None:
    read = parse_identity(make_number(born, serial))

    assert read.birth_date == born
    assert (read.sex is Sex.MALE) == bool(serial % 2)


@given(born=DAYS, serial=SERIALS, place=st.integers(0, 16), shift=st.integers(1, 9))
def test_parse_identity_any_single_wrong_digit_is_found(
    born: date, serial: int, place: int, shift: int
) -> None:
    number = make_number(born, serial)
    wrong = str((int(number[place]) + shift) % 10)

    assert find_identity_fault(number[:place] + wrong + number[place + 1 :]) is not None


@given(born=DAYS, serial=SERIALS, place=st.integers(0, 15))
def test_parse_identity_any_swap_of_neighbours_is_found(
    born: date, serial: int, place: int
) -> None:
    number = make_number(born, serial)
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]

    assert (find_identity_fault(swapped) is None) == (swapped == number)


@given(st.text("0189xX\uff11\uff38\u3000 \n\u200b\ufeff'\u2019办", max_size=24))
def test_normalise_identity_is_stable(raw: str) -> None:
    once = normalise_identity(raw)

    assert normalise_identity(once) == once
    find_identity_fault(raw)
