"""From a frozen edition to a message template: sender, list headers, ways to unsubscribe."""

from functools import lru_cache

from django.conf import settings

from newsletter.addresses import sender_domain
from newsletter.bounces.verp import signature
from newsletter.links import unsubscribe_url
from newsletter.models import FrozenEdition
from newsletter.sending.mime import MessageTemplate, build_template


def message_id(issue_id: int, delivery_id: int) -> str:
    """The same for every attempt, so that mail programs can drop a duplicate."""
    return f"<issue-{issue_id}-{delivery_id}-{signature(delivery_id)}@{sender_domain()}>"


def template_of(edition: FrozenEdition) -> MessageTemplate:
    """The edition, encoded once for all subscribers."""
    return encode(edition.subject, edition.html, edition.text, edition.language, edition.token_placeholder)


@lru_cache(maxsize=8)
def encode(subject: str, html: str, text: str, language: str, token_placeholder: str) -> MessageTemplate:
    """Cached: a slice ends every few seconds, an edition does not change."""
    return build_template(
        subject=subject,
        language=language,
        html=html,
        text=text,
        token_placeholder=token_placeholder,
        sender=settings.NEWSLETTER_FROM,
        reply_to=settings.NEWSLETTER_REPLY_TO,
        list_id=f"news-{language}.{sender_domain()}",
        unsubscribe_url=unsubscribe_url(token_placeholder),
        unsubscribe_email=f"unsubscribe+{token_placeholder}@{settings.NEWSLETTER_BOUNCE_DOMAIN}",
    )
