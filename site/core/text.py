"""Text cleaned or compared: input of strangers made safe for a mail, and a form without accents and capitals."""

import re
import unicodedata

SCHEME = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,20}:/{0,2}\S+")
WWW = re.compile(r"(?i)\bwww\.\S+")
# A last part that begins like a name is no domain but a forgotten space ("Dr.Guislain"): it is set apart, which breaks a link as well.
DOMAIN = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?![A-Z][a-z]+\b)[A-Za-z]{2,24}\b(?:/\S*)?")
FORGOTTEN_SPACE = re.compile(r"(?<=\w)\.(?=[A-Z][a-z])")
# What French leaves of a word before a vowel: `l'hébergement`, `jusqu'au`.
ELISION = re.compile(r"\b(?:[cdjlmnst]|(?:jus|lors|puis|quoi|pres)?qu)['’ʼ`´](?=\w)", re.IGNORECASE)
MARKUP = re.compile(r"[<>\[\]{}|\\^`]")


def without_links(text: str) -> str:
    """`text` on one line without URLs, markup and control characters; initials such as `J.P.` stay.

    Sign-up forms are abused to send links to others.
    """
    # First: what nobody sees could hold the parts of a URL apart.
    text = without_control_characters(text, keep="\n\t ")
    for pattern in (SCHEME, WWW, DOMAIN):
        text = pattern.sub(" ", text)
    text = FORGOTTEN_SPACE.sub(". ", text)
    return " ".join(MARKUP.sub(" ", text).split())


def without_control_characters(text: str, keep: str = "") -> str:
    """Drops what no keyboard types: control, surrogate and private-use characters, and marks that turn the direction of a line."""
    return "".join(
        char for char in text if char in keep or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char == "\u200d"
    )


def search_terms(text: str) -> list[str]:
    """The words of a query without any character that a query language could read: quotes, brackets, operators, elided articles."""
    bare = ELISION.sub(" ", unicodedata.normalize("NFC", text))
    return "".join(char if char.isalnum() or unicodedata.category(char).startswith("M") else " " for char in bare).split()


def folded(text: str) -> str:
    """`text` without accents and capitals: `Éthique` and `ethique` are the same."""
    return "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char)).casefold()
