"""The menu 'Publications' of the Wagtail admin: one viewset a model, all with a safe export and none with revisions."""

from typing import ClassVar

from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, MultipleChooserPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSetGroup

from core.backoffice.menu import MenuOrder
from core.backoffice.viewsets import EditableViewSet, ReadOnlyViewSet
from publications.backoffice.filters import EditionFilterSet, OrderFilterSet, WorkFilterSet
from publications.backoffice.forms import EditionForm, WorkForm
from publications.backoffice.orders.views import OrderIndexView, OrderInspectView
from publications.backoffice.works.editions import EditionCreateView, EditionEditView, EditionIndexView, EditionInspectView
from publications.backoffice.works.views import WorkIndexView, WorkInspectView
from publications.models import Edition, PaperOrder, Series, Work


class OrderViewSet(ReadOnlyViewSet):
    """The queue: reserved, sent, cancelled, waiting."""

    model = PaperOrder
    name = "publications_orders"
    url_prefix = "publications/orders"
    icon = "mail"
    index_view_class = OrderIndexView
    inspect_view_class = OrderInspectView
    filterset_class = OrderFilterSet
    search_fields = ("reference", "name", "email", "organisation", "municipality")


class WorkViewSet(EditableViewSet):
    """The facts of publications; their words are pages."""

    model = Work
    name = "publications_works"
    url_prefix = "publications/works"
    icon = "doc-full"
    index_view_class = WorkIndexView
    inspect_view_class = WorkInspectView
    inspect_view_enabled = True
    filterset_class = WorkFilterSet
    search_fields = ("name", "code", "editions__title")
    list_export = ("code", "name", "series", "number", "year", "get_kind_display", "get_programme_display", "get_licence_display")
    export_headings: ClassVar = {
        "get_kind_display": _("Kind"),
        "get_programme_display": _("Programme"),
        "get_licence_display": _("Licence"),
    }
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldPanel("code"),
                    FieldPanel("name"),
                    FieldPanel("kind"),
                    FieldRowPanel([FieldPanel("series"), FieldPanel("number")]),
                    FieldRowPanel([FieldPanel("year"), FieldPanel("published_on")]),
                ],
                heading=_("What"),
            ),
            InlinePanel("authors", heading=_("Authors"), label=_("Author"), panels=[FieldPanel("organisation"), FieldPanel("name")]),
            MultiFieldPanel(
                [FieldPanel("publisher"), FieldPanel("container_title"), FieldPanel("licence")], heading=_("Publisher and rights")
            ),
            MultiFieldPanel([FieldPanel("programme"), FieldPanel("themes", widget=CheckboxSelectMultiple)], heading=_("About")),
            MultipleChooserPanel(
                "page_links",
                chooser_field_name="page",
                heading=_("Related pages"),
                label=_("Page"),
                help_text=_("Other publications, training courses, news, newsletter issues: each is shown in the reader's language."),
            ),
            InlinePanel("place_links", heading=_("Places of the map"), label=_("Place"), panels=[FieldPanel("place")]),
            FieldPanel("is_example"),
        ],
        base_form_class=WorkForm,
    )


class EditionViewSet(EditableViewSet):
    """Editions, their files and their copies."""

    model = Edition
    name = "publications_editions"
    url_prefix = "publications/editions"
    icon = "download"
    index_view_class = EditionIndexView
    add_view_class = EditionCreateView
    edit_view_class = EditionEditView
    inspect_view_class = EditionInspectView
    inspect_view_enabled = True
    filterset_class = EditionFilterSet
    search_fields = ("title", "reference", "isbn", "work__name")
    edit_handler = ObjectList(
        [
            MultiFieldPanel([FieldPanel("work"), FieldPanel("languages"), FieldPanel("title"), FieldPanel("subtitle")], heading=_("What")),
            MultiFieldPanel([FieldPanel("isbn"), FieldPanel("legal_deposit")], heading=_("Numbers")),
            MultiFieldPanel([FieldPanel("is_orderable"), FieldPanel("copies_per_order"), FieldPanel("low_stock")], heading=_("On paper")),
        ],
        base_form_class=EditionForm,
    )


class SeriesViewSet(EditableViewSet):
    """Series."""

    model = Series
    name = "publications_series"
    url_prefix = "publications/series"
    icon = "list-ol"
    list_display = ("name_fr", "name_nl", "name_en", "issn")
    form_fields = ("name_fr", "name_nl", "name_en", "slug", "issn")


class PublicationsViewSetGroup(ModelViewSetGroup):
    """The menu."""

    menu_label = _("Publications")
    menu_icon = "doc-full"
    menu_order = MenuOrder.PUBLICATIONS
    items = (OrderViewSet, WorkViewSet, EditionViewSet, SeriesViewSet)
