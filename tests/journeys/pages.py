"""What a hand does on the pages: go, fill, choose, tick, press, read."""

from playwright.sync_api import Locator, Page, Response, expect

from tests.journeys.town import PASSWORD


class Desk:
    """One person's browser."""

    def __init__(self, page: Page, base: str) -> None:
        self.page, self.base = page, base

    def go(self, path: str) -> Response:
        """Open an address."""
        response = self.page.goto(f"{self.base}{path}")
        assert response is not None
        return response

    def sign_in(self, name: str) -> "Desk":
        """Through the sign-in page."""
        self.go("/accounts/login/")
        self.fill("login", name)
        self.fill("password", PASSWORD)
        self.page.locator("main form button").first.click()
        expect(self.page.locator("aside.side")).to_be_attached()
        return self

    @property
    def inside(self) -> Locator:
        """Where things are done: the page, or the dialog over it."""
        return self.page.locator("main, dialog[open]")

    def control(self, name: str) -> Locator:
        """A control by its name."""
        return self.inside.locator(f'[name="{name}"]').last

    def fill(self, name: str, value: str) -> None:
        """Type into a control."""
        self.control(name).fill(value)

    def choose(self, name: str, text: str) -> None:
        """Take an option by its words."""
        option = self.control(name).locator("option", has_text=text).first
        value = option.get_attribute("value")
        self.control(name).select_option(value)

    def tick(self, name: str, value: str) -> None:
        """A radio button or a box."""
        self.inside.locator(f'[name="{name}"][value="{value}"]').last.check()

    def press(self, name: str) -> None:
        """A button."""
        self.inside.get_by_role("button", name=name, exact=True).last.click()

    def follow(self, name: str) -> None:
        """A link."""
        self.inside.get_by_role("link", name=name, exact=True).first.click()

    def open_fold(self, number: int = 0) -> None:
        """Unfold what is folded away in a row of demands."""
        fold = self.inside.locator("fieldset.demand-row").nth(number).locator("details.more")
        if fold.get_attribute("open") is None:
            fold.locator("summary").click()

    def sees(self, text: str) -> None:
        """The page says so."""
        expect(self.page.locator("main")).to_contain_text(text)

    def rows(self) -> int:
        """Lines of the list."""
        return self.page.locator("table[data-bf-rows] tbody tr").count()
