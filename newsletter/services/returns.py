"""Goes through the mailbox of returns: bounces, complaints, and letters that ask to leave."""

import datetime
import email
import logging
import re
from collections import Counter

from newsletter.enums.subscribers import Channel
from newsletter.models import Subscriber
from newsletter.returns.mailbox import Mailbox
from newsletter.returns.message import RECIPIENTS, read_return
from newsletter.services.bounces import record_return
from newsletter.subscribers.preferences import unsubscribe

logger = logging.getLogger(__name__)

# The second way of List-Unsubscribe (newsletter.sending.messages): an empty letter to this address.
LEAVE = re.compile(r"unsubscribe\+([\w-]{22})@", re.IGNORECASE)


def read_mailbox(*, mailbox: Mailbox, now: datetime.datetime, keep: bool = False) -> Counter[str]:
    """Deals with every mail and removes it (unless `keep`); returns how many of each sort. A mail nobody can read stops nothing."""
    counts: Counter[str] = Counter()
    for name in mailbox.names():
        try:
            counts[_deal_with(mailbox.read(name), now)] += 1
        except Exception:
            # Left where it is: a person can look at it.
            logger.exception("A returned mail could not be read.")
            counts["unreadable"] += 1
            continue
        if not keep:
            mailbox.remove(name)
    return counts


def _deal_with(content: bytes, now: datetime.datetime) -> str:
    reader = _who_wants_to_leave(content)
    if reader:
        unsubscribe(subscriber=reader, channel=Channel.LINK, now=now)
        return "left"
    returned = read_return(content)
    if returned is None:
        return "ignored"
    return str(returned.kind) if record_return(returned=returned, now=now) else "known or nobody's"


def _who_wants_to_leave(content: bytes) -> Subscriber | None:
    """The reader whose key stands in the address of a letter. Some servers write addresses in small letters."""
    message = email.message_from_bytes(content)
    to = " ".join(str(value) for name in RECIPIENTS for value in message.get_all(name, []))
    found = LEAVE.search(to)
    if not found:
        return None
    return Subscriber.objects.filter(token=found[1]).first() or Subscriber.objects.filter(token__iexact=found[1]).first()
