"""What stays of an address in logs and proofs."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from core.text.email_addresses import normalised

SALT = "core.privacy"


def keyed_hash(email: str) -> str:
    """The same for all spellings of an address, and no way back to it without our secret."""
    secret = settings.ADDRESS_HASH_KEY or settings.SECRET_KEY
    return salted_hmac(SALT, normalised(email), secret=secret, algorithm="sha256").hexdigest()
