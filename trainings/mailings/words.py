"""The words of a mail that a coordinator writes: paragraphs with placeholders, checked before they are stored, filled in when it leaves."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from trainings.models.mailings import Audience, MailKind

PLACEHOLDER = re.compile(r"\{([^{}\n]*)\}")
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
AFTER = frozenset({MailKind.THANKS, MailKind.EVALUATION})


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands in braces. A block is more than words (dates, a button): it is the last line of its paragraph."""

    name: str
    says: str | Promise
    is_block: bool = False
    # Empty: any kind of mail.
    kinds: frozenset[MailKind] = frozenset()
    # The participant's alone: never in what team leads get.
    is_private: bool = False

    @property
    def written(self) -> str:
        return f"{{{self.name}}}"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Words, the name of the block below them, or both."""

    text: str = ""
    block: str = ""


PLACEHOLDERS = (
    Placeholder("name", gettext_lazy("the name of the person who gets the mail")),
    Placeholder("participant", gettext_lazy("the name of the participant")),
    Placeholder("title", gettext_lazy("the title of the training, in the language of the mail")),
    Placeholder("first_day", gettext_lazy("the first day and its hours")),
    Placeholder("last_day", gettext_lazy("the last day and its hours")),
    Placeholder("place", gettext_lazy("the place, or “online”")),
    Placeholder("organisation", gettext_lazy("the organisation of the participant")),
    Placeholder("reference", gettext_lazy("the reference of the enrolment"), is_private=True),
    Placeholder("hours", gettext_lazy("how long the participant was there"), kinds=AFTER, is_private=True),
    Placeholder("dates", gettext_lazy("the title and all the dates"), is_block=True),
    Placeholder("practical", gettext_lazy("how to get there and in, and the link of a meeting online"), is_block=True, is_private=True),
    Placeholder("manage", gettext_lazy("the button to see, change or cancel the enrolment"), is_block=True, is_private=True),
    Placeholder("sheet", gettext_lazy("the button to the page of the training"), is_block=True),
    Placeholder("certificate", gettext_lazy("the button to the certificate"), is_block=True, kinds=AFTER, is_private=True),
    Placeholder("evaluation", gettext_lazy("the button to the evaluation"), is_block=True, kinds=AFTER),
    Placeholder("payment", gettext_lazy("what is due, until when, and how to pay"), is_block=True, kinds=frozenset({MailKind.PAYMENT})),
)


def placeholders_for(kind: MailKind | str | None, audience: Audience | str) -> dict[str, Placeholder]:
    """Those the words of such a mail may use. No kind: what a coordinator writes to a session."""
    return {
        each.name: each
        for each in PLACEHOLDERS
        if (not each.kinds or kind in each.kinds) and not (each.is_private and audience == Audience.TEAM_LEADS)
    }


def faults_of(text: str, known: Mapping[str, Placeholder], *, is_subject: bool = False) -> list[str]:
    """What is wrong with the placeholders of a text, a sentence each."""
    faults = [_unknown(name, known) for name in _named(text) if name not in known]
    if set("{}") & set(PLACEHOLDER.sub("", text)):
        faults.append(_("A brace stands without its other half. A placeholder is written like this: {name}"))
    blocks = [name for name in _named(text) if name in known and known[name].is_block]
    if is_subject:
        return faults + [_("{%(name)s} is more than words: it cannot stand in a subject.") % {"name": name} for name in blocks]
    inside = [name for paragraph in _split(text, known) for name in _named(paragraph.text)]
    lost = [name for name in blocks if name in inside]
    return faults + [_("{%(name)s} needs a line of its own, with an empty line after it.") % {"name": name} for name in lost]


def filled(text: str, facts: Mapping[str, str]) -> str:
    """`text` with what its placeholders stand for."""
    return PLACEHOLDER.sub(lambda found: facts.get(found[1], ""), text)


def paragraphs(body: str, facts: Mapping[str, str], blocks: Collection[str]) -> list[Paragraph]:
    """The paragraphs as somebody gets them. One that has nothing to say is left out: no certificate yet, no button for it."""
    found = _split(body, {each.name: each for each in PLACEHOLDERS})
    return [Paragraph(text=filled(each.text, facts), block=each.block) for each in found if _says(each, facts, blocks)]


def _says(paragraph: Paragraph, facts: Mapping[str, str], blocks: Collection[str]) -> bool:
    has_block = not paragraph.block or paragraph.block in blocks
    return has_block and all(facts.get(name) for name in _named(paragraph.text))


def _split(text: str, known: Mapping[str, Placeholder]) -> Iterable[Paragraph]:
    for part in EMPTY_LINE.split(text.replace("\r", "").strip()):
        *lines, last = part.strip().split("\n")
        name = match[1] if (match := PLACEHOLDER.fullmatch(last.strip())) else ""
        if name in known and known[name].is_block:
            yield Paragraph(text="\n".join(lines), block=name)
        elif part.strip():
            yield Paragraph(text=part.strip())


def _named(text: str) -> list[str]:
    return list(dict.fromkeys(PLACEHOLDER.findall(text)))


def _unknown(name: str, known: Mapping[str, Placeholder]) -> str:
    allowed = ", ".join(each.written for each in known.values())
    return _("{%(name)s} is no placeholder of this mail. These are: %(allowed)s.") % {"name": name, "allowed": allowed}
