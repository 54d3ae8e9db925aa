"""What all apps share, in the Wagtail admin: institutions, sectors, themes, synonyms of the search."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from core.backoffice.merging.urls import MergeableMixin
from core.backoffice.organisations import OrganisationIndexView, OrganisationInspectView
from core.backoffice.viewsets import EditableViewSet
from core.models import Organisation, SearchSynonyms, Sector, Theme


class OrganisationViewSet(MergeableMixin, EditableViewSet):
    """The directory of institutions, with the names they have and had."""

    model = Organisation
    name = "core_organisations"
    url_prefix = "organisations"
    icon = "site"
    index_view_class = OrganisationIndexView
    inspect_view_class = OrganisationInspectView
    inspect_view_enabled = True
    list_filter = ("sector", "is_listed")
    list_export = ("name_fr", "name_nl", "sector", "municipality", "is_listed")
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("name_fr"), FieldPanel("name_nl")], heading=_("Name")),
            InlinePanel(
                "other_names",
                heading=_("Other names"),
                label=_("Name"),
                panels=[FieldRowPanel([FieldPanel("kind"), FieldPanel("name")])],
                help_text=_("What people type, and what it was called before: whoever types one of them is counted here."),
            ),
            FieldPanel("sector"),
            FieldPanel("municipality"),
            FieldPanel("is_listed"),
        ]
    )


class SectorViewSet(EditableViewSet):
    """Sectors, as the yearly report counts them."""

    model: Any = Sector
    name = "core_sectors"
    url_prefix = "sectors"
    icon = "tag"
    list_display = ("name_fr", "name_nl", "name_en", "slug")
    form_fields = ("name_fr", "name_nl", "name_en", "slug")


class ThemeViewSet(SectorViewSet):
    """Themes that modules, publications and news share."""

    model = Theme
    name = "core_themes"
    url_prefix = "themes"


class SearchSynonymsViewSet(EditableViewSet):
    """Words that mean the same to the search, a list per language."""

    model = SearchSynonyms
    name = "core_synonyms"
    url_prefix = "synonyms"
    icon = "search"
    list_display = ("words", "language")
    list_filter = ("language",)
    form_fields = ("language", "words")


class DirectoryViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Directory")
    menu_icon = "site"
    menu_order = MenuOrder.DIRECTORY
    items = (OrganisationViewSet, SectorViewSet, ThemeViewSet, SearchSynonymsViewSet)
