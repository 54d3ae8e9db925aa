"""The mail server is away: all mails wait for it together, lose no try, and leave once when it is back."""

import datetime
from collections import Counter
from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.mail.deliver import MOST_TRIES
from core.models import MailServerOutage, OutgoingMail
from tests.core.mailing import work_off, write_mail
from tests.core.sink import Sink
from tests.serving import free_port

pytestmark = pytest.mark.django_db
WEEKEND = datetime.timedelta(days=3)
STEP = datetime.timedelta(hours=1)


def close(settings: Any, sink: Sink) -> None:
    settings.MAILERS = {"default": sink.mailers["default"] | {"OPTIONS": {"host": "127.0.0.1", "port": free_port()}}}


def states() -> Counter[tuple[str, int]]:
    return Counter(OutgoingMail.objects.values_list("status", "attempts"))


def test_after_a_weekend_every_mail_leaves_once(sink: Sink, settings: Any) -> None:
    for number in range(20):
        write_mail(to=f"p{number}@example.org")
    close(settings, sink)
    begun = now = timezone.now()
    while now < begun + WEEKEND:
        work_off(now)
        now += STEP
    assert states() == {("queued", 0): 20}, "a try is not spent on a server that does not answer"
    assert DBTaskResult.objects.count() < 20 + 2 * WEEKEND / STEP, "one mail knocks, the others wait"

    settings.MAILERS = sink.mailers
    work_off(now)
    assert states() == {("sent", 1): 20}
    assert len({message["To"] for message in sink.messages}) == len(sink.received) == 20
    assert not MailServerOutage.objects.exists()


def test_a_mail_written_meanwhile_waits_with_the_others(sink: Sink, settings: Any) -> None:
    write_mail()
    close(settings, sink)
    now = timezone.now()
    work_off(now)
    later = write_mail(to="later@example.org")
    work_off(now)
    assert OutgoingMail.objects.get(pk=later.pk).latest_error == "", "nobody tried"
    settings.MAILERS = sink.mailers
    work_off(now + datetime.timedelta(minutes=10))
    assert states() == {("sent", 1): 2}


def test_a_wrong_password_costs_no_mail_its_tries(sink: Sink, settings: Any) -> None:
    """The provider changed it on Friday evening."""
    write_mail()
    options = sink.mailers["default"]["OPTIONS"] | {"username": "us", "password": "old"}
    settings.MAILERS = {"default": sink.mailers["default"] | {"OPTIONS": options}}
    work_off(timezone.now())
    assert states() == {("queued", 0): 1}
    assert MailServerOutage.objects.exists()


def test_a_server_that_says_it_closes_is_left_alone(sink: Sink) -> None:
    for _mail in range(5):
        write_mail()
    sink.data_answers = ["421 closing down"] * 5
    work_off(timezone.now())
    assert states() == {("queued", 1): 1, ("queued", 0): 4}
    sink.data_answers = []
    work_off(timezone.now() + datetime.timedelta(minutes=10))
    assert {status for status, _tries in states()} == {"sent"}


def test_one_full_mailbox_keeps_no_other_mail_waiting(sink: Sink) -> None:
    write_mail()
    write_mail()
    sink.recipient_answers = ["452 mailbox full"]
    work_off(timezone.now())
    assert states() == {("queued", 1): 1, ("sent", 1): 1}
    assert not MailServerOutage.objects.exists()


def test_what_is_noted_of_the_server_names_nobody(sink: Sink, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Smes <private@mail.example.org>"
    write_mail()
    sink.sender_answers = ["421 private@mail.example.org may not write"]
    work_off(timezone.now())
    assert "private" not in MailServerOutage.objects.get().reason


def test_a_clock_that_was_set_back_keeps_no_mail(sink: Sink, settings: Any) -> None:
    """The outage was noted by a clock a month ahead."""
    write_mail()
    close(settings, sink)
    work_off(timezone.now() + datetime.timedelta(days=30))
    DBTaskResult.objects.update(run_after=timezone.now())
    settings.MAILERS = sink.mailers
    work_off(timezone.now() + datetime.timedelta(seconds=1))
    assert states() == {("sent", 1): 1}


@pytest.mark.control
def test_without_the_outage_a_weekend_ends_every_mail(sink: Sink, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As it was: each mail tries by itself, and is given up after its last try."""
    from core.mail import deliver, outage

    monkeypatch.setattr(deliver, "_send", lambda message: message.send())
    monkeypatch.setattr(deliver, "note_outage", lambda **_what: timezone.now())
    monkeypatch.setattr(outage, "wait_for_server", lambda **_when: None)
    write_mail()
    close(settings, sink)
    now = timezone.now()
    for _try in range(MOST_TRIES):
        work_off(now)
        now += datetime.timedelta(hours=9)
    assert states() == {("failed", MOST_TRIES): 1}
