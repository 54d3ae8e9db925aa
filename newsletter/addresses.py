"""The keyed hash that remembers an email address once it is erased."""

import re
from email.utils import parseaddr
from functools import lru_cache

from django.conf import settings
from django.utils.crypto import salted_hmac

from core.text.email_addresses import normalised

SALT = "newsletter.address"
WRITTEN = re.compile(r"[^\s<>@\"']{1,64}@[^\s<>\"',;:]{1,255}")


def address_key(address: str) -> str:
    """What stays of an address: the same for all its spellings, and no way back to it without our secret.

    ADDRESS_HASH_KEY never changes: with another key, nobody who left would be recognised.
    """
    secret = settings.ADDRESS_HASH_KEY or settings.SECRET_KEY
    return salted_hmac(SALT, normalised(address), secret=secret, algorithm="sha256").hexdigest()


def without_addresses(text: str) -> str:
    """A server's words on one line, addresses taken out: they are kept when the subscriber is erased."""
    return " ".join(WRITTEN.sub("…", text.replace("\x00", " ")).split())


def sender_domain() -> str:
    """The domain of NEWSLETTER_FROM."""
    return _domain_of(settings.NEWSLETTER_FROM)


@lru_cache(maxsize=8)
def _domain_of(sender: str) -> str:
    """Cached: parsing an email address costs more than the rest of a Message-ID."""
    return parseaddr(sender)[1].rpartition("@")[2]
