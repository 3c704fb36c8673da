import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from bianfang.kernel.masking.scan import FindingKind, redact, scan_free_text

NAMES = ("秦小明", "秦小", "欧阳修", "王", "阿依古丽·买买提")


def found(text: str) -> list[tuple[FindingKind, str]]:
    return [(finding.kind, finding.text) for finding in scan_free_text(text, NAMES)]


@pytest.mark.parametrize(
    ("text", "kind", "part"),
    [
        ("证号99999920000521031X，", FindingKind.IDENTITY, "99999920000521031X"),
        ("99999920000521031x", FindingKind.IDENTITY, "99999920000521031x"),
        ("错号999999200005210311也算", FindingKind.IDENTITY, "999999200005210311"),
        ("老号999999590316055。", FindingKind.IDENTITY, "999999590316055"),
        ("999999 20000521 031X", FindingKind.IDENTITY, "999999 20000521 031X"),
        ("999999\u200b20000521031X", FindingKind.IDENTITY, "999999\u200b20000521031X"),
        ("\uff19" * 15, FindingKind.IDENTITY, "\uff19" * 15),
        ("卡号6200000000000000000", FindingKind.BANK_CARD, "6200000000000000000"),
        ("电话10000009674", FindingKind.PHONE, "10000009674"),
        ("100-0000-9674", FindingKind.PHONE, "100-0000-9674"),
        ("0536-0001234", FindingKind.LANDLINE, "0536-0001234"),
        ("（0536）0001234", FindingKind.LANDLINE, "（0536）0001234"),
        ("010 00012345", FindingKind.LANDLINE, "010 00012345"),
        ("户主秦小明反映", FindingKind.NAME, "秦小明"),
        ("找阿依古丽·买买提", FindingKind.NAME, "阿依古丽·买买提"),
    ],
)
def test_scan_finds_numbers_and_names_however_written(
    text: str, kind: FindingKind, part: str
) -> None:
    assert found(text) == [(kind, part)]


@pytest.mark.parametrize("kind", ["3", "5", "8", "9"])
def test_scan_finds_real_mobile_ranges(kind: str) -> None:
    number = f"1{kind}" + "0" * 9

    assert found(f"打{number}找我") == [(FindingKind.PHONE, number)]


@pytest.mark.parametrize(
    "text",
    [
        "2026年3月1日解决127件",
        "户编号0201019001",
        "0405019002",
        "电话12345",
        "王家沟子村",
        "面积15000.00亩",
        "",
    ],
)
def test_scan_leaves_other_numbers_and_single_characters_alone(text: str) -> None:
    assert found(text) == []


def test_scan_several_findings_come_in_order_and_never_overlap() -> None:
    text = "秦小明（99999920000521031X，10000009674）与欧阳修"

    findings = scan_free_text(text, NAMES)

    assert [finding.kind for finding in findings] == [
        FindingKind.NAME,
        FindingKind.IDENTITY,
        FindingKind.PHONE,
        FindingKind.NAME,
    ]
    assert all(text[one.start : one.end] == one.text for one in findings)


def test_redact_masks_names_and_takes_numbers_out() -> None:
    text = "秦小明（99999920000521031X，10000009674，0536-0001234）与欧阳修谈"

    with translation.override("en"):
        clean = redact(text, scan_free_text(text, NAMES))

    assert clean == "秦某某（【identity number】，【mobile number】，【land line】）与欧阳某谈"


def test_redact_without_findings_changes_nothing() -> None:
    assert redact("已修好路灯", []) == "已修好路灯"


@given(
    before=st.text("，。路灯已修好 ", max_size=12),
    number=st.from_regex(r"(?:[0-9]{17}[0-9X]|[0-9]{15}|1[3-9][0-9]{9})", fullmatch=True),
    after=st.text("，。路灯已修好", max_size=12),
)
def test_redact_leaves_nothing_to_find(before: str, number: str, after: str) -> None:
    text = f"{before}{number}{after}秦小明"

    clean = redact(text, scan_free_text(text, NAMES))

    assert number not in clean
    assert scan_free_text(clean, NAMES) == []
