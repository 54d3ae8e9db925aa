"""Editions in the admin: the listing with stock, one edition with its files, stock moves and actions."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.widgets.button import HeaderButton

from core.backoffice.listing import IndexView, InspectView, status_column
from core.backoffice.next_step import Gap, NextStep
from core.backoffice.screens import RowsMixin
from core.backoffice.versions.views import EditView
from publications.backoffice.permissions import CHANGE_EDITIONS, MOVE_COPIES, PRINT_COPIES, UPLOAD_FILES
from publications.backoffice.works.file_warnings import warnings_of
from publications.backoffice.works.next_step import edition_gaps, edition_step
from publications.enums import EDITION_TRANSITIONS, EditionStatus, FileState
from publications.files.reading import search_in_its_languages
from publications.files.upload import can_offer, can_withdraw
from publications.models import Edition

SHOWN = 20


class EditionRows(RowsMixin):
    """With work, file, copies and downloads."""

    def rows_for(self, user: Any) -> QuerySet[Edition]:
        rows: Any = Edition.objects.select_related("work", "current_file").with_stock().with_downloads()
        return rows.order_by("-work__year", "work__name", "pk")


class EditionIndexView(EditionRows, IndexView):
    """What there is of each, and what is to be done."""

    list_display = (
        "title",
        Column("languages", label=gettext_lazy("Languages"), accessor="language_names"),
        status_column(EditionStatus.PUBLISHED),
        Column("pages", label=gettext_lazy("Pages"), accessor=lambda row: row.current_file.page_count if row.current_file else "–"),
        Column("stock", label=gettext_lazy("Copies left"), accessor=lambda row: row.stock if row.is_orderable else "–", sort_key="stock"),
        Column("download_count", label=gettext_lazy("Downloads"), sort_key="download_count"),
    )
    list_export = (
        *("reference", "work.name", "title", "languages", "get_status_display", "isbn", "legal_deposit", "deposited_on"),
        *("stock", "download_count"),
    )
    export_headings = {  # noqa: RUF012 (Wagtail's attribute)
        "work.name": gettext_lazy("Publication"),
        "get_status_display": gettext_lazy("Status"),
        "stock": gettext_lazy("Copies left"),
        "download_count": gettext_lazy("Downloads"),
    }


class EditionCreateView(generic.CreateView):
    """Opened from the page of a publication, it knows which one."""

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | {"work": self.request.GET.get("work")}

    def get_success_url(self) -> str:
        return reverse("publications_editions:inspect", args=[self.object.pk])


class EditionEditView(EditView):
    """Another language is also another language to search its files in."""

    def save_instance(self) -> Edition:
        edition: Edition = super().save_instance()
        if "languages" in self.form.changed_data:
            search_in_its_languages(edition=edition)
        return edition


class EditionInspectView(EditionRows, InspectView):
    """The page of one edition: its files with what was read in them, its copies and where they went."""

    template_name = "publications/backoffice/edition_inspect.html"
    page_title = gettext_lazy("Edition")

    def next_step(self) -> NextStep | None:
        return edition_step(self.object, self.request.user)

    def gaps(self) -> list[Gap]:
        """For those who can mend them."""
        return edition_gaps(self.object) if self.request.user.has_perm(CHANGE_EDITIONS) else []

    @cached_property
    def header_buttons(self) -> list[Any]:
        buttons = []
        if self.request.user.has_perm(UPLOAD_FILES):
            buttons.append(HeaderButton(_("Upload a file"), url=self.action_url("upload_file"), icon_name="upload", priority=10))
        if edit_url := self.get_edit_url():
            buttons.append(HeaderButton(_("Edit"), url=edit_url, icon_name="edit", priority=20))
        return buttons

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        edition, can = self.object, self.request.user.has_perm
        allowed = EDITION_TRANSITIONS[edition.status]
        changes = can(CHANGE_EDITIONS)
        steps = [
            (changes and EditionStatus.PUBLISHED in allowed, _("Publish"), "publish_edition", "upload"),
            (can(PRINT_COPIES), _("Note a print run"), "print_copies", "plus"),
            (can(MOVE_COPIES), _("Note copies handed out or found"), "move_copies", "redirect"),
            (can(MOVE_COPIES) and not edition.deposited_on, _("Note the legal deposit"), "deposit_copies", "check"),
            (changes and EditionStatus.DRAFT in allowed, _("Back to a draft"), "unpublish_edition", "undo"),
            (changes and EditionStatus.WITHDRAWN in allowed, _("Withdraw"), "withdraw_edition", "circle-xmark"),
        ]
        return self.action_buttons(steps)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = list(self.object.files.select_related("uploaded_by"))
        for file in files:
            file.edition = self.object
            file.warnings = warnings_of(file)
        can_change = self.request.user.has_perm(CHANGE_EDITIONS)
        return super().get_context_data(**kwargs) | {
            "files": files,
            "withdrawable": {file.pk for file in files if can_change and can_withdraw(file, self.object)},
            "offerable": {file.pk for file in files if can_change and can_offer(file, self.object)},
            "is_waiting": any(file.state == FileState.WAITING for file in files),
            "moves": self.object.moves.select_related("by", "order", "print_run")[:SHOWN],
            "days": self.object.download_counts.all()[:SHOWN],
            "open_orders": self.object.orders.open().count(),
        }
