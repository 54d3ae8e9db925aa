"""The mixin of every view whose form changes facts, and Wagtail's form view with it."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.views import generic
from wagtail.snippets.views.snippets import EditView as SnippetEdit

from core import clock
from core.backoffice.versions.authors import changed_by
from core.backoffice.versions.merge import Merge, merge
from core.backoffice.versions.snapshot import read, signed, snapshot_of
from core.backoffice.way_back import WayBackMixin

FIELD = "version"


class VersionedFormMixin:
    """The form carries the version it read. On POST the row is locked, read again and compared: nobody is overwritten in silence."""

    model: Any
    request: HttpRequest
    kwargs: dict[str, Any]
    merged: Merge | None = None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with transaction.atomic():
            self.lock_row()
            response: HttpResponse = super().post(request, *args, **kwargs)  # type: ignore[misc]
            return response

    def lock_row(self) -> None:
        """Who saves at the same moment waits, and then meets what was saved. What was read before is read again."""
        view: Any = self
        row = view.object if hasattr(view, "object") else view.get_object()
        list(self.model._default_manager.select_for_update().filter(pk=row.pk).values_list("pk"))
        self.__dict__.pop("object", None)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return kwargs | {"data": kwargs["data"].copy()} if "data" in kwargs else kwargs

    def get_form(self, form_class: Any = None) -> Any:
        form: Any = super().get_form(form_class)  # type: ignore[misc]
        if form.is_bound:
            self.merged = self.compare(form)
        return form

    def compare(self, form: Any) -> Merge | None:
        """The form that was sent, with what its reader saw and what stands now."""
        seen = read(self.request.POST.get(FIELD, ""), self.versioned_row)
        merged = merge(form, as_stored=self.form_as_stored(form), read=seen, now=clock.now())
        if merged.has_news and seen:
            merged.authors = changed_by(self.versioned_row, since=seen.at, reader=self.request.user)
        return merged

    def form_as_stored(self, form: Any) -> Any:
        """The same form as somebody would see it who opened it now."""
        kwargs = {name: value for name, value in self.get_form_kwargs().items() if name not in {"data", "files"}}
        return type(form)(**kwargs) if form.is_bound else form

    @property
    def versioned_row(self) -> Any:
        """What the form is about."""
        row: Any = getattr(self, "object")  # noqa: B009 (of the other base class)
        return row

    def form_valid(self, form: Any) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        is_saved = 300 <= response.status_code < 400
        if is_saved and self.merged and self.merged.kept:
            # Without the values: a message waits in a cookie.
            facts = ", ".join(each.label for each in self.merged.kept)
            stays = _("Somebody else changed this meanwhile, and it stays: %(facts)s.") % {"facts": facts}
            messages.info(self.request, f"{stays} {self.merged.authors}")
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        shown = self.merged.shown if self.merged else snapshot_of(self.form_as_stored(context["form"]), now=clock.now())
        return context | {"versions": {"token": signed(shown, self.versioned_row), "merged": self.merged}}


class EditView(WayBackMixin, VersionedFormMixin, generic.EditView):
    """The form of a row in the back-office."""

    template_name = "core/backoffice/edit.html"


class SnippetEditView(WayBackMixin, VersionedFormMixin, SnippetEdit):
    """The form of a snippet. Rows with drafts have Wagtail's own sessions of editing; ours have none."""

    template_name = "core/backoffice/edit_snippet.html"
