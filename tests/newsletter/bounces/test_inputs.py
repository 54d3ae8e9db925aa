"""Mails as they came, one a file of `inputs/`: what becomes of each. `{VERP}` stands for the return address of a delivery."""

import base64
import datetime
from email.message import EmailMessage
from pathlib import Path

import pytest
from django.utils import timezone

from newsletter.bounces.pop import FolderMailbox
from newsletter.bounces.process import process_mailbox
from newsletter.bounces.verp import encode_verp
from newsletter.enums.subscribers import SubscriberStatus
from newsletter.models import Bounce, Delivery, Reply, Subscriber, Suppression
from tests.newsletter.bounces.mails import complaint, crlf, delivered, letter, names_of, report
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db

INPUTS = Path(__file__).parent / "inputs"
OUTCOMES = {
    "01-sender-rejected-518": "trouble",
    "02-sender-domain-517": "trouble",
    "04-dmarc-without-code": "trouble",
    "05-policy-without-code": "trouble",
    "07-full-box-under-511": "soft",
    "08-rate-limit-521": "soft",
    "10-sender-verify-failed": "trouble",
    "12-holiday-null-return-path": "automatic answer",
    "14-holiday-with-return-path": "automatic answer",
    "15-holiday-failures-in-subject": "automatic answer",
    "16-delay-only": "soft",
    "18-french-no-such-address": "hard",
    "20-office365-1": "hard",
    "21-gmail-over-quota": "soft",
    "22-optout-report": "left",
    "24-please-stop-by-hand": "reply",
    "25-challenge": "challenge",
    "26-read-receipt": "read receipt",
    "27-not-delivered-but-5.7.1-user-unknown": "soft",
}
AFTER = {"hard": SubscriberStatus.BOUNCED, "left": SubscriberStatus.UNSUBSCRIBED, "complaint": SubscriberStatus.COMPLAINED}


@pytest.fixture
def delivery() -> Delivery:
    return delivered(SubscriberFactory(email="nora@example.org"))


def receive(folder: Path, *mails: bytes, at: datetime.datetime | None = None) -> dict[str, int]:
    for number, mail in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(mail)
    return dict(process_mailbox(mailbox=FolderMailbox(folder), now=at or timezone.now()))


def status() -> str:
    return Subscriber.objects.get().status


def wrapped(words: str, original: str, *, sender: str, subject: str, more: str = "") -> bytes:
    """A provider puts our mail into a mail of its own."""
    return crlf(f"""\
        From: {sender}
        To: abuse@smes.example.org
        Subject: {subject}
        Message-ID: <{abs(hash(words + sender))}@example.net>
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary="b"

        --b
        Content-Type: text/plain

        {words}

        --b
        Content-Type: message/rfc822

        {more or "X-Mailer: none"}
        {original}
        From: newsletter@smes.example.org
        Subject: Smes

        Words.
        --b--
        """)


def test_every_input_has_its_outcome() -> None:
    assert {path.stem for path in INPUTS.iterdir()} == set(OUTCOMES)


@pytest.mark.parametrize("name", OUTCOMES)
def test_each_is_dealt_with_as_it_should_be(tmp_path: Path, delivery: Delivery, name: str) -> None:
    outcome = OUTCOMES[name]
    mail = (INPUTS / f"{name}.eml").read_bytes().replace(b"{VERP}", encode_verp(delivery.pk).encode())
    assert receive(tmp_path, mail) == {outcome: 1}
    assert status() == AFTER.get(outcome, SubscriberStatus.SUBSCRIBED)
    assert Suppression.objects.exists() == (outcome in AFTER)


@pytest.mark.parametrize("name", [name for name in OUTCOMES if OUTCOMES[name] not in AFTER and not name.startswith(("07", "21", "27"))])
def test_said_in_six_issues_it_still_stops_nobody(tmp_path: Path, delivery: Delivery, name: str) -> None:
    """Half a year of holidays, of delays, or of a wrong record of ours."""
    now = timezone.now()
    for month in range(6):
        mail = (INPUTS / f"{name}.eml").read_bytes().replace(b"{VERP}", encode_verp(delivery.pk).encode())
        receive(tmp_path, mail.replace(b"Message-ID: <", f"Message-ID: <{month}.".encode()), at=now + datetime.timedelta(days=28 * month))
    assert status() == SubscriberStatus.SUBSCRIBED


AUTOMATIC = (
    {"Auto-Submitted": "auto-replied", "Subject": "Smes"},
    {"Auto-Submitted": "auto-generated", "Subject": "Ticket 4711"},
    {"Precedence": "bulk", "Subject": "Smes"},
    {"Precedence": "auto_reply", "Subject": "Smes"},
    {"X-Autoreply": "yes", "Subject": "Smes"},
    {"X-Auto-Response-Suppress": "All", "Subject": "Smes"},
    {"Return-Path": "<>", "Subject": "Smes"},
    {"Subject": "Réponse automatique : Smes"},
    {"Subject": "Automatisch antwoord: Smes"},
    {"Subject": "Abwesenheitsnotiz: Smes"},
    {"Subject": "Absence du bureau"},
    {"Subject": "Ik ben met vakantie"},
    {"Subject": "Out of Office AutoReply: delivery failed?"},
)


