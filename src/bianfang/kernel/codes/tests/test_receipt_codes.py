import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.codes.receipt_codes import (
    ALPHABET,
    LENGTH,
    grouped,
    make_receipt_code,
    read_receipt_code,
    receipt_check,
)

bodies = st.text(ALPHABET, min_size=LENGTH - 1, max_size=LENGTH - 1)


def test_make_receipt_code_can_be_read_again() -> None:
    code = make_receipt_code()

    assert len(code) == LENGTH
    assert read_receipt_code(code) == code
    assert make_receipt_code() != code


def test_the_alphabet_has_no_look_alikes() -> None:
    assert not set("01IOLQSZBGDUV") & set(ALPHABET)
    assert len(ALPHABET) == 23


@given(body=bodies)
def test_read_receipt_code_however_it_was_typed(body: str) -> None:
    code = body + receipt_check(body)
    full_width = "".join(chr(ord(letter) + 0xFEE0) for letter in code)

    for typed in (grouped(code), code.lower(), f" {grouped(code)} ", full_width):
        assert read_receipt_code(typed) == code


@pytest.mark.parametrize("typed", ["", "234", "2345678922A", "OOOOOOOOOO", "一二三四五六七八九十"])
def test_read_receipt_code_wrong_shape_is_none(typed: str) -> None:
    assert read_receipt_code(typed) is None


@given(body=bodies, place=st.integers(0, LENGTH - 1), other=st.sampled_from(ALPHABET))
def test_read_receipt_code_notices_one_wrong_character(body: str, place: int, other: str) -> None:
    code = body + receipt_check(body)
    changed = code[:place] + other + code[place + 1 :]

    assert (read_receipt_code(changed) is not None) == (changed == code)


@given(body=bodies, place=st.integers(0, LENGTH - 2))
def test_read_receipt_code_notices_neighbours_exchanged(body: str, place: int) -> None:
    code = body + receipt_check(body)
    changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert (read_receipt_code(changed) is not None) == (changed == code)
