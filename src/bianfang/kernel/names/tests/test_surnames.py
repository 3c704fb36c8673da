import pytest

from bianfang.kernel.names.surnames import split_name


@pytest.mark.parametrize(
    ("name", "surname", "given"),
    [
        ("董小强", "董", "小强"),
        ("欧阳修", "欧阳", "修"),
        ("司马", "司", "马"),
        ("诸葛小亮", "诸葛", "小亮"),
        ("秦", "秦", ""),
        ("阿依古丽·买买提", "阿依古丽", "买买提"),
        ("阿依古丽\u2022买买提", "阿依古丽", "买买提"),
        ("\U0002cbbe明", "\U0002cbbe", "明"),
        ("·王", "·", "王"),
        ("", "", ""),
    ],
)
def test_split_name_finds_the_surname(name: str, surname: str, given: str) -> None:
    assert split_name(name) == (surname, given)
