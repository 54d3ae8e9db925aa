"""During and after sending: live figures, the failures as a spreadsheet, posts for social media."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from core import clock
from core.files.spreadsheets import SafeExportMixin
from newsletter.backoffice.issues.base import IssueScreen, no_store
from newsletter.backoffice.issues.permissions import VIEW_ISSUES
from newsletter.compose.composer import compose
from newsletter.compose.social import picture, post_for
from newsletter.issues.editions import pages_of
from newsletter.issues.progress import Progress, progress_of, shown_status
from newsletter.models import Delivery

VIEW_FAILURES = "newsletter.export_subscriber"


def time_left(progress: Progress) -> str:
    """`about 2 minutes left`."""
    minutes = progress.minutes_left
    if not progress.is_moving or minutes is None:
        return ""
    return ngettext("about %(count)s minute left", "about %(count)s minutes left", minutes) % {"count": minutes}


class ProgressView(IssueScreen, View):
    """Figures for static/js/sending.js; without JavaScript the page is reloaded."""

    permission = VIEW_ISSUES
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        now = clock.now()
        progress = progress_of(self.issue, now)
        return no_store(
            JsonResponse(
                {
                    "status": shown_status(self.issue, now),
                    "share": progress.share,
                    "done": number_format(progress.done, force_grouping=True),
                    "total": number_format(progress.total, force_grouping=True),
                    "left": time_left(progress),
                    "counts": progress.counts,
                    "shares": {status: progress.share_of(status) for status in progress.counts},
                }
            )
        )


class FailuresView(IssueScreen, SafeExportMixin, View):
    """Who did not get it, and why: XLSX with the replies of the mail server. Needs the permission to export personal data."""

    permission = VIEW_FAILURES
    http_method_names = ("get", "head", "options")
    list_export: ClassVar = ["subscriber.email", "edition.language", "get_status_display", "code", "answer_label", "attempts", "done_at"]
    export_headings: ClassVar = {
        "subscriber.email": gettext_lazy("E-mail address"),
        "edition.language": gettext_lazy("Language"),
        "get_status_display": gettext_lazy("What became of it"),
        "code": gettext_lazy("Code"),
        "answer_label": gettext_lazy("The mail server's words"),
        "attempts": gettext_lazy("Tries"),
        "done_at": gettext_lazy("When"),
    }

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        rows: QuerySet[Delivery] = self.issue.deliveries.missed().select_related("subscriber", "edition")
        return no_store(self.write_xlsx_response(rows))

    def get_filename(self) -> str:
        return f"newsletter-{self.issue.number}-not-sent"


class SocialView(IssueScreen, TemplateView):
    """A text and a picture for each item, to copy. Nothing is posted by us."""

    permission = VIEW_ISSUES
    page_title = gettext_lazy("For the social media")
    template_name = "newsletter/backoffice/issue_social.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        editions = []
        for page in pages_of(self.issue):
            content = compose(page.get_latest_revision_as_object())
            items = [(section, item) for section in content.sections for item in section.items]
            posts = [{"number": number, "title": item.title, "text": post_for(item)} for number, (_section, item) in enumerate(items)]
            editions.append({"page": page, "language": content.language, "posts": posts})
        return super().get_context_data(**kwargs) | {
            "editions": editions,
            "help": _("Copy the words, download the picture, post it yourself."),
        }


class PictureView(IssueScreen, View):
    """The picture of one item as PNG, drawn with the threads of the house; the same item always has the same one."""

    permission = VIEW_ISSUES
    http_method_names = ("get", "head", "options")

    def get(self, request: HttpRequest, pk: int, language: str, number: int) -> HttpResponse:
        for page in pages_of(self.issue):
            if page.locale.language_code == language:
                content = compose(page.get_latest_revision_as_object())
                items = [(section.kind, item) for section in content.sections for item in section.items]
                if number < len(items):
                    kind, item = items[number]
                    name = f"smes-{self.issue.number}-{language}-{number + 1}.png"
                    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
                    return HttpResponse(
                        picture(item.title, kind, is_small="small" in request.GET), content_type="image/png", headers=headers
                    )
        raise Http404
