"""Whatever somebody types or pastes, the mail renders, says those words, and no header holds more than it should."""

import quopri
from email import message_from_bytes, policy
from typing import Any

import pytest
from bs4 import BeautifulSoup

from core.mail.allowed_mjml import InvalidMjml, check_mjml
from newsletter.compose.content import Item, Section
from newsletter.compose.rendering import render_content
from newsletter.compose.richtext import absolute, as_text, clean_html
from newsletter.sending.mime import Envelope, UnencodableEmail, ascii_email, build_template, quoted_printable, unstuffed
from tests.newsletter.issues import FRAME, issue_content

PLACEHOLDER = "abcdef0123456789abcdef"
NASTY = [
    "a < b && c > d",
    "]]> <![CDATA[ x ]]>",
    "<script>alert(1)</script>",
    "</mj-text></mj-column><mj-raw>",
    "\"quotes\" and 'apostrophes'",
    "line\r\nBcc: everybody@example.org\r\n\r\nbody",
    "nul \x00 bell \x07 escape \x1b",
    "emoji 🧵 flags 🇧🇪 joined 👩‍⚕️",
    "{{ settings.SECRET_KEY }} {% now 'Y' %} {key}",
    "\u202egnirts desrever\u202c \ufffe \ud800",
    "&nbsp; &amp; &lt; &bogus;",
    "." + "x" * 300,
    ".\n..\n...",
    PLACEHOLDER,
]


def template_of(subject: str, html: str, text: str) -> Any:
    return build_template(
        subject=subject,
        language="fr",
        html=html,
        text=text,
        token_placeholder=PLACEHOLDER,
        sender="Smes <newsletter@smes.example.org>",
        reply_to="",
        list_id="news-fr.smes.example.org",
        unsubscribe_url=f"https://smes.example.org/n/u/{PLACEHOLDER}/",
        unsubscribe_email=f"unsubscribe+{PLACEHOLDER}@news.smes.example.org",
    )


def mailed(payload: bytes) -> Any:
    return message_from_bytes(unstuffed(payload), policy=policy.default)


ENVELOPE = Envelope(
    to="zoe@example.org", token="K" * 22, message_id="<issue-1-2-abc@smes.example.org>", date="Tue, 24 Nov 2026 10:00:00 +0100"
)


@pytest.mark.parametrize("words", NASTY)
def test_hostile_words_break_neither_the_mail_nor_a_header(words: str) -> None:
    item = Item(title=words, text=words, note=words, url="https://example.org/?a=1&b=<2>", extra=words)
    sections = (Section(kind="press", title=words, items=(item,)), Section(kind="text", html=clean_html(f"<p>{words}</p>", FRAME.base_url)))
    issue = issue_content(subject=words, preheader=words, intro=words, month=words, sections=sections)
    mail = render_content(issue, FRAME, PLACEHOLDER)
    message = mailed(template_of(mail.subject, mail.html, mail.text).to_bytes(ENVELOPE))

    assert message.keys() == [
        "To", "Message-ID", "Date", "From", "Subject", "List-ID", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence",
        "X-Auto-Response-Suppress", "Content-Language", "MIME-Version", "Content-Type",
    ]  # fmt: skip
    assert [str(recipient) for recipient in message["To"].addresses] == ["zoe@example.org"]
    assert message.defects == []
    soup = BeautifulSoup(str(message.get_body(("html",)).get_content()), "html.parser")
    assert soup.find("script") is None
    assert len(soup.find_all("h3")) == 1
    assert len(soup.find_all("h1")) == 1


@pytest.mark.parametrize("words", ["a < b && c > d", "]]>", "emoji 🧵", "{{ settings.SECRET_KEY }}", "{key}", "</mj-text>"])
def test_the_reader_reads_what_was_written(words: str) -> None:
    sections = (Section(kind="press", title="Presse", items=(Item(title=words),)),)
    mail = render_content(issue_content(subject=words, sections=sections), FRAME, PLACEHOLDER)
    message = mailed(template_of(mail.subject, mail.html, mail.text).to_bytes(ENVELOPE))
    heading = BeautifulSoup(str(message.get_body(("html",)).get_content()), "html.parser").find("h3")
    assert heading
    assert heading.get_text() == words
    assert words in str(message.get_body(("plain",)).get_content())
    assert str(message["Subject"]) == words


