"""One attempt to deliver one mail.

The row stays locked while the server is spoken to, so two workers never send the same mail. A worker killed between the
server's answer and the commit leaves one mail that may be sent twice; nothing is ever lost.
"""

import base64
import datetime
import logging
import smtplib
from contextlib import suppress
from dataclasses import dataclass
from email.message import MIMEPart
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.utils import timezone

from core.mail.outage import MAILER, MailServerAway, end_outage, is_of_the_server, note_outage
from core.models.mail import MailStatus, OutgoingMail
from core.monitoring.masking import masked

logger = logging.getLogger(__name__)

BACKOFF = (
    datetime.timedelta(minutes=1),
    datetime.timedelta(minutes=5),
    datetime.timedelta(minutes=30),
    datetime.timedelta(hours=2),
    # One more than a short outage needs: a mail server that goes down in the evening is back in the morning.
    datetime.timedelta(hours=8),
)
MOST_TRIES = len(BACKOFF) + 1


@dataclass(frozen=True)
class Outcome:
    """Where the mail stands now (`busy`: another worker has it; `gone`: the row is deleted), and when to try again."""

    status: str
    retry_in: datetime.timedelta | None = None


@transaction.atomic
def count_try(*, mail_id: int) -> None:
    """Counts a try before it is made, in a transaction of its own: a mail that kills its worker must not be tried for ever."""
    mail = _locked(mail_id)
    if mail and mail.status == MailStatus.QUEUED:
        mail.attempts += 1
        mail.save(update_fields=["attempts"])


@transaction.atomic
def deliver(*, mail_id: int, now: datetime.datetime) -> Outcome:
    """Sends the mail unless it is sent or given up. A final refusal (5xx) or the last of the tries makes it FAILED."""
    mail = _locked(mail_id)
    if mail is None:
        # Another worker speaks to the server about it. Should that one vanish, somebody must look again.
        return Outcome("busy", BACKOFF[0]) if OutgoingMail.objects.filter(pk=mail_id).exists() else Outcome("gone")
    if mail.status != MailStatus.QUEUED:
        return Outcome(mail.status)
    retry_in = _try(mail, now) if mail.attempts <= MOST_TRIES else _give_up(mail, "Every try ended with its worker.")
    mail.save(update_fields=["status", "attempts", "latest_error", "sent_at"])
    return Outcome(mail.status, retry_in)


def _locked(mail_id: int) -> OutgoingMail | None:
    """The row under a lock; None when another worker holds it or it is deleted."""
    return OutgoingMail.objects.select_for_update(skip_locked=True).filter(pk=mail_id).first()


def _try(mail: OutgoingMail, now: datetime.datetime) -> datetime.timedelta | None:
    try:
        _send(message_of(mail))
    except MailServerAway as error:
        # Nothing was said about this mail: it keeps its tries, however long the server stays away.
        mail.attempts = max(mail.attempts - 1, 0)
        mail.latest_error = _shown(str(error))
        return note_outage(reason=str(error), now=now) - now
    except Exception as error:  # noqa: BLE001, RUF100 (whatever it was, the mail must not be lost)
        reason = f"{type(error).__name__}: {error}"
        if is_of_the_server(error):
            note_outage(reason=reason, now=now)
        logger.warning("Mail %s was not delivered: %s", mail.pk, _shown(reason))
        if is_final(error) or mail.attempts >= MOST_TRIES:
            return _give_up(mail, reason)
        mail.latest_error = _shown(reason)
        return BACKOFF[max(mail.attempts, 1) - 1]
    end_outage()
    mail.status = MailStatus.SENT
    mail.sent_at = now
    mail.latest_error = ""
    return None


def _send(message: EmailMultiAlternatives) -> None:
    """Raises MailServerAway before the mail was named: no connection, no greeting, no log-in."""
    mailer = mailers[MAILER]
    try:
        mailer.open()
    except (OSError, smtplib.SMTPException) as error:
        half_open: smtplib.SMTP | None = getattr(mailer, "_partial_connection", None)
        if half_open:
            half_open.close()  # without a goodbye that nobody would answer
        raise MailServerAway(f"{type(error).__name__}: {error}") from error
    try:
        mailer.send_messages([message])
    finally:
        # The mail is on its way or refused: a server that breaks off the goodbye changes nothing about that.
        with suppress(OSError, smtplib.SMTPException):
            mailer.close()


def _give_up(mail: OutgoingMail, reason: str) -> datetime.timedelta | None:
    """Ends the tries: there is no next one."""
    mail.status = MailStatus.FAILED
    mail.latest_error = _shown(reason)
    return None


def _shown(reason: str) -> str:
    """A server's words as a column takes them. A server likes to repeat whom it refused."""
    return masked(reason.replace("\x00", ""))[:2000]


def is_final(error: Exception) -> bool:
    """Whether another try is in vain: a 5xx answer to the recipient or the mail (RFC 5321 §4.2.1), or a mail that cannot be built.

    A refused sender, log-in or handshake is our configuration, not this mail: those are tried again.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _reason in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError | TypeError | KeyError)


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """The mail as a message. Its Message-ID is the same at every try, so a reader's program can drop a double."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    headers = {
        "Message-ID": f"<mail-{mail.pk}-{int(mail.created_at.timestamp())}@{domain}>",
        "Date": format_datetime(timezone.localtime(mail.created_at)),
        "Auto-Submitted": "auto-generated",
        # Exchange answers automatic mails too, unless told so.
        "X-Auto-Response-Suppress": "OOF, AutoReply",
        "Content-Language": mail.language,
    }
    message = EmailMultiAlternatives(
        mail.subject, mail.text, to=[mail.to], reply_to=[mail.reply_to] if mail.reply_to else None, headers=headers
    )
    message.attach_alternative(mail.html, "text/html")
    for each in mail.attachments:
        message.attach(_file(each["name"], each["type"], base64.b64decode(each["content"], validate=True)))
    return message


def _file(name: str, media_type: str, content: bytes) -> MIMEPart:
    """An attachment byte by byte. Django would take a calendar file for text of the mail and change its line ends (RFC 5545 §3.1)."""
    kind = MIMEPart()
    kind["Content-Type"] = media_type
    part = MIMEPart()
    part.set_content(
        content,
        maintype=kind.get_content_maintype(),
        subtype=kind.get_content_subtype(),
        params=dict(kind["Content-Type"].params),
        disposition="attachment",
        filename=name,
    )
    return part
