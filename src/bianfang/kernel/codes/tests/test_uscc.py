import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.codes.uscc import UsccError, UsccFault, parse_uscc, uscc_check_digit

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def make_code(head: str, area: str, body: str) -> str:
    first = head + area + body
    return first + uscc_check_digit(first)


def test_parse_uscc_reads_the_parts() -> None:
    read = parse_uscc(make_code("91", "999999", "MA3INVE7H".replace("I", "1").replace("V", "W")))

    assert read.is_check_digit_right
    assert read.registrar == "9"
    assert read.area_prefix == "999999"
    assert read.organisation_code == "MA31NWE7H"
    assert not read.is_rural_collective


def test_parse_uscc_n_is_a_rural_collective() -> None:
    read = parse_uscc(make_code("N2", "999999", "MF0000000").lower())

    assert read.is_rural_collective
    assert read.is_check_digit_right


def test_parse_uscc_known_example_has_its_published_check_digit() -> None:
    assert uscc_check_digit("91350100M000100Y4") == "3"


def test_parse_uscc_wrong_check_digit_is_only_a_warning() -> None:
    code = make_code("91", "999999", "MA3000000")
    other = "0" if code[-1] != "0" else "1"

    assert not parse_uscc(code[:-1] + other).is_check_digit_right


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("", UsccFault.WRONG_LENGTH),
        ("91999999MA300000", UsccFault.WRONG_LENGTH),
        ("91999999MA300000O1", UsccFault.BAD_CHARACTERS),
        ("9199999AMA30000001", UsccFault.BAD_CHARACTERS),
    ],
)
def test_parse_uscc_wrong_shape_names_the_fault(typed: str, fault: UsccFault) -> None:
    with pytest.raises(UsccError) as caught:
        parse_uscc(typed)
    assert caught.value.fault is fault
    assert str(caught.value)


@given(
    body=st.text(ALPHABET, min_size=9, max_size=9),
    place=st.integers(8, 16),
    other=st.sampled_from(ALPHABET),
)
def test_parse_uscc_any_single_wrong_character_is_noticed(
    body: str, place: int, other: str
) -> None:
    code = make_code("91", "999999", body)
    changed = code[:place] + other + code[place + 1 :]

    assert parse_uscc(changed).is_check_digit_right == (changed == code)
