"""The page of the newsletter: what it is, the form, and the issues below it."""

from typing import Any, ClassVar, Self

from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks.streams import CONTENT
from core.fields import BodyField
from core.models import BasePage
from newsletter.consent_texts import FORM, WORDINGS
from newsletter.forms import SubscribeForm
from newsletter.models.issue_pages import IssuePage


class NewsletterIndexPage(BasePage):
    """The newsletter in one language: why to read it, the form to get it, and its archive."""

    body = BodyField(CONTENT, verbose_name=_("body"), blank=True)

    template = "newsletter/newsletter_index_page.html"
    parent_page_types: ClassVar = ["home.HomePage", "home.ProgrammePage"]
    subpage_types: ClassVar = ["newsletter.IssuePage"]
    max_count_per_parent = 1
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("newsletter page")
        verbose_name_plural = _("newsletter pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds the form, sent to a view of its own: the page itself stays the same for everybody."""
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {"form": SubscribeForm(request=request), "wording": WORDINGS[FORM], "issues": self.archive()}

    @classmethod
    def in_language(cls, language: str) -> Self | None:
        """The page of the newsletter in a language, None where there is none yet. One query."""
        page: Self | None = cls.objects.live().filter(locale__language_code=language).first()
        return page

    def archive(self) -> "models.QuerySet[IssuePage]":
        """The issues sent so far in the page's language, the latest first."""
        issues: models.QuerySet[IssuePage] = IssuePage.objects.child_of(self).live().select_related("issue", "locale")
        return issues.order_by("-issue__number")
