"""Absolute URLs of the short links in mails (newsletter.urls.mail_links): no language, a token of 22 characters."""

from django.urls import reverse

from core.web.absolute_urls import base_url


def absolute_link(name: str, key: str) -> str:
    """The absolute URL of `newsletter_links:<name>`."""
    return base_url() + reverse(f"newsletter_links:{name}", args=[key])


def confirm_url(key: str) -> str:
    """Confirms a subscription; `key` is the token of the request."""
    return absolute_link("confirm", key)


def unsubscribe_url(key: str) -> str:
    """One-click unsubscribe (RFC 8058); `key` is the subscriber's token."""
    return absolute_link("unsubscribe", key)


def preferences_url(key: str) -> str:
    """Language, themes, unsubscribing, erasure; `key` is the subscriber's token."""
    return absolute_link("preferences", key)
