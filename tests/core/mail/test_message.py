"""A mail is a row first, written with the fact it tells."""

import base64
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template import TemplateDoesNotExist
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from core.mail.message import Attachment, queue_mail
from core.mail.tasks import deliver_mail
from core.models import OutgoingMail
from tests.core.mailing import CONTEXT, TEMPLATE, write_mail


@pytest.mark.django_db
def test_a_mail_and_the_task_that_delivers_it_are_written_together() -> None:
    mail = write_mail(about="contact")

    assert (mail.status, mail.attempts, mail.about, mail.kind) == ("queued", 0, "contact", TEMPLATE)
    task = DBTaskResult.objects.get(task_path=deliver_mail.module_path)
    assert task.args_kwargs["args"] == [mail.pk]


@pytest.mark.django_db
def test_neither_is_left_when_the_fact_does_not_happen() -> None:
    def fact_that_fails() -> None:
        with transaction.atomic():
            write_mail()
            assert OutgoingMail.objects.count() == 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fact_that_fails()

    assert OutgoingMail.objects.count() == 0
    assert DBTaskResult.objects.filter(task_path=deliver_mail.module_path).count() == 0


def test_a_mail_outside_the_transaction_of_its_fact_is_refused(committed: None) -> None:
    with pytest.raises(transaction.TransactionManagementError):
        queue_mail(template=TEMPLATE, to="reader@example.org", language="fr", context=CONTEXT, now=timezone.now())
    assert OutgoingMail.objects.count() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n",
        "a@example.org, b@example.org",
        "A <a@example.org>",
        "",
        "a\x00@example.org",
    ],
)
def test_what_is_not_one_address_is_refused(address: str) -> None:
    with pytest.raises(ValidationError):
        write_mail(to=address)


@pytest.mark.django_db
def test_an_unknown_mail_is_refused() -> None:
    with pytest.raises(TemplateDoesNotExist):
        write_mail(template="home/mail/nothing")


@pytest.mark.django_db
def test_attachments_travel_in_the_row() -> None:
    content = bytes(range(256))
    mail = write_mail(attachments=[Attachment("dates\r\nX-Evil: 1\x00.ics", "text/calendar", content)])

    stored: dict[str, Any] = OutgoingMail.objects.get(pk=mail.pk).attachments[0]
    assert base64.b64decode(stored["content"]) == content
    assert stored["name"] == "dates X-Evil: 1.ics"
    assert stored["type"] == "text/calendar"
