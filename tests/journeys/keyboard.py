"""Hands that only have a keyboard: every step is a key, and the focus goes where Tab takes it."""

from playwright.sync_api import Locator, Page, expect

FASTEST = 2.05  # seconds: quicker than that the forms take somebody for a robot
SINCE_SHOWN = "performance.now() - performance.getEntriesByType('navigation')[0].responseStart"
SETTLED = 50  # milliseconds: the next frames are drawn
FOCUSED = "selector => Boolean(document.activeElement?.matches(selector))"


class Keyboard:
    """The keys of one page. A field is named by a selector, a link or button by what a locator finds."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def tab_to(self, target: str | Locator, most: int = 160) -> None:
        """Tabs until the target has the focus; it need not be the next one, but it must be a stop."""
        for _stop in range(most):
            self.press("Tab")
            if self._is_at(target):
                return
        raise AssertionError(f"no Tab stop {target}")

    def _is_at(self, target: str | Locator) -> bool:
        if isinstance(target, str):
            return bool(self.page.evaluate(FOCUSED, target))
        return bool(target.evaluate("element => element === document.activeElement"))

    def into_the_page(self) -> None:
        """The first stop of a page, ours or of the admin, leads past its header. The admin's script moves the focus a moment later."""
        self.tab_to("a[href='#content'], a[href='#main']", most=3)
        self.press("Enter")
        if self.page.evaluate("Boolean(document.querySelector('body.ready, main[tabindex]'))"):
            expect(self.page.locator("main")).to_be_focused()

    def write(self, field: str, text: str) -> None:
        """Into a field, in place of what stands there."""
        self.tab_to(field)
        self.type_over(text)

    def type_over(self, text: str) -> None:
        """Into the field that has the focus."""
        self.press("Control+a")
        self.page.keyboard.type(text)

    def tick(self, box: str) -> None:
        self.tab_to(box)
        self.press("Space")
        assert self.page.evaluate("document.activeElement.checked"), box

    def choose(self, field: str, value: str) -> None:
        """One of a list, or of a group of buttons of which one is on: the arrows go through them."""
        self.tab_to(field)
        if self.page.evaluate("document.activeElement.type") == "radio" and not self.page.evaluate("document.activeElement.checked"):
            self.press("Space")
        for _choice in range(40):
            if self.page.evaluate("document.activeElement.value") == value:
                return
            self.press("ArrowDown")
        raise AssertionError(f"{field} never says {value}")

    def follow(self, link: str | Locator) -> None:
        """A link or a button, and what it leads to."""
        self.tab_to(link)
        self._enter()

    def send(self, button: str | Locator) -> None:
        """A form, not before its time trap lets go: whoever typed for so long does not wait."""
        self.tab_to(button)
        spent = self.page.evaluate(SINCE_SHOWN) / 1000
        self.page.wait_for_timeout(max(0.0, FASTEST - spent) * 1000)
        self._enter()

    def _enter(self) -> None:
        """On what has the focus, and keeps it: where a page moves the focus afterwards, Enter is lost and nothing comes."""
        focused = self.page.evaluate_handle("document.activeElement")
        self.page.wait_for_timeout(SETTLED)
        lost = focused.evaluate("element => element === document.activeElement ? '' : element.outerHTML")
        assert not lost, f"the page took the focus away from {lost}"
        with self.page.expect_navigation():
            self.press("Enter")
