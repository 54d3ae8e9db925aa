"""Findings of the checks. Stored as codes and facts, translated when shown."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Any, Self

from django.utils.translation import gettext_lazy as _

from newsletter.enums.issues import SectionKind


class Level(StrEnum):
    """`stop`: must be fixed. `look`: fixed, or overridden with a reason. `note`: for information."""

    STOP = "stop"
    LOOK = "look"
    NOTE = "note"


TEXTS = {
    "no_edition": _("There is no edition yet."),
    "no_items": _("The edition tells nothing: it has no items."),
    "rubric_empty": _("The rubric “%(about)s” is empty."),
    "subject_missing": _("The subject is missing."),
    "subject_long": _("The subject has %(about)s characters; phones show about 45, inboxes 70."),
    "preheader_missing": _("The line after the subject is missing: inboxes show the first words they find."),
    "preheader_same": _("The line after the subject repeats the subject."),
    "size_warn": _("The mail weighs %(about)s kB; from 100 kB on Gmail cuts it off."),
    "size_stop": _("The mail weighs %(about)s kB: Gmail would cut it off, with the link to unsubscribe. Shorten it."),
    "page_lost": _("A picked page is not public: its item is left out, or stands there without a link: %(about)s"),
    "page_elsewhere": _("This page has no version in the language of the edition, which shows its words as they are: %(about)s"),
    "item_without_words": _("This item has a title only: %(about)s"),
    "item_twice": _("The same address stands twice: %(about)s"),
    "session_over": _("This training has begun or is over: %(about)s"),
    "session_lost": _("Nobody can enrol in this training any more: %(about)s"),
    "relative_link": _("A link without its site, or of a kind no mail program opens: %(about)s"),
    "dead_link": _("This link leads nowhere: %(about)s"),
    "unchecked_link": _("This link could not be tried: %(about)s"),
    "alt_missing": _("A picture has no alternative text: %(about)s"),
    "text_incomplete": _("The text part lacks this address: %(about)s"),
    "unsubscribe_missing": _("The link to unsubscribe is missing."),
    "language_mix": _("Words of another language (%(about)s): is this the right edition?"),
    "editions_differ": _("The editions do not tell the same number of things: %(about)s."),
    "nobody": _("Nobody would get it."),
    "missing_nothing": _("%(about)s: no edition in their language, they get nothing this time."),
    "missing_french": _("%(about)s: no edition in their language, they get the French one."),
    "domain_spf": _("The domain %(about)s has no SPF record: mail servers may distrust the letter."),
    "domain_dmarc": _("The domain %(about)s has no DMARC record: large mail providers may refuse the letter."),
    "domain_dkim": _("No DKIM key was found for %(about)s under the usual names; ask who runs the mail server."),
    "domain_unknown": _("DNS did not answer, so SPF, DKIM and DMARC of %(about)s are not checked."),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; `language` names the edition, if it is about one."""

    check: str
    level: Level
    language: str = ""
    about: str = ""

    @property
    def key(self) -> str:
        """Stable from run to run, so that an override stays valid."""
        return sha256("|".join((self.check, self.language, self.about)).encode()).hexdigest()

    @property
    def text(self) -> str:
        template = str(TEXTS[self.check])
        about = SectionKind(self.about).label if self.check == "rubric_empty" and self.about in SectionKind.values else self.about
        return template % {"about": about} if "%(about)s" in template else template

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"level": self.level.value}

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        return cls(**(stored | {"level": Level(stored["level"])}))
