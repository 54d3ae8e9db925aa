"""A page as it is read: its parts by selector and their words, whatever the markup around them is written like."""

from bs4 import BeautifulSoup


def texts(page: str, selector: str) -> list[str]:
    """The words of each part a CSS selector finds, on one line each."""
    return [" ".join(part.get_text().split()) for part in BeautifulSoup(page, "lxml").select(selector)]


def text(page: str, selector: str) -> str:
    """The words of the only part it finds."""
    [found] = texts(page, selector)
    return found
