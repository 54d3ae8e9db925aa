"""Bounces, complaints, and letters that ask to leave: from a mailbox, from a provider, from the sending itself."""

import base64
import datetime
import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from anymail.signals import AnymailTrackingEvent
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from newsletter.bounces.esp_events import reason_of_event
from newsletter.bounces.parse import BounceReport, parse_report
from newsletter.bounces.pop import FolderMailbox
from newsletter.bounces.process import process_mailbox
from newsletter.bounces.record import record_bounce, record_refusal
from newsletter.bounces.verp import encode_verp
from newsletter.duties import read_bounces
from newsletter.enums.bounces import BounceChannel, BounceReason
from newsletter.enums.subscribers import SubscriberStatus, SuppressionReason
from newsletter.models import Bounce, Delivery, Subscriber, Suppression
from tests.newsletter.bounces.mails import complaint, delivered, letter, names_of, report
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def delivery() -> Delivery:
    return delivered(SubscriberFactory(email="nora@example.org"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def receive(folder: Path, *mails: bytes, at: datetime.datetime | None = None) -> dict[str, int]:
    for number, mail in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(mail)
    return dict(process_mailbox(mailbox=FolderMailbox(folder), now=at or timezone.now()))


def status() -> str:
    return Subscriber.objects.get(email="nora@example.org").status


def test_an_address_that_does_not_exist_gets_nothing_any_more(folder: Path, delivery: Delivery) -> None:
    assert receive(folder, report(encode_verp(delivery.pk))) == {"hard": 1}
    assert status() == SubscriberStatus.BOUNCED
    assert Suppression.objects.get().reason == SuppressionReason.BOUNCED
    bounce = Bounce.objects.get()
    assert (bounce.code, bounce.delivery_id, bounce.channel) == ("5.1.1", delivery.pk, BounceChannel.MAILBOX)
    assert (bounce.kind, bounce.reason) == ("hard", BounceReason.NO_MAILBOX), "the verdict stays with it"
    assert not Subscriber.objects.audience(timezone.now()).exists()


def test_the_words_of_a_server_are_kept_without_the_address(folder: Path, delivery: Delivery) -> None:
    receive(folder, report(encode_verp(delivery.pk), words="smtp; 550 5.1.1 <nora@example.org>: user unknown"))
    assert Bounce.objects.get().words == "smtp; 550 5.1.1 <…>: user unknown"


def test_a_full_box_is_borne_three_times_in_three_issues(folder: Path, delivery: Delivery) -> None:
    now = timezone.now()
    for month in range(3):
        assert status() == SubscriberStatus.SUBSCRIBED
        mail = report(encode_verp(delivery.pk), status="5.2.2", words="smtp; 552 5.2.2 Mailbox full", name=f"m{month}")
        receive(folder, mail, at=now + datetime.timedelta(days=30 * month))
    assert status() == SubscriberStatus.BOUNCED


def test_ten_delays_of_one_day_stop_nobody(folder: Path, delivery: Delivery) -> None:
    mails = [
        report(encode_verp(delivery.pk), status="4.4.1", action="delayed", words="smtp; 421 try again", name=f"d{n}") for n in range(10)
    ]
    assert receive(folder, *mails) == {"soft": 10}
    assert status() == SubscriberStatus.SUBSCRIBED


def test_old_trouble_is_forgotten_once_a_reader_confirms_again(folder: Path, delivery: Delivery) -> None:
    now = timezone.now()
    for month in range(2):
        mail = report(encode_verp(delivery.pk), status="4.2.2", words="full", name=f"m{month}")
        receive(folder, mail, at=now - datetime.timedelta(days=90 - 30 * month))
    Subscriber.objects.update(confirmed_at=now - datetime.timedelta(days=1))
    receive(folder, report(encode_verp(delivery.pk), status="4.2.2", words="full", name="m9"), at=now)
    assert status() == SubscriberStatus.SUBSCRIBED


def test_the_same_mail_read_twice_counts_once(folder: Path, delivery: Delivery) -> None:
    mail = report(encode_verp(delivery.pk), status="4.2.2", words="full")
    receive(folder, mail)
    assert receive(folder, mail) == {"known or nobody's": 1}
    assert Bounce.objects.count() == 1


@pytest.mark.parametrize("place", [0, 1], ids=["return path", "Message-ID"])
def test_a_complaint_is_a_wish_to_leave(folder: Path, delivery: Delivery, place: int) -> None:
    assert receive(folder, complaint(names_of(delivery)[place])) == {"complaint": 1}
    assert status() == SubscriberStatus.COMPLAINED
    assert Suppression.objects.get().reason == SuppressionReason.COMPLAINED


def test_a_report_that_says_not_unwanted_is_no_complaint(folder: Path, delivery: Delivery) -> None:
    assert receive(folder, complaint(names_of(delivery)[0], what="not-spam")) == {"not spam": 1}
    assert status() == SubscriberStatus.SUBSCRIBED


def test_a_complaint_after_leaving_is_kept_too(folder: Path) -> None:
    delivery = delivered(SubscriberFactory(email="nora@example.org", left=True))
    receive(folder, complaint(names_of(delivery)[0]))
    assert status() == SubscriberStatus.COMPLAINED


def test_nobody_can_invent_bounces_of_others(folder: Path, delivery: Delivery) -> None:
    """The signature of the address is ours; a guessed one, or that of another delivery, names nobody."""
    other = delivered()
    forged = encode_verp(other.pk).replace(f"-{other.pk}-", f"-{delivery.pk}-")
    assert receive(folder, report(forged), report(f"news-{delivery.pk}-000000000000@news.smes.example.org", name="b")) == {
        "known or nobody's": 2
    }
    assert status() == SubscriberStatus.SUBSCRIBED


LETTERS = {
    "This message was created automatically. The address nora@example.org: 550 5.1.1 No such user here": "hard",
    "Sorry, no mailbox here by that name. (#5.1.1)": "hard",
    "The user's mailbox is full, try again later.": "soft",
    "Message still in queue, will be retried for 4 days": "soft",
    "550 5.7.1 Message rejected as spam by content filtering": "trouble",
    "Une erreur est survenue.": "soft",
}


@pytest.mark.parametrize("words", LETTERS)
def test_letters_in_plain_words_are_understood_and_a_doubt_is_mild(folder: Path, delivery: Delivery, words: str) -> None:
    assert receive(folder, letter(encode_verp(delivery.pk), words)) == {LETTERS[words]: 1}


@pytest.mark.parametrize(
    "mail",
    [
        lambda to: letter(
            to, "I am on holiday until Monday.", sender="Nora <nora@example.org>", subject="Absent", more="Auto-Submitted: auto-replied"
        ),
        lambda to: letter(
            to, "Merci pour ce numéro !", sender="Nora <nora@example.org>", subject="Re: delivery", more="In-Reply-To: <x@y>"
        ),
        lambda to: letter(to, "Buy now", sender="shop@example.net", subject="Offer"),
        lambda to: report(to, action="delivered", status="2.0.0", words="smtp; 250 ok"),
        lambda to: b"",
        lambda to: b"\xff\xfe\x00" * 1000,
        lambda to: (
            b"Content-Type: multipart/report; boundary=x\r\n\r\n--x\r\nContent-Type: message/delivery-status\r\n\r\n\x00\xff\r\n--x--"
        ),
        lambda to: b"Content-Type: text/plain; charset=nonsense\r\nFrom: MAILER-DAEMON@x\r\n\r\nwords",
    ],
)
def test_answers_of_people_notices_and_rubbish_stop_nobody(folder: Path, delivery: Delivery, mail: Any) -> None:
    receive(folder, mail(encode_verp(delivery.pk)))
    assert status() == SubscriberStatus.SUBSCRIBED


def test_an_empty_letter_to_the_second_way_of_list_unsubscribe_is_a_leaving(folder: Path, delivery: Delivery) -> None:
    subscriber = Subscriber.objects.get(email="nora@example.org")
    to = f"unsubscribe+{subscriber.token}@news.smes.example.org"
    assert receive(folder, letter(to.lower(), "", sender="nora@example.org", subject="unsubscribe")) == {"left": 1}
    assert status() == SubscriberStatus.UNSUBSCRIBED


def test_a_deeply_nested_mail_is_read_in_reasonable_time(folder: Path) -> None:
    mail = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(60)) + b"x"
    assert sum(receive(folder, mail).values()) == 1


def test_a_bounce_for_somebody_erased_concerns_nobody(folder: Path, delivery: Delivery) -> None:
    Subscriber.objects.all().delete()
    assert receive(folder, report(encode_verp(delivery.pk))) == {"known or nobody's": 1}


def test_a_refusal_while_sending_counts_like_a_bounce(delivery: Delivery) -> None:
    record_refusal(delivery_id=delivery.pk, words="5.1.1 <nora@example.org> User unknown", now=timezone.now())
    assert status() == SubscriberStatus.BOUNCED
    assert Bounce.objects.get().channel == BounceChannel.SMTP


def test_the_reader_of_a_bounce_is_found_whatever_the_size_of_the_mail(delivery: Delivery) -> None:
    mail = report(encode_verp(delivery.pk)) + b"x" * 3_000_000
    found = parse_report(mail)
    assert isinstance(found, BounceReport)
    assert found.delivery_id == delivery.pk


class PopServer(socketserver.BaseRequestHandler):
    """As much of POP3 (RFC 1939) as a mailbox needs."""

    mails: list[bytes]
    removed: set[int]

    def handle(self) -> None:
        stream = self.request.makefile("rwb")
        marked: set[int] = set()

        def say(line: bytes) -> None:
            stream.write(line + b"\r\n")
            stream.flush()

        say(b"+OK")
        for raw in stream:
            word, *rest = raw.decode().split()
            if word == "STAT":
                say(b"+OK %d %d" % (len(self.mails), sum(map(len, self.mails))))
            elif word == "RETR":
                say(b"+OK")
                for line in self.mails[int(rest[0]) - 1].split(b"\r\n"):
                    say(b"." + line if line.startswith(b".") else line)
                say(b".")
            elif word == "DELE":
                marked.add(int(rest[0]))
                say(b"+OK")
            elif word == "QUIT":
                self.removed |= marked
                say(b"+OK")
                return
            else:
                say(b"+OK")


@pytest.fixture
def pop(settings: Any) -> Iterator[type[PopServer]]:
    """A mailbox over the network, without TLS."""
    handler = type("Handler", (PopServer,), {"mails": [], "removed": set()})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.NEWSLETTER_BOUNCE_POP_HOST, settings.NEWSLETTER_BOUNCE_POP_PORT = server.server_address
        settings.NEWSLETTER_BOUNCE_POP_TLS = False
        yield handler
        server.shutdown()


def test_the_mailbox_is_read_over_pop3_and_emptied(pop: type[PopServer], delivery: Delivery, capsys: pytest.CaptureFixture[str]) -> None:
    pop.mails += [report(encode_verp(delivery.pk)), letter("news@example.org", "Buy now", sender="shop@example.net", subject="Offer")]
    call_command("process_bounces")
    assert "1  hard" in capsys.readouterr().out
    assert pop.removed == {1, 2}
    assert status() == SubscriberStatus.BOUNCED


def test_a_very_long_line_bars_the_way_to_nothing_behind_it(pop: type[PopServer], delivery: Delivery) -> None:
    pop.mails += [letter("news@example.org", "x" * 100_000, sender="shop@example.net", subject="Offer"), report(encode_verp(delivery.pk))]
    call_command("process_bounces")
    assert status() == SubscriberStatus.BOUNCED
    assert pop.removed == {1, 2}


def test_the_timed_duty_reads_it_and_a_dry_run_only_counts(pop: type[PopServer], delivery: Delivery) -> None:
    pop.mails.append(report(encode_verp(delivery.pk)))
    counted = {"bounces, complaints and replies": 1}
    assert read_bounces(now=timezone.now(), dry_run=True) == counted
    assert pop.removed == set()
    assert read_bounces(now=timezone.now(), dry_run=False) == counted
    assert pop.removed == {1}
    assert status() == SubscriberStatus.BOUNCED


def test_kept_mails_stay_in_the_mailbox(pop: type[PopServer], delivery: Delivery) -> None:
    pop.mails.append(report(encode_verp(delivery.pk)))
    call_command("process_bounces", keep=True)
    assert pop.removed == set()


def test_without_a_mailbox_the_command_says_what_to_set() -> None:
    with pytest.raises(CommandError, match="NEWSLETTER_BOUNCE_POP_HOST"):
        call_command("process_bounces")


def test_a_maildir_is_read_too(tmp_path: Path, delivery: Delivery) -> None:
    for name in ("new", "cur", "tmp"):
        (tmp_path / name).mkdir()
    (tmp_path / "new" / "1").write_bytes(report(encode_verp(delivery.pk)))
    call_command("process_bounces", folder=tmp_path)
    assert status() == SubscriberStatus.BOUNCED
    assert not list((tmp_path / "new").iterdir())


class TestWebhook:
    SECRET = "smes:a long password"

    @pytest.fixture(autouse=True)
    def _secret(self, settings: Any) -> None:
        settings.ANYMAIL = {"WEBHOOK_SECRET": self.SECRET}

    def tell(self, event: dict[str, Any], *, provider: str = "brevo", secret: str = SECRET) -> Any:
        authorization = "Basic " + base64.b64encode(secret.encode()).decode()
        return Client().post(
            f"/n/bounces/{provider}/", json.dumps(event), content_type="application/json", headers={"authorization": authorization}
        )

    def event(self, name: str, **fields: Any) -> dict[str, Any]:
        return {"event": name, "email": "nora@example.org", "id": 1, "message-id": "<x@y>", "ts_epoch": 1795500000000} | fields

    @pytest.mark.parametrize(
        ("name", "after"),
        [
            ("hard_bounce", SubscriberStatus.BOUNCED),
            ("invalid_email", SubscriberStatus.BOUNCED),
            ("spam", SubscriberStatus.COMPLAINED),
            ("unsubscribe", SubscriberStatus.UNSUBSCRIBED),
            ("soft_bounce", SubscriberStatus.SUBSCRIBED),
            ("delivered", SubscriberStatus.SUBSCRIBED),
            ("opened", SubscriberStatus.SUBSCRIBED),
        ],
    )
    def test_events_of_a_provider_mean_what_they_say(self, name: str, after: str) -> None:
        SubscriberFactory(email="nora@example.org")
        assert self.tell(self.event(name)).status_code == 200
        assert status() == after

    @pytest.mark.parametrize(
        "reason",
        [
            "550 5.7.26 DMARC check failed",
            "550 5.1.1 Sender address rejected: no such domain",
            "554 Service unavailable; listed at zen.spamhaus.org",
            "552 5.2.2 Mailbox full",
            "550 Nie mozna dostarczyc",
        ],
    )
    def test_what_the_server_said_counts_more_than_the_providers_name_for_it(self, reason: str) -> None:
        SubscriberFactory(email="nora@example.org")
        self.tell(self.event("hard_bounce", reason=reason))
        assert status() == SubscriberStatus.SUBSCRIBED
        assert Bounce.objects.get().reason in {"authentication", "sender", "blocked", "mailbox_full", "doubtful"}

    @pytest.mark.parametrize(
        ("error", "after"),
        [
            ("user unknown", SubscriberStatus.BOUNCED),
            ("mailbox inactive", SubscriberStatus.BOUNCED),
            ("spam reporter", SubscriberStatus.COMPLAINED),
            ("sender blocked", SubscriberStatus.SUBSCRIBED),
            ("content blocked", SubscriberStatus.SUBSCRIBED),
            ("policy issue", SubscriberStatus.SUBSCRIBED),
            ("relay/access denied", SubscriberStatus.SUBSCRIBED),
            ("no mail host", SubscriberStatus.SUBSCRIBED),
            ("greylisted", SubscriberStatus.SUBSCRIBED),
        ],
    )
    def test_what_mailjet_calls_it(self, error: str, after: str) -> None:
        SubscriberFactory(email="nora@example.org")
        event = {"event": "blocked", "email": "nora@example.org", "error": error, "time": 1795500000, "MessageID": 7}
        self.tell(event, provider="mailjet")
        assert status() == after

    @pytest.mark.parametrize(
        ("kind", "after"),
        [
            ("HardBounce", SubscriberStatus.BOUNCED),
            ("BadEmailAddress", SubscriberStatus.BOUNCED),
            ("SpamComplaint", SubscriberStatus.COMPLAINED),
            ("SpamNotification", SubscriberStatus.SUBSCRIBED),
            ("DMARCPolicy", SubscriberStatus.SUBSCRIBED),
            ("VirusNotification", SubscriberStatus.SUBSCRIBED),
            ("SoftBounce", SubscriberStatus.SUBSCRIBED),
            ("AutoResponder", SubscriberStatus.SUBSCRIBED),
            ("ChallengeVerification", SubscriberStatus.SUBSCRIBED),
        ],
    )
    def test_what_postmark_calls_it(self, kind: str, after: str) -> None:
        SubscriberFactory(email="nora@example.org")
        words = "Unable to deliver (i.e. mailbox full, unknown user, account disabled)."
        event = {"RecordType": "Bounce", "Type": kind, "Email": "nora@example.org", "ID": 7, "MessageID": "x", "Description": words}
        self.tell(event | {"BouncedAt": "2026-11-03T10:00:00Z"}, provider="postmark")
        assert status() == after

    @pytest.mark.parametrize(
        ("kind", "detail", "said", "reason"),
        [
            ("Permanent", "NoEmail", None, BounceReason.NO_MAILBOX),
            ("Permanent", "General", "smtp; 550 5.1.1 user unknown", BounceReason.NO_MAILBOX),
            ("Permanent", "General", "smtp; 550 5.7.26 DMARC", BounceReason.AUTHENTICATION),
            ("Permanent", "General", None, BounceReason.DOUBTFUL),
            ("Transient", "MailboxFull", None, BounceReason.MAILBOX_FULL),
            ("Transient", "ContentRejected", None, BounceReason.CONTENT),
            ("Transient", "General", "smtp; 550 5.1.1 user unknown", BounceReason.DOUBTFUL),
        ],
    )
    def test_what_amazon_calls_it(self, kind: str, detail: str, said: str | None, reason: BounceReason) -> None:
        raw = {"bounce": {"bounceType": kind, "bounceSubType": detail}}
        event = AnymailTrackingEvent(event_type="bounced", reject_reason="bounced", mta_response=said, esp_event=raw)
        assert reason_of_event(event) == reason

    def test_our_own_message_id_finds_the_reader_whatever_address_the_provider_names(self, delivery: Delivery) -> None:
        name = names_of(delivery)[1].partition(": ")[2]
        self.tell(self.event("hard_bounce", email="other@example.org", **{"message-id": name}))
        assert status() == SubscriberStatus.BOUNCED

    def test_a_repeated_event_counts_once(self) -> None:
        SubscriberFactory(email="nora@example.org")
        for _each in range(3):
            self.tell(self.event("soft_bounce"))
        assert Bounce.objects.count() == 1

    def test_a_mailjet_event_is_understood_too(self) -> None:
        SubscriberFactory(email="nora@example.org")
        fields = {
            "event": "bounce",
            "email": "nora@example.org",
            "hard_bounce": True,
            "error": "user unknown",
            "time": 1795500000,
            "MessageID": 7,
        }
        assert self.tell(fields, provider="mailjet").status_code == 200
        assert status() == SubscriberStatus.BOUNCED

    @pytest.mark.parametrize("secret", ["", "smes:wrong", "smes"])
    def test_without_the_password_nothing_is_believed(self, secret: str) -> None:
        SubscriberFactory(email="nora@example.org")
        assert self.tell(self.event("spam"), secret=secret).status_code in {400, 401, 403}
        assert status() == SubscriberStatus.SUBSCRIBED

    @pytest.mark.parametrize("header", ["", "Basic", "Basic %%%", "Bearer x", "Basic \xff"])
    def test_a_broken_header_is_the_callers_fault(self, header: str) -> None:
        response = Client().post("/n/bounces/brevo/", "{}", content_type="application/json", headers={"authorization": header})
        assert response.status_code == 401

    def test_without_a_secret_there_is_no_door(self, settings: Any) -> None:
        settings.ANYMAIL = {"WEBHOOK_SECRET": ""}
        assert self.tell(self.event("spam")).status_code in {302, 404}
        settings.ANYMAIL = {"WEBHOOK_SECRET": self.SECRET}
        assert self.tell(self.event("spam"), provider="unknown").status_code in {302, 404}


def test_a_bounce_is_never_recorded_twice_for_one_reference(delivery: Delivery) -> None:
    facts: dict[str, Any] = {
        "reason": BounceReason.MAILBOX_FULL,
        "channel": BounceChannel.WEBHOOK,
        "reference": "x:1",
        "delivery_id": delivery.pk,
    }
    assert record_bounce(**facts, now=timezone.now()) is not None
    assert record_bounce(**facts, now=timezone.now()) is None
