"""Test mails: the current drafts, or the frozen editions, to chosen colleagues, through the transport of the real ones."""

import datetime
import secrets
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from newsletter.addresses import sender_domain
from newsletter.compose.previews import SAMPLE_TOKEN
from newsletter.issues.editions import drafts_of, mail_to_send
from newsletter.models import Issue
from newsletter.sending.messages import encode
from newsletter.sending.mime import Envelope, UnencodableEmail, ascii_email
from newsletter.sending.transport import OpenTransport, Outcome, TransportUnavailable, open_transport

MAX_RECIPIENTS = 5


class CannotSendTest(Exception):
    """The reply of the mail server, or what is wrong with an email address."""


def send_test(
    *, issue_id: int, languages: list[str], recipients: list[str], now: datetime.datetime, transport: OpenTransport = open_transport
) -> int:
    """Sends every chosen edition to every recipient; returns how many mails were sent. Raises CannotSendTest.

    The unsubscribe links hold a token that belongs to no one. Nothing is written to the ledger.
    """
    issue = Issue.objects.get(pk=issue_id)
    drafts = [page for page in drafts_of(issue) if page.locale.language_code in languages]
    opened, count = transport(), 0
    try:
        for page in drafts:
            mail = mail_to_send(issue, page)
            with translation.override(page.locale.language_code):
                subject = _("[Test] %(subject)s") % {"subject": mail.subject}
            template = encode(subject, mail.html, mail.text, page.locale.language_code, SAMPLE_TOKEN)
            for recipient in recipients:
                envelope = Envelope(
                    to=recipient,
                    token=SAMPLE_TOKEN,
                    message_id=f"<test-{issue_id}-{secrets.token_hex(8)}@{sender_domain()}>",
                    date=format_datetime(timezone.localtime(now)),
                )
                answer = opened.send(parseaddr(settings.NEWSLETTER_FROM)[1], ascii_email(recipient), template.to_bytes(envelope))
                if answer.outcome is not Outcome.ACCEPTED:
                    raise CannotSendTest(f"{recipient}: {answer.code} {answer.text}")
                count += 1
    except (TransportUnavailable, UnencodableEmail) as error:
        raise CannotSendTest(str(error)) from error
    finally:
        opened.close()
    return count
