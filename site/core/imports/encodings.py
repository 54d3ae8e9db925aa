"""Bytes to text, whatever program wrote them: every UTF-8 and UTF-16, and the three alphabets older spreadsheets write."""

import codecs
import unicodedata
from collections.abc import Iterable

from django.utils.translation import gettext as _

from core.imports.errors import CannotRead

# What Latin text of Belgium holds beyond ASCII. A wrong alphabet gives other characters, or these in impossible places.
LETTERS = frozenset("éèêëàâäçîïôöùûüÿœæñóíáìòúß")
CAPITALS = frozenset("ÉÈÊËÀÂÄÇÎÏÔÖÙÛÜŸŒÆÑ")
MARKS = frozenset("’‘“”«»–—…€°·•²³\u00a0")
ALPHABETS = (("cp1252", "Windows-1252"), ("cp850", "MS-DOS 850"), ("mac_roman", "Macintosh"))
LONGEST_SAMPLE = 20_000


def decoded(content: bytes) -> tuple[str, str]:
    """The text without its mark, and the name of its encoding. Raises CannotRead for what is no text."""
    text, name = _decoded(content)
    # NUL is padding of some exporting programs. Other control characters in number mean that this is a picture or a program.
    text = text.replace("\x00", "").removeprefix("\ufeff")
    sample = text[:LONGEST_SAMPLE]
    strange = sum((unicodedata.category(char) == "Cc" and char not in "\t\r\n\x0b\x0c\x1f") or char == "\ufffd" for char in sample)
    if strange > len(sample) / 20:
        raise CannotRead(_("This is not a table: neither CSV nor XLSX."))
    return text, name


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    if order := _order_without_mark(content):
        return content.decode(order, errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        pass
    has_old_line_ends = b"\r" in content and b"\n" not in content
    read = ((content.decode(codec, errors="replace"), codec, name) for codec, name in ALPHABETS)
    text, _codec, name = max(read, key=lambda each: likelihood(each[0]) + (5 if has_old_line_ends and each[1] == "mac_roman" else 0))
    return text, name


def _order_without_mark(content: bytes) -> str:
    """UTF-16 of mostly Latin letters is zero in every other byte."""
    sample = content[:LONGEST_SAMPLE]
    pairs = len(sample) // 2
    if not pairs:
        return ""
    first, second = sample[0::2].count(0) / pairs, sample[1::2].count(0) / pairs
    if max(first, second) < 0.4 or min(first, second) > 0.1:
        return ""
    return "utf-16-be" if first > second else "utf-16-le"


def likelihood(text: str) -> int:
    """How much a text reads like one: its accents stand where accents stand."""
    return sum(_score(*around) for around in _beyond_ascii(text[:LONGEST_SAMPLE]))


def _beyond_ascii(text: str) -> Iterable[tuple[str, str, str]]:
    padded = f" {text} "
    return (tuple(padded[index - 1 : index + 2]) for index, char in enumerate(padded) if char > "\x7f")  # type: ignore[misc]


def _score(before: str, char: str, after: str) -> int:
    if char in LETTERS:
        return 3 if before.islower() or before.isupper() or not after.isupper() else -2
    if char in CAPITALS:
        return -2 if before.islower() else 2
    return 2 if char in MARKS else -2
