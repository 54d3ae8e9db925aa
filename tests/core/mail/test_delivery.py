"""Delivery to a real mail server: what arrives, what is tried again, what is given up."""

import datetime
import email
import re
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.mail.deliver import BACKOFF, MOST_TRIES, count_try, deliver, message_of
from core.mail.message import Attachment
from core.mail.tasks import deliver_mail
from core.models import OutgoingMail
from tests.core.mailing import work_off, write_mail
from tests.core.sink import Sink
from tests.serving import free_port

CALENDAR = "BEGIN:VCALENDAR\r\nSUMMARY:Écoute\r\nEND:VCALENDAR".encode()


def waiting() -> list[DBTaskResult]:
    return list(DBTaskResult.objects.filter(task_path=deliver_mail.module_path, status="READY"))


def fresh(mail: OutgoingMail) -> OutgoingMail:
    return OutgoingMail.objects.get(pk=mail.pk)


@pytest.mark.django_db
def test_the_mail_arrives_with_both_parts_and_its_file(sink: Sink) -> None:
    mail = write_mail(language="nl", attachments=[Attachment("données.ics", "text/calendar; charset=utf-8; method=PUBLISH", CALENDAR)])

    work_off()

    assert (fresh(mail).status, fresh(mail).attempts) == ("sent", 1)
    assert fresh(mail).sent_at is not None
    [message] = sink.messages
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n").strip() == mail.text.strip()
    assert html.get_content().replace("\r\n", "\n").strip() == mail.html.strip()
    alternatives = [part.get_content_type() for part in message.walk() if part.get_content_maintype() == "text"]
    assert alternatives == ["text/plain", "text/html", "text/calendar"], "a reader's program shows the last it can: HTML after text"
    [file] = message.iter_attachments()
    assert (file.get_filename(), file.get_payload(decode=True)) == ("données.ics", CALENDAR)
    assert dict(file["Content-Type"].params) == {"charset": "utf-8", "method": "PUBLISH"}
    assert message["Content-Language"] == "nl"


@pytest.mark.django_db
def test_the_headers_as_the_server_gets_them(sink: Sink, settings: Any) -> None:
    settings.DEFAULT_FROM_EMAIL = "Smes <noreply@mail.example.org>"
    mail = write_mail(context={"subject": "Été à Bruxelles\r\nBcc: victim@example.org"}, to="zoe@exämple.org")

    work_off()

    head = sink.received[0].partition(b"\r\n\r\n")[0].decode("ascii")
    message = email.message_from_string(head)
    assert re.fullmatch(rf"<mail-{mail.pk}-\d+@mail\.example\.org>", message["Message-ID"])
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Date"]
    assert message["Bcc"] is None
    assert message["To"] == "zoe@xn--exmple-cua.org"
    assert all(len(line) <= 998 for line in sink.received[0].split(b"\r\n"))


@pytest.mark.django_db
def test_a_second_task_for_a_sent_mail_sends_nothing(sink: Sink) -> None:
    mail = write_mail()
    deliver_mail.enqueue(mail.pk)

    work_off()

    assert len(sink.received) == 1
    assert fresh(mail).attempts == 1


@pytest.mark.django_db
def test_a_mail_the_server_does_not_take_now_is_tried_again_later(sink: Sink) -> None:
    mail = write_mail()
    sink.data_answers = ["451 try again later"]
    now = timezone.now()

    work_off(now)

    assert (fresh(mail).status, fresh(mail).attempts, fresh(mail).sent_at) == ("queued", 1, None)
    assert "451" in fresh(mail).latest_error
    [task] = waiting()
    assert abs(task.run_after - now - BACKOFF[0]) < datetime.timedelta(seconds=5)
    work_off(now + BACKOFF[0] - datetime.timedelta(seconds=10))
    assert fresh(mail).attempts == 1, "not before its time"
    work_off(now + BACKOFF[0] + datetime.timedelta(seconds=10))
    assert (fresh(mail).status, fresh(mail).attempts, fresh(mail).latest_error) == ("sent", 2, "")
    assert len(sink.received) == 1


