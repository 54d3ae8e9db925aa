"""What a mail server really receives, byte by byte: not what a Python object says it would."""

import re
from email.message import EmailMessage
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from listunsub import audit

from newsletter.bounces.verp import decode_verp
from newsletter.models import Issue, Subscriber
from newsletter.sending.messages import message_id
from newsletter.sending.sender import Sender
from tests.core.sink import Sink
from tests.html import texts
from tests.newsletter.issues import issue_under_way

pytestmark = pytest.mark.django_db
ITEMS = 26


@pytest.fixture(autouse=True)
def _production_has_https(settings: Any) -> None:
    settings.WAGTAILADMIN_BASE_URL = "https://smes.example.org"


@pytest.fixture
def sent(sink: Sink) -> tuple[Issue, Sink]:
    """Twelve readers of an issue with 26 items."""
    issue = issue_under_way(12, items=ITEMS)
    Sender(issue.pk).run(seconds=60, rate=0)
    assert len(sink.received) == 12
    return issue, sink


def raw_header(mail: bytes, name: str) -> bytes:
    """A header as it stands on the wire, unfolded, never decoded: a parser would hide an encoded one."""
    head = mail.split(b"\r\n\r\n", 1)[0]
    found = re.search(rb"(?im)^" + name.encode() + rb":[ \t]*([^\r\n]*(?:\r\n[ \t][^\r\n]*)*)", head)
    assert found, name
    return found.group(1)


def parts(message: EmailMessage) -> tuple[str, str]:
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    assert text
    assert html
    return str(text.get_content()), str(html.get_content())


def test_the_button_to_leave_is_https_first_unencoded_and_one_click(sent: tuple[Issue, Sink]) -> None:
    for mail in sent[1].received:
        ways = raw_header(mail, "List-Unsubscribe")
        assert b"=?" not in ways
        assert re.fullmatch(rb"<https://smes\.example\.org/n/u/[\w-]{22}/>,\r\n <mailto:unsubscribe\+[\w-]{22}@[\w.]+>", ways)
        assert raw_header(mail, "List-Unsubscribe-Post") == b"List-Unsubscribe=One-Click"


def test_an_independent_checker_finds_nothing_wrong_with_it(sent: tuple[Issue, Sink]) -> None:
    mail = sent[1].received[0]
    ways, post = (raw_header(mail, name).decode() for name in ("List-Unsubscribe", "List-Unsubscribe-Post"))
    assert audit(ways.replace("\r\n", ""), post) == []


def test_each_reader_has_her_own_key_and_nobody_elses(sent: tuple[Issue, Sink]) -> None:
    keys = dict(Subscriber.objects.values_list("email", "token"))
    for raw, message in zip(sent[1].received, sent[1].messages, strict=True):
        found = {match.decode() for match in re.findall(rb"/n/[up]/([\w-]{22})/", raw.replace(b"=\r\n", b""))}
        assert found == {keys[str(message["To"])]}


def test_headers_of_a_list_and_of_a_mail_that_is_ours(sent: tuple[Issue, Sink]) -> None:
    issue, sink = sent
    known = {message_id(issue.pk, delivery.pk) for delivery in issue.deliveries.all()}
    for mail, message in zip(sink.received, sink.messages, strict=True):
        assert raw_header(mail, "List-ID") == b"<news-fr.smes.example.org>"
        assert str(message["Message-ID"]) in known
        assert message["Date"].datetime.utcoffset() == timezone.localtime().utcoffset()
        assert message["Auto-Submitted"] is None
        assert message["Content-Language"] == "fr"
        assert message["Bcc"] is None
    assert len({str(message["Message-ID"]) for message in sink.messages}) == 12


def test_a_return_names_its_delivery(sent: tuple[Issue, Sink]) -> None:
    issue, sink = sent
    named = {decode_verp(sender) for sender in sink.senders}
    assert named == set(issue.deliveries.values_list("pk", flat=True))


def test_no_line_is_longer_than_quoted_printable_allows(sent: tuple[Issue, Sink]) -> None:
    for mail in sent[1].received:
        body = mail.split(b"\r\n\r\n", 1)[1]
        assert max(map(len, body.split(b"\r\n"))) <= 76
        assert b"\n" not in mail.replace(b"\r\n", b"")
        assert mail.isascii()


def test_26_items_stay_below_what_gmail_shows(sent: tuple[Issue, Sink]) -> None:
    _text, html = parts(sent[1].messages[0])
    assert len(texts(html, "h3")) == ITEMS
    assert len(html.encode()) <= 100_000


def test_the_text_part_is_complete(sent: tuple[Issue, Sink]) -> None:
    text, html = parts(sent[1].messages[0])
    addresses = {str(link["href"]) for link in BeautifulSoup(html, "html.parser").find_all("a")}
    assert len(addresses) == ITEMS + 5  # this issue on the site, settings, leaving, privacy, contact
    assert {address for address in addresses if address not in text} == set()
    assert text.index("Bonjour") < text.index("épisode 0") < text.index("épisode 25") < text.index("rue du Progrès")


def test_a_screen_reader_knows_the_language_whatever_a_webmail_strips(sent: tuple[Issue, Sink]) -> None:
    soup = BeautifulSoup(parts(sent[1].messages[0])[1], "html.parser")
    assert soup.html
    assert soup.body
    assert soup.html["lang"] == "fr"
    children = [child for child in soup.body.children if getattr(child, "name", None)]
    assert len(children) >= 2, "the hidden line of the inbox, and the mail"
    assert {(child["lang"], child["dir"]) for child in children} == {("fr", "ltr")}
    assert all("alt" in picture.attrs for picture in soup.find_all("img"))
    assert len(soup.find_all("h1")) == 1
    assert {table.get("role") for table in soup.find_all("table")} == {"presentation"}
    assert soup.title
    assert soup.title.string == "Ce qui bouge à Bruxelles"


def test_nothing_is_loaded_from_elsewhere_and_nothing_counts_readers(sent: tuple[Issue, Sink]) -> None:
    _text, html = parts(sent[1].messages[0])
    loaded = re.findall(r'(?:src|url\()="?([^")\s]+)', html)
    assert set(loaded) == {"https://smes.example.org/static/img/newsletter/threads.png"}
    assert "fonts.googleapis" not in html
    assert "<script" not in html