def test_free_words_keep_their_links_and_lose_everything_else() -> None:
    html = (
        '<p onclick="x()">Bonjour <b>à tous</b> &amp; <a href="/fr/contact/" style="x">écrivez</a>'
        '<img src=x onerror=alert(1)><a href="javascript:alert(1)">non</a><br>fin</p>'
        "<ul><li>un<li>deux</ul><!-- secret --><style>p{}</style>"
    )
    cleaned = clean_html(html, "https://smes.example.org")
    assert 'href="https://smes.example.org/fr/contact/"' in cleaned
    assert not {"onclick", "img", "javascript", "style", "secret"} & set(cleaned.replace('"', " ").replace("<", " ").split())
    assert "<br/>" in cleaned
    assert as_text(cleaned).startswith("Bonjour à tous & écrivez (https://smes.example.org/fr/contact/)non\nfin")
    assert "- deux" in as_text(cleaned)


def test_a_link_that_is_no_address_is_left_as_words() -> None:
    assert clean_html('<p>Voyez <a href="http://[link]">ici</a>.</p>', "https://smes.example.org") == "<p>Voyez ici.</p>"
    assert absolute("http://[link]", "https://smes.example.org") == ""


class TestAddresses:
    @pytest.mark.parametrize(
        "address", ["zoé@example.org", "a b@example.org", "a@b@example.org\r\n", "a,b@example.org", "@example.org", "x"]
    )
    def test_an_address_that_cannot_be_written_is_refused(self, address: str) -> None:
        with pytest.raises(UnencodableEmail):
            ascii_email(address)

    def test_a_domain_with_accents_is_written_as_dns_writes_it(self) -> None:
        assert ascii_email("zoe@éxample.org") == "zoe@xn--xample-9ua.org"

    @pytest.mark.parametrize("token", ["short", "K" * 21 + "\n", "K" * 21 + "=", "é" * 22])
    def test_a_token_of_another_shape_never_enters_a_mail(self, token: str) -> None:
        template = template_of("x", "<p>x</p>", "x")
        with pytest.raises(ValueError, match="token"):
            template.to_bytes(Envelope(to="a@example.org", token=token, message_id="<x@y>", date="x"))

    def test_a_line_break_in_a_header_is_refused(self) -> None:
        with pytest.raises(ValueError, match="line break"):
            template_of("x", "<p>x</p>", "x").to_bytes(Envelope(to="a@example.org", token="K" * 22, message_id="<x>\nBcc: b@c", date="x"))


class TestQuotedPrintable:
    @pytest.mark.parametrize(
        "text", ["plain", "é" * 200, "a" * 75, "a" * 76, "a" * 77, "trailing \nspace\t", "=", "", "x" * 70 + PLACEHOLDER + "y" * 70]
    )
    def test_it_reads_back_as_it_was_and_no_line_is_too_long(self, text: str) -> None:
        encoded = quoted_printable(text, PLACEHOLDER)
        assert quopri.decodestring(encoded).decode().replace("\r\n", "\n").rstrip("\n") == text.rstrip("\n")
        assert all(len(line) <= 76 for line in encoded.split(b"\r\n"))

    @pytest.mark.parametrize("before", range(0, 80))
    def test_the_placeholder_is_never_split(self, before: int) -> None:
        assert PLACEHOLDER.encode() in quoted_printable("x" * before + PLACEHOLDER, PLACEHOLDER)


class TestOurListOfMjml:
    """mrml accepts all of these without a word."""

    GOOD = '<mjml lang="fr"><mj-body><mj-section><mj-column><mj-text>x</mj-text></mj-column></mj-section></mj-body></mjml>'

    def test_good_markup_passes(self) -> None:
        check_mjml(self.GOOD)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("mj-text", "mj-txt"),
            ("<mj-text>", '<mj-text colour="red">'),
            ("<mj-text>x</mj-text>", '<mj-image src="x"/>'),
            ("<mj-text>x", "<mj-text><script>x</script>"),
            ("<mj-text>x", '<mj-text><p onclick="x">x</p>'),
            ("<mj-column>", "<mj-section>"),
            (' lang="fr"', ""),
            ("</mj-text>", ""),
            ("<mj-body>", '<mj-body><mj-include path="/etc/passwd"/>'),
        ],
    )
    def test_what_is_not_on_the_list_is_named(self, old: str, new: str) -> None:
        with pytest.raises(InvalidMjml):
            check_mjml(self.GOOD.replace(old, new))
