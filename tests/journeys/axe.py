"""axe in the looks of a page: sizes and colour schemes. One page is loaded once and looked at several ways."""

import os

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.journeys.conftest import DESKTOP, PHONE

SIZES = {"phone": PHONE, "desktop": DESKTOP}
# Each size and each scheme once.
TWO_LOOKS = (("phone", "light"), ("desktop", "dark"))
# By `make crawl` each size in each scheme.
FOUR_LOOKS = (("phone", "light"), ("phone", "dark"), ("desktop", "light"), ("desktop", "dark"))
LOOKS = FOUR_LOOKS if os.environ.get("CRAWL_ALL_PAGES") else TWO_LOOKS
COLOUR_RULES = ["color-contrast", "link-in-text-block"]
# Resolved once a frame was drawn and nothing fades or comes in any more: whatever moves is put where it ends (what beats again and
# again, as a badge of Wagtail does for 25 s, stays where it is). The end of one movement may begin another, and a busy machine draws late.
# (Not wait_for_function, which the policy of our pages forbids.)
AT_REST = """async () => {
  const drawn = () => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
  const moving = () => document.getAnimations()
    .filter(each => each.playState === "running" && each.effect.getTiming().iterations === 1);
  await drawn();
  for (let each = moving(); each.length; each = moving()) {
    for (const one of each) one.finish();
    await drawn();
  }
}"""
# A part of a page, in axe's own words.
Context = dict[str, list[str]]


def faults(page: Page, context: Context | None = None, looks: tuple[tuple[str, str], ...] = LOOKS) -> dict[str, list[str]]:
    """What axe finds in each look, one line a rule. `context` names a part of the page: include, exclude.

    All rules once at each size; of a size seen again, in the other scheme, the rules about colours: nothing else changes with them.
    """
    found = {}
    seen = set()
    for size, scheme in looks:
        page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        # Colours fade from one scheme to the other; without motion they are there at once.
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")  # type: ignore[arg-type]
        page.evaluate(AT_REST)
        rules = {"runOnly": {"type": "rule", "values": COLOUR_RULES}} if size in seen else {}
        seen.add(size)
        if violations := run_axe(page, context, rules):
            found[f"{size}, {scheme}"] = violations
    return found


def run_axe(page: Page, context: Context | None = None, options: dict[str, object] | None = None) -> list[str]:
    """One line for each rule that is broken. Our axe is put into a page once; Wagtail's editor brings another, with rules of its own."""
    if not page.evaluate("window.smesAxe === true"):
        page.evaluate(Axe().axe_script)
        page.evaluate("window.smesAxe = true")
    options = {"resultTypes": ["violations"]} | (options or {})
    answer = page.evaluate("([context, options]) => axe.run(context || document, options)", [context, options])
    return [f"{each['id']}: {each['nodes'][0]['html'][:160]}" for each in answer["violations"]]
