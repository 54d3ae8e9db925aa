"""Test mails: the editions as they stand, or as they were frozen, to chosen colleagues, through the same way out as the real ones."""

import datetime
import secrets
from email.utils import format_datetime, parseaddr

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from newsletter.addresses import sender_domain
from newsletter.compose.previews import SAMPLE
from newsletter.issues.editions import drafts_of, mail_as_it_leaves
from newsletter.models import Issue
from newsletter.sending.messages import encode
from newsletter.sending.mime import Envelope, UnwritableAddress, written_address
from newsletter.sending.transport import OpenTransport, Outcome, Trouble, open_transport

MOST_ADDRESSES = 5


class CannotTry(Exception):
    """The mail server's words, or what is wrong with an address."""


def send_test(
    *, issue_id: int, languages: list[str], addresses: list[str], now: datetime.datetime, transport: OpenTransport = open_transport
) -> int:
    """Sends every chosen edition to every address; returns how many mails left. Raises CannotTry.

    The links to unsubscribe hold a key of nobody. Nothing is written to the ledger.
    """
    issue = Issue.objects.get(pk=issue_id)
    drafts = [page for page in drafts_of(issue) if page.locale.language_code in languages]
    way, count = transport(), 0
    try:
        for page in drafts:
            mail = mail_as_it_leaves(issue, page)
            with translation.override(page.locale.language_code):
                subject = _("[Test] %(subject)s") % {"subject": mail.subject}
            sheet = encode(subject, mail.html, mail.text, page.locale.language_code, SAMPLE)
            for address in addresses:
                envelope = Envelope(
                    to=address,
                    key=SAMPLE,
                    message_id=f"<test-{issue_id}-{secrets.token_hex(8)}@{sender_domain()}>",
                    date=format_datetime(timezone.localtime(now)),
                )
                answer = way.send(parseaddr(settings.NEWSLETTER_FROM)[1], written_address(address), sheet.to_bytes(envelope))
                if answer.outcome is not Outcome.ACCEPTED:
                    raise CannotTry(f"{address}: {answer.code} {answer.words}")
                count += 1
    except (Trouble, UnwritableAddress) as error:
        raise CannotTry(str(error)) from error
    finally:
        way.close()
    return count
