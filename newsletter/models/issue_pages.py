"""An issue in one language: edited, mailed, and archived."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page, PagePermissionTester
from wagtail.search import index

from core.fields import BodyField
from core.models import BasePage, User
from newsletter.compose.blocks import ISSUE
from newsletter.compose.composer import compose
from newsletter.compose.panels import SizePanel
from newsletter.compose.previews import mail_of, preview_response
from newsletter.enums.issues import OPEN
from newsletter.models.issues import Issue


class IssuePermissions(PagePermissionTester):
    """Published by the system when the issue is sent; no user may publish it before. Afterwards it is edited like any page."""

    @property
    def has_left(self) -> bool:
        return self.page.issue.status not in OPEN

    def can_publish(self) -> bool:
        return self.has_left and super().can_publish()

    def can_submit_for_moderation(self) -> bool:
        return self.has_left and super().can_submit_for_moderation()


class IssuePage(BasePage):
    """One language edition of an issue. Editions share the key of their issue; none is a translation of another (decision 14)."""

    issue = models.ForeignKey(Issue, verbose_name=_("issue"), on_delete=models.PROTECT, related_name="pages", editable=False)
    subject = models.CharField(_("subject of the mail"), max_length=150)
    preheader = models.CharField(
        _("line after the subject"), max_length=150, blank=True, help_text=_("What inboxes show beside the subject. Not the same words.")
    )
    body = BodyField(ISSUE, verbose_name=_("content"), blank=True)

    template = "newsletter/issue_page.html"
    parent_page_types: ClassVar = ["newsletter.NewsletterIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    # Created by the "assemble" step, which sets the issue.
    is_creatable = False
    served_with: ClassVar = ("issue",)
    content_panels: ClassVar = [
        SizePanel(),
        FieldPanel("title"),
        MultiFieldPanel([FieldPanel("subject"), FieldPanel("preheader")], heading=_("In the inbox")),
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("edition of an issue")
        verbose_name_plural = _("editions of issues")

    @property
    def preview_modes(self) -> list[tuple[str, Any]]:
        return [("mail", _("Mail")), ("dark", _("Mail in the dark")), ("text", _("Text part")), ("", _("Page of the archive"))]

    def permissions_for_user(self, user: User) -> PagePermissionTester:
        return IssuePermissions(user, self)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        if mode_name in {"mail", "dark", "text"}:
            return preview_response(mail_of(self), mode_name)
        return TemplateResponse(request, self.template, self.get_context(request))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """`content`: the same as in the mail; `earlier` and `later`: its neighbours in the archive."""
        # Not BasePage's own: the composer turns all links to the subscriber's language.
        context: dict[str, Any] = Page.get_context(self, request, *args, **kwargs)
        siblings = IssuePage.objects.live().filter(locale=self.locale_id, issue__isnull=False).select_related("issue")
        return context | {
            "content": compose(self),
            "earlier": siblings.filter(issue__number__lt=self.issue.number).order_by("-issue__number").first(),
            "later": siblings.filter(issue__number__gt=self.issue.number).order_by("issue__number").first(),
        }
