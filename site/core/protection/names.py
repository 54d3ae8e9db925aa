"""Names typed by strangers, made safe to stand in a mail: sign-up forms are used to send links to others."""

import re
import unicodedata

SCHEME = re.compile(r"(?i)\b[a-z][a-z0-9+.-]{1,20}:/{0,2}\S+")
WWW = re.compile(r"(?i)\bwww\.\S+")
DOMAIN = re.compile(r"(?i)\b[\w-]+(?:\.[\w-]+)*\.[a-z]{2,24}\b(?:/\S*)?")
MARKUP = re.compile(r"[<>\[\]{}|\\^`]")


def without_links(text: str) -> str:
    """`text` on one line without addresses, markup and control characters; initials such as `J.P.` stay."""
    for pattern in (SCHEME, WWW, DOMAIN):
        text = pattern.sub(" ", text)
    return " ".join(without_control_characters(MARKUP.sub(" ", text)).split())


def without_control_characters(text: str, keep: str = "") -> str:
    """Drops what no keyboard types: control, surrogate and private-use characters, and marks that turn the direction of a line."""
    return "".join(
        sign for sign in text if sign in keep or unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or sign == "\u200d"
    )
