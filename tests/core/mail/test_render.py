"""Both parts in the reader's language; nothing a person types breaks a mail or leaves its place."""

import random
import re
from email.header import decode_header, make_header
from html.parser import HTMLParser

import pytest
from django.utils import timezone, translation

from core.mail.deliver import message_of
from core.mail.render import Parts, render
from core.models import OutgoingMail
from tests.core.mailing import CONTEXT, TEMPLATE

ENDING = "You receive this message because you look after this for Smes. The site wrote it."


def ending(language: str) -> str:
    with translation.override(language):
        return translation.gettext(ENDING)


HOSTILE = [
    "<script>alert(1)</script>",
    "a < b & c > d",
    "]]> <![CDATA[ x ]]>",
    "<mj-raw><img src=x onerror=alert(1)></mj-raw>",
    "</mj-text></mj-column></mj-section>",
    "<!-- <!--[if mso]> -->",
    "first\r\nBcc: victim@example.org\r\n\r\nbody",
    "line\u2028separator\u2029and\x85next\x0bvertical\x0cfeed",
    "nul \x00 bell \x07 escape \x1b delete \x7f",
    "surrogate \ud800 nonsense \ufffe\uffff",
    "emoji 👩🏽‍🔬 🇧🇪 and עברית",
    "{{ base_url }} {% now 'Y' %} [[name]] &#0; &nbsp; %s %(x)s",
    '" \' ` onmouseover="x',
    "é" * 5000,
    "   ",
]


def contact_mail(text: str, language: str = "fr") -> Parts:
    return render(TEMPLATE, language, {"name": text, "email": text, "subject": text, "message": text})


class Outline(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def tags(parts: Parts) -> list[str]:
    """The tags of the HTML part; lines people typed become breaks, those do not count."""
    return [tag for tag in Outline(parts.html).tags if tag != "br"]


@pytest.mark.parametrize("language", ["fr", "nl", "en"])
def test_both_parts_speak_the_language_of_the_reader_whatever_the_site_speaks(language: str) -> None:
    with translation.override("nl" if language == "fr" else "fr"):
        parts = render(TEMPLATE, language, CONTEXT)

    assert len({ending("fr"), ending("nl"), ending("en")}) == 3
    assert ending(language) in parts.text
    assert ending(language) in parts.html
    assert f'<html lang="{language}"' in parts.html
    assert all(ending(other) not in parts.text + parts.html for other in {"fr", "nl", "en"} - {language})


def test_the_parts_of_the_body_name_their_language_themselves() -> None:
    """Webmail takes the body out of its page and drops the language of the page."""
    body = render(TEMPLATE, "nl", CONTEXT).html.partition("<body")[2]
    assert re.findall(r'<div [^>]*?lang="(\w+)"', body) == ["nl", "nl"], "the hidden line and the mail"


def test_the_page_of_a_mail_is_titled_with_its_subject() -> None:
    parts = render(TEMPLATE, "fr", CONTEXT | {"subject": "Tom & Zoé"})
    assert "<title>Message du site : Tom &amp; Zoé</title>" in parts.html
    assert parts.subject == "Message du site : Tom & Zoé"


def test_nothing_comes_from_elsewhere() -> None:
    html = render(TEMPLATE, "fr", CONTEXT).html
    outline = Outline(html)
    assert not {"img", "link", "script", "iframe"} & set(outline.tags)
    assert not re.search(r"@import|url\(|fonts\.", html)
    links = [value for name, value in outline.attributes if name in {"href", "src", "background"}]
    assert links == ["http://testserver/fr/"]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_stays_text(text: str) -> None:
    calm, hostile = contact_mail("calm"), contact_mail(text)

    assert tags(hostile) == tags(calm)
    for part in (hostile.html, hostile.text, hostile.subject):
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f\x85\ud800-\udfff\ufffe\uffff]", part)
    assert len(hostile.subject.splitlines()) <= 1
    assert len(hostile.subject) <= 250


def test_what_a_person_wrote_is_read_as_she_wrote_it() -> None:
    parts = contact_mail("a < b & c ]]> 👩🏽‍🔬")
    assert "a < b & c ]]> 👩🏽‍🔬" in parts.text
    assert "a < b & c ]]> 👩🏽‍🔬" in Outline(parts.html).text
    assert parts.subject.endswith("a < b & c ]]> 👩🏽‍🔬")


def test_no_mixture_of_awkward_signs_breaks_a_mail() -> None:
    dice = random.Random(20261124)
    characters = [
        "<",
        ">",
        "&",
        "]]>",
        "\r",
        "\n",
        "\x00",
        "\ud800",
        "é",
        "🎉",
        "{{",
        "}}",
        "{%",
        "<!--",
        "-->",
        "/>",
        '"',
        "'",
        "mj-text",
        " ",
    ]
    calm = tags(contact_mail("calm"))
    for _round in range(150):
        text = "".join(dice.choices(characters, k=dice.randint(1, 30)))
        parts = contact_mail(text)
        assert tags(parts) == calm, repr(text)
        assert "\n" not in parts.subject, repr(text)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_becomes_a_header(text: str) -> None:
    parts = contact_mail(text)
    mail = OutgoingMail(
        pk=7, to="reader@example.org", language="fr", subject=parts.subject, text=parts.text, html=parts.html, created_at=timezone.now()
    )
    message = message_of(mail).message()
    headers = {name.lower() for name in message.keys()}  # noqa: SIM118 (a message is no mapping)
    assert "bcc" not in headers
    assert len(message.get_all("subject", [])) == 1
    assert str(make_header(decode_header(str(message["Subject"])))).strip() == parts.subject.strip()
