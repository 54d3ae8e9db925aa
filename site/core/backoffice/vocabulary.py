"""What all apps share, in the Wagtail admin: institutions, sectors, themes, synonyms of the search."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from core.backoffice.viewsets import EditableViewSet
from core.models import Organisation, SearchSynonyms, Sector, Theme


class OrganisationViewSet(EditableViewSet):
    """The directory of institutions."""

    model = Organisation
    name = "core_organisations"
    url_prefix = "organisations"
    icon = "site"
    list_display = ("name_fr", "name_nl", "sector", "municipality", "is_listed")
    list_filter = ("sector", "is_listed")
    list_export = ("name_fr", "name_nl", "sector", "municipality", "is_listed")
    form_fields = ("name_fr", "name_nl", "sector", "municipality", "is_listed")


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
