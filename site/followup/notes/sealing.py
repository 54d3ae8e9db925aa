"""Texts are sealed with a key that stands in no database (Fernet: AES-128-CBC and HMAC-SHA256, from `cryptography`).

`NOTES_KEYS` holds the newest key first; a text sealed with an older one opens as long as that one is listed (`reseal_notes`).
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.views.decorators.debug import sensitive_variables


class KeyMissing(Exception):
    """None of the keys opens this text."""


def _keys() -> MultiFernet:
    return MultiFernet([Fernet(base64.urlsafe_b64encode(hashlib.sha256(key.encode()).digest())) for key in settings.NOTES_KEYS])


@sensitive_variables()
def seal(text: str) -> str:
    """Of one length with its text, about; never twice the same."""
    return _keys().encrypt(text.encode()).decode()


@sensitive_variables()
def unseal(sealed: str) -> str:
    """Raises KeyMissing."""
    try:
        return _keys().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise KeyMissing from None


@sensitive_variables()
def resealed(sealed: str) -> str:
    """The same text under the newest key. Raises KeyMissing."""
    try:
        return _keys().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise KeyMissing from None
