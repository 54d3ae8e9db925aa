"""Text and picture of an item for social media. The officer copies them; nothing is posted from here."""

from core.artwork.dots import threads_png
from newsletter.compose.content import Item

# The shortest of the usual limits (Bluesky 300, Mastodon 500); URLs count in full.
LONGEST = 300


def post_for(item: Item) -> str:
    """Title, as much of the text as fits, and the URL."""
    head = " · ".join(part for part in (item.title, item.note) if part)
    room = LONGEST - len(head) - len(item.url) - 4
    text = " ".join(item.text.split())
    if len(text) > room:
        text = text[: max(0, room - 1)].rsplit(" ", 1)[0].rstrip(",;:. ") + "…" if room > 20 else ""
    return "\n".join(part for part in (head, text, item.url) if part)


# Ground, then the hues of the longest threads, then the rest: the pairs of static/css/tokens.css.
GROUNDS = {
    "smes": ("#0d5553", ("#e9b650", "#f09a80", "#dfece6"), "#2f7f7b"),
    "trainings": ("#f8e9c8", ("#b0740a", "#0f6b68", "#b04a2e"), "#e3c78d"),
    "sector": ("#8f3620", ("#f0c46c", "#8ad6cd", "#f7e0d5"), "#b7654f"),
}


def picture(title: str, kind: str, *, is_small: bool = False) -> bytes:
    """1200 × 600, a shape every network takes; small, a fifth of it.

    No text in it: that belongs in the post, where screen readers find it.
    """
    ground, hues, faint = GROUNDS.get(kind, GROUNDS["smes"])
    return threads_png(title or "smes", 10, 5, 24 if is_small else 120, ground, hues, faint)
