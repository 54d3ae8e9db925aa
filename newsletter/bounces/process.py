"""Goes through the mailbox of bounces: reports, complaints, letters that ask to leave, and what people answered."""

import datetime
import email
import logging
from collections import Counter

from newsletter.bounces.parse import LEAVE, RECIPIENTS, BounceReport, LeavingReport, PersonalReply, parse_report
from newsletter.bounces.pop import Mailbox
from newsletter.bounces.record import record_reply, record_report, whose
from newsletter.bounces.trouble import watch_issues_of
from newsletter.enums.subscribers import Channel
from newsletter.models import Bounce, Subscriber
from newsletter.subscribers.preferences import unsubscribe

logger = logging.getLogger(__name__)
NOBODYS = "known or nobody's"


def process_mailbox(*, mailbox: Mailbox, now: datetime.datetime, keep: bool = False) -> Counter[str]:
    """Deals with every mail and removes it (unless `keep`); returns how many of each sort. A mail nobody can read stops nothing."""
    counts: Counter[str] = Counter()
    bounces: list[Bounce] = []
    for name in mailbox.names():
        try:
            counts[_deal_with(mailbox.read(name), now, bounces)] += 1
        except Exception:
            # Left where it is: a person can look at it.
            logger.exception("A mail to the return address could not be read.")
            counts["unreadable"] += 1
            continue
        if not keep:
            mailbox.remove(name)
    watch_issues_of(bounces=bounces, now=now)
    return counts


def _deal_with(content: bytes, now: datetime.datetime, bounces: list[Bounce]) -> str:
    subscriber = _who_wants_to_leave(content)
    if subscriber:
        unsubscribe(subscriber=subscriber, channel=Channel.LINK, now=now)
        return "left"
    parsed = parse_report(content)
    if isinstance(parsed, BounceReport):
        bounce = record_report(report=parsed, now=now)
        bounces += [bounce] if bounce else []
        return str(bounce.kind) if bounce else NOBODYS
    if isinstance(parsed, LeavingReport):
        subscriber = whose(delivery_id=parsed.delivery_id, key=parsed.key)
        if subscriber:
            unsubscribe(subscriber=subscriber, channel=Channel.ONE_CLICK, now=now)
        return "left" if subscriber else NOBODYS
    if isinstance(parsed, PersonalReply):
        return "reply" if record_reply(reply=parsed, now=now) else NOBODYS
    return str(parsed)


def _who_wants_to_leave(content: bytes) -> Subscriber | None:
    """The subscriber whose key stands in the address of a letter. Some servers write addresses in small letters."""
    message = email.message_from_bytes(content)
    to = " ".join(str(value) for name in RECIPIENTS for value in message.get_all(name, []))
    found = LEAVE.search(to)
    return whose(delivery_id=None, key=found[1]) if found else None
