"""What a provider's event, as django-anymail tells it, means for a subscriber. What the receiving server said counts more than the
provider's name for it; both go through the verdict."""

from hashlib import sha256
from typing import Any

from anymail.signals import EventType, RejectReason

from newsletter.bounces.verdict import judge
from newsletter.enums.bounces import ABOUT_THE_MAILBOX, BounceReason

# The providers' own names, in lower case: Brevo's `event`, Mailjet's `error`, Postmark's `Type`, Amazon's `bounceSubType` or `bounceType`.
NAMES = {
    "hard_bounce": BounceReason.NO_MAILBOX,
    "invalid_email": BounceReason.NO_MAILBOX,
    "hardbounce": BounceReason.NO_MAILBOX,
    "bademailaddress": BounceReason.NO_MAILBOX,
    "user unknown": BounceReason.NO_MAILBOX,
    "noemail": BounceReason.NO_MAILBOX,
    "mailbox inactive": BounceReason.MAILBOX_CLOSED,
    "suppressed": BounceReason.DOUBTFUL,
    "onaccountsuppressionlist": BounceReason.DOUBTFUL,
    "permanent": BounceReason.DOUBTFUL,
    "invalid domain": BounceReason.NO_DOMAIN,
    "no mail host": BounceReason.NO_DOMAIN,
    "quota exceeded": BounceReason.MAILBOX_FULL,
    "mailboxfull": BounceReason.MAILBOX_FULL,
    "soft_bounce": BounceReason.TEMPORARY,
    "softbounce": BounceReason.TEMPORARY,
    "greylisted": BounceReason.TEMPORARY,
    "transient": BounceReason.TEMPORARY,
    "dnserror": BounceReason.TEMPORARY,
    "dmarcpolicy": BounceReason.AUTHENTICATION,
    "sender blocked": BounceReason.SENDER,
    "virusnotification": BounceReason.CONTENT,
    "spamnotification": BounceReason.CONTENT,
    "content blocked": BounceReason.CONTENT,
    "contentrejected": BounceReason.CONTENT,
    "attachmentrejected": BounceReason.CONTENT,
    "messagetoolarge": BounceReason.CONTENT,
    "relay/access denied": BounceReason.HOST,
    "policy issue": BounceReason.POLICY,
    "blocked": BounceReason.POLICY,
    "blacklisted": BounceReason.POLICY,
    "preblocked": BounceReason.POLICY,
    "manuallydeactivated": BounceReason.POLICY,
    "spam reporter": BounceReason.COMPLAINT,
}
SAYS_THAT_IT_PASSES = ("soft_bounce", "softbounce", "transient", "dnserror", "greylisted")
LEFT = (RejectReason.UNSUBSCRIBED,)


def reason_of_event(event: Any) -> BounceReason | None:
    """Why it was not delivered, or COMPLAINT; None for an event that says nothing of the kind."""
    names = _names(event.esp_event)
    named = next((NAMES[name] for name in names if name in NAMES), None)
    if event.event_type == EventType.COMPLAINED:
        if event.description == "not-spam":
            return None
        return named if named == BounceReason.CONTENT else BounceReason.COMPLAINT
    if event.event_type not in {EventType.BOUNCED, EventType.REJECTED}:
        return None
    # Not the provider's own description: it explains its name for the event by examples ("unknown user, mailbox full …").
    reason = judge(words=str(event.mta_response)) if event.mta_response else BounceReason.UNCLEAR
    if reason in ABOUT_THE_MAILBOX and any(name in SAYS_THAT_IT_PASSES for name in names):
        return BounceReason.DOUBTFUL
    if reason != BounceReason.UNCLEAR:
        return reason
    if named in ABOUT_THE_MAILBOX and event.mta_response:
        # A server said something we do not understand: the provider may have guessed.
        return BounceReason.DOUBTFUL
    return named or reason


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


def _names(raw: Any) -> list[str]:
    """How the provider calls it, the most telling name first."""
    if not isinstance(raw, dict):
        return []
    bounce = raw.get("bounce")
    told = [bounce.get("bounceSubType"), bounce.get("bounceType")] if isinstance(bounce, dict) else []
    passes = "soft_bounce" if raw.get("hard_bounce") is False else None
    return [str(name).lower() for name in (*told, raw.get("error"), passes, raw.get("Type"), raw.get("event")) if name]
