"""What every listing and the page of every row share."""

import datetime
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.ui.menus import MenuItem
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import Button

from core.backoffice.next_step import Gap, NextStep
from core.backoffice.screens import Crumb, RowsMixin, listing_crumb
from core.files.spreadsheets import SafeExportMixin
from core.text.dates import MOMENT, written

type Fact = dict[str, Any]

# To change a row is no reason to see the others: who has no right to view a model sees none of it.
VIEWERS: tuple[str, ...] = ("view",)


class IndexView(RowsMixin, SafeExportMixin, generic.IndexView):
    """A listing whose export holds no formula. A title leads to the page of its row; where there is none, to the form."""

    any_permission_required = VIEWERS

    @cached_property
    def columns(self) -> list[Any]:
        """The title, and on a phone what matters most beside it."""
        title, *others = super().columns
        return [title, *marked_for_phones(others)]

    def _get_custom_column(self, field_name: str, column_class: type[Column] = Column, **kwargs: Any) -> Column:
        """What Wagtail makes of a name in `list_display`; of a yes or no it would show `True`."""
        fields = {each.name: each for each in self.model._meta.get_fields()}
        if isinstance(fields.get(field_name), models.BooleanField):
            column_class = YesNoColumn
        column: Column = super()._get_custom_column(field_name, column_class, **kwargs)
        return column

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.rows_for(self.request.user)

    def get_edit_url(self, instance: Any) -> str | None:
        """Wagtail's title column leads to the form, or else to the page of the row."""
        return None if self.inspect_url_name else super().get_edit_url(instance)

    def get_list_more_buttons(self, instance: Any) -> list[Any]:
        buttons: list[Any] = super().get_list_more_buttons(instance)
        if self.inspect_url_name and (form_url := super().get_edit_url(instance)):
            buttons.insert(0, MenuItem(_("Edit"), url=form_url, icon_name="edit", priority=10))
        return buttons


class InspectView(RowsMixin, generic.InspectView):
    """The page of one row. Its template, or `get_fields_context`, chooses what it shows: a new column never shows by accident."""

    any_permission_required = VIEWERS
    template_name = "core/backoffice/inspect.html"

    def get_object(self, queryset: Any = None) -> Any:
        return get_object_or_404(self.rows_for(self.request.user), pk=self.pk)

    def get_fields(self) -> list[str]:
        return []

    def get_page_subtitle(self) -> str:
        return self.object_name(self.object)

    def get_breadcrumbs_items(self) -> list[Crumb]:
        listing = listing_crumb(self.model, reverse(self.index_url_name))
        return [*self.breadcrumbs_items, listing, {"url": "", "label": self.get_page_subtitle()}]

    def next_step(self) -> NextStep | None:
        """The one thing to do now, for those who may."""
        return None

    def gaps(self) -> Sequence[Gap]:
        """What is missing for it."""
        return ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"next_step": self.next_step(), "gaps": self.gaps()}

    def action_url(self, name: str) -> str:
        """An action on this row, in the back-office of its app."""
        return reverse(f"{self.model._meta.app_label}_backoffice:{name}", args=[self.object.pk])

    def action_buttons(self, steps: Iterable[tuple[bool, str, str, str]], button: type[Button] = Button) -> list[Button]:
        """In this order: whether it is offered, its label, the name of the action, its icon."""
        return [
            button(label, url=self.action_url(name), icon_name=icon, priority=10 * number)
            for number, (is_offered, label, name, icon) in enumerate(steps, start=1)
            if is_offered
        ]


def facts(*pairs: tuple[str, Any]) -> list[Fact]:
    """For `get_fields_context`: labels and values; what is empty is left out."""
    return [{"label": label, "value": value, "component": None} for label, value in pairs if value]


def link_to(url: str, text: object) -> str:
    """A value that leads to its own page."""
    return format_html('<a href="{}">{}</a>', url, text)


def status_column(*primary: str) -> StatusTagColumn:
    """The status of a row as a tag; those named stand out."""
    return StatusTagColumn(
        "status", label=gettext_lazy("Status"), accessor="get_status_display", sort_key="status", primary=lambda row: row.status in primary
    )


class DayColumn(Column):
    """A moment as day and hour, a day as it is, in the reader's language.

    Wagtail's own says "8 hours ago" of a day that was noted a minute ago: a day without an hour begins at midnight.
    """

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        if not value:
            return "–"
        return moment(value) if isinstance(value, datetime.datetime) else written(value, "D j F Y")


class YesNoColumn(Column):
    """In the reader's words; a dash where nobody said."""

    def get_value(self, instance: Any) -> str:
        value = super().get_value(instance)
        return "–" if value is None else _("yes") if value else _("no")


class FigureColumn(Column):
    """How many. On a phone, where a listing has no heads of columns, its label stands before it."""

    cell_template_name = "core/backoffice/parts/figure_cell.html"


# Below 600 px a listing is a list: the name of each row, and one of each of these (static/css/admin-forms.css).
ON_A_PHONE = "smes-on-phone"
PHONE_KINDS = ((DayColumn, DateColumn), (FigureColumn,), (StatusTagColumn,))


def phone_columns(columns: Sequence[Any]) -> list[Any]:
    """One day, one figure, one status; where a listing has fewer than two of them, its first columns besides."""
    firsts = (next((column for column in columns if isinstance(column, kinds)), None) for kinds in PHONE_KINDS)
    chosen = [column for column in firsts if column is not None]
    others = [column for column in columns if column not in chosen]
    return chosen + others[: max(0, 2 - len(chosen))]


def marked_for_phones(columns: Sequence[Any]) -> Sequence[Any]:
    """The same, each that a phone shows with its class."""
    for column in phone_columns(columns):
        column.classname = " ".join(dict.fromkeys([*(column.classname or "").split(), ON_A_PHONE]))
    return columns


class DeleteView(generic.DeleteView):
    """A row others need is not deleted; the reader is told so."""

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            response: HttpResponse = super().form_valid(form)
        except ProtectedError as refusal:
            count = len(refusal.protected_objects)
            text = _("“%(name)s” is in use (%(count)s times) and cannot be deleted.") % {"name": self.object, "count": count}
            messages.error(self.request, text)
            return redirect(self.get_success_url())
        return response


def moment(at: datetime.datetime) -> str:
    """Day and hour, in the reader's language."""
    return written(at, f"D {MOMENT}")
