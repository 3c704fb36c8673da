"""Receipt codes: ten characters that a resident reads from a slip, the last of which checks.

The alphabet has no character that looks like another one, and has a prime number of them, so that
one wrong character or two exchanged ones are always noticed.
"""

import secrets

from bianfang.kernel.codes.digits import code_text

ALPHABET = "23456789ACEFHJKMNPRTWXY"
LENGTH = 10
_VALUES = {letter: value for value, letter in enumerate(ALPHABET)}
_GROUPS = ((0, 3), (3, 6), (6, LENGTH))


def make_receipt_code() -> str:
    """A fresh code by chance: one of some 1.8 million millions."""
    body = "".join(secrets.choice(ALPHABET) for _place in range(LENGTH - 1))
    return body + receipt_check(body)


def receipt_check(first_nine: str) -> str:
    """The tenth character that belongs to nine."""
    total = sum(place * _VALUES[letter] for place, letter in enumerate(first_nine, start=1))
    return ALPHABET[total % len(ALPHABET)]


def read_receipt_code(typed: str) -> str | None:
    """The code as it is kept, however it was typed; None for what cannot be one."""
    text = code_text(typed).replace("-", "").replace("—", "").replace("－", "")
    if len(text) != LENGTH or not set(text) <= _VALUES.keys():
        return None
    return text if receipt_check(text[:-1]) == text[-1] else None


def grouped(code: str) -> str:
    """As it is printed and read out: 3, 3 and 4 characters."""
    return "-".join(code[first:last] for first, last in _GROUPS)
