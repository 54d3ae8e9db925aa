"""Text that strangers type: what is refused, and what is made harmless where it leaves in a mail."""

import re
import unicodedata

# Plainly an address: a scheme, `www.`, or a domain followed by a path. `Infor-Drogues.be` and `bd.du Midi` are names, `A.Max/12` has a box.
WEB_ADDRESS = re.compile(r"(?i)\b(?:https?|ftp|mailto|javascript|data)\s*:\S|\bwww\s*\.\w|\w\w\.[a-z]{2,24}/(?!\d+\b(?![./]))\S|//\w")
# Where a mail program sees the beginning of a link. `J.P.` is none: one letter is no domain.
LINKING_STOP = re.compile(r"(?<=\w)([.。．｡])(?=\w[\w\u200c\u200d])")
LINKING_COLON = re.compile(r"(?<=\w):(?=/|\S+@)")
LINKING_AT = re.compile(r"(?<=\w)@(?=\w)")
# Between two letters of Arabic script, or two parts of an emoji, a joiner is part of the word.
JOINERS = "\u200c\u200d"
# Marks that turn the direction of what follows: they make one text look like another.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# What browsers and Django put in the place of half a character, of a cut emoji for one.
BROKEN = "\ufffd"
# Line and page breaks of other programs: words stand on both sides.
PARTING = "\x0b\x0c"
# Controls, lone surrogates, noncharacters: XML 1.0 §2.2, RFC 5545 §3.1, RFC 5322 §3.5. Tab and line feeds stay.
UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]+")


def harmless(text: str) -> str:
    """`text` on one line as a mail to somebody else may carry it: readable, and nothing in it that a mail program turns into a link.

    Forms are abused to send links to others (docs/mail-and-tasks.md). What is stored stays as it was typed.
    """
    # First: what nobody sees could hold the parts of a URL apart.
    text = "".join(char for place, char in enumerate(text) if char.isspace() or not _is_unseen(text, place))
    text = LINKING_STOP.sub(r"\1 ", text)
    text = LINKING_COLON.sub(": ", text)
    return " ".join(LINKING_AT.sub(" @ ", text).split())


def _is_unseen(text: str, place: int) -> bool:
    """Whether nobody sees the character at `place`, nor misses it."""
    char = text[place]
    if char in JOINERS and 0 < place < len(text) - 1:
        return not (_is_joined(text[place - 1]) and _is_joined(text[place + 1]))
    return unicodedata.category(char) in {"Cc", "Cf", "Cs", "Co", "Cn"}


def _is_joined(char: str) -> bool:
    return unicodedata.bidirectional(char) == "AL" or unicodedata.category(char) in {"So", "Sk"} or char == "\ufe0f"


def holds_web_address(text: str) -> bool:
    """Whether a text that should be a name or a postal address is, or holds, a web address."""
    return bool(WEB_ADDRESS.search(without_control_characters(text, keep=" ")))


def unprintable(char: str) -> bool:
    """Whether no keyboard types `char` and no page can show it: control, surrogate or its replacement, private use,
    noncharacter, turned direction.

    Joiners stay: Persian and emoji need them. So does what Unicode has not named yet.
    """
    if unicodedata.category(char) == "Cn":
        return ord(char) & 0xFFFE == 0xFFFE or 0xFDD0 <= ord(char) <= 0xFDEF
    return char == BROKEN or char in TURNING or unicodedata.category(char) in {"Cc", "Cs", "Co"}


def without_control_characters(text: str, keep: str = "") -> str:
    """Drops what no keyboard types: control, surrogate and private-use characters, and marks that turn the direction of a line."""
    return "".join(
        char for char in text if char in keep or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co", "Cn"} or char == "\u200d"
    )


def without_unprintable(text: str, *, keeps_length: bool = False) -> str:
    """`text` as it may come in: without what is unprintable.

    `keeps_length`: spaces stand in its place, for texts in which others point to places, counted in UTF-16 (JSON of an editor).
    """
    if keeps_length:
        return "".join(" " * (1 + (ord(char) > 0xFFFF)) if unprintable(char) and char not in "\t\r\n" else char for char in text)
    return "".join(char for char in writable(text) if char in "\t\r\n" or not unprintable(char))


def writable(text: str) -> str:
    """`text` as it may leave: without what XML, mail, spreadsheets and calendars cannot hold. Old rows hold such characters."""
    return UNWRITABLE.sub(_instead, text)


def _instead(found: re.Match[str]) -> str:
    """A break of another program keeps words apart; anything else leaves no trace."""
    around = found.string[found.start() - 1 : found.start()], found.string[found.end() : found.end() + 1]
    is_between_words = all(each and not each.isspace() for each in around)
    return " " if is_between_words and any(char in PARTING for char in found[0]) else ""


def has_letters(text: str) -> bool:
    """Whether `text` can be a name: an emoji, a number or a dash alone names nobody."""
    return any(char.isalpha() for char in text)
