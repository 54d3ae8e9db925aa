"""The contact page: where to find Smes, and a form that writes to it."""

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.blocks.streams import CONTENT
from core.fields import BodyField
from core.models import BasePage
from home.forms import SUBJECT_LENGTH, ContactForm
from home.services import send_contact_message


class ContactPage(BasePage):
    """A page with the contact form."""

    body = BodyField(CONTENT, verbose_name=_("body"), blank=True)
    recipient = models.EmailField(_("messages go to"), default="contact@smes.example.org")

    template = "home/contact_page.html"
    parent_page_types: ClassVar = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = []
    max_count_per_parent = 1
    content_panels: ClassVar = [*BasePage.content_panels, FieldPanel("body"), FieldPanel("recipient")]
    search_fields: ClassVar = [*BasePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("contact page")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # A link from elsewhere on the site may say what it is about.
        about = " ".join(request.GET.get("subject", "").split())[:SUBJECT_LENGTH]
        form = ContactForm(request.POST if request.method == "POST" else None, request=request, initial={"subject": about})
        if form.is_bound and form.is_valid():
            answers = {name: form.cleaned_data[name] for name in ("name", "email", "subject", "message")}
            send_contact_message(recipient=self.recipient, language=self.locale.language_code, now=form.now, **answers)
            return redirect(f"{self.get_url(request)}?sent=1")
        context = self.get_context(request) | {"form": form, "was_sent": "sent" in request.GET}
        return TemplateResponse(request, self.get_template(request), context, status=422 if form.errors else 200)
