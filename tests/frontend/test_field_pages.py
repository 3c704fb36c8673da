"""The pages of the phone as they were built, over a fake of what lies below them."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
HAMLET = "01900000-0000-7000-8000-0000000000c1"
HOUSEHOLD = "01900000-0000-7000-8000-000000000101"
SIZES = {"phone": (360, 640), "desk": (1440, 900)}


def _nothing(_page: Page) -> None:
    pass


def _set_pin(page: Page) -> None:
    page.locator("main .van-button").click()


def _open_folds(page: Page) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true })")


def _call(page: Page) -> None:
    page.locator(".household-row button").first.click()
    page.locator(".sheet .chip").first.click()
    expect(page.locator(".phone-number")).to_be_visible()


def _settle_demand(page: Page) -> None:
    page.get_by_text("记一件诉求").click()
    page.locator("[data-field=demands-0-content] textarea").fill("门前路灯不亮")
    page.locator("[data-field=demands-0-route] label", has_text="现场办理").click()
    page.locator("button[type=submit]").click()
    expect(page.locator("[data-field=demands-0-result] .field-error")).to_be_visible()
    _open_folds(page)


def _choose_category(page: Page) -> None:
    page.get_by_text("记一件诉求").click()
    page.get_by_role("button", name="选择类别").click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _finish(page: Page) -> None:
    page.locator("button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("已记下")


Act = Callable[[Page], None]
PAGES: dict[str, tuple[str, Act]] = {
    "first use": ("?show=first", _nothing),
    "choosing a PIN": ("?show=first", _set_pin),
    "locked": ("?show=locked", _nothing),
    "emptied": ("?show=emptied", _nothing),
    "no storage": ("?show=cannot", _nothing),
    "signed out": ("?show=unknown", _nothing),
    "choosing villages": ("?show=choosing", _nothing),
    "villages": ("", _open_folds),
    "households": (f"?show=offline#/hamlet/{HAMLET}", _nothing),
    "calling": (f"#/hamlet/{HAMLET}", _call),
    "household": (f"#/household/{HOUSEHOLD}", _open_folds),
    "visit": (f"#/visit/{HOUSEHOLD}", _nothing),
    "demand with errors": (f"#/visit/{HOUSEHOLD}", _settle_demand),
    "category": (f"#/visit/{HOUSEHOLD}", _choose_category),
    "written down": (f"#/visit/{HOUSEHOLD}", _finish),
    "records": ("?show=full#/records", _open_folds),
    "no records": ("#/records", _nothing),
    "settings": ("?show=full#/settings", _open_folds),
}


@pytest.fixture
def field(page: Page, samples: str) -> Callable[..., Page]:
    """Opens one of the pages and tells what the browser complained of."""

    def open_page(
        name: str, size: str = "phone", language: str = "zh-hans", type_size: str = "normal"
    ) -> Page:
        address, act = PAGES[name]
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        cookies = {"django_language": language, "bf_type": type_size}
        page.context.add_cookies(
            [{"name": name, "value": value, "url": samples} for name, value in cookies.items()]
        )
        page.emulate_media(reduced_motion="reduce")
        page.goto(f"{samples}/field/tests/samples/{address}")
        expect(page.locator("h1")).to_be_visible()
        act(page)
        return page

    return open_page


@pytest.mark.parametrize("name", PAGES)
def test_phone_page_has_no_barrier_and_fits(page: Page, field: Callable[..., Page], name: str) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))

    field(name)

    found = Axe().run(page).response["violations"]
    assert complaints == []
    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") == SIZES["phone"][0]


QUIET = [name for name, (_address, act) in PAGES.items() if act in {_nothing, _open_folds}]


@pytest.mark.parametrize("name", QUIET)
def test_phone_page_fits_in_english_and_big_type(field: Callable[..., Page], name: str) -> None:
    page = field(name, language="en", type_size="big")

    assert page.evaluate("document.documentElement.scrollWidth") == SIZES["phone"][0]


SMALL = """() => [...document.querySelectorAll('a, button, input, select, textarea, summary')]
    .filter((each) => !each.closest('.chip, .tick-line, .file-button') || each.matches('.chip'))
    .map((each) => [each, each.getBoundingClientRect()])
    .filter(([each, box]) => box.width > 0 && box.height < 44 && !each.closest('p'))
    .map(([each, box]) => `${each.textContent.trim()} ${each.className} ${box.height}`)"""


@pytest.mark.parametrize("name", PAGES)
def test_what_is_touched_is_large_enough(field: Callable[..., Page], name: str) -> None:
    assert field(name).evaluate(SMALL) == []


@pytest.mark.parametrize("name", ["households", "visit", "records", "settings"])
def test_phone_page_stands_in_the_middle_of_a_desk_screen(
    field: Callable[..., Page], name: str
) -> None:
    page = field(name, size="desk", language="en")

    box = page.locator(".field-page").bounding_box()

    assert box is not None
    assert box["width"] <= 700
    assert abs(box["x"] * 2 + box["width"] - SIZES["desk"][0]) < 20


def test_a_visit_is_written_down_by_keyboard_alone(field: Callable[..., Page]) -> None:
    page = field("visit")
    page.locator("[data-field=mode] input").first.focus()

    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    expect(page.locator("[data-field=outcome] .is-chosen")).to_contain_text("无人在家")
    page.locator("button[type=submit]").focus()
    page.keyboard.press("Enter")

    expect(page.locator("h1")).to_have_text("已记下")


def test_a_sheet_takes_the_focus_keeps_it_and_gives_it_back(field: Callable[..., Page]) -> None:
    page = field("category")
    inside = "document.activeElement.closest('.sheet') !== null"
    expect(page.get_by_role("dialog").locator("h2")).to_be_focused()

    for _turn in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(inside)
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(page.get_by_role("button", name="选择类别")).to_be_focused()


def test_going_back_leads_to_the_list_as_it_was(field: Callable[..., Page]) -> None:
    page = field("villages")
    page.locator("a.hamlet").first.click()
    page.locator("input[type=search]").fill("wxy")
    page.locator(".household-row a").first.click()
    expect(page.locator("h1")).to_have_text("王秀英")

    page.go_back()

    expect(page.locator("input[type=search]")).to_have_value("wxy")
    expect(page.locator("h1")).to_have_text("东沟")
