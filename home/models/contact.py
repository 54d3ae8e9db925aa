"""The contact page: where to find Smes, and a form that writes to it."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks.streams import CONTENT
from core.fields import BodyField
from core.models import BasePage


class ContactPage(BasePage):
    """A page with the contact form."""

    body = BodyField(CONTENT, verbose_name=_("body"), blank=True)
    recipient = models.EmailField(_("messages go to"), default="contact@smes.example.org")

    template = "home/contact_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar = []
    max_count_per_parent = 1
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("recipient")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("contact page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().serve(request, *args, **kwargs)
