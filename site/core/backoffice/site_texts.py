"""Menus and footer in the admin: one row a language, translated like a page."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.snippets import SnippetViewSet

from core.backoffice.versions.views import SnippetEditView
from core.models import SiteTexts


class SiteTextsViewSet(SnippetViewSet):
    """The header menu, the footer and the shared words of each language."""

    model = SiteTexts
    icon = "list-ul"
    edit_view_class = SnippetEditView
    edit_template_name = SnippetEditView.template_name
    menu_label = _("Menus and footer")
    add_to_settings_menu = True
    copy_view_enabled = False
    list_display: ClassVar = ["__str__", "strapline"]
