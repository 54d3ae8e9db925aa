"""What a provider's event, as django-anymail tells it, means for a reader."""

from hashlib import sha256
from typing import Any

from anymail.signals import EventType, RejectReason

from newsletter.enums.subscribers import BounceKind
from newsletter.returns.codes import PASSING, code_in, kind_of

# How each provider says "for now": Brevo's and Postmark's names, Mailjet's flag.
SOFT_NAMES = ("soft_bounce", "SoftBounce", "Transient", "DnsError", "AutoResponder", "Blocked")
FOR_GOOD = (RejectReason.INVALID, RejectReason.BOUNCED)
LEFT = (RejectReason.UNSUBSCRIBED,)


def kind_of_event(event: Any) -> BounceKind | None:
    """Hard, soft or complaint; None for an event that says nothing of the kind."""
    if event.event_type == EventType.COMPLAINED or (event.event_type == EventType.REJECTED and event.reject_reason == RejectReason.SPAM):
        return BounceKind.COMPLAINT
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED}:
        return None
    words = words_of(event)
    if _is_soft(event.esp_event) or PASSING.search(words.lower()):
        return BounceKind.SOFT
    code = code_in(words)
    if code:
        return kind_of(code, words)
    return BounceKind.HARD if event.reject_reason in FOR_GOOD else BounceKind.SOFT


def wants_to_leave(event: Any) -> bool:
    """The provider took an unsubscription in our place."""
    return event.event_type == EventType.UNSUBSCRIBED or event.reject_reason in LEFT


def words_of(event: Any) -> str:
    """What the receiving server said, and how the provider put it."""
    return " ".join(str(each) for each in (event.mta_response, event.description) if each)


def reference_of_event(provider: str, event: Any) -> str:
    """The same for the same event, however often the provider repeats it."""
    told = event.event_id or f"{event.event_type}:{event.message_id}:{event.recipient}:{event.timestamp}"
    return f"{provider[:20]}:" + sha256(str(told).encode(errors="replace")).hexdigest()[:40]


def _is_soft(raw: Any) -> bool:
    if not isinstance(raw, dict):
        return False
    return str(raw.get("event")) in SOFT_NAMES or str(raw.get("Type")) in SOFT_NAMES or raw.get("hard_bounce") is False