@pytest.mark.parametrize("headers", AUTOMATIC, ids=str)
def test_what_a_holiday_note_says_is_not_read_as_a_servers(tmp_path: Path, delivery: Delivery, headers: dict[str, str]) -> None:
    note = EmailMessage()
    for name, value in ({"From": "Nora <nora@example.org>", "To": encode_verp(delivery.pk), "In-Reply-To": "<issue@x>"} | headers).items():
        note[name] = value
    note.set_content("This account is closed and the mailbox does not exist until Monday. Mijn account is gesloten. La boîte est fermée.")
    assert receive(tmp_path, note.as_bytes()) == {"automatic answer": 1}
    assert status() == SubscriberStatus.SUBSCRIBED


class TestReportsOfDelivery:
    @pytest.mark.parametrize("action", ["delivered", "relayed", "expanded"])
    def test_what_arrived_is_no_bounce(self, tmp_path: Path, delivery: Delivery, action: str) -> None:
        assert receive(tmp_path, report(encode_verp(delivery.pk), action=action, status="2.0.0", words="smtp; 250 ok")) == {"delivered": 1}

    def test_one_recipient_of_several_that_works_is_enough(self, tmp_path: Path, delivery: Delivery) -> None:
        mail = report(encode_verp(delivery.pk))
        second = b"Final-Recipient: rfc822; jan@example.org\r\nAction: failed\r\nStatus: 5.2.2\r\n\r\n--b--"
        assert receive(tmp_path, mail.replace(b"--b--", second)) == {"soft": 1}

    def test_a_report_a_gateway_made_plain_text_of_is_read(self, tmp_path: Path, delivery: Delivery) -> None:
        assert receive(tmp_path, report(encode_verp(delivery.pk)).replace(b"message/delivery-status", b"text/plain")) == {"hard": 1}

    def test_our_own_words_in_a_letter_are_not_the_servers(self, tmp_path: Path, delivery: Delivery) -> None:
        words = "Delivery failed.\n        ----- Original message -----\n        Cette adresse n'existe pas, dit le CPAS."
        assert receive(tmp_path, letter(encode_verp(delivery.pk), words)) == {"soft": 1}
        assert status() == SubscriberStatus.SUBSCRIBED


class TestFeedback:
    @pytest.mark.parametrize("what", ["abuse", "fraud"])
    def test_unwanted_mail_stops_the_reader(self, tmp_path: Path, delivery: Delivery, what: str) -> None:
        assert receive(tmp_path, complaint(names_of(delivery)[0], what=what)) == {"complaint": 1}
        assert status() == SubscriberStatus.COMPLAINED

    @pytest.mark.parametrize("what", ["opt-out", "opt-out-list"])
    def test_an_opt_out_is_a_leaving(self, tmp_path: Path, delivery: Delivery, what: str) -> None:
        assert receive(tmp_path, complaint(names_of(delivery)[1], what=what)) == {"left": 1}
        assert status() == SubscriberStatus.UNSUBSCRIBED

    @pytest.mark.parametrize(
        ("what", "outcome"), [("auth-failure", "trouble"), ("virus", "trouble"), ("other", "soft"), ("not-spam", "not spam")]
    )
    def test_the_other_types_stop_nobody(self, tmp_path: Path, delivery: Delivery, what: str, outcome: str) -> None:
        assert receive(tmp_path, complaint(names_of(delivery)[0], what=what)) == {outcome: 1}
        assert status() == SubscriberStatus.SUBSCRIBED

    def test_a_reader_is_found_by_the_key_of_her_links_where_all_else_is_hidden(self, tmp_path: Path, delivery: Delivery) -> None:
        key = Subscriber.objects.get().token
        original = f"List-Unsubscribe: <mailto:unsubscribe+{key}@news.smes.example.org>"
        assert receive(tmp_path, complaint(original)) == {"complaint": 1}

    @pytest.mark.parametrize(
        ("words", "sender", "subject", "more", "outcome"),
        [
            (
                "This is an email abuse report for a message received from IP 192.0.2.1",
                "fbl@provider.example.net",
                "FW: Smes",
                "",
                "complaint",
            ),
            ("This is an opt-out report.", "feedback@provider.example.net", "FW: Smes", "", "left"),
            ("See below.", "staff@hotmail.example", "complaint about message from 192.0.2.1", "", "complaint"),
            ("See below.", "staff@hotmail.example", "FW: Smes", "X-HmXmrOriginalRecipient: nora@example.org", "complaint"),
            ("Hello, I found this in my box. What is it?", "nora@example.org", "Tr: Smes", "", "reply"),
        ],
    )
    def test_our_mail_wrapped_in_another(
        self, tmp_path: Path, delivery: Delivery, words: str, sender: str, subject: str, more: str, outcome: str
    ) -> None:
        mail = wrapped(words, names_of(delivery)[0], sender=sender, subject=subject, more=more)
        assert receive(tmp_path, mail) == {outcome: 1}
        assert status() == AFTER.get(outcome, SubscriberStatus.SUBSCRIBED)


