"""The one place that decides what a bounce means: reports, letters, events of providers and answers at sending time all ask `judge`.

An address is given up only where the *recipient's mailbox* is told not to exist or to be closed. What is about the sender, the content,
a host or a rule is never held against a subscriber, whatever code stands above it; where code and words disagree, the milder one holds.
"""

import re
from collections.abc import Iterable
from email.utils import parseaddr

from django.conf import settings

from newsletter.addresses import without_addresses
from newsletter.bounces import phrases
from newsletter.bounces.status_codes import BASIC_CODE, codes_in, meaning_of
from newsletter.bounces.verp import ADDRESS
from newsletter.enums.bounces import ABOUT_THE_MAILBOX, ABOUT_US, BounceReason

OURS, OTHERS = "our sender", "somebody"
OWN_ADDRESS = re.compile(rf"{ADDRESS.pattern}[\w.-]*", re.IGNORECASE)
# Its code is one of policy (4.7.1).
GREYLISTED = re.compile(r"gr[ea]y.?list")
MILD = (BounceReason.MAILBOX_FULL, BounceReason.RATE, BounceReason.TEMPORARY)


def judge(*, words: str, status: str = "", action: str = "failed") -> BounceReason:
    """Why a mail was not delivered, by the Action and Status of its report (RFC 3464) and by the words of the server."""
    if action.lower().startswith("delay"):
        return BounceReason.DELAYED
    # Taken out, another address leaves an ellipsis.
    marked = without_addresses(_ours_marked(words)).replace("…", OTHERS)
    said = phrases.plain(marked)
    codes = [*codes_in(status), *codes_in(words)] or BASIC_CODE.findall(words)[:1]
    by_code = [meaning_of(code) for code in codes]
    if GREYLISTED.search(said) and any(code.startswith("4") for code in codes):
        by_code.insert(0, BounceReason.TEMPORARY)
    return _said_plainly(said) or _weighed(phrases.without_host_names(said), by_code)


def says_otherwise(words: str) -> bool:
    """Whether words say outright that something else is the matter than the recipient's mailbox."""
    return _said_plainly(phrases.plain(_ours_marked(words))) is not None


def is_about_recipient(reason: BounceReason) -> bool:
    """Whether it says something of this one subscriber's mailbox, and nothing of the other mails."""
    return reason in ABOUT_THE_MAILBOX or reason in {BounceReason.MAILBOX_FULL, BounceReason.DOUBTFUL}


def _said_plainly(said: str) -> BounceReason | None:
    """What speaks of us or passes by itself, said outright."""
    if phrases.BLOCK_LISTS.search(said):
        return BounceReason.BLOCKED
    bare = phrases.without_host_names(said)
    plainly = _first(phrases.PLAIN, bare)
    if plainly == BounceReason.NO_DOMAIN and _first(phrases.VAGUE, bare) == BounceReason.SENDER:
        return BounceReason.SENDER
    return BounceReason.SENDER if plainly in {None, BounceReason.NO_DOMAIN} and _names_only_us(said) else plainly


def _weighed(said: str, by_code: list[BounceReason]) -> BounceReason:
    """Codes and words side by side."""
    mailbox = _first(phrases.MAILBOX, said)
    mild = _one_of(MILD, by_code)
    ours = _one_of(ABOUT_US, by_code)
    gone = _one_of(ABOUT_THE_MAILBOX, by_code)
    vague = _first(phrases.VAGUE, said)
    if mailbox:
        if mild or ours or vague == BounceReason.TEMPORARY or (vague and not gone):
            return mild or BounceReason.DOUBTFUL
        return mailbox
    if phrases.EDGE_BLOCKING.search(said):
        return BounceReason.DOUBTFUL
    domain = _one_of((BounceReason.NO_DOMAIN,), by_code)
    doubtful = BounceReason.DOUBTFUL if phrases.DOUBTFUL.search(said) else None
    return mild or ours or vague or gone or domain or doubtful or BounceReason.UNCLEAR


def _ours_marked(words: str) -> str:
    """Our own addresses as such, before all addresses are taken out."""
    sender = parseaddr(settings.NEWSLETTER_FROM)[1]
    marked = OWN_ADDRESS.sub(OURS, words)
    return re.sub(re.escape(sender), OURS, marked, flags=re.IGNORECASE) if sender else marked


def _names_only_us(said: str) -> bool:
    """The only address it names is our sender, or it names our domain by itself: what does not exist is ours."""
    if OURS in said and OTHERS not in said:
        return True
    domains = (settings.NEWSLETTER_BOUNCE_DOMAIN, parseaddr(settings.NEWSLETTER_FROM)[1].rpartition("@")[2])
    return any(re.search(rf"(?<![\w.@-]){re.escape(domain.lower())}(?![\w-])", said) for domain in domains if domain)


def _first(table: Iterable[tuple[BounceReason, re.Pattern[str]]], said: str) -> BounceReason | None:
    return next((reason for reason, pattern in table if pattern.search(said)), None)


def _one_of(wanted: Iterable[BounceReason], found: list[BounceReason]) -> BounceReason | None:
    return next((reason for reason in found if reason in frozenset(wanted)), None)
