"""What the home page shows of the other apps, through their selectors only."""

from typing import Any

from wagtail.models import Page


def showcase(page: Page) -> dict[str, Any]:
    """The next sessions and the latest news in the page's language. Shape: two short lists."""
    return {}