class TestReplies:
    @pytest.mark.parametrize(
        "words",
        [
            "Please take me off your list.",
            "Veuillez me désinscrire de cette liste, merci.",
            "Je ne souhaite plus recevoir vos mails.",
            "Retirez-moi de votre liste",
            "Schrijf me uit aub",
            "Gelieve mij uit te schrijven: ik wil geen mails meer.",
            "Haal me van de lijst.",
            "Bitte abmelden",
        ],
    )
    def test_a_person_who_asks_to_leave_is_shown_as_such(self, tmp_path: Path, delivery: Delivery, words: str) -> None:
        mail = letter(encode_verp(delivery.pk), words, sender="Nora <nora@example.org>", subject="Re: Smes", more="In-Reply-To: <x@y>")
        assert receive(tmp_path, mail) == {"reply": 1}
        reply = Reply.objects.get()
        assert (reply.subscriber, reply.delivery_id, reply.sender) == (delivery.subscriber, delivery.pk, "nora@example.org")
        assert reply.text == words
        assert reply.asks_to_leave
        assert status() == SubscriberStatus.SUBSCRIBED, "an officer reads it"

    def test_what_she_quotes_of_our_mail_is_not_her_wish(self, tmp_path: Path, delivery: Delivery) -> None:
        words = "Merci pour ce numéro !\n        \n        Le 3 nov. 2026 à 10:00, Smes a écrit :\n        > Se désinscrire"
        receive(tmp_path, letter(encode_verp(delivery.pk), words, sender="nora@example.org", subject="Re: Smes"))
        reply = Reply.objects.get()
        assert reply.text == "Merci pour ce numéro !"
        assert not reply.asks_to_leave

    def test_an_automatic_answer_that_asks_to_leave_is_shown_too(self, tmp_path: Path, delivery: Delivery) -> None:
        more = "Auto-Submitted: auto-replied"
        words = "I have left Example. Please remove me from your list."
        assert receive(tmp_path, letter(encode_verp(delivery.pk), words, sender="nora@example.org", subject="Re: Smes", more=more)) == {
            "reply": 1
        }

    def test_one_read_twice_is_one(self, tmp_path: Path, delivery: Delivery) -> None:
        mail = letter(encode_verp(delivery.pk), "Hello", sender="nora@example.org", subject="Re: Smes")
        receive(tmp_path, mail)
        receive(tmp_path, mail)
        assert Reply.objects.count() == 1

    def test_a_letter_that_names_none_of_our_mails_is_kept_for_a_person(self, tmp_path: Path) -> None:
        assert receive(tmp_path, letter("news@news.smes.example.org", "Hello", sender="jan@example.org", subject="A question")) == {
            "reply": 1
        }
        assert Reply.objects.get().subscriber is None

    def test_it_goes_with_the_reader(self, tmp_path: Path, delivery: Delivery) -> None:
        receive(tmp_path, letter(encode_verp(delivery.pk), "Hello", sender="nora@example.org", subject="Re: Smes"))
        Subscriber.objects.all().delete()
        assert not Reply.objects.exists()
        assert not Bounce.objects.exists()


@pytest.mark.parametrize("kind", ["message/global-delivery-status", "text/plain", "application/octet-stream"])
def test_a_report_is_read_whatever_type_it_is_given(tmp_path: Path, delivery: Delivery, kind: str) -> None:
    mail = report(encode_verp(delivery.pk)).replace(b"message/delivery-status", kind.encode())
    assert receive(tmp_path, mail) == {"hard": 1}


def test_an_enclosed_mail_in_base64_still_says_whose_it_was(tmp_path: Path, delivery: Delivery) -> None:
    """No standard allows it; some programs send it."""
    ours = base64.b64encode(f"{names_of(delivery)[0]}\r\nSubject: Smes\r\n\r\nWords.".encode()).decode()
    original = f"Content-Transfer-Encoding: base64\r\n\r\n{ours}"
    mail = complaint("X: y").replace(b"Content-Type: message/rfc822\r\n\r\n", f"Content-Type: message/rfc822\r\n{original}\r\n".encode())
    assert receive(tmp_path, mail) == {"complaint": 1}
