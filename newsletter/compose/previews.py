"""The mail of an edition as it is shown: for the editor's preview, the checks, the size and test mails."""

import secrets

from django.http import HttpResponse

from core.mail.foot import foot_for
from core.models import BasePage
from core.web.absolute_urls import base_url
from newsletter.compose.composer import compose
from newsletter.compose.rendering import Frame, Mail, render_content
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
    """The foot in the language of the edition, and the links that hold the token."""
    return Frame(
        base_url=base_url(),
        foot=foot_for(page.locale.language_code),
        unsubscribe_url=unsubscribe_url(token_placeholder),
        preferences_url=preferences_url(token_placeholder),
    )


def preview_response(mail: Mail, mode: str) -> HttpResponse:
    """The mail as a page of the admin's preview: `mail`, `dark` (as on a phone in the evening) or `text`."""
    if mode == "text":
        return HttpResponse(mail.text, content_type="text/plain; charset=utf-8")
    return HttpResponse(mail.html.replace(DARK, "@media all") if mode == "dark" else mail.html)
