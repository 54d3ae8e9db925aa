"""The short links of mails, the same in every language: full addresses, 22 characters of key."""

from django.urls import reverse

from core.web.absolute_urls import base_url


def full(name: str, key: str) -> str:
    """The full address of `newsletter_links:<name>` for one key."""
    return base_url() + reverse(f"newsletter_links:{name}", args=[key])


def confirm_url(key: str) -> str:
    """Confirms a subscription; `key` is the token of the request."""
    return full("confirm", key)


def leave_url(key: str) -> str:
    """One-click unsubscribe (RFC 8058); `key` is the reader's."""
    return full("leave", key)


def preferences_url(key: str) -> str:
    """Language, themes, leaving, erasing; `key` is the reader's."""
    return full("preferences", key)
