import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.names.spelling import all_initials, full, initials, sort_key


@pytest.mark.parametrize(
    ("name", "spelt"),
    [
        ("秦某某", "qinmoumou"),
        ("单长生", "shanchangsheng"),
        ("曾乐", "zengle"),
        ("仇和平", "qiuheping"),
        ("解晓东", "xiexiaodong"),
        ("查良", "zhaliang"),
        ("翟建国", "zhaijianguo"),
        ("区小红", "ouxiaohong"),
        ("朴英淑", "piaoyingshu"),
        ("员晟", "yunsheng"),
        ("逄磊", "panglei"),
        ("吕丽", "lvli"),
        ("欧阳修", "ouyangxiu"),
        ("尉迟恭", "yuchigong"),
        ("万俟静", "moqijing"),
        ("单于敏", "chanyumin"),
        ("王单", "wangdan"),
        ("䶮", "yan"),
        ("王堃喆", "wangkunzhe"),
        ("阿依古丽·买买提", "ayigulimaimaiti"),
        ("王\u3000明", "wangming"),
        ("葛\U000e0100军", "gejun"),
        ("\uff2c\uff49 李", "lili"),
        ("", ""),
    ],
)
def test_full_reads_surnames_as_surnames(name: str, spelt: str) -> None:
    assert full(name) == spelt


@pytest.mark.parametrize(
    ("name", "usual", "every"),
    [
        ("秦某某", "qmm", ("qmm",)),
        ("单雪", "sx", ("sx", "dx")),
        ("盖乐", "gl", ("gl", "gy")),
        ("曾朝阳", "zcy", ("zcy", "zzy", "ccy", "czy")),
        ("欧阳修", "oyx", ("oyx",)),
        ("·", "", ()),
        ("", "", ()),
    ],
)
def test_initials_give_every_plausible_reading(
    name: str, usual: str, every: tuple[str, ...]
) -> None:
    assert initials(name) == usual
    assert all_initials(name) == every


def test_initials_sign_without_reading_stands_for_itself() -> None:
    assert initials("李\U0002ebe0") == "l\U0002ebe0"


def test_sort_key_keeps_a_surname_together() -> None:
    names = ["连波", "李昂", "连安", "李安", "李波"]

    assert sorted(names, key=sort_key) == ["李安", "李昂", "李波", "连安", "连波"]


@given(st.text(max_size=12))
def test_initials_of_any_text_are_bounded_and_begin_with_the_usual_one(name: str) -> None:
    every = all_initials(name)

    assert len(every) <= 8
    assert every[:1] == ((initials(name),) if every else ())
    assert len(initials(name)) <= len(full(name))
