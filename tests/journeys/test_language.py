import re

import pytest

from tests.journeys.addresses import pages_of_clerk
from tests.journeys.conftest import OpenDesk
from tests.journeys.pages import Desk
from tests.journeys.town import BRANCHES, COLUMNS, HEADS, STAFF, Lived

pytestmark = pytest.mark.browser
CHINESE = re.compile(r"[\u4e00-\u9fff]+")
WORDS = (
    "nav a, nav p, nav summary, button, a.btn, .tabs a, th[scope=col], label, legend, h1, h2, dt, "
    ".kpi-name, .crumbs a, p.quiet, .state, .skip"
)
GIVEN = {
    "中文", "云岭镇", "青川县", "民政办", "道路照明", "第一组", "第一轮", "走访清单", "医保缴费",
    "打扰了", "更换灯具", "花名册", "村口路灯不亮", "巷子缺路灯", "灯杆歪了", "灯泡坏了", "号",
    *COLUMNS, *(name for branch in BRANCHES for name in branch),
    *(head for heads in HEADS for head in heads),
    *(called for called, _role, _where in STAFF.values()),
}  # fmt: skip


def test_english_pages_have_no_chinese_words(lived: Lived, open_desk: OpenDesk) -> None:
    clerk = open_desk("clerk")
    clerk.page.get_by_role("button", name="English", exact=True).first.click()
    clerk.page.wait_for_function("document.documentElement.lang === 'en'")
    found: list[tuple[str, str]] = []

    for path in pages_of_clerk(lived):
        clerk.go(path)
        found += [(path, text) for text in chinese_words(clerk)]

    assert found == []


def chinese_words(desk: Desk) -> list[str]:
    """Words of navigation, headings and buttons that are not the town's own."""
    shown = desk.page.locator(WORDS).all_text_contents()
    return sorted({text.strip() for text in shown if CHINESE.search(without_data(text))})


def without_data(text: str) -> str:
    for given in sorted(GIVEN, key=len, reverse=True):
        text = text.replace(given, "")
    return text
