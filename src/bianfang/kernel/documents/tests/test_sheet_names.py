import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.documents.sheet_names import free_sheet_name


@pytest.mark.parametrize(
    ("wanted", "taken", "name"),
    [
        ("台账", [], "台账"),
        ("台账", ["台账"], "台账 2"),
        ("Errors", ["errors", "Errors 2"], "Errors 3"),
        ("a/b:c", [], "a b c"),
        ("'x'", [], "x"),
        ("", [], "1"),
        ("[]", [], "1"),
        ("长" * 40, ["长" * 31], "长" * 29 + " 2"),
    ],
)
def test_free_sheet_name_is_one_excel_takes(wanted: str, taken: list[str], name: str) -> None:
    assert free_sheet_name(wanted, taken) == name


@given(st.lists(st.text(max_size=40), max_size=8))
def test_free_sheet_name_any_texts_become_different_names(wanted: list[str]) -> None:
    taken: list[str] = []
    for text in wanted:
        taken.append(free_sheet_name(text, taken))

    assert len({name.casefold() for name in taken}) == len(wanted)
    assert all(0 < len(name) <= 31 for name in taken)
