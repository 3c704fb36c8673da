import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, expect

pytestmark = pytest.mark.browser
PAGES = ["home", "record", "entry", "ledger", "sign-in"]
WIDTHS = {"desk": 1440, "phone": 390}


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("name", PAGES)
def test_page_fits_its_width_and_obeys_the_policy(
    page: Page, samples: str, name: str, width: str
) -> None:
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.set_viewport_size({"width": WIDTHS[width], "height": 844})

    page.goto(f"{samples}/{name}.html", wait_until="networkidle")

    assert complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") == WIDTHS[width]


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_barrier_that_axe_can_find(page: Page, samples: str, name: str) -> None:
    page.goto(f"{samples}/{name}.html")

    found = Axe().run(page).response["violations"]

    assert [(rule["id"], rule["nodes"][0]["target"]) for rule in found] == []


def test_keys_reach_search_rows_pages_and_their_own_list(page: Page, samples: str) -> None:
    page.goto(f"{samples}/home.html")

    page.keyboard.press("/")
    expect(page.locator("[data-bf-search]")).to_be_focused()
    page.keyboard.type("j")
    expect(page.locator("[data-bf-search]")).to_have_value("j")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-current a")).to_be_focused()
    expect(page.locator("tr.is-current a")).to_have_text("QS2026-0131")
    page.keyboard.press("?")
    expect(page.locator("dialog#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/record.html")


def test_menu_on_a_phone_opens_without_a_script(browser: Browser, samples: str) -> None:
    phone = browser.new_context(
        java_script_enabled=False, viewport={"width": 390, "height": 844}
    ).new_page()
    phone.goto(f"{samples}/home.html")
    expect(phone.locator(".side")).to_be_hidden()

    phone.locator(".side-menu summary").click()
    phone.locator(".side-menu a", has_text="诉求办理").click()

    phone.wait_for_url("**/record.html")


def test_typed_words_survive_leaving_and_go_when_signing_out(page: Page, samples: str) -> None:
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(f"{samples}/entry.html")
    page.locator("#note").fill("院里有积水")
    page.locator("label.choice", has_text="晚上登门").click()

    page.reload()

    assert asked == ["beforeunload"]
    expect(page.locator("#note")).to_have_value("院里有积水")
    expect(page.locator("input[value=evening]")).to_be_checked()
    expect(page.locator("[data-bf-draft-notice]")).to_be_visible()
    page.locator(".topbar-end [data-bf-sign-out] button").click()
    page.wait_for_url("**/home.html")
    page.goto(f"{samples}/entry.html")
    expect(page.locator("#note")).to_have_value("")


def test_draft_goes_once_its_form_was_sent(page: Page, samples: str, posts: list[str]) -> None:
    page.goto(f"{samples}/entry.html")
    page.locator("#note").fill("已送出的话")

    page.locator("button", has_text="保存，到下一户").click()
    page.wait_for_url("**/home.html")
    page.goto(f"{samples}/entry.html")

    assert posts == ["/samples/entry.html"]
    expect(page.locator("#note")).to_have_value("")
    expect(page.locator("[data-bf-draft-notice]")).to_be_hidden()


def test_second_press_of_the_button_sends_nothing(
    page: Page, samples: str, posts: list[str]
) -> None:
    page.goto(f"{samples}/entry.html")

    page.evaluate(
        """() => {
            const form = document.querySelector("main form");
            form.requestSubmit();
            form.requestSubmit();
        }"""
    )
    page.wait_for_url("**/home.html")

    assert posts == ["/samples/entry.html"]


def test_link_opens_its_page_as_a_dialog(page: Page, samples: str) -> None:
    page.goto(f"{samples}/record.html")

    page.locator("a[data-bf-dialog]").click()

    expect(page.locator("#sheet")).to_be_visible()
    expect(page.locator("#sheet h2").first).to_have_text("报告结果")
    expect(page.locator("#sheet #note")).to_be_visible()
    page.locator("#sheet [data-bf-close]").click()
    expect(page.locator("#sheet")).to_be_hidden()


def test_picking_rows_shows_how_many(page: Page, samples: str) -> None:
    page.goto(f"{samples}/home.html")
    expect(page.locator(".bulk")).to_be_hidden()

    page.locator("[data-bf-pick-all]").check()

    expect(page.locator("[data-bf-picked]")).to_have_text("12")
    page.locator("tbody .pick input").first.uncheck()
    expect(page.locator("[data-bf-picked]")).to_have_text("11")


def test_big_type_grows_all_text_and_is_remembered(page: Page, samples: str) -> None:
    page.goto(f"{samples}/home.html")
    size = "parseFloat(getComputedStyle(document.querySelector('td.lead')).fontSize)"
    before = page.evaluate(size)

    page.locator(".topbar-end [data-bf-type]").click()

    assert page.evaluate(size) > before * 1.2
    assert {cookie["value"] for cookie in page.context.cookies()} == {"big"}


def test_ledger_prints_on_a3_across(page: Page, samples: str) -> None:
    page.goto(f"{samples}/ledger.html")

    paper = page.pdf(prefer_css_page_size=True)

    width, height = map(float, re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", paper)[0])
    assert (round(width / 72 * 25.4), round(height / 72 * 25.4)) == (420, 297)
