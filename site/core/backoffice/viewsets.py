"""Viewsets with the views nobody asked for disabled."""

from typing import Any, ClassVar

from django.urls import URLPattern
from wagtail.admin.viewsets.model import ModelViewSet

from core.backoffice.listing import DeleteView, IndexView
from core.backoffice.versions.views import EditView


class EditableViewSet(ModelViewSet):
    """Listing, form, history, guarded deletion. No copy and no usage view."""

    index_view_class = IndexView
    edit_view_class = EditView
    delete_view_class = DeleteView
    copy_view_enabled = False
    # Rows people's data hang on; the index of references would cost queries at each enrolment.
    add_to_reference_index = False
    disabled_views: ClassVar[set[str]] = {"usage"}

    def get_urlpatterns(self) -> list[URLPattern]:
        return [each for each in super().get_urlpatterns() if each.name not in self.disabled_views]

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        disabled = {f"{name}_url_name": None for name in self.disabled_views}
        merged: dict[str, Any] = super().get_common_view_kwargs(**disabled, **kwargs)
        return merged


class ReadOnlyViewSet(EditableViewSet):
    """Listing and one row; whatever changes goes through an action that calls a service."""

    inspect_view_enabled = True
    exclude_form_fields: ClassVar[list[str]] = []
    disabled_views: ClassVar[set[str]] = {"add", "edit", "delete", "history", "history_results", "usage"}

    def register_admin_url_finder(self) -> None:
        """No form to link to."""
