"""The mail of an edition as it is shown: for the editor's preview, the checks, the size and test mails."""

import secrets

from django.http import HttpResponse

from core.models import BasePage, SiteTexts
from core.pages.links import pages_in_language
from core.web.absolute_urls import base_url
from newsletter.compose.composer import compose
from newsletter.compose.rendering import Frame, Mail, render_content
from newsletter.compose.richtext import absolute
from newsletter.links import preferences_url, unsubscribe_url

DARK = "@media (prefers-color-scheme: dark)"
# Placeholder of the same length as a subscriber's token; belongs to no one.
SAMPLE_TOKEN = "0000000000000000000000"  # noqa: S105 (no secret)


def new_token_placeholder() -> str:
    """22 random characters that no text of an issue contains by chance."""
    return secrets.token_hex(11)


def mail_of(page: BasePage, token_placeholder: str = SAMPLE_TOKEN) -> Mail:
    """Both parts of the edition as `page` has it, saved or not."""
    return render_content(compose(page), frame_for(page, token_placeholder), token_placeholder)


def frame_for(page: BasePage, token_placeholder: str) -> Frame:
    """Postal address in the language of the edition, the links that hold the token, and the privacy page."""
    texts = SiteTexts.objects.filter(locale=page.locale_id).first()
    return Frame(
        base_url=base_url(),
        postal_address=texts.address if texts else "Smes",
        unsubscribe_url=unsubscribe_url(token_placeholder),
        preferences_url=preferences_url(token_placeholder),
        privacy_url=_privacy_url(page),
    )


def _privacy_url(page: BasePage) -> str:
    """The privacy page chosen on the newsletter page."""
    chosen = page.get_parent().specific.privacy_page_id
    found = pages_in_language([chosen], page.locale.language_code).get(chosen) if chosen else None
    return absolute(found.get_url() or "", base_url()) if found else ""


def preview_response(mail: Mail, mode: str) -> HttpResponse:
    """The mail as a page of the admin's preview: `mail`, `dark` (as on a phone in the evening) or `text`."""
    if mode == "text":
        return HttpResponse(mail.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(mail.html.replace(DARK, "@media all") if mode == "dark" else mail.html)
