"""Screens below a listing and about one of its rows: whose rows they may show, and where they stand in the admin."""

from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from core.backoffice.permissions import RequiresPermission

type Crumb = dict[str, Any]


class RowsMixin:
    """What every view of a model shares: which rows a user may know of, and what a row is called."""

    model: Any = None
    request: HttpRequest

    def rows_for(self, user: Any) -> QuerySet[Any]:
        """All rows, unless a subclass says less. What they point to comes with them: one query however many there are."""
        rows: QuerySet[Any] = self.model._default_manager.all()
        parents = [field.name for field in rows.model._meta.concrete_fields if field.many_to_one or field.one_to_one]
        return rows.select_related(*parents) if parents else rows

    def object_name(self, row: Any) -> str:
        """What a row is called above its page and in the breadcrumbs."""
        return str(row)


def listing_crumb(model: type[Model], url: str) -> Crumb:
    """The way back to a listing, under the name the listing itself has."""
    return {"url": url, "label": capfirst(model._meta.verbose_name_plural)}


class ListingScreen(RequiresPermission, WagtailAdminTemplateMixin):
    """A screen below the listing of `model`, which is the viewset `viewset_name`."""

    model: Any = None
    viewset_name = ""

    @property
    def index_url(self) -> str:
        return reverse(f"{self.viewset_name}:index")

    @property
    def back_url(self) -> str:
        """Where the reader came from and goes back to."""
        return self.index_url

    def get_breadcrumbs_items(self) -> list[Crumb]:
        return [
            *self.breadcrumbs_items,
            listing_crumb(self.model, self.index_url),
            *self.object_crumbs(),
            {"url": "", "label": self.get_page_title()},
        ]

    def object_crumbs(self) -> list[Crumb]:
        """What stands between the listing and this screen."""
        return []


class ObjectScreen[M: Model](RowsMixin, ListingScreen):
    """A screen about one row, if its user may know of it."""

    kwargs: dict[str, Any]

    @cached_property
    def object(self) -> M:
        """Looked up after the permission was asked for."""
        found: M = get_object_or_404(self.rows_for(self.request.user), pk=self.kwargs["pk"])
        return found

    @property
    def object_url(self) -> str:
        """The page of the row."""
        return reverse(f"{self.viewset_name}:inspect", args=[self.object.pk])

    @property
    def back_url(self) -> str:
        return self.object_url

    def get_page_subtitle(self) -> str:
        return self.object_name(self.object)

    def object_crumbs(self) -> list[Crumb]:
        return [{"url": self.object_url, "label": self.object_name(self.object)}]
