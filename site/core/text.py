"""Names typed by strangers, made safe to stand in a mail: sign-up forms are used to send links to others."""

import re
import unicodedata

SCHEME = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,20}:/{0,2}\S+")
WWW = re.compile(r"(?i)\bwww\.\S+")
# A last part that begins like a name is no domain but a forgotten space ("Dr.Guislain"): it is set apart, which breaks a link as well.
DOMAIN = re.compile(r"\b[\w-]+(?:\.[\w-]+)*\.(?![A-Z][a-z]+\b)[A-Za-z]{2,24}\b(?:/\S*)?")
FORGOTTEN_SPACE = re.compile(r"(?<=\w)\.(?=[A-Z][a-z])")
MARKUP = re.compile(r"[<>\[\]{}|\\^`]")


def without_links(text: str) -> str:
    """`text` on one line without addresses, markup and control characters; initials such as `J.P.` stay."""
    # First: what nobody sees could hold the parts of an address apart.
    text = without_control_characters(text, keep="\n\t ")
    for pattern in (SCHEME, WWW, DOMAIN):
        text = pattern.sub(" ", text)
    text = FORGOTTEN_SPACE.sub(". ", text)
    return " ".join(MARKUP.sub(" ", text).split())


def without_control_characters(text: str, keep: str = "") -> str:
    """Drops what no keyboard types: control, surrogate and private-use characters, and marks that turn the direction of a line."""
    return "".join(
        sign for sign in text if sign in keep or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or sign == "\u200d"
    )
