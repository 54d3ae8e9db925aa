"""Reading the words of a mail, in both its parts: is any of them still English?"""

import re
from collections.abc import Collection
from typing import Protocol

from lxml import html

ADDRESS = re.compile(r"https?://\S+|\S+@\S+")
WORD = re.compile(r"[^\W\d_]{2,}")
SENDER = "Smes"


class Mail(Protocol):
    """A mail in the queue, or one that was only rendered."""

    subject: str
    text: str
    html: str


def sentences(mail: Mail) -> set[str]:
    """What a person reads: the subject, each line of the text, each piece of the HTML between two tags. Links and addresses left out."""
    pieces = html.document_fromstring(mail.html).xpath("//text()[not(parent::style)]")
    lines = [mail.subject, *mail.text.splitlines(), *map(str, pieces)]
    read = {" ".join(ADDRESS.sub(" ", line).split()) for line in lines}
    return {line for line in read if WORD.search(line)}


def left_in_english(mail: Mail, english: Mail, *, given: Collection[str]) -> set[str]:
    """The sentences a mail shares with the same mail in English. `given`: names and words that come from rows and are no language's."""

    def own_words(sentence: str) -> str:
        for name in sorted({*given, SENDER}, key=len, reverse=True):
            sentence = sentence.replace(name, " ")
        return sentence

    return {sentence for sentence in sentences(mail) & sentences(english) if WORD.search(own_words(sentence))}
