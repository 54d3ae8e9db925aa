"""Panels of the editor of an edition."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel

from newsletter.compose.previews import mail_of
from newsletter.compose.size import STOP, WARN, gauge


class SizePanel(Panel):
    """How heavy the mail is: Gmail cuts it off after about 102 kB. Measured again while one types (static/js/mail_size.js).
    And the link back to the issue."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**({"heading": _("Size of the mail")} | kwargs))

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsletter/backoffice/size_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            size = len(mail_of(self.instance).html.encode()) if self.instance.pk else 0
            issue = self.instance.issue
            url = reverse("newsletter_issues:inspect", args=[issue.pk])
            return context | {"gauge": gauge(size), "warn": WARN, "stop": STOP, "issue": issue, "issue_url": url}
