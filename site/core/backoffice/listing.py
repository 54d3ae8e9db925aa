"""What every listing and every form of our viewsets shares."""

from typing import Any

from django.db.models import ProtectedError, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic

from core.files.spreadsheets import SafeExportMixin


class IndexView(SafeExportMixin, generic.IndexView):
    """A listing whose export holds no formula. What its rows point to comes with them: one query however many there are."""

    def get_base_queryset(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_base_queryset()
        parents = [field.name for field in rows.model._meta.concrete_fields if field.many_to_one or field.one_to_one]
        return rows.select_related(*parents) if parents else rows


class OwnRowsMixin:
    """Restricts a view to the rows its user may know of. Subclasses give `rows_for`."""

    request: Any

    def rows_for(self, user: Any) -> QuerySet[Any]:
        """The rows `user` may know of."""
        raise NotImplementedError

    def get_base_queryset(self) -> QuerySet[Any]:
        return self.rows_for(self.request.user)


class OwnInspectView(generic.InspectView):
    """Shows a row only to those who may know of it. Subclasses give `rows_for`."""

    def rows_for(self, user: Any) -> QuerySet[Any]:
        """The rows `user` may know of."""
        raise NotImplementedError

    def get_object(self, queryset: Any = None) -> Any:
        return get_object_or_404(self.rows_for(self.request.user), pk=self.pk)

    def get_fields(self) -> list[str]:
        """Our templates choose the fields themselves: a new column of a model never shows by accident."""
        return []


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


class DayColumn(Column):
    """A moment as day and hour, in the reader's language."""

    def get_value(self, instance: Any) -> str:
        moment = super().get_value(instance)
        return f"{date_format(localtime(moment), 'D j F Y')}, {localtime(moment):%H:%M}" if moment else "–"
