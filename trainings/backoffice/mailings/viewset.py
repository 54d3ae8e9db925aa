"""Rules in the menu of trainings."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList, Panel

from core.backoffice.viewsets import EditableViewSet
from trainings.backoffice.mailings.forms import MailRuleForm
from trainings.backoffice.mailings.rules import MailRuleCreateView, MailRuleEditView, MailRuleIndexView, MailRuleInspectView
from trainings.mailings.words import PLACEHOLDERS
from trainings.models import MailRule


class PlaceholdersPanel(Panel):
    """What may stand in braces."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "trainings/backoffice/parts/placeholders.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return context | {"placeholders": PLACEHOLDERS}


class MailRuleViewSet(EditableViewSet):
    """When which mail leaves to whom, with its words."""

    model = MailRule
    name = "trainings_mail_rules"
    url_prefix = "trainings/mail-rules"
    icon = "mail"
    index_view_class = MailRuleIndexView
    inspect_view_class = MailRuleInspectView
    add_view_class = MailRuleCreateView
    edit_view_class = MailRuleEditView
    inspect_view_enabled = True
    list_filter = ("kind", "audience")
    search_fields = ("name",)
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name"), FieldPanel("kind")], heading=_("What")),
            MultiFieldPanel([FieldRowPanel([FieldPanel("days"), FieldPanel("moment"), FieldPanel("hour")])], heading=_("When")),
            MultiFieldPanel([FieldPanel("audience"), FieldPanel("reaches_late")], heading=_("To whom")),
            PlaceholdersPanel(heading=_("What may stand in braces")),
            MultiFieldPanel([FieldPanel("subject_fr"), FieldPanel("body_fr")], heading=_("French")),
            MultiFieldPanel([FieldPanel("subject_nl"), FieldPanel("body_nl")], heading=_("Dutch")),
            MultiFieldPanel([FieldPanel("subject_en"), FieldPanel("body_en")], heading=_("English")),
        ],
        base_form_class=MailRuleForm,
    )
