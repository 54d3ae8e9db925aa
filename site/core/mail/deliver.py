"""One attempt to deliver one mail.

The row stays locked while the server is spoken to, so two workers never send the same mail. A worker killed between the
server's answer and the commit leaves one mail that may be sent twice; nothing is ever lost.
"""

import base64
import datetime
import smtplib
from dataclasses import dataclass
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.utils import timezone

from core.models.mail import MailStatus, OutgoingMail

BACKOFF = (
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
    datetime.timedelta(hours=8),
)


@dataclass(frozen=True)
class Outcome:
    """Where the mail stands now, and when to try again."""

    status: str
    retry_in: datetime.timedelta | None = None


@transaction.atomic
def deliver(*, mail_id: int, now: datetime.datetime) -> Outcome:
    """Sends the mail unless it is sent or given up. A final refusal (5xx) or the last of the tries makes it FAILED."""
    mail = OutgoingMail.objects.select_for_update().get(pk=mail_id)
    if mail.status != MailStatus.QUEUED:
        return Outcome(mail.status)
    mail.attempts += 1
    retry_in: datetime.timedelta | None = None
    try:
        message_of(mail).send()
    except Exception as error:  # noqa: BLE001, RUF100 (whatever it was, the mail must not be lost)
        mail.latest_error = f"{type(error).__name__}: {error}"[:2000]
        if is_final(error) or mail.attempts > len(BACKOFF):
            mail.status = MailStatus.FAILED
        else:
            retry_in = BACKOFF[mail.attempts - 1]
    else:
        mail.status = MailStatus.SENT
        mail.sent_at = now
        mail.latest_error = ""
    mail.save(update_fields=["status", "attempts", "latest_error", "sent_at"])
    return Outcome(mail.status, retry_in)


def is_final(error: Exception) -> bool:
    """Whether the server will never take this mail: a 5xx answer to it (RFC 5321 §4.2.1)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _reason in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) and 500 <= error.smtp_code < 600


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as a message. Its Message-ID is the same at every try, so a reader's program can drop a double."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<mail-{mail.pk}-{int(mail.created_at.timestamp())}@{domain}>",
        "Date": format_datetime(timezone.localtime(mail.created_at)),
        "Auto-Submitted": "auto-generated",
        "Content-Language": mail.language,
    }
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    for each in mail.attachments:
        message.attach(each["name"], base64.b64decode(each["content"]), each["type"])
    return message
