"""What becomes of a line. The dry run and the import ask here, so they cannot disagree."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.text import slugify

from core.imports.headings import folded_heading
from core.languages import Language
from core.models import Theme
from core.text.email_addresses import validate_public_email
from newsletter.enums.subscribers import ConsentAction, LineOutcome, Standing, SubscriberStatus
from newsletter.models import Consent, Subscriber, SubscriberImport, SubscriberImportLine, Suppression
from newsletter.subscribers.importing.standing import STRICTNESS
from newsletter.subscribers.importing.vocabulary import LANGUAGES

LANGUAGE_WORDS = {word: Language(code) for code, words in LANGUAGES.items() for word in words}
# Who did this here said yes to us herself.
OWN_YES = (ConsentAction.CONFIRMED, ConsentAction.RESTORED)
OF_KNOWN: dict[str, LineOutcome] = {
    SubscriberStatus.SUBSCRIBED: LineOutcome.KNOWN,
    SubscriberStatus.UNCONFIRMED: LineOutcome.UNCONFIRMED,
    SubscriberStatus.UNSUBSCRIBED: LineOutcome.SUPPRESSED,
    SubscriberStatus.BOUNCED: LineOutcome.SUPPRESSED,
    SubscriberStatus.COMPLAINED: LineOutcome.SUPPRESSED,
}


@dataclass(frozen=True, slots=True)
class LineResult:
    """The outcome of a line, and what a new subscriber would be."""

    outcome: LineOutcome
    language: str = ""
    themes: tuple[int, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Known:
    """What we know of the addresses of some lines."""

    suppressed: set[str]
    statuses: dict[str, str]
    own_yes: dict[str, datetime.datetime]
    # The line of this file that counts for an address: the strictest, then the first.
    leading: dict[str, int]


@dataclass(slots=True)
class LineValidator:
    """Validates the lines of one import, some at a time."""

    subscriber_import: SubscriberImport
    themes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of_import(cls, subscriber_import: SubscriberImport) -> Self:
        """With the themes. One query."""
        themes = {slugify(name): each.pk for each in Theme.objects.all() for name in (each.slug, each.name_fr, each.name_nl, each.name_en)}
        return cls(subscriber_import, themes)

    def validate(self, lines: Sequence[SubscriberImportLine]) -> list[LineResult]:
        """One result a line. Four queries, however many lines."""
        known = self._known({line.address_key for line in lines})
        return [self._validate(line, known) for line in lines]

    def _known(self, keys: set[str]) -> Known:
        named = self.subscriber_import.lines.filter(address_key__in=keys).values_list("address_key", "standing", "number")
        leading: dict[str, int] = {}
        for key, _standing, number in sorted(named, key=lambda each: (-STRICTNESS.index(Standing(each[1])), each[2])):
            leading.setdefault(key, number)
        said_yes = Consent.objects.filter(address_key__in=keys, action__in=OWN_YES).order_by().values_list("address_key")
        return Known(
            suppressed=set(Suppression.objects.filter(address_key__in=keys).values_list("address_key", flat=True)),
            statuses=dict(Subscriber.objects.filter(address_key__in=keys).values_list("address_key", "status")),
            own_yes=dict(said_yes.annotate(latest=Max("at"))),
            leading=leading,
        )

    def _validate(self, line: SubscriberImportLine, known: Known) -> LineResult:
        key = line.address_key
        try:
            validate_public_email(line.email)
        except ValidationError as error:
            return LineResult(LineOutcome.INVALID, note=" ".join(error.messages)[:200])
        if known.leading[key] != line.number:
            return LineResult(LineOutcome.DUPLICATE, note=str(known.leading[key]))
        if line.standing != Standing.SUBSCRIBED:
            return self._gone(line, known)
        if key in known.suppressed:
            return LineResult(LineOutcome.SUPPRESSED)
        if key in known.statuses:
            return LineResult(OF_KNOWN[known.statuses[key]])
        language = self._language(line.language)
        if language is None:
            return LineResult(LineOutcome.BAD_LANGUAGE)
        chosen, strange = self._themes(line.themes)
        return LineResult(LineOutcome.NEW, language, chosen, ", ".join(strange)[:200])

    def _gone(self, line: SubscriberImportLine, known: Known) -> LineResult:
        """Who did not agree is left out; who left is kept out, and taken off unless she said yes to us herself since."""
        note = ", ".join(f"{heading}: {value}" for heading, value in line.said.items() if value)[:200]
        status = known.statuses.get(line.address_key)
        if line.standing == Standing.UNCONFIRMED:
            return LineResult(OF_KNOWN[status] if status else LineOutcome.NO_CONSENT, note=note)
        if line.address_key in known.suppressed and status != SubscriberStatus.SUBSCRIBED:
            return LineResult(LineOutcome.SUPPRESSED, note=note)
        if status == SubscriberStatus.SUBSCRIBED:
            own_yes = known.own_yes.get(line.address_key)
            stays = line.standing == Standing.BOUNCED or (own_yes and (line.left_at is None or line.left_at < own_yes))
            return LineResult(LineOutcome.KNOWN if stays else LineOutcome.REMOVED, note=note)
        return LineResult(OF_KNOWN[status] if status and status != SubscriberStatus.UNCONFIRMED else LineOutcome.KEPT_OUT, note=note)

    def _language(self, written: str) -> Language | None:
        """`fr-BE`, `Français`, `néerlandais`; of `FR/NL` the first. Nothing written: that of the import."""
        words = folded_heading(written).split()
        if not words:
            return Language(self.subscriber_import.language)
        return next((LANGUAGE_WORDS[word] for word in words if word in LANGUAGE_WORDS), None)

    def _themes(self, written: str) -> tuple[tuple[int, ...], list[str]]:
        """The themes a cell names (commas, semicolons or bars between them), and the words that are none."""
        words = [word.strip() for word in written.replace(";", ",").replace("|", ",").split(",") if word.strip()]
        known = tuple(sorted({self.themes[slugify(word)] for word in words if slugify(word) in self.themes}))
        return known, [word for word in words if slugify(word) not in self.themes]
