"""Texts compared: the words of a query, and two spellings of one word."""

import re
import unicodedata

# What French leaves of a word before a vowel: `l'hébergement`, `jusqu'au`.
ELISION = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres)?qu)['’ʼ`´](?=\w)", re.IGNORECASE)


def search_terms(text: str) -> list[str]:
    """The words of a query without any character that a query language could read: quotes, brackets, operators, elided articles."""
    bare = ELISION.sub(" ", unicodedata.normalize("NFC", text))
    return "".join(char if char.isalnum() or unicodedata.category(char).startswith("M") else " " for char in bare).split()


def folded(text: str) -> str:
    """`text` without accents and capitals: `Éthique` and `ethique` are the same."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()