@pytest.mark.django_db
def test_each_wait_is_longer_and_the_last_try_is_the_last(sink: Sink) -> None:
    mail = write_mail()
    sink.recipient_answers = ["450 mailbox busy"] * 20
    now, waits = timezone.now(), []

    for _try in range(MOST_TRIES):
        work_off(now)
        if tasks := waiting():
            waits.append(round((tasks[0].run_after - now).total_seconds() / 60))
            now = tasks[0].run_after + datetime.timedelta(seconds=1)

    assert waits == [1, 5, 30, 120, 480]
    assert (fresh(mail).status, fresh(mail).attempts) == ("failed", MOST_TRIES)
    assert "450" in fresh(mail).latest_error
    assert waiting() == []


@pytest.mark.django_db
@pytest.mark.parametrize("stage", ["recipient_answers", "data_answers"])
def test_a_final_refusal_is_not_argued_with(sink: Sink, stage: str) -> None:
    mail = write_mail()
    setattr(sink, stage, ["550 no such mailbox"])

    work_off()

    assert (fresh(mail).status, fresh(mail).attempts) == ("failed", 1)
    assert "no such mailbox" in fresh(mail).latest_error
    assert waiting() == []


@pytest.mark.django_db
def test_a_server_that_is_down_is_waited_for(sink: Sink, settings: Any) -> None:
    mail = write_mail()
    settings.MAILERS = {"default": sink.mailers["default"] | {"OPTIONS": {"host": "127.0.0.1", "port": free_port()}}}
    now = timezone.now()
    work_off(now)
    assert fresh(mail).status == "queued"
    assert "refused" in fresh(mail).latest_error

    settings.MAILERS = sink.mailers
    work_off(now + BACKOFF[0] + datetime.timedelta(seconds=10))
    assert fresh(mail).status == "sent"


@pytest.mark.django_db
def test_a_mail_that_cannot_be_built_fails_at_once(sink: Sink) -> None:
    mail = write_mail()
    OutgoingMail.objects.filter(pk=mail.pk).update(attachments=[{"name": "x", "type": "text/plain", "content": "no base64!"}])
    work_off()
    assert (fresh(mail).status, sink.received) == ("failed", [])


@pytest.mark.django_db
def test_a_mail_that_kills_its_workers_is_given_up(sink: Sink) -> None:
    """The try is counted, then the worker dies: no outcome is ever written."""
    mail = write_mail()
    for _death in range(MOST_TRIES + 1):
        count_try(mail_id=mail.pk)

    outcome = deliver(mail_id=mail.pk, now=timezone.now())

    assert (outcome.status, outcome.retry_in) == ("failed", None)
    assert sink.received == []


@pytest.mark.django_db
def test_a_deleted_mail_is_no_error(sink: Sink) -> None:
    mail = write_mail()
    OutgoingMail.objects.all().delete()
    work_off()
    task = DBTaskResult.objects.get(args_kwargs__args=[mail.pk], task_path=deliver_mail.module_path)
    assert (task.status, task.return_value) == ("SUCCESSFUL", "gone")


def test_while_one_worker_speaks_to_the_server_another_keeps_away_and_looks_again_later(committed: None, sink: Sink) -> None:
    mail = write_mail()
    sink.pauses = [3]

    def first_worker() -> None:
        try:
            deliver(mail_id=mail.pk, now=timezone.now())
        finally:
            connection.close()

    thread = threading.Thread(target=first_worker)
    thread.start()
    assert sink.began.wait(10)
    with transaction.atomic():
        outcome = deliver(mail_id=mail.pk, now=timezone.now())
    thread.join()

    assert (outcome.status, outcome.retry_in) == ("busy", BACKOFF[0])
    assert fresh(mail).status == "sent"
    assert len(sink.received) == 1


@pytest.mark.django_db
def test_answers_go_where_the_mail_says_or_nowhere() -> None:
    assert "Reply-To" not in message_of(write_mail()).message()
    assert message_of(write_mail(reply_to="zoe@example.org")).message()["Reply-To"] == "zoe@example.org"


@pytest.mark.django_db
def test_answers_go_to_one_address_only() -> None:
    with pytest.raises(ValidationError):
        write_mail(reply_to="zoe@example.org\nBcc: victim@example.org")
