"""What stands at the foot of every mail: who writes, where to answer, and what becomes of one's data."""

from dataclasses import dataclass

from django.core.cache import cache

from core.models import SiteTexts
from core.pages.links import pages_in_language
from core.web.absolute_urls import base_url

KEPT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Foot:
    """The legal form with the postal address, and what of the rest the site has filled in."""

    postal_address: str = "Smes"
    company_number: str = ""
    contact_email: str = ""
    privacy_url: str = ""


def foot_for(language: str) -> Foot:
    """The foot in a language. It changes about never, and mails come by the hundred: kept for a minute."""
    key = f"core.mail.foot.{language}"
    foot: Foot | None = cache.get(key)
    if foot is None:
        foot = _read(language)
        cache.set(key, foot, KEPT_SECONDS)
    return foot


def _read(language: str) -> Foot:
    texts = SiteTexts.objects.filter(locale__language_code=language).first()
    if texts is None:
        return Foot()
    return Foot(
        postal_address=texts.address.replace("\r", "") or "Smes",
        company_number=texts.company_number,
        contact_email=texts.contact_email,
        privacy_url=_public_url(texts.privacy_page_id, language),
    )


def _public_url(page_id: int | None, language: str) -> str:
    """The URL of the page's version for the reader; empty where it is not public."""
    page = pages_in_language([page_id], language).get(page_id) if page_id else None
    url = (page.get_url() or "") if page else ""
    return base_url() + url if url.startswith("/") else url
