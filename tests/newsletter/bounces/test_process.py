"""Bounces, complaints, and letters that ask to leave: from a mailbox, from a provider, from the sending itself."""

import datetime
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from newsletter.bounces.parse import BounceReport, parse_report
from newsletter.bounces.pop import FolderMailbox
from newsletter.bounces.process import process_mailbox
from newsletter.bounces.record import record_bounce, record_refusal
from newsletter.bounces.verp import encode_verp
from newsletter.enums.bounces import BounceChannel, BounceReason
from newsletter.enums.subscribers import SubscriberStatus, SuppressionReason
from newsletter.models import Bounce, Delivery, Subscriber, Suppression
from tests.newsletter.bounces.mails import complaint, delivered, letter, names_of, report, status
from tests.newsletter.factories import SubscriberFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def receive(folder: Path, *mails: bytes, at: datetime.datetime | None = None) -> dict[str, int]:
    for number, mail in enumerate(mails):
        (folder / f"{number}.eml").write_bytes(mail)
    return dict(process_mailbox(mailbox=FolderMailbox(folder), now=at or timezone.now()))


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


def test_a_bounce_is_never_recorded_twice_for_one_reference(delivery: Delivery) -> None:
    facts: dict[str, Any] = {
        "reason": BounceReason.MAILBOX_FULL,
        "channel": BounceChannel.WEBHOOK,
        "reference": "x:1",
        "delivery_id": delivery.pk,
    }
    assert record_bounce(**facts, now=timezone.now()) is not None
    assert record_bounce(**facts, now=timezone.now()) is None
