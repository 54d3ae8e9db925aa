"""The last net under every log line: email addresses, telephone numbers and secrets of links are masked, whoever wrote the line.

The first rule is that nobody writes them. An exception is the exception: its message repeats what somebody typed, and so its words are kept
only where they speak of the code or of the system.
"""

import copy
import logging
import re
import traceback
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from core.monitoring.routes import route_of

MASK = "…"
EMAIL = re.compile(r"[\w.+'%-]+(?:@|%40)[\w-]+(?:\.[\w-]+)*")
PHONE = re.compile(r"(?<![\w.:/-])(?:\+|00?)\d(?:[ \u00a0./()-]{0,2}\d){7,12}(?!\w)")
# A secret of a link (core.web.converters), a signed value, a session key: long, and no word of code.
LONG = re.compile(r"[A-Za-z0-9_-]{20,}(?:[:.][A-Za-z0-9_-]+)*")
UPWARD = re.compile(r"[a-z][A-Z]")
QUOTED = re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”\n]*”|‘[^’\n]*’|«[^»\n]*»")
# A table or a constraint, and not what somebody typed: `"core_attempt_once"`.
NAME_IN_DATABASE = re.compile(r"[\"'][a-z0-9]+(?:_[a-z0-9]+)+[\"']")
# Their messages speak of code …
ABOUT_CODE = (AttributeError, TypeError, NameError, ImportError, NotImplementedError, ImproperlyConfigured)
# … or of the system, and quote what was typed. All others may say anything.
ABOUT_SYSTEM = (DatabaseError, OSError)


def masked(text: str) -> str:
    """`text` without email addresses, telephone numbers and secrets."""
    if "@" in text or "%40" in text:
        text = EMAIL.sub(MASK, text)
    return LONG.sub(_word_or_mask, PHONE.sub(MASK, text))


def without_quotes(text: str) -> str:
    """`text` without what stands in quotes, except for names of the database."""
    return QUOTED.sub(lambda match: match[0] if NAME_IN_DATABASE.fullmatch(match[0]) else MASK, text)


def _word_or_mask(match: re.Match[str]) -> str:
    """Keeps slugs, names of modules, UUIDs (small letters) and names of classes (few capitals, no digit)."""
    word = match[0]
    is_name = word.lower() == word or word.upper() == word or (word.isalpha() and len(UPWARD.findall(word)) < 5)
    return word if is_name else MASK


def said(error: BaseException) -> str:
    """What a log may repeat of an exception's message."""
    if isinstance(error, ABOUT_CODE):
        return masked(str(error).partition("\n")[0])
    if isinstance(error, ABOUT_SYSTEM):
        # The lines below the first one hold the row PostgreSQL stumbled over.
        return masked(without_quotes(str(error).partition("\n")[0]))
    return ""


def masked_traceback(error: BaseException) -> str:
    """Where it happened, without values: files, lines and code of the whole chain."""
    return "\n".join(_told(each) for each in reversed(list(_chain(error))))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _told(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    words = said(error)
    return "".join(traceback.format_tb(error.__traceback__)) + (f"{name}: {words}" if words else name)


class MaskingFilter(logging.Filter):
    """Gives each handler a copy of the record that is fit to be kept."""

    def filter(self, record: logging.LogRecord) -> logging.LogRecord:
        clean = copy.copy(record)
        clean.msg, clean.args = _message(record), ()
        error = record.exc_info[1] if record.exc_info else None
        # Formatters write `exc_text` where it is set, and look at the exception only where it is not.
        clean.exc_info, clean.exc_text = None, masked_traceback(error) if error else None
        return clean


def _message(record: logging.LogRecord) -> str:
    """On one line, so that nobody can forge a second one."""
    request = getattr(record, "request", None)
    if request is not None and isinstance(record.args, tuple):
        # Django names the path of a request that failed, and the path may be a secret link.
        path = getattr(request, "path", None)
        record = copy.copy(record)
        record.args = tuple(route_of(request) if each == path else each for each in record.args or ())
    text = record.getMessage()
    if record.name.startswith("django.security"):
        text = without_quotes(text)
    return masked(text).replace("\r", "\\r").replace("\n", "\\n")
