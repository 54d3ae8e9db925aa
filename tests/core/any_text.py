"""Any text at all, for properties that hold whatever people paste."""

from hypothesis import settings
from hypothesis import strategies as st

ANY_TEXT = st.text(st.characters(codec=None), max_size=80)
MANY = settings(max_examples=200, deadline=None)
# Pasted from a PDF, half an emoji, a noncharacter: each of them once ended a feed.
HOSTILE = "Titre\x0bcollé \x02\x0c\x1f\ufffe\ud83c fin"


def one_line_end(text: str) -> str:
    """As XML reads it."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
