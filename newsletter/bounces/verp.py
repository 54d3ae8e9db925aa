"""The envelope sender of each mail names its delivery, so that a bounce, however badly written, says whose mail came back.

`news-<delivery>-<signature>@<domain>`: the signature is part of an HMAC, so that nobody can invent bounces of other subscribers.
"""

import re

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

SALT = "newsletter.bounces.verp"
ADDRESS = re.compile(r"news-(?P<delivery>[0-9]{1,18})-(?P<signature>[0-9a-f]{12})@", re.IGNORECASE)
MESSAGE_ID = re.compile(r"issue-[0-9]{1,18}-(?P<delivery>[0-9]{1,18})-(?P<signature>[0-9a-f]{12})@", re.IGNORECASE)


def signature(delivery_id: int) -> str:
    """Twelve hexadecimal digits: 48 bits."""
    return salted_hmac(SALT, str(delivery_id), algorithm="sha256").hexdigest()[:12]


def encode_verp(delivery_id: int) -> str:
    """The envelope sender of a delivery: the same at every try."""
    return f"news-{delivery_id}-{signature(delivery_id)}@{settings.NEWSLETTER_BOUNCE_DOMAIN}"


def decode_verp(address: str) -> int | None:
    """The delivery an address of ours names, wherever it stands in `address`; None when it names none or the signature is wrong."""
    found = ADDRESS.search(address)
    if not found:
        return None
    delivery_id = int(found["delivery"])
    return delivery_id if constant_time_compare(found["signature"].lower(), signature(delivery_id)) else None


def decode_message_id(text: str) -> int | None:
    """The delivery that a Message-ID of ours names (newsletter.sending.messages.message_id), wherever it stands in `text`."""
    found = MESSAGE_ID.search(text)
    if not found:
        return None
    delivery_id = int(found["delivery"])
    return delivery_id if constant_time_compare(found["signature"].lower(), signature(delivery_id)) else None
