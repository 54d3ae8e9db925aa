"""Spaces of French typography."""

import re

# French sets these characters apart from their word, with a space on which no line may break. Nobody has to think of it while translating.
SET_APART = re.compile(r"(?<=\S) (?=[:;!?»](?:\W|$))|(?<=«) ")


def with_french_spaces(text: str) -> str:
    """`text` without an ordinary space before `:`, `;`, `!`, `?` and within guillemets."""
    return SET_APART.sub("\N{NO-BREAK SPACE}", text)
