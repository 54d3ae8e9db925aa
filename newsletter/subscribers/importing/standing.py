"""What a file says of each person's consent: agreed, not confirmed, bounced, left, complained. Of several words the strictest counts."""

import datetime
import re
from collections.abc import Iterable

from django.utils import timezone
from django.utils.dateparse import parse_datetime

from core import clock
from core.imports.headings import folded_heading
from newsletter.enums.subscribers import Standing
from newsletter.subscribers.importing.vocabulary import (
    AGREED_COLUMNS,
    CONFIRMED_COLUMNS,
    FILE_NAMES,
    GONE_COLUMNS,
    NO,
    NOTES_OF_WHO_LEFT,
    STATUS_COLUMNS,
    STATUS_WORDS,
    YES,
)

STRICTNESS = list(Standing)
# `désinscrit·e`, `abonné(e)s`: the endings of inclusive writing say nothing of the status.
ENDINGS = re.compile(r"( e)?( s| es)?$")
PATTERNS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%b %d, %Y", "%B %d, %Y", "%d %b %Y", "%d %B %Y", "%Y/%m/%d", "%Y%m%d")
ZERO_DATE = re.compile(r"0000-00-00.*")


def strictest(standings: Iterable[str]) -> Standing:
    """Whoever left anywhere has left. Nothing said: agreed, as the person who brings the file says of all of it."""
    return max((Standing(each) for each in standings), key=STRICTNESS.index, default=Standing.SUBSCRIBED)


def folded_word(text: str) -> str:
    """A status as it is compared."""
    return ENDINGS.sub("", folded_heading(text))


def standing_of_file(filename: str) -> Standing | None:
    """What the name of a file says of everybody in it."""
    name = _joined(filename)
    return next((standing for standing, pattern in FILE_NAMES if re.search(pattern, name)), None)


def says_gone(text: str) -> bool:
    """Whether a cell may say that somebody left: a word of status, or a note that holds one (`désinscrite le 3 mars, par téléphone`)."""
    word = STATUS_WORDS.get(folded_word(text))
    if word:
        return word != Standing.SUBSCRIBED
    return "@" not in text and bool(standing_of_file(text) or re.search(NOTES_OF_WHO_LEFT, _joined(text)))


def _joined(text: str) -> str:
    return re.sub(r"\s+", "_", folded_heading(text))


def is_status_column(heading: str) -> bool:
    """Whether we know what this column says of a consent."""
    name = folded_heading(heading)
    return name in STATUS_COLUMNS or name in AGREED_COLUMNS or name in CONFIRMED_COLUMNS or name in GONE_COLUMNS


class NotUnderstood(Exception):
    """A value of a status column we do not know: somebody is to be asked."""


def standing_said(heading: str, value: str) -> Standing | None:
    """What a cell of a known status column says; None where it says nothing. Raises NotUnderstood."""
    column, word = folded_heading(heading), folded_word(value)
    if value.strip() and not word:  # a cross, a tick, a smile
        raise NotUnderstood
    if not word or ZERO_DATE.fullmatch(value.strip()):
        return Standing.UNCONFIRMED if column in AGREED_COLUMNS else None
    if column in GONE_COLUMNS:
        return _of_gone(GONE_COLUMNS[column], value, word)
    if word in STATUS_WORDS:
        return STATUS_WORDS[word]
    if column in STATUS_COLUMNS:
        raise NotUnderstood
    is_double = column in CONFIRMED_COLUMNS
    if word in YES or moment(value):
        return Standing.SUBSCRIBED
    if word in NO or (is_double and word == "2"):
        return Standing.UNCONFIRMED if is_double else Standing.UNSUBSCRIBED
    raise NotUnderstood


def _of_gone(standing: Standing, value: str, word: str) -> Standing | None:
    if word in NO:
        return None
    if word in YES or moment(value):
        return standing
    if word in STATUS_WORDS:
        # `Bounced: subscribed` would be odd: the column itself says nothing then.
        return None if STATUS_WORDS[word] == Standing.SUBSCRIBED else STATUS_WORDS[word]
    raise NotUnderstood


def moment(text: str) -> datetime.datetime | None:
    """A date as tools write it, days before months; None for anything else, for the time before mailing lists and for the future."""
    text = " ".join(text.split())
    found = _parsed(text) if any(char.isdigit() for char in text) else None
    if found is None or found.year < 1990:
        return None
    found = found if found.tzinfo else timezone.make_aware(found)
    return found if found <= clock.now() else None


def _parsed(text: str) -> datetime.datetime | None:
    try:
        return parse_datetime(text) or datetime.datetime.fromisoformat(text)
    except ValueError:
        pass
    day = re.sub(r"[ ,]+\d{1,2}[:h]\d{2}(:\d{2})?( ?[ap]m)?$", "", text, flags=re.IGNORECASE)
    for pattern in PATTERNS:
        try:
            return datetime.datetime.strptime(day, pattern)
        except ValueError:
            continue
    return None
