"""The audience of an issue."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count

from newsletter.enums.issues import MissingEdition
from newsletter.models import Subscriber
from newsletter.preflight.findings import Finding, Level


@dataclass(frozen=True, slots=True)
class Part:
    """The subscribers of one language: how many, and which edition they get (empty: none)."""

    language: str
    subscribers: int
    edition: str


def audience_of(rule: str, languages: Iterable[str], now: datetime.datetime) -> list[Part]:
    """The audience by language, by a rule (MissingEdition) for those without an edition in their language. One query."""
    written = set(languages)
    rows = Subscriber.objects.audience(now).order_by().values_list("language").annotate(n=Count("pk"))
    counts: dict[str, int] = dict(rows)
    fallback = "fr" if rule == MissingEdition.FRENCH and "fr" in written else ""
    return [Part(code, counts.get(code, 0), code if code in written else fallback) for code, _name in settings.LANGUAGES]


def check_audience(parts: list[Part], rule: str) -> Iterable[Finding]:
    """Reports the rule where it affects somebody."""
    if not any(part.subscribers for part in parts if part.edition):
        yield Finding("nobody", Level.STOP)
    for part in parts:
        if part.subscribers and part.edition != part.language:
            check = "missing_french" if part.edition else "missing_nothing"
            yield Finding(check, Level.NOTE, about=f"{part.language.upper()} {part.subscribers}")
