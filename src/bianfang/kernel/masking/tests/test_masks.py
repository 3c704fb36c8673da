import pytest
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.masking.masks import (
    Address,
    Level,
    mask_address,
    mask_id,
    mask_name,
    mask_phone,
    may_show_health_and_money,
)

PUBLIC = (Level.L2, Level.L3)


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("董强", "董某"),
        ("董小强", "董某某"),
        ("董小小强", "董某某"),
        ("欧阳修", "欧阳某"),
        ("诸葛小亮", "诸葛某某"),
        ("秦", "秦某"),
        ("阿依古丽·买买提", "阿依古丽·某某"),
        ("阿依古丽•买买提", "阿依古丽·某某"),
        ("王\U0002cbbe", "王某"),
        ("\U0002cbbe明明", "\U0002cbbe某某"),
        ("葛\U000e0100军", "葛某"),
        (" 董\u3000强 ", "董某"),
        ("", ""),
        ("\u200b", ""),
    ],
)
@pytest.mark.parametrize("level", PUBLIC)
def test_mask_name_public_levels_keep_the_surname_only(
    name: str, masked: str, level: Level
) -> None:
    assert mask_name(name, level) == masked


@pytest.mark.parametrize("level", [Level.L0, Level.L1])
def test_mask_name_staff_see_the_name(level: Level) -> None:
    assert mask_name("董小强", level) == "董小强"


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("99999920000521031X", "999999********031X"),
        ("999999590316055", "999999*****6055"),
        ("9999", "****"),
        ("9999991234567", "*************"),
        ("", ""),
    ],
)
def test_mask_id_shows_the_ends_to_other_staff(number: str, masked: str) -> None:
    assert mask_id(number, Level.L1) == masked
    assert mask_id(number, Level.L0) == number
    assert [mask_id(number, level) for level in PUBLIC] == ["", ""]


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("10000009674", "100****9674"),
        ("0536-0001234", "0536-****234"),
        ("010-00012345", "010-*****345"),
        ("12345", "*****"),
        ("", ""),
    ],
)
def test_mask_phone_shows_the_ends_to_other_staff(number: str, masked: str) -> None:
    assert mask_phone(number, Level.L1) == masked
    assert mask_phone(number, Level.L0) == number
    assert [mask_phone(number, level) for level in PUBLIC] == ["", ""]


@pytest.mark.parametrize(
    ("level", "shown"),
    [
        (Level.L0, "寨里村前寨1巷1号"),
        (Level.L1, "寨里村前寨"),
        (Level.L2, "寨里村"),
        (Level.L3, "寨里村"),
    ],
)
def test_mask_address_ends_earlier_at_each_level(level: Level, shown: str) -> None:
    assert mask_address(Address(village="寨里村", hamlet="前寨", door="1巷1号"), level) == shown


def test_mask_address_hamlet_of_the_same_name_is_named_once() -> None:
    address = Address(village="寨里村", hamlet="寨里村", door="1号")

    assert mask_address(address, Level.L0) == "寨里村1号"


def test_health_and_money_are_for_the_handler_only() -> None:
    assert [level for level in Level if may_show_health_and_money(level)] == [Level.L0]


@given(
    st.text("赵钱孙李周吴郑王明强伟芳\U0002cbbe", min_size=2, max_size=5), st.sampled_from(PUBLIC)
)
def test_mask_name_never_shows_the_given_name(name: str, level: Level) -> None:
    masked = mask_name(name, level)

    assert masked[0] == name[0]
    assert set(masked[1:]) == {"某"}
    assert len(masked) <= 3


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True))
def test_mask_id_never_shows_the_birth_date(number: str) -> None:
    assert mask_id(number, Level.L1)[6:14] == "********"
