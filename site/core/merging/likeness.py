"""What makes two names or two email addresses resemble each other. Pure, and the same on every database."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.text.comparison import folded
from core.text.email_addresses import is_one_slip

# Shorter ones are too often another name: `Ana` and `Ada`.
SHORTEST_WITH_A_SLIP = 6
# Letters written in more than one way for one sound, in French and in Dutch.
SOUNDS = (
    (re.compile(r"œ"), "oe"),
    (re.compile(r"ph"), "f"),
    (re.compile(r"(?<!^)h|^h(?=[^aeiouy])"), ""),
    (re.compile(r"ij|y"), "i"),
    (re.compile(r"ck|qu|q|c(?=[aou]|$|[^aeiouyh])"), "k"),
    (re.compile(r"x|z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
)


class Reason(models.TextChoices):
    """Why two rows may be one. The first say most."""

    MAILBOX = "mailbox", _("same mailbox")
    NAME = "name", _("same name")
    OTHER_NAME = "other_name", _("same name among former and other names")
    EMAIL = "email", _("e-mail addresses one letter apart")
    SOUND = "sound", _("name spelled in another way")
    SLIP = "slip", _("names one letter apart")
    ACRONYM = "acronym", _("one is the acronym of the other")
    ORGANISATION = "organisation", _("same organisation")


@dataclass(frozen=True, slots=True)
class Likely:
    """Two rows that may be one, the smaller key first."""

    first: int
    second: int
    reasons: tuple[Reason, ...]


class Findings:
    """Collects reasons for pairs."""

    def __init__(self) -> None:
        self.reasons: dict[tuple[int, int], set[Reason]] = defaultdict(set)

    def add(self, pairs: Iterable[tuple[int, int]], reason: Reason) -> None:
        for one, other in pairs:
            if one != other:
                self.reasons[min(one, other), max(one, other)].add(reason)

    def likely(self) -> list[Likely]:
        """Those with most to say for them first."""
        order = list(Reason)
        found = [Likely(*pair, tuple(sorted(reasons, key=order.index))) for pair, reasons in self.reasons.items()]
        return sorted(found, key=lambda each: (-len(each.reasons), order.index(each.reasons[0]), each.first, each.second))


def name_key(name: str) -> str:
    """The words of a name without accents, capitals, signs and order: `Élise Van-Damme` and `van damme, Elise` are one."""
    return " ".join(sorted(_words(name)))


def sound_key(name: str) -> str:
    """The same, by sound: `Stéphanie Thijs` and `Stefanie Tys` are one."""
    return " ".join(sorted(_sound(word) for word in _words(name)))


def _words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", folded(name).replace("’", "'"))


def _sound(word: str) -> str:
    for pattern, sound in SOUNDS:
        word = pattern.sub(sound, word)
    return word


def mailbox_key(email: str) -> str:
    """The mailbox behind an address: without a tag, and without dots where a service ignores them."""
    name, _at, domain = email.lower().rpartition("@")
    name = name.partition("+")[0] or name
    if domain in {"gmail.com", "googlemail.com"}:
        return f"{name.replace('.', '')}@gmail.com"
    return f"{name}@{domain}"


def pairs_with_one_key(keys: Iterable[tuple[int, str]], *, about: int | None = None) -> Iterator[tuple[int, int]]:
    """Every two rows that share a key; `about`: those with one row only. An empty key is none."""
    groups: dict[str, set[int]] = defaultdict(set)
    for row, key in keys:
        if key:
            groups[key].add(row)
    for rows in groups.values():
        if about is None or about in rows:
            yield from (pair for pair in combinations(sorted(rows), 2) if about is None or about in pair)


def pairs_one_slip_apart(keys: Iterable[tuple[int, str]], *, about: int | None = None) -> Iterator[tuple[int, int]]:
    """Every two rows whose keys differ by one letter: missing, too many, wrong, or in its neighbour's place; `about`: as above."""
    rows: dict[str, set[int]] = defaultdict(set)
    for row, key in keys:
        if len(key) >= SHORTEST_WITH_A_SLIP:
            rows[key].add(row)
    own = [key for key, owners in rows.items() if about in owners]
    near = _near(rows) if about is None else {(one, other) for one in own for other in rows if is_one_slip(one, other)}
    for one, other in near:
        pairs = ((min(pair), max(pair)) for pair in product(rows[one], rows[other]))
        yield from (pair for pair in pairs if about is None or about in pair)


def _near(keys: Mapping[str, object]) -> set[tuple[str, str]]:
    """Two such keys become the same once one letter is left out of each: nothing is compared with everything."""
    shortened: dict[str, set[str]] = defaultdict(set)
    for key in keys:
        shortened[key].add(key)
        for place in range(len(key)):
            shortened[key[:place] + key[place + 1 :]].add(key)
    together = {pair for group in shortened.values() for pair in combinations(sorted(group), 2)}
    return {pair for pair in together if is_one_slip(*pair)}
