"""The mail as subscribers see it: desktop, phone, in the dark, as text."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from newsletter.backoffice.issues.base import IssueScreen, no_store
from newsletter.backoffice.issues.permissions import VIEW_ISSUES
from newsletter.compose.previews import preview_response
from newsletter.compose.size import STOP, WARN, gauge
from newsletter.issues.editions import drafts_of, mail_to_send
from newsletter.models import IssuePage


def draft_or_404(drafts: list[IssuePage], language: str) -> IssuePage:
    """The draft in a language."""
    for page in drafts:
        if page.locale.language_code == language:
            return page
    raise Http404


class PreviewView(IssueScreen, TemplateView):
    """Four frames beside one another."""

    permission = VIEW_ISSUES
    page_title = gettext_lazy("Preview")
    template_name = "newsletter/backoffice/issue_preview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drafts = drafts_of(self.issue)
        page = draft_or_404(drafts, self.kwargs["language"])
        mail = mail_to_send(self.issue, page)
        return super().get_context_data(**kwargs) | {
            "page": page,
            "drafts": drafts,
            "language": self.kwargs["language"],
            "mail": mail,
            "gauge": gauge(len(mail.html.encode())),
            "warn": WARN,
            "stop": STOP,
        }


class MailView(IssueScreen, View):
    """Content of a frame: the mail itself, with the strict policy of a mail program (no script)."""

    permission = VIEW_ISSUES
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, language: str, mode: str) -> HttpResponse:
        page = draft_or_404(drafts_of(self.issue), language)
        return no_store(preview_response(mail_to_send(self.issue, page), mode))
