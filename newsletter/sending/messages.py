"""From a frozen edition to the bytes of each mail: who writes, which list, which ways to leave."""

from functools import lru_cache

from django.conf import settings

from newsletter.addresses import sender_domain
from newsletter.links import leave_url
from newsletter.models import FrozenEdition
from newsletter.sending.mime import Sheet, build_sheet
from newsletter.verp import signature


def message_id(issue_id: int, delivery_id: int) -> str:
    """The same at every try, so that a reader's program can drop a double."""
    return f"<issue-{issue_id}-{delivery_id}-{signature(delivery_id)}@{sender_domain()}>"


def sheet_of(edition: FrozenEdition) -> Sheet:
    """The edition, encoded once for all its readers."""
    return encode(edition.subject, edition.html, edition.text, edition.language, edition.place)


@lru_cache(maxsize=8)
def encode(subject: str, html: str, text: str, language: str, place: str) -> Sheet:
    """As `sheet_of`, kept: a slice ends every few seconds, an edition does not change."""
    return build_sheet(
        subject=subject,
        language=language,
        html=html,
        text=text,
        place=place,
        sender=settings.NEWSLETTER_FROM,
        reply_to=settings.NEWSLETTER_REPLY_TO,
        list_id=f"news-{language}.{sender_domain()}",
        unsubscribe_url=leave_url(place),
        unsubscribe_address=f"unsubscribe+{place}@{settings.NEWSLETTER_BOUNCE_DOMAIN}",
    )
