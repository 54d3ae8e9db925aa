"""Rich text of an editor, sanitised for a mail: a few tags, closed, with absolute URLs; and the same as plain text."""

from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from core.mail.render import printable

ALLOWED = frozenset({"p", "b", "strong", "i", "em", "a", "ul", "ol", "li", "br"})
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
# Dropped with their content.
DROPPED = ("script", "style", "template", "iframe", "object")


def absolute(url: str, base_url: str) -> str:
    """The absolute URL; empty for schemes a mail program should not open."""
    try:
        joined = urljoin(f"{base_url}/", url.strip()) if url.strip() else ""
        return joined if urlsplit(joined).scheme in SCHEMES else ""
    except ValueError:  # no URL at all, as `http://[link]`
        return ""


def clean_html(html: str, base_url: str) -> str:
    """Well-formed HTML of the allowed tags only; links absolute, links without a usable URL as plain text."""
    soup = BeautifulSoup(printable(html), "html.parser")
    for tag in soup.find_all(DROPPED):
        tag.decompose()
    for tag in soup.find_all(True):
        href = absolute(str(tag.get("href") or ""), base_url) if tag.name == "a" else ""
        if tag.name not in ALLOWED or (tag.name == "a" and not href):
            tag.unwrap()
            continue
        tag.attrs = {"href": href} if href else {}
    for comment in soup.find_all(string=lambda text: type(text) is not NavigableString):
        comment.extract()
    return soup.decode(formatter="minimal").strip()


def as_text(html: str) -> str:
    """Clean HTML as lines of text: a list with dashes, a link followed by its URL."""
    soup = BeautifulSoup(html, "html.parser")
    for link in soup.find_all("a"):
        text, href = link.get_text(), str(link.get("href"))
        link.replace_with(text if text == href else f"{text} ({href})")
    for line_break in soup.find_all("br"):
        line_break.replace_with("\n")
    blocks = [_line(tag) for tag in soup.find_all(["p", "li"])]
    return "\n".join(block for block in blocks if block) if blocks else soup.get_text().strip()


def _line(tag: Tag) -> str:
    text = tag.get_text().strip()
    return f"- {text}" if text and tag.name == "li" else text and f"{text}\n"
