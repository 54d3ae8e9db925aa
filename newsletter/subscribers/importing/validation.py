"""What becomes of a line. The dry run and the import ask here, so they cannot disagree."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from core.languages import Language
from core.models import Theme
from newsletter.addresses import LONGEST, address_key, normalised
from newsletter.enums.subscribers import LineOutcome, SubscriberStatus
from newsletter.models import ReaderImport, ReaderImportLine, Subscriber, Suppression

LANGUAGES = {
    "fr": Language.FR, "fra": Language.FR, "francais": Language.FR, "french": Language.FR, "frans": Language.FR, "f": Language.FR,
    "nl": Language.NL, "nld": Language.NL, "neerlandais": Language.NL, "nederlands": Language.NL, "dutch": Language.NL, "n": Language.NL,
    "en": Language.EN, "eng": Language.EN, "anglais": Language.EN, "english": Language.EN, "engels": Language.EN, "e": Language.EN,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of a line, and what a new reader would be."""

    outcome: LineOutcome
    email: str = ""
    language: str = ""
    themes: tuple[int, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Judge:
    """Judges the lines of one import, in their order. `first_lines` says which line named an address first."""

    of: ReaderImport
    first_lines: dict[str, int] = field(default_factory=dict)
    themes: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of_import(cls, of: ReaderImport) -> "Judge":
        """With the themes and, for an import that goes on, the addresses of its earlier lines. Two queries."""
        judge = cls(of)
        for theme in Theme.objects.all():
            judge.themes |= {slugify(name): theme.pk for name in (theme.slug, theme.name_fr, theme.name_nl, theme.name_en)}
        for number, email in of.lines.order_by("number").values_list("number", "email")[: of.done]:
            judge.first_lines.setdefault(address_key(email), number)
        return judge

    def judge(self, lines: Iterable[ReaderImportLine]) -> list[Verdict]:
        """One verdict a line. Two queries, however many lines."""
        lines = list(lines)
        keys = {address_key(line.email) for line in lines}
        suppressed = set(Suppression.objects.filter(address_key__in=keys).values_list("address_key", flat=True))
        known = dict(Subscriber.objects.filter(address_key__in=keys).values_list("address_key", "status"))
        return [self._judge(line, suppressed, known) for line in lines]

    def _judge(self, line: ReaderImportLine, suppressed: set[str], known: dict[str, str]) -> Verdict:
        email = normalised(line.email)
        try:
            validate_email(email)
        except ValidationError:
            return Verdict(LineOutcome.INVALID)
        key = address_key(email)
        first = self.first_lines.setdefault(key, line.number)
        if first != line.number:
            return Verdict(LineOutcome.DUPLICATE, note=str(first))
        if len(email) > LONGEST:
            return Verdict(LineOutcome.INVALID)
        if key in suppressed:
            return Verdict(LineOutcome.SUPPRESSED)
        if key in known:
            return Verdict(OF_KNOWN[known[key]])
        language = LANGUAGES.get(slugify(line.language)) if line.language else Language(self.of.language)
        if language is None:
            return Verdict(LineOutcome.BAD_LANGUAGE)
        chosen, strange = self._themes(line.themes)
        return Verdict(LineOutcome.NEW, email, language, chosen, ", ".join(strange)[:200])

    def _themes(self, written: str) -> tuple[tuple[int, ...], list[str]]:
        """The themes a cell names (commas, semicolons or bars between them), and the words that are none."""
        words = [word.strip() for word in written.replace(";", ",").replace("|", ",").split(",") if word.strip()]
        known = tuple(sorted({self.themes[slugify(word)] for word in words if slugify(word) in self.themes}))
        return known, [word for word in words if slugify(word) not in self.themes]


OF_KNOWN: dict[str, LineOutcome] = {
    SubscriberStatus.SUBSCRIBED: LineOutcome.KNOWN,
    SubscriberStatus.UNCONFIRMED: LineOutcome.UNCONFIRMED,
    SubscriberStatus.UNSUBSCRIBED: LineOutcome.SUPPRESSED,
    SubscriberStatus.BOUNCED: LineOutcome.SUPPRESSED,
    SubscriberStatus.COMPLAINED: LineOutcome.SUPPRESSED,
}
